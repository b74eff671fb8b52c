"""Applies the table of roles to groups, and writes it out for docs/permissions.md."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.core.management.base import CommandError
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page, Site

from kpo.people.roles import LINES, ROLES, Role, RoleLine, above_reader, permissions_of

# Groups that Wagtail's own migrations make; roles take their place.
FOREIGN_GROUPS = ("Editors", "Moderators")


@transaction.atomic
def sync_roles() -> None:
    """Give every role exactly what the table says. Raises CommandError for an unknown name."""
    Group.objects.filter(name__in=FOREIGN_GROUPS).delete()
    for line in ROLES:
        group, _ = Group.objects.get_or_create(name=line.role)
        group.permissions.set(permissions(permissions_of(line.role)))
        sync_pages(group, line)
        sync_collections(group, line)


def permissions(names: Iterable[str]) -> list[Permission]:
    return [permission(name) for name in sorted(names)]


def permission(name: str) -> Permission:
    app_label, _, codename = name.partition(".")
    found = Permission.objects.filter(content_type__app_label=app_label, codename=codename)
    if len(found) != 1:
        raise CommandError(f"De rollentabel noemt {name}, en dat recht bestaat niet precies eens.")
    return found[0]


def site_roots() -> list[Page]:
    """The roots that sites are served from; the closed root beside them is nobody's."""
    return [site.root_page for site in Site.objects.select_related("root_page")]


def sync_pages(group: Group, line: RoleLine) -> None:
    wanted = {
        (page.pk, permission(f"wagtailcore.{codename}").pk)
        for page in site_roots()
        for codename in line.page_permissions
    }
    held = GroupPagePermission.objects.filter(group=group)
    for row in held:
        if (row.page_id, row.permission_id) not in wanted:
            row.delete()
    for page_id, permission_id in sorted(wanted):
        held.get_or_create(group=group, page_id=page_id, permission_id=permission_id)


def sync_collections(group: Group, line: RoleLine) -> None:
    root = Collection.get_first_root_node()
    wanted = {permission(name).pk for name in line.file_permissions}
    held = GroupCollectionPermission.objects.filter(group=group)
    held.exclude(collection=root, permission_id__in=wanted).delete()
    for permission_id in sorted(wanted):
        held.get_or_create(group=group, collection=root, permission_id=permission_id)


def as_markdown() -> str:
    """docs/permissions.md: the table as people read it."""
    head = (
        "# Roles and permissions\n\n"
        "Generated from `kpo/people/roles.py` by `manage.py sync_roles --doc`; do not edit.\n"
        "A role gives functions, membership gives content. Nobody is superuser. Every role above\n"
        "reader, and everyone who can open the CMS, must have a second factor.\n\n"
        "| Role | Called | For | Second factor |\n|---|---|---|---|\n"
    )
    lines = "".join(
        f"| `{line.role}` | {line.label} | {line.purpose} | {factor_word(line.role)} |\n"
        for line in ROLES
    )
    return head + lines + "".join(section(role) for role in Role)


def factor_word(role: Role) -> str:
    return "compulsory" if role in above_reader() else "free"


def section(role: Role) -> str:
    line = LINES[role]
    given = [
        *(f"- `{name}`" for name in sorted(permissions_of(role))),
        *(f"- `{name}` on the root collection" for name in line.file_permissions),
        *(f"- `wagtailcore.{name}` on every site root" for name in line.page_permissions),
    ]
    body = "\n".join(given) if given else "Gives no permission by itself."
    return f"\n## {line.label} (`{role}`)\n\n{body}\n"
