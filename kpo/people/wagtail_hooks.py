"""What this app adds to the CMS, and what it takes out: Wagtail's own screens for users."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from kpo.people.cms.circles import CircleViewSet
from kpo.people.cms.gate import AdministratorMenuItem
from kpo.people.cms.organisations import OrganisationViewSet
from kpo.people.cms.viewset import PeopleViewSet

SCREENS = (
    ("Mensen", "mensen:index", "user"),
    ("Organisaties", "organisaties:index", "group"),
    ("Kringen", "kringen:index", "group"),
    ("Aanvragen", "mensen:requests", "mail"),
    ("Uitnodigingen", "mensen:invitations", "mail"),
    ("Wisselingen", "mensen:changes", "rotate"),
    ("Opnieuw geven", "mensen:renewals", "rotate"),
    ("Kwijte tweede stap", "mensen:resets", "key"),
)

people_menu = Menu(register_hook_name="register_people_menu_item")


@hooks.register("register_admin_viewset")
def viewsets() -> list[Any]:
    return [PeopleViewSet(), OrganisationViewSet(), CircleViewSet()]


@hooks.register("register_admin_menu_item")
def people_menu_item() -> MenuItem:
    return SubmenuMenuItem("Mensen", people_menu, icon_name="group", order=700)


def add_screen(label: str, view: str, icon: str, order: int) -> None:
    @hooks.register("register_people_menu_item")
    def menu_item() -> MenuItem:
        return AdministratorMenuItem(label, reverse(view), icon_name=icon, order=order)


for number, screen in enumerate(SCREENS):
    add_screen(*screen, order=number)


@hooks.register("construct_settings_menu")
def without_second_places(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """People and roles are managed in one place each: not in Wagtail's users and groups too."""
    menu_items[:] = [item for item in menu_items if item.name not in ("users", "groups")]
