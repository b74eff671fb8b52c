"""What the database can say of a person in one query, as expressions over the outer row."""

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet

from kpo.people.roles import Role

SECOND_FACTORS = ("totp", "webauthn")


def has_role(*roles: Role) -> Exists:
    return Exists(Group.objects.filter(user=OuterRef("pk"), name__in=roles))


def role_names() -> ArraySubquery:
    own: QuerySet[Group] = Group.objects.filter(user=OuterRef("pk"), name__in=list(Role))
    return ArraySubquery(own.order_by("name").values("name"))


def reaches_cms() -> Exists:
    """Whether the outer person may open the CMS, by a group or a permission given directly."""
    door = Permission.objects.filter(
        content_type__app_label="wagtailadmin", codename="access_admin"
    )
    return Exists(door.filter(Q(group__user=OuterRef("pk")) | Q(user=OuterRef("pk"))))


def has_second_factor() -> Exists:
    """Recovery codes alone do not count: they stand in for a factor, they are none."""
    authenticators = apps.get_model("mfa", "Authenticator").objects
    return Exists(authenticators.filter(user=OuterRef("pk"), type__in=SECOND_FACTORS))
