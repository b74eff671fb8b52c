from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "kpo.pages"
    label = "pages"
    verbose_name = "Pagina's"

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save
        from wagtail.models import Page, Site
        from wagtail.permissions import register_permission_policy

        from kpo.pages import notifications, site_roots, tree_guard
        from kpo.pages.permissions import ReadablePagePolicy

        register_permission_policy(Page, ReadablePagePolicy(Page))
        tree_guard.connect()
        notifications.connect()
        for signal in (post_save, post_delete):
            signal.connect(site_roots.forget, sender=Site, dispatch_uid="kpo.pages.site_roots")
