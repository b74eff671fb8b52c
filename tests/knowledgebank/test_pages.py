"""What readers meet on the knowledge bank's pages."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction, Site, Workflow

from knowledgebank import actions
from knowledgebank.citations import citation_url, normalize_identifier
from knowledgebank.models import (
    Barrier,
    ContactMessage,
    DocumentFile,
    HelpfulVote,
    KnowledgeDocument,
    KnowledgePage,
    PracticeIndexPage,
    ThemePage,
)
from knowledgebank.models.review import BOARD_WORKFLOW
from kpo.files.models import Document
from kpo.pages.actions import change_audience
from kpo.people import tokens
from kpo.people.models import User
from kpo.people.roles import Role
from tests.counting import queries_of
from tests.factories.files import document
from tests.factories.pages import home_page, knowledge_document, plain_page, theme_page
from tests.factories.people import UserFactory

SignIn = Callable[[User], Client]


@pytest.fixture
def home(db: None) -> Any:
    return home_page()


@pytest.fixture
def reader(db: None, sign_in: SignIn) -> Client:
    return sign_in(UserFactory())


def intervention(partner: str, title: str) -> dict[str, Any]:
    value = {
        "partner": partner,
        "title": title,
        "how": "Zo doe je dat.",
        "legal_basis": "",
        "weight": "",
    }
    return {"type": "intervention", "value": value | {"document": None}}


def test_theme_page_filters_interventions_by_partner(home: Any, client: Client) -> None:
    blocks = [intervention("police", "Gesprek op straat"), intervention("tax", "Boekenonderzoek")]
    page = theme_page(interventions=json.dumps(blocks))
    answer = client.get(page.url, {"partner": "tax"}).content.decode()
    assert "Boekenonderzoek" in answer
    assert "Gesprek op straat" not in answer


def test_unknown_partner_shows_all(home: Any, client: Client) -> None:
    page = theme_page(interventions=json.dumps([intervention("police", "Gesprek op straat")]))
    assert "Gesprek op straat" in client.get(page.url, {"partner": "x" * 999}).content.decode()


def test_block_ids_stay_when_a_theme_is_published_again(home: Any) -> None:
    page = theme_page(interventions=json.dumps([intervention("police", "Gesprek")]))
    before = page.interventions[0].id
    ThemePage.objects.get(pk=page.pk).save_revision().publish()
    assert ThemePage.objects.get(pk=page.pk).interventions[0].id == before


def test_two_themes_share_a_barrier_and_a_closed_one_stays_out(home: Any, client: Client) -> None:
    shared = Barrier.objects.create(title="Kadastertoets", audience=tokens.PUBLIC)
    closed = Barrier.objects.create(title="Geheime toets", audience=tokens.PUBLIC_SECTOR)
    rows = [{"barrier": barrier.pk, "weakness": ""} for barrier in (shared, closed)]
    stage = {"type": "stage", "value": {"title": "Kopen", "text": "Hoe.", "barriers": rows}}
    for page in (theme_page(stages=json.dumps([stage])), theme_page(stages=json.dumps([stage]))):
        answer = client.get(page.url).content.decode()
        assert "Kadastertoets" in answer
        assert "Geheime toets" not in answer


def test_narrowed_file_is_said_to_be_unavailable_without_its_name(
    home: Any, client: Client
) -> None:
    page = knowledge_document()
    file = Document.objects.create(
        title="Nachtregister",
        original_name="nachtregister.pdf",
        audience=tokens.ACCOUNTS,
        scan_state="clean",
    )
    DocumentFile.objects.create(page=page, document=file, label="Nachtregister")
    answer = client.get(page.url).content.decode().lower()
    assert "bestand niet beschikbaar" in answer
    assert "nachtregister" not in answer


def test_copied_document_has_the_same_files_also_after_it_is_published(home: Any) -> None:
    page = knowledge_document()
    file = DocumentFile.objects.create(page=page, document=document(audience=tokens.PUBLIC))
    page.save_revision()
    copied = KnowledgeDocument.objects.get(pk=page.copy(update_attrs={"slug": "kopie"}).pk)
    copied.latest_revision.publish()
    assert [row.document for row in copied.files.all()] == [file.document]


def test_obsolete_page_opens_by_link_with_its_reason_and_leaves_lists(
    home: Any, client: Client, team: Any
) -> None:
    page = knowledge_document(title="Oude handreiking")
    actions.make_obsolete(actor=team[Role.EDITOR], page=page, reason="De wet is veranderd.")
    assert "De wet is veranderd." in client.get(page.url).content.decode()
    assert "Oude handreiking" not in client.get("/documenten/").content.decode()


def test_restored_revision_leaves_a_page_obsolete(home: Any, team: Any) -> None:
    page = knowledge_document()
    actions.make_obsolete(actor=team[Role.EDITOR], page=page, reason="Vervangen.")
    page.revisions.first().publish()
    assert KnowledgePage.objects.get(pk=page.pk).is_obsolete


def test_withdrawn_page_is_gone_at_once(home: Any, client: Client, team: Any) -> None:
    page = knowledge_document()
    actions.withdraw(actor=team[Role.EDITOR], page=page, reason="Bevat een fout.")
    assert client.get(page.url).status_code == 404


def test_withdrawing_asks_for_a_reason(home: Any, team: Any) -> None:
    with pytest.raises(ValidationError, match="Geef een reden"):
        actions.withdraw(actor=team[Role.EDITOR], page=knowledge_document(), reason=" ")


def test_reader_may_not_withdraw(home: Any) -> None:
    with pytest.raises(PermissionDenied):
        actions.withdraw(actor=UserFactory(), page=knowledge_document(), reason="Zomaar.")


def test_second_vote_replaces_the_first(home: Any, reader: Client) -> None:
    page = theme_page()
    address = f"/mijn/oordeel/{page.uuid}/"
    reader.post(address, {"is_helpful": "ja"})
    reader.post(address, {"is_helpful": "nee", "reason": "Ik mis een voorbeeld."})
    vote = HelpfulVote.objects.get(page=page)
    assert not vote.is_helpful
    assert vote.revision_id == page.live_revision_id


def test_vote_with_a_citizen_service_number_is_refused_and_kept_in_the_form(
    home: Any, reader: Client
) -> None:
    page = theme_page()
    typed = {"is_helpful": "nee", "reason": "Dit gaat over BSN 111222333."}
    answer = reader.post(f"/mijn/oordeel/{page.uuid}/", typed)
    assert answer.status_code == 422
    assert "111222333" in answer.content.decode()
    assert not HelpfulVote.objects.exists()


def test_contact_message_is_kept_and_mistakes_keep_what_was_typed(
    home: Any, client: Client
) -> None:
    typed = {"name": "Ada", "email": "geen-adres", "subject": "Vraag", "text": "Waar vind ik het?"}
    answer = client.post("/contact/bericht/", typed)
    assert answer.status_code == 422
    assert "Waar vind ik het?" in answer.content.decode()
    client.post("/contact/bericht/", typed | {"email": "ada@voorbeeld.nl"})
    assert ContactMessage.objects.get().subject == "Vraag"


def test_messages_of_strangers_stop_at_ten_an_hour_and_the_eleventh_keeps_its_text(
    home: Any, client: Client, reader: Client
) -> None:
    typed = {"name": "Ada", "email": "ada@voorbeeld.nl", "subject": "Vraag", "text": "Waar dan?"}
    for _ in range(10):
        assert client.post("/contact/bericht/", typed).status_code == 302
    refused = client.post("/contact/bericht/", typed | {"text": "Nog een vraag"})
    assert refused.status_code == 429
    assert "Probeer het over een uur opnieuw" in refused.content.decode()
    assert "Nog een vraag" in refused.content.decode()
    assert reader.post("/contact/bericht/", typed).status_code == 302
    assert ContactMessage.objects.count() == 11


def test_moved_page_redirects_only_who_may_read_it(
    home: Any, client: Client, reader: Client
) -> None:
    page = plain_page(home, tokens.ACCOUNTS, title="Nieuw adres")
    Redirect.add_redirect("/oud-adres/", page, site=Site.objects.get())
    assert reader.get("/oud-adres/").headers["Location"] == page.url
    assert client.get("/oud-adres/").status_code == 404


def test_closed_and_absent_look_the_same_when_signed_in(home: Any, sign_in: SignIn) -> None:
    closed = plain_page(home, tokens.PUBLIC_SECTOR, slug="gesloten")
    bank = sign_in(UserFactory(private=True))
    here, nowhere = bank.get(closed.url), bank.get("/bestaat-niet/")
    assert here.status_code == nowhere.status_code == 404
    assert without_nonces(here.content) == without_nonces(nowhere.content)


def test_for_a_visitor_only_the_asked_address_differs_between_closed_and_absent(
    home: Any, client: Client
) -> None:
    closed = plain_page(home, tokens.ACCOUNTS, slug="gesloten")
    here, nowhere = client.get(closed.url), client.get("/afwezig/")
    assert here.status_code == nowhere.status_code == 404
    # The way to sign in leads back to what the visitor typed, and says nothing more.
    asked = without_nonces(here.content).replace(b"next=/gesloten/", b"next=/afwezig/")
    assert asked == without_nonces(nowhere.content)


def crumbs_of(client: Client, address: str) -> list[str]:
    found = re.search(
        r'class="kpo-crumbs".*?</nav>', client.get(address).content.decode(), re.DOTALL
    )
    assert found is not None
    return [html.unescape(it) for it in re.findall(r">([^<>\n]+)<", found.group())]


def test_the_crumbs_name_every_level_that_the_reader_may_read(home: Any, client: Client) -> None:
    theme = theme_page(title="Lege loodsen")
    assert crumbs_of(client, theme.url) == ["Start", "Thema's", "Lege loodsen"]
    above = theme.get_parent().specific
    assert crumbs_of(client, above.url) == ["Start", "Thema's"]
    above.unpublish()
    assert crumbs_of(client, theme.url) == ["Start", "Lege loodsen"]


def without_nonces(page: bytes) -> bytes:
    """The page without the two values that are drawn anew for every response."""
    page = re.sub(rb'(nonce=)"[^"]+"', rb"\1", page)
    return re.sub(rb'(name="csrfmiddlewaretoken" value=)"[^"]+"', rb"\1", page)


def test_menu_leaves_out_what_the_reader_may_not_read(home: Any, client: Client, team: Any) -> None:
    index = PracticeIndexPage.objects.get()
    assert ">Praktijk<" in client.get("/").content.decode().replace("\n", "").replace(" ", "")
    change_audience(actor=team[Role.EDITOR], page=index, audience=tokens.ACCOUNTS)
    assert "/praktijk/" not in client.get("/").content.decode()


def test_wagtails_own_lock_cannot_be_set_beside_the_audience(
    home: Any, team: Any, sign_in: SignIn
) -> None:
    page = plain_page(home, tokens.PUBLIC)
    editor = sign_in(team[Role.EDITOR])
    address = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
    answer = editor.post(address, {"restriction_type": "login"})
    assert answer.status_code in {302, 403}
    assert not PageViewRestriction.objects.exists()


def test_overdue_review_is_said(home: Any, client: Client) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    page = theme_page(review_due_on=yesterday)
    assert KnowledgePage.objects.get(pk=page.pk).is_review_overdue


@pytest.mark.parametrize("address", ["/themas/", "/documenten/", "/praktijk/", "/nieuws/", "/"])
def test_lists_ask_the_database_as_often_for_two_as_for_twelve(
    home: Any, client: Client, address: str
) -> None:
    assert client.get(address).status_code == 200
    for _ in range(2):
        knowledge_document(themes=[theme_page()])
    few = queries_of(lambda: client.get(address))
    for _ in range(10):
        knowledge_document(themes=[theme_page()])
    assert queries_of(lambda: client.get(address)) <= few


def test_theme_page_stays_within_fifteen_queries(home: Any, reader: Client) -> None:
    theme = theme_page(interventions=json.dumps([intervention("police", "Gesprek")]))
    for _ in range(12):
        knowledge_document(themes=[theme])
    assert reader.get(theme.url).status_code == 200
    # On top of the page's own: session, user, circles, and one for each type that it lists
    # (documents and practices in one).
    assert queries_of(lambda: reader.get(theme.url)) <= 15 + 5


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("BWBR0001941, artikel 13b", "BWBR0001941#13b"),
        ("bwbr0001941 art. 13b", "BWBR0001941#13b"),
        ("BWBR0001941", "BWBR0001941"),
        ("BWBR0001854 420quater", "BWBR0001854#420quater"),
        ("ecli:nl:rvs:2019:2912", "ECLI:NL:RVS:2019:2912"),
    ],
)
def test_identifiers_are_stored_in_one_spelling(typed: str, stored: str) -> None:
    assert normalize_identifier(typed) == stored
    assert citation_url(stored).startswith("https://")


def test_unknown_identifier_is_refused_with_an_example() -> None:
    with pytest.raises(ValidationError, match="BWBR0001941"):
        normalize_identifier("artikel 13b Opiumwet")


def test_sitemap_lists_public_pages_only(home: Any, client: Client) -> None:
    shown = plain_page(home, tokens.PUBLIC, slug="voor-iedereen")
    plain_page(home, tokens.ACCOUNTS, slug="alleen-met-account")
    answer = client.get("/sitemap.xml")
    assert answer.status_code == 200
    assert shown.url in answer.content.decode()
    assert "alleen-met-account" not in answer.content.decode()


def test_no_workflow_of_wagtails_own_is_offered(home: Any) -> None:
    assert [one.name for one in Workflow.objects.active()] == [BOARD_WORKFLOW]
