"""The operations page in the CMS, for administrators."""

from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from kpo.operations import views
from kpo.people.cms.gate import AdministratorMenuItem


@hooks.register("register_admin_urls")
def operations_url() -> list[URLPattern]:
    return [path("beheer/", views.overview, name="operations")]


@hooks.register("register_admin_menu_item")
def operations_menu_item() -> MenuItem:
    return AdministratorMenuItem(
        "Stand van het platform", reverse("operations"), icon_name="cogs", order=790
    )
