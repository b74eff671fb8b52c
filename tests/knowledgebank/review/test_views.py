"""The board's screens, as people use them who have no work in the CMS."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from knowledgebank.models import ReviewItem
from knowledgebank.review.actions.releases import let_in
from knowledgebank.review.content import fingerprint_of
from kpo.people.models import User
from kpo.people.roles import Role
from tests.factories.pages import knowledge_document, theme_page
from tests.factories.people import CircleFactory, UserFactory
from tests.factories.review import (
    approve,
    author,
    is_published,
    live,
    review_all,
    reviewer,
    send_back,
    submitted,
)
from tests.ground import review_nothing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demand_review() -> None:
    review_all()


def as_(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address(item: ReviewItem) -> str:
    return reverse("knowledgebank:review_item", args=[item.uuid])


def filled_in(item: ReviewItem, verdict: str = "approve", **more: Any) -> dict[str, Any]:
    count = item.task.specific.method.current.criteria.count()
    scores = {f"score-{number}": "4" for number in range(count)}
    reasons = {f"reason-{number}": "Daarom." for number in range(count)}
    seen = fingerprint_of(item.revision)
    return {"seen": seen, "verdict": verdict} | scores | reasons | more


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_partner_finds_the_work_judges_it_and_the_page_is_published() -> None:
    item = submitted(author())
    approve(reviewer(1), item)
    partner = as_(reviewer(0, role=Role.REVIEWER))
    listed = text(partner.get(reverse("knowledgebank:work_list"), {"lijst": "raad"}))
    assert address(item) in listed
    assert "1 van 2" in listed
    shown = text(partner.get(address(item)))
    assert "Keur goed" in shown
    assert "Omdat het zo is." not in shown
    answer = partner.post(address(item), filled_in(item), follow=True)
    assert "de tekst is gepubliceerd" in text(answer)
    assert "Omdat het zo is." in text(answer)
    assert is_published(item.page)
    assert "2 mensen van 2 organisaties" in text(partner.get(live(item.page.specific).url))


def test_a_colleague_who_wrote_along_reads_why_they_may_not_judge() -> None:
    writer = author()
    item = submitted(writer)
    shown = text(as_(writer).get(address(item)))
    assert "zelf aan deze tekst geschreven" in shown
    assert "Keur goed" not in shown
    assert "Neem de tekst terug" in shown


def test_a_vote_that_is_not_complete_comes_back_as_typed() -> None:
    item = submitted(author())
    typed = filled_in(item, remark="Mooi stuk, met een vraag.") | {"reason-0": ""}
    answer = as_(reviewer(0)).post(address(item), typed)
    assert answer.status_code == 422
    assert "Geef bij elk criterium een score" in text(answer)
    assert "Mooi stuk, met een vraag." in text(answer)


def test_a_return_asks_for_a_reason_by_section_and_the_author_reads_it() -> None:
    writer = author()
    item = submitted(writer)
    client = as_(reviewer(0))
    assert client.post(address(item), filled_in(item, "return")).status_code == 422
    typed = filled_in(item, "return") | {"section-0": "Noem de gemeente in de titel."}
    client.post(address(item), typed)
    shown = text(as_(writer).get(address(item)))
    assert "teruggestuurd met vragen" in shown
    assert "Noem de gemeente in de titel." in shown


def test_the_difference_shows_what_readers_do_not_have_yet() -> None:
    page = theme_page(live=False, what="<p>De politie heeft altijd de leiding.</p>")
    page.save_revision()
    let_in(actor=None, page=page, source="import")
    page.get_latest_revision().publish()
    page.refresh_from_db()
    item = submitted(author(), page, what="<p>De gemeente heeft altijd de leiding.</p>")
    shown = text(as_(reviewer(0)).get(address(item)))
    assert "<del>politie</del>" in shown
    assert "<ins>gemeente</ins>" in shown


def test_a_text_is_shown_as_readers_will_see_it() -> None:
    item = submitted(author(), what="<p>Zo komt het er te staan.</p>")
    preview = reverse("knowledgebank:review_preview", args=[item.uuid])
    assert "Zo komt het er te staan." in text(as_(reviewer(0)).get(preview))
    assert as_(UserFactory()).get(preview).status_code == 404


def test_the_history_tells_every_round() -> None:
    writer = author()
    item = submitted(writer)
    send_back(reviewer(0), item)
    told = text(as_(writer).get(reverse("knowledgebank:review_history", args=[item.uuid])))
    assert "Noem de bron." in told
    assert "Methode van de redactieraad, versie 1" in told


def test_somebody_takes_it_up_asks_along_and_passes_it_on() -> None:
    item = submitted(author())
    first, expert, next_ = reviewer(0), UserFactory(), reviewer(1)
    act = {verb: reverse(f"knowledgebank:review_{verb}", args=[item.uuid])
           for verb in ("oppakken", "vragen", "voorleggen")}  # fmt: skip
    client = as_(first)
    client.post(act["oppakken"])
    assert address(item) in text(client.get(reverse("knowledgebank:work_list")))
    client.post(act["vragen"], {"email": expert.email})
    client.post(act["vragen"], {"email": next_.email, "pass_on": "ja"})
    assert {one.person for one in item.assignments.all()} == {expert, next_}
    client.post(act["voorleggen"], {"reason": "Niemand heeft tijd."})
    item.refresh_from_db()
    assert item.escalated_at


def test_an_unknown_colleague_is_named_in_a_sentence() -> None:
    item = submitted(author())
    ask = reverse("knowledgebank:review_vragen", args=[item.uuid])
    answer = as_(reviewer(0)).post(ask, {"email": "wie@nergens.nl"}, follow=True)
    assert "Dit adres kunnen we niet vragen" in text(answer)


def test_who_may_not_ask_is_not_told_who_is_there() -> None:
    writer = author()
    item = submitted(writer)
    ask = reverse("knowledgebank:review_vragen", args=[item.uuid])
    client, known = as_(writer), UserFactory()
    for email in (known.email, "wie@nergens.nl"):
        assert "Dit kun je bij dit stuk niet doen." in text(
            client.post(ask, {"email": email}, follow=True)
        )


@pytest.mark.parametrize("door", ["review_item", "review_preview", "review_history"])
def test_an_item_of_a_closed_page_is_not_there_for_who_may_not_read_it(door: str) -> None:
    circle = CircleFactory()
    writer = author()
    circle.grants.create(person=writer)
    item = submitted(writer, theme_page(circle.token, live=False, title="Gesloten stuk"))
    outside = as_(reviewer(0))
    assert outside.get(reverse(f"knowledgebank:{door}", args=[item.uuid])).status_code == 404
    listed = text(outside.get(reverse("knowledgebank:work_list"), {"lijst": "raad"}))
    assert "Gesloten stuk" not in listed
    assert "Er ligt niets bij de redactieraad." in listed


@pytest.mark.parametrize("screen", ["work_list", "board_agenda", "due"])
def test_lists_name_no_theme_that_the_reader_may_not_know(screen: str) -> None:
    writer, circle = author(), CircleFactory()
    review_nothing()
    themes = [theme_page(circle.token, title="Gesloten thema"), theme_page()]
    today = timezone.localdate()
    document = knowledge_document(owner=writer, themes=themes, review_due_on=today)
    review_all()
    submitted(writer, live(document))
    shown = text(as_(reviewer(0)).get(reverse(f"knowledgebank:{screen}")))
    assert document.title in shown
    assert themes[1].title in shown
    assert "Gesloten thema" not in shown
