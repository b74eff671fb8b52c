"""The one table of roles: what each is for and which functions it gives.

A role gives functions, membership gives content: no line here opens anything to read. The table
is applied by `manage.py sync_roles`; migrations grant nothing. An upper floor adds its own
permissions to a role with `extend`, from its `audiences.py`.
"""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Keys of the roles; also the names of their groups."""

    READER = "reader"
    EDITOR = "editor"
    BOARD_MEMBER = "board_member"
    BOARD_CHAIR = "board_chair"
    REVIEWER = "reviewer"
    AMBASSADOR = "ambassador"
    ORGANISATION_ADMINISTRATOR = "organisation_administrator"
    ACADEMY_COORDINATOR = "academy_coordinator"
    TRAINER = "trainer"
    MENTOR = "mentor"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class RoleLine:
    """One line of the table.

    `permissions` are Django permissions as "app.codename"; `page_permissions` are codenames of
    Wagtail pages, given on the site root; `file_permissions` are "app.codename" of documents and
    images, given on the root collection.
    """

    role: Role
    label: str
    purpose: str
    permissions: tuple[str, ...] = ()
    page_permissions: tuple[str, ...] = ()
    file_permissions: tuple[str, ...] = ()


CMS = "wagtailadmin.access_admin"
KEEP_FILES = (
    "files.add_document",
    "files.change_document",
    "files.delete_document",
    "files.choose_document",
    "files.add_image",
    "files.change_image",
    "files.delete_image",
    "files.choose_image",
)

ROLES: tuple[RoleLine, ...] = (
    RoleLine(
        Role.READER,
        "Lezer",
        "Zoekt, leest, volgt en bewaart. Elk account is lezer.",
    ),
    RoleLine(
        Role.EDITOR,
        "Redacteur",
        "Maakt en publiceert pagina's en bestanden in het CMS.",
        permissions=(CMS,),
        page_permissions=("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
        file_permissions=KEEP_FILES,
    ),
    RoleLine(
        Role.BOARD_MEMBER,
        "Lid van de redactieraad",
        "Beoordeelt of kennis relevant en betrouwbaar is.",
        permissions=(CMS,),
    ),
    RoleLine(
        Role.BOARD_CHAIR,
        "Voorzitter van de redactieraad",
        "Leidt de redactieraad en ziet de stand van alle beoordelingen.",
        permissions=(CMS,),
    ),
    RoleLine(
        Role.REVIEWER,
        "Beoordelaar van een partner",
        "Beoordeelt met de redactieraad mee, zonder het CMS.",
    ),
    RoleLine(
        Role.AMBASSADOR,
        "Ambassadeur",
        "Bewaakt de inhoud van een of meer thema's en werkt die bij.",
        permissions=(CMS,),
    ),
    RoleLine(
        Role.ORGANISATION_ADMINISTRATOR,
        "Organisatiebeheerder",
        "Beheert de mensen van de eigen organisatie: uitnodigen, bevestigen, uitzetten.",
        permissions=("people.manage_own_people",),
    ),
    RoleLine(
        Role.ACADEMY_COORDINATOR,
        "Coördinator van de academie",
        "Beheert lichtingen, stageplekken en de trainingskalender.",
    ),
    RoleLine(Role.TRAINER, "Trainer", "Geeft trainingen en houdt de aanwezigheid bij."),
    RoleLine(Role.MENTOR, "Begeleider", "Begeleidt een trainee op een stageplek."),
    RoleLine(
        Role.AUDITOR,
        "Auditor",
        "Leest het logboek en voert het uit. Verandert niets.",
        permissions=(CMS, "audit.view_entry"),
    ),
    RoleLine(
        Role.ADMINISTRATOR,
        "Beheerder",
        "Beheert mensen, organisaties, kringen, rollen en de inrichting van het platform.",
        permissions=(
            CMS,
            "people.manage_people",
            "people.manage_own_people",
            "people.reset_factor",
            "people.view_organisation",
            "people.add_organisation",
            "people.change_organisation",
            "people.view_circle",
            "people.add_circle",
            "people.change_circle",
            "people.delete_circle",
        ),
        page_permissions=(
            "add_page",
            "change_page",
            "publish_page",
            "lock_page",
            "unlock_page",
            "bulk_delete_page",
        ),
        file_permissions=KEEP_FILES,
    ),
)
LINES = {line.role: line for line in ROLES}

_extensions: dict[Role, set[str]] = {}


def extend(role: Role, *permissions: str) -> None:
    """Let an app of an upper floor give a role its own permissions, as "app.codename"."""
    _extensions.setdefault(role, set()).update(permissions)


def permissions_of(role: Role) -> frozenset[str]:
    """All plain Django permissions of a role: the table's and those that apps have added."""
    return frozenset(LINES[role].permissions) | frozenset(_extensions.get(role, ()))


def above_reader() -> frozenset[Role]:
    return frozenset(Role) - {Role.READER}
