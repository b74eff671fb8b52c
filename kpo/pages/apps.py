from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "kpo.pages"
    label = "pages"
    verbose_name = "Pagina's"

    def ready(self) -> None:
        from wagtail.models import Page
        from wagtail.permissions import register_permission_policy

        from kpo.pages import tree_guard
        from kpo.pages.permissions import ReadablePagePolicy

        register_permission_policy(Page, ReadablePagePolicy(Page))
        tree_guard.connect()
