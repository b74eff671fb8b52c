"""The table of roles: applied exactly, written out, and never with a superuser."""

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page

from kpo.people import roles
from kpo.people.permission_sheet import as_markdown, sync_roles
from kpo.people.roles import ROLES, Role
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def permission_names(group: Group) -> set[str]:
    rows = group.permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in rows}


def test_every_role_has_one_line_and_one_group() -> None:
    assert [line.role for line in ROLES] == list(Role)
    sync_roles()
    assert set(Group.objects.values_list("name", flat=True)) == set(Role)


def test_groups_have_exactly_what_the_table_says() -> None:
    group = Group.objects.get(name=Role.MENTOR)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    root = Page.objects.get(depth=1)
    stray = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    GroupPagePermission.objects.create(group=group, page=root, permission=stray)
    call_command("sync_roles")
    for line in ROLES:
        group = Group.objects.get(name=line.role)
        assert permission_names(group) == roles.permissions_of(line.role)
        pages = GroupPagePermission.objects.filter(group=group)
        assert {row.permission.codename for row in pages} == set(line.page_permissions)
        files = GroupCollectionPermission.objects.filter(group=group)
        assert {f"files.{row.permission.codename}" for row in files} == set(line.file_permissions)


def test_page_rights_stand_on_the_site_root_and_not_above_it() -> None:
    sync_roles()
    assert not GroupPagePermission.objects.filter(page__depth=1).exists()


def test_applying_twice_changes_nothing() -> None:
    sync_roles()
    before = set(GroupPagePermission.objects.values_list("pk", flat=True))
    sync_roles()
    assert set(GroupPagePermission.objects.values_list("pk", flat=True)) == before


def test_an_unknown_permission_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roles, "_extensions", {Role.EDITOR: {"people.fly_to_the_moon"}})
    with pytest.raises(CommandError, match=r"people\.fly_to_the_moon"):
        sync_roles()


def test_only_administrators_and_organisation_administrators_manage_people() -> None:
    managing = {line.role for line in ROLES if "people.manage_own_people" in line.permissions}
    assert managing == {Role.ADMINISTRATOR, Role.ORGANISATION_ADMINISTRATOR}


def test_the_written_out_table_is_current() -> None:
    written = (settings.BASE_DIR / "docs" / "permissions.md").read_text(encoding="utf-8")
    assert written == as_markdown(), "Run manage.py sync_roles --doc."


def test_nobody_is_superuser_whoever_writes() -> None:
    person = UserFactory(roles=[Role.ADMINISTRATOR])
    with pytest.raises(IntegrityError, match="people_nobody_is_superuser"), transaction.atomic():
        type(person).objects.filter(pk=person.pk).update(is_superuser=True)
    with pytest.raises(NotImplementedError):
        type(person).objects.create_superuser(email="x@voorbeeld.nl")


def test_no_role_may_touch_wagtails_own_users_and_groups() -> None:
    names = set().union(*(roles.permissions_of(role) for role in Role))
    assert not {name for name in names if name.startswith(("auth.", "wagtailusers."))}
