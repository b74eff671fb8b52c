"""A changed theme page on its way past the board: sent in, judged, read, told of and found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from knowledgebank.models import ReviewItem
from kpo.inbox.mailing import mail_digests
from kpo.people import tokens
from kpo.people.models import User
from kpo.people.roles import Role
from tests.factories.pages import theme_page
from tests.factories.people import UserFactory
from tests.factories.review import author, review_all, reviewer
from tests.ground import review_nothing

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MONDAY = "2026-11-30T08:05:00+01:00"
NOTE = "Er staat bij waar je de kilometerteller controleert."
STREAMS = ("in_short", "manifestations", "signals", "interventions", "stages", "videos")


def typed_in_cms(page: Any, what: str, note: str) -> dict[str, Any]:
    """The form of the CMS with a new text and a change note, sent to the board."""
    today = timezone.localdate().isoformat()
    told = {"on": today, "significance": "changed", "text": note, "organisation": ""}
    form: dict[str, Any] = {
        "title": page.title,
        "slug": page.slug,
        "what": rich_text(what),
        "experts": inline_formset([]),
        "change_notes": inline_formset([told]),
        "citations": inline_formset([]),
        "comments": inline_formset([]),
    }
    form |= {name: streamfield([]) for name in STREAMS}
    return {**nested_form_data(form), "action-submit": "1"}


def judged(client: Client, item: ReviewItem) -> str:
    """What a reviewer reads after filling in every criterion and approving."""
    address = reverse("knowledgebank:review_item", args=[item.uuid])
    shown = client.get(address)
    form = shown.context["form"]
    data = {"seen": form["seen"].value(), "verdict": "approve"}
    for number in range(8):
        data |= {f"score-{number}": "4", f"reason-{number}": "Klopt met onze dossiers."}
    return str(client.post(address, data, follow=True).content.decode())


def sent_in(client: Client, theme: Any) -> ReviewItem:
    edit = reverse("wagtailadmin_pages:edit", args=[theme.pk])
    text = "<p>Controleer de kilometerteller bij inname.</p>"
    client.post(edit, typed_in_cms(theme, text, NOTE))
    return ReviewItem.objects.get()


def assert_refused(client: Client, item: ReviewItem) -> None:
    """With the reason, and without a form to judge with."""
    address = reverse("knowledgebank:review_item", args=[item.uuid])
    shown = client.get(address).content.decode()
    assert "Je werkt bij dezelfde organisatie als wie dit schreef" in shown
    assert "Keur goed" not in shown


def test_a_change_goes_past_the_board_and_reaches_who_follows(
    sign_in: Callable[[User], Client], drain: Callable[[], int]
) -> None:
    writer, follower = author(), UserFactory()
    with time_machine.travel("2026-11-20T10:00:00+01:00", tick=False):
        review_nothing()
        theme = theme_page(tokens.ACCOUNTS, title="Autoverhuur")
    review_all()
    reader = sign_in(follower)
    reader.post(f"/mijn/pagina/{theme.uuid}/volg/")

    item = sent_in(sign_in(writer), theme)
    assert "kilometerteller" not in reader.get(theme.url).content.decode()

    colleague = UserFactory(roles=[Role.BOARD_MEMBER], organisation=writer.organisation)
    assert_refused(sign_in(colleague), item)
    assert "Er zijn nog meer stemmen nodig" in judged(sign_in(reviewer(0)), item)
    partner = sign_in(reviewer(2, role=Role.REVIEWER))
    assert "de tekst is gepubliceerd" in judged(partner, item)
    drain()

    page = reader.get(theme.url).content.decode()
    assert "2 mensen van 2 organisaties" in page
    assert "kilometerteller bij inname" in page
    assert NOTE in page
    assert NOTE in reader.get("/mijn/postvak/").content.decode()
    assert "Je tekst is goedgekeurd" in sign_in(writer).get("/mijn/postvak/").content.decode()
    found = reader.get("/zoeken/", {"q": "kilometerteller inname"}).content.decode()
    assert "Autoverhuur" in found
    assert "Relevantie 4/5" in found

    mail.outbox.clear()
    with time_machine.travel(MONDAY, tick=False):
        mail_digests.call()
        drain()
    (digest,) = [message for message in mail.outbox if message.to == [follower.email]]
    assert NOTE in digest.body
