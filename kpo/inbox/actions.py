"""Verbs of one's own inbox: follow, keep, read, mute, choose, be away. Twice is once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from kpo.audit import log as audit
from kpo.inbox.channels import DIGESTS, Channel
from kpo.inbox.kinds import all_kinds, kind_named
from kpo.inbox.models import (
    Absence,
    Bookmark,
    FirstVisit,
    Follow,
    Mute,
    Notification,
    Preference,
)
from kpo.inbox.permissions import possible_substitutes
from kpo.inbox.preferences import channel_for
from kpo.inbox.subscriptions import DIGEST
from kpo.pages.models import ReadablePage
from kpo.people import refusals
from kpo.people.models import User
from kpo.people.reader import reader_for

ENDS_BEFORE_IT_BEGINS = "De laatste dag ligt voor de eerste. Kies een latere dag."
IS_OVER = "Deze dagen zijn voorbij. Kies een laatste dag die nog komt."


def follow(*, actor: User, page: ReadablePage) -> None:
    """Raises PermissionDenied where the actor may not read the page."""
    _check_readable(actor, page)
    Follow.objects.bulk_create([Follow(person=actor, page_id=page.pk)], ignore_conflicts=True)


def unfollow(*, actor: User, page: ReadablePage) -> None:
    Follow.objects.of(actor).on(page).delete()


def follow_person(*, actor: User, person: User) -> None:
    """Raises PermissionDenied where the actor does not find the person in the directory."""
    listed = User.objects.listed_for(reader_for(actor)).exclude(pk=actor.pk)
    if not listed.filter(pk=person.pk).exists():
        raise PermissionDenied
    Follow.objects.bulk_create([Follow(person=actor, subject=person)], ignore_conflicts=True)


def unfollow_person(*, actor: User, person: User) -> None:
    Follow.objects.of(actor).filter(subject=person).delete()


def keep(*, actor: User, page: ReadablePage) -> None:
    """Raises PermissionDenied where the actor may not read the page."""
    _check_readable(actor, page)
    Bookmark.objects.bulk_create([Bookmark(person=actor, page_id=page.pk)], ignore_conflicts=True)


def discard(*, actor: User, page: ReadablePage) -> None:
    Bookmark.objects.of(actor).on(page).delete()


def _check_readable(actor: User, page: ReadablePage) -> None:
    if not ReadablePage.objects.visible_to(reader_for(actor)).filter(pk=page.pk).exists():
        raise PermissionDenied


def mark_read(*, actor: User, notification: Notification) -> None:
    own = Notification.objects.of(actor).unread()
    own.filter(pk=notification.pk).update(read_at=timezone.now())


def mark_all_read(*, actor: User) -> datetime | None:
    """Returns the moment by which `mark_unread_again` undoes it; None where all was read."""
    now = timezone.now()
    return now if Notification.objects.of(actor).unread().update(read_at=now) else None


def mark_unread_again(*, actor: User, moment: datetime) -> int:
    """Undo one `mark_all_read`; returns how many lines are new again."""
    return Notification.objects.of(actor).read_at_moment(moment).update(read_at=None)


@transaction.atomic
def mute(*, actor: User, notification: Notification) -> None:
    """Tell the actor no more of the item that this line is about; what there is counts as read."""
    of_type, uuid = notification.item_type, notification.item_uuid
    muted = Mute(person=actor, item_type=of_type, item_uuid=uuid)
    Mute.objects.bulk_create([muted], ignore_conflicts=True)
    own = Notification.objects.of(actor).on(of_type, uuid)
    own.unread().update(read_at=timezone.now())


def unmute(*, actor: User, mute: Mute) -> None:
    Mute.objects.of(actor).filter(pk=mute.pk).delete()


@transaction.atomic
def choose_channels(*, actor: User, channels: Mapping[str, str], space: str = "") -> None:
    """Kind → channel, everywhere or for one community. Raises ValueError for what there is not."""
    for kind, channel in channels.items():
        if kind_named(kind) is None:
            raise ValueError(kind)
        Preference.objects.update_or_create(
            person=actor, kind=kind, space=space, defaults={"channel": Channel(channel)}
        )


@transaction.atomic
def stop_mail(*, person: User, what: str, space: str = "") -> None:
    """Take one subscription out of the mail and leave it in the inbox: a kind, or all digests.

    For who holds the link from a mail; a choice that has nothing to do with it stays.
    """
    if what == DIGEST:
        own = Preference.objects.filter(person=person)
        own.filter(channel__in=DIGESTS).update(channel=Channel.PLATFORM)
        for kind in all_kinds():
            if kind.default in DIGESTS:
                _begin_with(person, kind.name, Channel.PLATFORM)
        return
    about = kind_named(what)
    if about is not None and channel_for(person, about, space) == Channel.AT_ONCE:
        choose_channels(actor=person, channels={what: Channel.PLATFORM}, space=space)


def _begin_with(person: User, kind: str, channel: Channel) -> None:
    """Put this in the place of what the kind begins with, where nothing was chosen."""
    Preference.objects.get_or_create(
        person=person, kind=kind, space="", defaults={"channel": channel}
    )


def mail_again(*, actor: User) -> None:
    """Try the actor's address once more, after it refused mail too often."""
    refusals.forget(actor.email)


def end_first_visit(*, actor: User, was_skipped: bool = False) -> bool:
    """Whether this was the first time that it ended."""
    _, is_first = FirstVisit.objects.get_or_create(
        person=actor, defaults={"was_skipped": was_skipped}
    )
    return is_first


@transaction.atomic
def be_away(*, actor: User, since: date, until: date, substitute: User) -> None:
    """Send the actor's tasks to a substitute too, from the first day up to and with the last.

    Raises ValidationError for days that make no sense, PermissionDenied for someone who is not
    among the possible substitutes.
    """
    if until < since:
        raise ValidationError(ENDS_BEFORE_IT_BEGINS)
    if until < timezone.localdate():
        raise ValidationError(IS_OVER)
    if not possible_substitutes(reader_for(actor)).filter(pk=substitute.pk).exists():
        raise PermissionDenied
    days = {"since": since, "until": until, "substitute": substitute}
    Absence.objects.update_or_create(person=actor, defaults=days)
    details = {"substitute": str(substitute.uuid), "since": str(since), "until": str(until)}
    audit.record("inbox.be_away", actor=actor, obj=actor, details=details)


@transaction.atomic
def be_back(*, actor: User) -> None:
    """End the actor's absence, begun or not."""
    if Absence.objects.filter(person=actor).delete()[0]:
        audit.record("inbox.be_back", actor=actor, obj=actor)
