"""An example from the first word to its place in the knowledge bank, on the screens people use."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from knowledgebank.models import Practice, ReviewItem
from knowledgebank.offering import notices
from kpo import jobs
from kpo.inbox.models import Notification
from kpo.people.models import User
from tests.factories.offers import STORY, ambassador, submitter
from tests.factories.pages import theme_page
from tests.factories.people import UserFactory
from tests.factories.review import approve, review_all, reviewer

pytestmark = pytest.mark.django_db


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def told(person: User, kind: notices.Kind) -> set[str]:
    jobs.drain()
    lines = Notification.objects.filter(kind=kind.name, person=person)
    return {line.facts.get("outcome", "") for line in lines}


@dataclass
class Story:
    """One offer, with the browsers of who made it and of who handles it."""

    person: User
    guard: User
    theme: Any
    key: UUID = field(default_factory=uuid4)

    def __post_init__(self) -> None:
        self.writing, self.handling = signed_in(self.person), signed_in(self.guard)

    def at(self, name: str) -> str:
        return reverse(f"knowledgebank:{name}", args=[self.key])

    @property
    def mark(self) -> str:
        return str(self.writing.get(self.at("offer_consent")).context["progress"].mark)

    @property
    def page(self) -> Any:
        return Practice.objects.get(title="Keukentafel")


@pytest.fixture
def story() -> Story:
    theme = theme_page(title="Vakantieparken")
    review_all()
    return Story(submitter(first_name="Ada", last_name="Bos"), ambassador(theme), theme)


def test_from_offer_to_published(story: Story) -> None:
    write_and_send(story)
    talk(story)
    take_in_and_edit(story)
    object_and_agree(story)
    judge(story)
    read(story)


def write_and_send(story: Story) -> None:
    typed = STORY | {"themes": str(story.theme.uuid), "attribution": "name", "version": "0"}
    assert story.writing.post(story.at("offer_draft"), typed).status_code == 302
    assert told(story.guard, notices.SENT) == set()
    story.writing.post(story.at("offer_draft"), typed | {"version": "1", "send": "ja"})
    assert told(story.guard, notices.SENT) == {""}


def talk(story: Story) -> None:
    offered = story.handling.get(reverse("knowledgebank:offered"))
    assert "Keukentafel" in offered.content.decode()
    story.handling.post(story.at("offered_vragen"), {"vraag-text": "Hoe lang duurde het?"})
    assert told(story.person, notices.ASKED) == {""}
    assert "Hoe lang duurde het?" in story.writing.get(story.at("offer")).content.decode()
    story.writing.post(story.at("offer_schrijven"), {"text": "Een half jaar."})
    assert told(story.guard, notices.ANSWERED) == {"message"}
    assert "Een half jaar." in story.handling.get(story.at("offered_item")).content.decode()


def take_in_and_edit(story: Story) -> None:
    story.handling.post(story.at("offered_overnemen"), {"audience": "accounts"})
    page = story.page
    assert not page.live
    assert page.organisation == story.person.organisation
    assert list(page.themes.all()) == [story.theme]
    assert told(story.person, notices.STEP) == {"taken_in"}
    page.summary = "Door de redactie bijgewerkt."
    page.save_revision(user=story.guard)
    story.handling.post(story.at("offered_akkoord-vragen"))
    assert told(story.person, notices.CONSENT) == {"asked"}


def object_and_agree(story: Story) -> None:
    shown = story.writing.get(story.at("offer_consent")).content.decode()
    assert "Door de redactie bijgewerkt." in shown
    assert "1 onderdeel is anders" in shown
    answer = {"seen": story.mark, "answer": "nog-niet", "remark": "Het waren er vier."}
    story.writing.post(story.at("offer_consent"), answer)
    assert told(story.guard, notices.ANSWERED) == {"message", "not_yet"}
    page = story.page
    page.summary = "Het waren er vier."
    page.save_revision(user=story.guard)
    agreed = {"seen": story.mark, "answer": "akkoord"}
    story.writing.post(story.at("offer_consent"), agreed)
    assert told(story.person, notices.STEP) == {"taken_in", "in_review"}


def judge(story: Story) -> None:
    item = ReviewItem.objects.get(page=story.page)
    approve(reviewer(0), item)
    approve(reviewer(1), item)
    assert story.page.live
    assert told(story.person, notices.STEP) == {"taken_in", "in_review", "published"}


def read(story: Story) -> None:
    reader = signed_in(UserFactory())
    shown = reader.get(story.page.url).content.decode()
    assert "Ada Bos, Gemeente Zutphen" in shown
    assert "Het waren er vier." in shown
    assert "Keukentafel" in reader.get(story.theme.url).content.decode()
    followed = story.writing.get(reverse("knowledgebank:offers")).content.decode()
    assert "Gepubliceerd" in followed
