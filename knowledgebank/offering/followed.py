"""What is told of a person who is followed: a published contribution with that name on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from knowledgebank import followers
from knowledgebank.models import Practice
from kpo.inbox.channels import Channel
from kpo.inbox.kinds import Kind, register
from kpo.inbox.models import Follow, Notification
from kpo.people.models import User
from kpo.people.reader import Reader


def followers_of_its_writer(page: Any, facts: Mapping[str, Any]) -> QuerySet[User]:
    """Nobody where the name does not stand on the page."""
    if page.offer is None or not page.offer.shown_name:
        return User.objects.none()
    return followers.of_person(page.offer.person)


def whose_it_is(reader: Reader, told: Sequence[Notification]) -> dict[int, str]:
    """By name as long as it stands on the page, and the reader follows and finds the person."""
    followed = set(Follow.objects.of_people(reader).values_list("subject_id", flat=True))
    uuids = {one.item_uuid for one in told}
    pages = Practice.objects.visible_to(reader).filter(uuid__in=uuids, offer__isnull=False)
    names = {
        page.uuid: page.offer.shown_name
        for page in pages.select_related("offer__person")
        if page.offer.person_id in followed
    }
    return {one.pk: _sentence(names.get(one.item_uuid, "")) for one in told}


def _sentence(name: str) -> str:
    return f"Van {name}." if name else "Nieuw in de kennisbank."


def forget_lines(instance: Follow, **kwargs: Any) -> None:
    """Whoever is followed no more, by choice or by leaving, is in no list and no mail either."""
    if instance.subject_id is None:
        return
    pages = Practice.objects.filter(offer__person=instance.subject_id)
    own = Notification.objects.filter(person=instance.person_id, kind=BY_PERSON.name)
    own.filter(item_uuid__in=pages.values("uuid")).delete()


BY_PERSON = register(
    Kind(
        name="knowledge.person",
        label="Nieuw van iemand die je volgt",
        explanation="Er kwam een praktijkvoorbeeld bij met die naam erop.",
        heading="Nieuw van mensen die je volgt",
        default=Channel.WEEKLY,
        receivers=followers_of_its_writer,
        sentences=whose_it_is,
        glyph="user-round",
    )
)
