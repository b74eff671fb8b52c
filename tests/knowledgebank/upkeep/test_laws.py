"""A changed article or ruling brings exactly what rests on it in the queue."""

from __future__ import annotations

import itertools
import random
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from knowledgebank.models import Citation, Concern, LawChange, Practice, PracticeIndexPage
from knowledgebank.upkeep.actions.laws import mark_changed
from knowledgebank.upkeep.citing import cited_for, pages_citing
from knowledgebank.upkeep.notices import RAISED
from kpo import jobs
from kpo.inbox.models import Notification
from kpo.people import tokens
from kpo.people.choices import Sector
from kpo.people.models import User
from kpo.people.reader import reader_for
from kpo.people.roles import Role
from tests.factories.pages import knowledge_document, placed, theme_page
from tests.factories.people import CircleFactory, OrganisationFactory, UserFactory
from tests.factories.review import reviewer

pytestmark = pytest.mark.django_db
OPIUM, SHORT, RULING = "BWBR0001941#13b", "BWBR0001941#13", "ECLI:NL:RVS:2019:2912"
KNOWN = (OPIUM, SHORT, "BWBR0001941", "BWBR0005416#174a", RULING)
SINCE = date(2026, 11, 1)
_numbers = itertools.count(1)


def cite(page: Any, *identifiers: str) -> Any:
    for identifier in identifiers:
        citation = Citation(page=page.knowledgepage_ptr, identifier=identifier, label="Artikel")
        citation.clean()
        citation.save()
    return page


def practice() -> Any:
    slug = f"praktijk-{next(_numbers)}"
    page = Practice(title="Vast gezicht", slug=slug, audience=tokens.PUBLIC, body="[]")
    return placed(PracticeIndexPage.objects.get(), page)


def mark(actor: User, identifier: str, since: date = SINCE) -> LawChange:
    return mark_changed(actor=actor, identifier=identifier, what="Anders.", since=since)


def in_queue(change: LawChange) -> set[int]:
    return set(Concern.objects.filter(law=change).values_list("page", flat=True))


def as_(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.mark.parametrize("seed", range(2))
def test_exactly_what_cites_it_whatever_else_is_there(seed: int) -> None:
    dice = random.Random(seed)
    cited: dict[int, set[str]] = {}
    for make in (theme_page, knowledge_document, practice) * 3:
        chosen = dice.sample(KNOWN, dice.randint(0, 3))
        cited[cite(make(), *chosen).pk] = set(chosen)
    cite(knowledge_document(live=False), *KNOWN)
    source = cite(knowledge_document(), *KNOWN)
    cited[source.pk] = set(KNOWN)
    source.create_alias(update_slug=f"alias-{seed}")
    for number, identifier in enumerate(KNOWN):
        covered = {one for one in KNOWN if one == identifier or one.startswith(f"{identifier}#")}
        expected = {pk for pk, own in cited.items() if own & covered}
        change = mark(reviewer(), identifier, date(2026, 1, 1 + number))
        assert in_queue(change) == expected


def test_any_spelling_of_the_identifier_is_the_same_article() -> None:
    page = cite(knowledge_document(), "bwbr0001941, artikel 13B")
    assert in_queue(mark(reviewer(), "BWBR0001941 art. 13b")) == {page.pk}


def test_who_reads_the_list_sees_of_it_what_that_person_may_read() -> None:
    ours = OrganisationFactory(sector=Sector.RIEC)
    circle = CircleFactory(parts=[("sector", Sector.RIEC)])
    open_page = cite(knowledge_document(), OPIUM)
    closed = cite(knowledge_document(circle.token), OPIUM, RULING)
    insider, outsider = reviewer(organisation=ours), reviewer(1)
    change = mark(outsider, OPIUM)
    assert in_queue(change) == {open_page.pk, closed.pk}
    assert [one.total for one in cited_for(reader_for(outsider)) if one.identifier == OPIUM] == [1]
    answer = text(as_(outsider).get(reverse("knowledgebank:concerns")))
    assert open_page.title in answer
    assert closed.title not in answer
    # What only closed pages cite is to an outsider what nobody cites.
    for identifier in (RULING, "ECLI:NL:HR:2020:1"):
        with pytest.raises(ValidationError, match="Geen pagina die jij mag lezen"):
            mark(outsider, identifier)
    ruling = mark(insider, RULING)
    assert in_queue(ruling) == {closed.pk}
    seen = LawChange.objects.visible_to(reader_for(outsider))
    assert set(seen) == {change}
    jobs.drain()
    told = Notification.objects.filter(person=outsider, kind=RAISED.name)
    assert not told.filter(event__in=[str(one.uuid) for one in ruling.concerns.all()]).exists()


def test_the_screen_marks_it_and_each_is_closed_as_any_other() -> None:
    page = cite(theme_page(), OPIUM)
    member = as_(reviewer())
    address = reverse("knowledgebank:laws")
    assert as_(UserFactory(roles=[Role.EDITOR])).get(address).status_code == 404
    typed = {"identifier": OPIUM, "what": "De termijn is zes weken.", "since": "2026-11-01"}
    refused = member.post(address, typed | {"since": ""})
    assert refused.status_code == 422
    assert "De termijn is zes weken." in text(refused)
    assert "1 pagina die" in text(member.post(address, typed, follow=True))
    concern = Concern.objects.get()
    item = reverse("knowledgebank:concern", args=[concern.uuid])
    assert "De termijn is zes weken." in text(member.get(item))
    closing = {"outcome": "still-right", "explanation": "Wij noemen geen termijn."}
    member.post(reverse("knowledgebank:concern_afsluiten", args=[concern.uuid]), closing)
    concern.refresh_from_db()
    assert concern.outcome == "still-right"
    screen = text(member.get(address))
    assert "0 van 1 nog open" in screen
    # What names it without its identifier is for the one who marks it to find.
    assert f"{reverse('search:page')}?q=Artikel" in screen
    again = member.post(address, typed)
    assert "al gemeld" in text(again)
    assert page.url


def test_only_the_board_and_ambassadors_mark() -> None:
    cite(theme_page(), OPIUM)
    with pytest.raises(PermissionDenied):
        mark(UserFactory(roles=[Role.EDITOR]), OPIUM)
    mark(UserFactory(roles=[Role.AMBASSADOR]), OPIUM)
    assert pages_citing(OPIUM).count() == 1
