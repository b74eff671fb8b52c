"""The rules for reading and for acting, in SQL: each the twin of a predicate in Python."""

from datetime import date
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Concat
from django.utils import timezone

from kpo.people import factor, profile, standing, tokens
from kpo.people.choices import ShownTo
from kpo.people.reader import Reader, holders
from kpo.people.roles import Role

NONE = Q(pk__in=[])
# Once can be a mistake of theirs, and twice a full mailbox.
STOPPED_AFTER = 3


class AudienceQuerySet(models.QuerySet[Any]):
    """For every model with an `audience` column: the same rule as `reader.holds(audience)`."""

    def visible_to(self, reader: Reader) -> Self:
        return self.filter(audience__in=reader.audiences)


def manages(reader: Reader, column: str) -> Q:
    """Condition: `column` holds an organisation this reader manages."""
    if reader.has_role(Role.ADMINISTRATOR):
        return Q()
    if reader.person is not None and reader.has_role(Role.ORGANISATION_ADMINISTRATOR):
        return Q(**{column: reader.person.organisation_id})
    return NONE


def shows(part: str, reader: Reader) -> Q:
    """Condition on people: they show this part to the reader. Twin of `profile.shown`."""
    if reader.person is None:
        return NONE
    column = f"show_{part}"
    levels = [t for t in (ShownTo.ACCOUNTS, ShownTo.PUBLIC_SECTOR) if reader.holds(t)]
    ours = {column: ShownTo.OWN_ORGANISATION, "organisation_id": reader.person.organisation_id}
    return Q(**{f"{column}__in": levels}) | Q(**ours) | Q(pk=reader.person.pk)


class OrganisationQuerySet(models.QuerySet[Any]):
    def for_address(self, email: str) -> Self:
        """Organisations that name the domain of this address as theirs."""
        return self.filter(email_domains__contains=[email.rpartition("@")[2].lower()])

    def managed_by(self, reader: Reader) -> Self:
        """Twin of `can_manage_organisation`."""
        return self.filter(manages(reader, "pk"))


class UserQuerySet(models.QuerySet[Any]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def with_role(self, *roles: Role) -> Self:
        return self.filter(standing.has_role(*roles))

    def with_standing(self) -> Self:
        """Adds what one query can tell: organisation, role names, CMS access, second factor."""
        return self.select_related("organisation").annotate(
            role_names=standing.role_names(),
            reaches_cms=standing.reaches_cms(),
            has_second_factor=standing.has_second_factor(),
        )

    def needing_second_factor(self) -> Self:
        """Twin of `factor.is_needed_by`."""
        return self.filter(factor.needed())

    def without_second_factor(self) -> Self:
        return self.exclude(standing.has_second_factor())

    def shown_to(self, token: str) -> Self:
        """People who show at least their name to who holds no more than `token`."""
        return self.active().filter(show_profile__in=profile.levels_for_token(token))

    def visible_to(self, reader: Reader) -> Self:
        """People who show at least their name to this reader. Twin of `can_see_person`."""
        return self.active().filter(shows("profile", reader))

    def listed_for(self, reader: Reader) -> Self:
        """People whom this reader finds in the directory. Twin of `is_listed_for`.

        Whoever blocks the reader is not there, as if not opted in.
        """
        if reader.person is None:
            return self.none()
        blocks: Any = apps.get_model("people", "Block")
        kept_off = blocks.objects.filter(person=OuterRef("pk"), blocked=reader.person)
        return self.visible_to(reader).filter(~Exists(kept_off), in_directory=True)

    def named(self, words: str) -> Self:
        """Whose name holds these words."""
        whole = Concat("first_name", Value(" "), "last_name")
        return self.alias(whole_name=whole).filter(whole_name__icontains=" ".join(words.split()))

    def knowing(self, words: str, reader: Reader) -> Self:
        """Whose expertise or function holds all of these words, as far as the reader sees them."""
        found = self
        for word in words.split():
            expert = Q(expertise__icontains=word) & shows("expertise", reader)
            found = found.filter(expert | Q(function__icontains=word) & shows("function", reader))
        return found

    def working_on(self, subject: str, reader: Reader) -> Self:
        """Who chose this subject, as far as the reader sees it."""
        return self.filter(shows("interests", reader), interests__contains=[subject])

    def managed_by(self, reader: Reader) -> Self:
        """Twin of `can_manage_person`."""
        found = self.filter(manages(reader, "organisation_id")).exclude(left_because="erased")
        if not reader.has_role(Role.ADMINISTRATOR):
            # Who manages one organisation does not switch off who manages the platform.
            found = found.exclude(standing.has_role(Role.ADMINISTRATOR, Role.AUDITOR))
        return found.exclude(pk=reader.person.pk) if reader.person else found

    def holding(self, token: str) -> Self:
        """Who can read this: active people who hold `token`. Twin of `Reader.holds`."""
        return self.active().filter(holders(token))

    def quiet_since(self, day: date) -> Self:
        """Active people not seen since `day`, counted from joining for who never came."""
        never = Q(last_active_on=None, date_joined__date__lt=day)
        return self.active().filter(Q(last_active_on__lt=day) | never)


class CircleQuerySet(models.QuerySet[Any]):
    def visible_to(self, reader: Reader) -> Self:
        """Circles this reader is in."""
        held = [tokens.split(token) for token in reader.audiences]
        return self.filter(uuid__in=[uuid for prefix, uuid in held if prefix == tokens.CIRCLE])


class InvitationQuerySet(models.QuerySet[Any]):
    def open(self) -> Self:
        """Neither used nor withdrawn; may have expired."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def usable(self) -> Self:
        return self.open().filter(expires_at__gt=timezone.now())

    def managed_by(self, reader: Reader) -> Self:
        return self.filter(manages(reader, "organisation_id"))


class AccessRequestQuerySet(models.QuerySet[Any]):
    def open(self) -> Self:
        return self.filter(status="open")

    def managed_by(self, reader: Reader) -> Self:
        return self if reader.has_role(Role.ADMINISTRATOR) else self.none()


class EmployerChangeQuerySet(models.QuerySet[Any]):
    def open(self) -> Self:
        return self.filter(status__in=("unverified", "verified"))

    def awaiting_confirmation(self) -> Self:
        return self.filter(status="verified")

    def managed_by(self, reader: Reader) -> Self:
        """Twin of `can_decide_change`: towards an organisation of the reader's, not one's own."""
        found = self.filter(manages(reader, "new_organisation_id"))
        return found.exclude(person=reader.person) if reader.person else found


class FactorResetQuerySet(models.QuerySet[Any]):
    def open(self) -> Self:
        return self.filter(status="open")

    def managed_by(self, reader: Reader) -> Self:
        return self if reader.has_role(Role.ADMINISTRATOR) else self.none()

    def awaiting_consent_of(self, reader: Reader) -> Self:
        """Twin of `can_consent_to_reset`: open, about another, asked for by another."""
        if reader.person is None:
            return self.none()
        others = self.exclude(requested_by=reader.person).exclude(person=reader.person)
        return others.managed_by(reader).open()


class RenewalQuerySet(models.QuerySet[Any]):
    def open(self) -> Self:
        return self.filter(status="open")

    def managed_by(self, reader: Reader) -> Self:
        if not reader.has_role(Role.ADMINISTRATOR):
            return self.none()
        return self.exclude(person=reader.person)


class MailRefusalQuerySet(models.QuerySet[Any]):
    def stopped(self) -> Self:
        """Refused so often in a row that no news is mailed there any more."""
        return self.filter(count__gte=STOPPED_AFTER)


class BlockQuerySet(models.QuerySet[Any]):
    def by(self, person: Any, *, of: Any) -> Self:
        return self.filter(person=person, blocked=of)


class InvitationListQuerySet(models.QuerySet[Any]):
    def visible_to(self, reader: Reader) -> Self:
        """Own ones, of an organisation that the reader still manages."""
        if reader.person is None:
            return self.none()
        return self.filter(manages(reader, "organisation_id"), made_by=reader.person)
