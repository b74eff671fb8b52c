"""A person with an account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from kpo.people import profile
from kpo.people.choices import ShownTo
from kpo.people.models.organisation import Organisation
from kpo.people.names import validate_address, validate_name, validate_text
from kpo.people.querysets import UserQuerySet

if TYPE_CHECKING:
    from kpo.people.reader import Reader


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]  # made at run time
    # The base is made at run time from the QuerySet, which mypy cannot follow.

    def create_user(
        self, email: str, organisation: Organisation, password: str | None = None, **fields: Any
    ) -> User:
        """Save a person; without a password only invitation, reset or a passkey let them in."""
        user = self.model(email=email.strip().lower(), organisation=organisation, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, *args: Any, **kwargs: Any) -> User:
        raise NotImplementedError("Niemand is superuser. Geef de rol administrator.")

    def get_by_natural_key(self, email: str | None) -> User:
        return self.get(email=(email or "").lower())


class Leaving(models.TextChoices):
    """Why an account no longer works."""

    STOPPED = "stopped", "uitgezet"
    BARRED = "barred", "uitgezet door een beheerder van het platform"
    DORMANT = "dormant", "lang niet gebruikt"
    ERASED = "erased", "gewist"


def shown_to_field(label: str, default: ShownTo) -> models.CharField:
    return models.CharField(label, max_length=20, choices=ShownTo, default=default)


class User(AbstractUser):
    """Signs in by e-mail address, belongs to one organisation, is never a superuser."""

    username = None  # type: ignore[assignment]  # Django's way to drop a field of AbstractUser.
    is_staff = None  # There is no Django admin.
    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    email = models.EmailField("e-mailadres", unique=True, validators=[validate_address])
    first_name = models.CharField("voornaam", max_length=80, validators=[validate_name])
    last_name = models.CharField("achternaam", max_length=120, validators=[validate_name])
    organisation: models.ForeignKey[Organisation, Organisation] = models.ForeignKey(
        Organisation, models.PROTECT, related_name="people", verbose_name="organisatie"
    )
    function = models.CharField("functie", max_length=120, blank=True, validators=[validate_name])
    expertise = models.TextField(
        "waar je veel van weet",
        max_length=600,
        blank=True,
        validators=[validate_text],
        help_text="Schrijf de woorden op waarmee een collega je zoekt.",
    )
    phone = models.CharField("telefoon", max_length=40, blank=True)
    interests = ArrayField(
        models.SlugField(max_length=120),
        verbose_name="onderwerpen",
        default=list,
        blank=True,
    )
    show_profile = shown_to_field("naam en organisatie", ShownTo.ACCOUNTS)
    show_function = shown_to_field("functie", ShownTo.ACCOUNTS)
    show_expertise = shown_to_field("waar je veel van weet", ShownTo.ACCOUNTS)
    show_interests = shown_to_field("onderwerpen", ShownTo.ACCOUNTS)
    show_email = shown_to_field("e-mailadres", ShownTo.OWN_ORGANISATION)
    show_phone = shown_to_field("telefoon", ShownTo.OWN_ORGANISATION)
    in_directory = models.BooleanField(
        "in de mensengids",
        default=False,
        help_text="Mensen die je naam mogen zien, kunnen je dan zoeken en een bericht sturen. "
        "Je e-mailadres zien ze daarbij niet.",
    )
    # Part of what a session is signed with: a new value ends every session, token and feed.
    access_key = models.UUIDField(default=uuid4, editable=False)
    last_active_on = models.DateField("laatst actief", null=True, blank=True, editable=False)
    dormancy_warned_on = models.DateField("gewaarschuwd", null=True, blank=True, editable=False)
    left_at = models.DateTimeField("gestopt", null=True, blank=True, editable=False)
    left_because = models.CharField(
        "waarom gestopt", max_length=10, choices=Leaving, blank=True, editable=False
    )

    # Added by `with_standing()`; a plain query leaves them out.
    role_names: list[str]
    reaches_cms: bool
    has_second_factor: bool

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = "persoon"
        verbose_name_plural = "mensen"
        ordering = ("last_name", "first_name", "pk")
        default_permissions = ()
        permissions = (
            ("manage_people", "Beheert alle mensen, rollen en uitnodigingen"),
            ("manage_own_people", "Beheert de mensen van de eigen organisatie"),
            ("reset_factor", "Vraagt om of stemt in met een nieuwe tweede stap"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(is_superuser=False), name="people_nobody_is_superuser"
            ),
            # Lower case only, so that a plain unique index is case-insensitive.
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="people_email_lower_case"
            ),
            models.CheckConstraint(
                condition=models.Q(is_active=True, left_because="")
                | models.Q(is_active=False, left_because__in=Leaving.values),
                name="people_left_with_a_reason",
            ),
        )

    def __str__(self) -> str:
        return self.get_full_name() or "Naam onbekend"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.lower()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return f"/mensen/{self.uuid}/"

    @property
    def is_erased(self) -> bool:
        return self.left_because == Leaving.ERASED

    @property
    def is_barred(self) -> bool:
        """Whether the platform switched this account off; only the platform undoes that."""
        return self.left_because == Leaving.BARRED

    def shown_to(self, token: str) -> dict[str, Any]:
        """What this person shows to who holds no more than `token`; empty if not even the name.

        Keys: name, organisation (its name), function, expertise, interests (slugs), email, phone.
        """
        return profile.shown(self, profile.levels_for_token(token))

    def shown_to_reader(self, reader: Reader) -> dict[str, Any]:
        """The same for one reader: own organisation, public partners and accounts together."""
        return profile.shown(self, profile.levels_for_reader(self, reader))

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django's hash over the password, here over the access key too."""
        return salted_hmac(
            "kpo.people.User.session",
            f"{self.password}{self.access_key.hex}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()
