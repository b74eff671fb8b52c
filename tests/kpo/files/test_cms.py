"""The CMS: our uploader, lists that follow the audience, and screens for what waits."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.rich_text import expand_db_html

from kpo import jobs
from kpo.audit.models import Entry
from kpo.files.health import file_lines
from kpo.files.models import Document, Image
from kpo.files.states import ExtractionState, ScanState
from kpo.people.roles import Role
from tests.factories import files as make
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
CIRCLE = "circle:44444444-4444-4444-8444-444444444444"
JSON = {"Accept": "application/json"}


@pytest.fixture
def editor(team: Any, sign_in: Any) -> Client:
    client: Client = sign_in(team[Role.EDITOR])
    return client


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def send(client: Client, *files: SimpleUploadedFile, kind: str = "docs", **data: str) -> Any:
    url = reverse("wagtaildocs:add_multiple" if kind == "docs" else "wagtailimages:add_multiple")
    data = {"audience": "accounts"} | data
    return client.post(url, {"files": list(files), **data}, headers=JSON).json()["files"]


# --- The uploader --------------------------------------------------------------------------------
def test_the_uploader_offers_what_one_holds_and_preselects_nothing(editor: Client) -> None:
    page = editor.get(reverse("wagtaildocs:add_multiple")).content.decode()

    assert '<option value="accounts">Met account</option>' in page
    assert "Nog voor niemand" not in page
    assert " selected" not in page.partition('name="audience"')[2].partition("</select>")[0]


def test_several_files_come_in_at_once_and_each_gets_its_own_answer(editor: Client) -> None:
    answers = send(
        editor,
        upload("verslag.pdf", make.pdf("x", info={"Title": "Jaarverslag"})),
        upload("virus.exe", b"MZ"),
        upload("notitie.txt", b"Hallo"),
    )

    assert [answer["is_stored"] for answer in answers] == [True, False, True]
    assert answers[0]["title"] == "Jaarverslag"
    assert answers[0]["url"] == reverse("wagtaildocs:edit", args=[Document.objects.first().pk])
    assert ".exe nemen we niet aan" in answers[1]["message"]
    assert {each.audience for each in Document.objects.all()} == {"accounts"}
    assert Document.objects.filter(uploaded_by_user__isnull=False).count() == 2
    jobs.drain()
    assert all(each.is_available for each in Document.objects.all())


@pytest.mark.parametrize("audience", ["", "nobody", CIRCLE, "onzin"])
def test_without_an_audience_one_holds_nothing_is_stored(editor: Client, audience: str) -> None:
    (answer,) = send(editor, upload("a.txt", b"Hallo"), audience=audience)

    assert not answer["is_stored"]
    assert not Document.objects.exists()


def test_without_script_the_same_form_answers_with_a_page(editor: Client) -> None:
    url = reverse("wagtaildocs:add_multiple")
    data = {"audience": "public", "files": [upload("a.txt", b"Hallo"), upload("b.exe", b"x")]}
    page = editor.post(url, data).content.decode()

    assert "Niet toegevoegd. Bestanden met de extensie .exe" in page
    assert '<option value="public" selected>' in page
    assert Document.objects.count() == 1
    assert "Kies eerst een of meer bestanden" in editor.post(url, {}).content.decode()


def test_an_extension_in_a_refusal_is_no_markup(editor: Client) -> None:
    url = reverse("wagtaildocs:add_multiple")
    evil = upload("a.<img src=x onerror=alert(1)>", b"x")
    page = editor.post(url, {"audience": "public", "files": [evil]}).content.decode()

    assert "<img src=x" not in page


def test_images_come_in_by_their_own_uploader(editor: Client) -> None:
    answers = send(
        editor, upload("foto.jpg", make.photo()), upload("a.pdf", make.pdf("x")), kind="images"
    )

    assert [answer["is_stored"] for answer in answers] == [True, False]
    picture = Image.objects.get()
    assert (picture.width, picture.height) == (20, 40)


def test_wagtails_way_around_the_checks_is_closed(editor: Client) -> None:
    documents = "/cms/documents/multiple/create_from_uploaded_document/1/"
    assert editor.post(documents).status_code == 404
    assert editor.post("/cms/images/multiple/create_from_uploaded_image/1/").status_code == 404


@pytest.mark.parametrize("role", [Role.READER, Role.AUDITOR, Role.BOARD_MEMBER])
def test_who_may_not_add_files_gets_no_uploader(team: Any, sign_in: Any, role: Role) -> None:
    response = sign_in(team[role]).post(
        reverse("wagtaildocs:add_multiple"),
        {"audience": "public", "files": [upload("a.txt", b"x")]},
    )

    assert response.status_code != 200
    assert not Document.objects.exists()


def test_the_choosers_own_upload_is_checked_too(editor: Client) -> None:
    url = reverse("wagtaildocs_chooser:create")
    prefix = "document-chooser-upload"
    fields = {f"{prefix}-title": "Titel", f"{prefix}-audience": "accounts"}

    refused = editor.post(url, fields | {f"{prefix}-file": upload("a.pdf", b"<html>")})
    assert "de inhoud is iets anders" in refused.content.decode()
    editor.post(url, fields | {f"{prefix}-file": upload("a.pdf", make.pdf("x", author="Jansen"))})
    with Document.objects.get().file.open() as content:
        assert b"Jansen" not in content.read()


# --- Editing -------------------------------------------------------------------------------------
def edit_data(stored: Any, **changed: Any) -> dict[str, Any]:
    data = {"title": stored.title, "audience": stored.audience, "tags": ""}
    return data | {"collection": str(stored.collection_id)} | changed


def test_editing_keeps_the_file_and_logs_another_audience(editor: Client) -> None:
    stored = make.document(content=b"Blijft")
    url = reverse("wagtaildocs:edit", args=[stored.pk])
    assert editor.get(url).status_code == 200
    editor.post(url, edit_data(stored, title="Nieuwe titel", audience="public"))

    changed = Document.objects.get()
    assert (changed.title, changed.audience) == ("Nieuwe titel", "public")
    assert changed.file.name == stored.file.name
    assert changed.is_available
    assert Entry.objects.filter(action="files.change_audience").count() == 1


def test_a_form_that_was_open_does_not_undo_what_a_job_decided(editor: Client) -> None:
    from wagtail.documents.forms import get_document_form

    from kpo.files.forms import DocumentForm

    make.document(extraction_state=ExtractionState.WAITING)
    form_class = get_document_form(Document)
    assert issubclass(form_class, DocumentForm)
    opened = Document.objects.get()
    Document.objects.update(extraction_state=ExtractionState.DONE)
    user = editor.get("/cms/").wsgi_request.user
    form = form_class(edit_data(opened, title="Anders"), instance=opened, user=user)
    assert form.is_valid(), form.errors
    form.save()

    assert Document.objects.get().extraction_state == ExtractionState.DONE


def test_a_replaced_file_is_read_again(editor: Client) -> None:
    stored = make.document(pages=("Oud",))
    url = reverse("wagtaildocs:edit", args=[stored.pk])
    editor.post(url, edit_data(stored, file=upload("nieuw.pdf", make.pdf("Nieuw"))))
    jobs.drain()

    changed = Document.objects.get()
    assert changed.original_name == "nieuw.pdf"
    assert [page.text for page in changed.pages.all()] == ["Nieuw"]


def test_a_title_with_a_citizen_number_is_refused(editor: Client) -> None:
    stored = make.document()
    url = reverse("wagtaildocs:edit", args=[stored.pk])
    page = editor.post(url, edit_data(stored, title="BSN 123456782")).content.decode()

    assert "burgerservicenummer" in page
    assert Document.objects.get().title == stored.title


# --- Lists follow the audience -------------------------------------------------------------------
@pytest.fixture
def hidden(db: None) -> tuple[Document, Image]:
    return (
        make.document(title="Verborgen document", audience=CIRCLE),
        make.image(title="Verborgen beeld", audience=CIRCLE),
    )


@pytest.mark.parametrize(
    "url",
    [
        "/cms/documents/",
        "/cms/documents/results/",
        "/cms/documents/chooser/",
        "/cms/documents/chooser/results/",
        "/cms/images/",
        "/cms/images/chooser/",
        "/cms/images/chooser/results/",
        "/cms/api/main/documents/",
        "/cms/api/main/images/",
        "/cms/bestanden/wachten/",
        "/cms/documents/?q=verborgen",
    ],
)
def test_a_list_holds_what_the_editor_holds(
    editor: Client, hidden: tuple[Document, Image], url: str
) -> None:
    make.document(title="Zichtbaar document")
    make.image(title="Zichtbaar beeld")
    response = editor.get(url)

    assert response.status_code == 200
    assert "Verborgen" not in response.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        *("/cms/documents/edit/{d}/", "/cms/documents/delete/{d}/", "/cms/documents/usage/{d}/"),
        *("/cms/documents/chooser/{d}/", "/cms/images/{i}/", "/cms/images/{i}/delete/"),
        *(
            "/cms/images/{i}/preview/width-10/",
            "/cms/images/chooser/{i}/",
            "/cms/images/usage/{i}/",
        ),
        *("/cms/api/main/documents/{d}/", "/cms/api/main/images/{i}/"),
        "/cms/documents/multiple/{d}/delete/",
    ],
)
def test_a_screen_of_a_file_one_does_not_hold_is_refused(
    editor: Client, hidden: tuple[Document, Image], path: str
) -> None:
    url = path.format(d=hidden[0].pk, i=hidden[1].pk)
    for response in (editor.get(url), editor.post(url)):
        assert response.status_code != 200
        assert "Verborgen" not in response.content.decode()
    assert Document.objects.filter(pk=hidden[0].pk).exists()


@pytest.mark.parametrize("kind", ["documents", "images"])
def test_what_waits_is_listed_for_those_who_manage_files_only(
    editor: Client, team: Any, sign_in: Any, kind: str
) -> None:
    new = make.document if kind == "documents" else make.image
    new(title="Wacht op vrijgave", scan_state=ScanState.UNSCANNED)
    new(title="Gescand")
    listed = f"/cms/api/main/{kind}/"
    assert "Wacht op vrijgave" in editor.get(listed).content.decode()
    told = sign_in(team[Role.AMBASSADOR]).get(listed).content.decode()
    assert "Gescand" in told
    assert "Wacht op vrijgave" not in told


def test_an_own_draft_for_nobody_can_be_worked_on(editor: Client, team: Any) -> None:
    own = make.document(audience="nobody", uploaded_by_user=team[Role.EDITOR])
    other = make.document(audience="nobody", uploaded_by_user=team[Role.ADMINISTRATOR])

    assert editor.get(reverse("wagtaildocs:edit", args=[own.pk])).status_code == 200
    assert editor.get(reverse("wagtaildocs:edit", args=[other.pk])).status_code != 200


def test_a_link_in_a_text_does_not_tell_the_name_of_the_file() -> None:
    stored = make.document(original_name="geheim-plan.pdf", audience=CIRCLE)
    html = expand_db_html(f'<a linktype="document" id="{stored.pk}">het plan</a>')

    assert html == f'<a href="/bestanden/{stored.uuid}/">het plan</a>'


# --- What waits ----------------------------------------------------------------------------------
def test_what_waits_is_shown_with_the_reason(editor: Client) -> None:
    make.document(title="Ongescand", scan_state=ScanState.UNSCANNED)
    make.document(
        title="Onleesbaar", extraction_state=ExtractionState.FAILED, state_note="Te veel geheugen."
    )
    make.document(title="Gewoon te openen")
    page = editor.get(reverse("files_waiting")).content.decode()

    assert "wacht op vrijgave door een beheerder" in page
    assert "Te veel geheugen." in page
    assert "Gewoon te openen" not in page
    assert "Geef vrij" not in page


def test_the_operations_page_counts_what_its_link_lists(team: Any, sign_in: Any) -> None:
    make.document(title="Ongescand", scan_state=ScanState.UNSCANNED)
    make.image(title="Ongescand beeld", scan_state=ScanState.UNSCANNED, audience=CIRCLE)
    make.document(title="Vastgehouden", scan_state=ScanState.UNSCANNED, is_held=True)
    (line,) = file_lines()
    page = sign_in(team[Role.ADMINISTRATOR]).get(line.url).content.decode()
    assert line.value == "2"
    assert page.count("wacht op vrijgave door een beheerder") == 2
    assert "Vastgehouden" not in page


def test_the_list_of_what_waits_goes_on_page_after_page(editor: Client) -> None:
    for number in range(205):
        make.document(title=f"Wacht {number:03}", scan_state=ScanState.UNSCANNED)
    make.image(title="Oud beeld", scan_state=ScanState.WAITING)
    Image.objects.update(created_at="2020-01-01T00:00Z")
    url = reverse("files_waiting")

    assert "Wacht 204" in editor.get(url).content.decode()
    assert "Alles (206)" in editor.get(url).content.decode()
    last = editor.get(url, {"p": 5}).content.decode()
    assert "Wacht 004" in last
    assert "Oud beeld" in last
    assert "Wacht 005" not in last
    assert editor.get(url, {"p": 10**9}).status_code == 200


def test_what_waits_is_counted_and_listed_by_reason(editor: Client) -> None:
    make.document(title="Met nummer 123456782", is_held=True)
    make.document(title="Ongescand", scan_state=ScanState.UNSCANNED)
    make.document(title="Onleesbaar", extraction_state=ExtractionState.FAILED)
    make.document(title="Besmet", scan_state=ScanState.INFECTED)
    make.document(title="Wordt gelezen", extraction_state=ExtractionState.WAITING)
    make.image(title="Beeld", scan_state=ScanState.WAITING)
    make.document(title="Van een ander", scan_state=ScanState.UNSCANNED, audience=CIRCLE)
    url = reverse("files_waiting")
    everything = editor.get(url).content.decode()

    for label in ("Alles (6)", "Zaakgegevens (1)", "Niet gescand (1)", "Niet te lezen (1)"):
        assert label in everything
    assert "123456782" not in everything
    held = editor.get(url, {"reden": "zaakgegevens"}).content.decode()
    assert "Met nummer" in held
    assert "Ongescand" not in held
    unscanned = editor.get(url, {"reden": "niet-gescand"}).content.decode()
    assert "Ongescand" in unscanned
    assert "Van een ander" not in unscanned
    assert editor.get(url, {"reden": "onzin"}).content.decode().count("Wordt gelezen") > 1


def given(client: Client, url: str, reason: str, **more: str) -> dict[str, str]:
    """What the form sends that this administrator has before them."""
    seen = re.search(r'name="seen" value="(\w+)"', client.get(url).content.decode())
    assert seen
    return {"reason": reason, "seen": seen[1]} | more


def test_an_administrator_releases_with_a_reason(team: Any, sign_in: Any, settings: Any) -> None:
    stored = make.document(scan_state=ScanState.UNSCANNED, extraction_state=ExtractionState.WAITING)
    client = sign_in(team[Role.ADMINISTRATOR])
    url = reverse("files_release", args=["bestand", stored.uuid])

    assert "Geef vrij" in client.get(reverse("files_waiting")).content.decode()
    assert client.post(url, given(client, url, "")).status_code == 422
    assert client.post(url, given(client, url, "Zelf gescand")).status_code == 302
    assert Document.objects.get().scan_state == ScanState.RELEASED
    assert Entry.objects.filter(action="files.release").exists()


def test_an_editor_releases_nothing(editor: Client) -> None:
    stored = make.document(scan_state=ScanState.UNSCANNED)
    url = reverse("files_release", args=["bestand", stored.uuid])
    editor.post(url, {"reason": "Mag wel"})
    editor.post(url, {"reason": "Mag niet", "refuse": "ja"})

    assert Document.objects.get().scan_state == ScanState.UNSCANNED


@pytest.mark.parametrize("audience", [CIRCLE, "nobody"])
def test_a_closed_file_is_let_through_without_being_shown(
    team: Any, sign_in: Any, editor: Client, audience: str
) -> None:
    owner = UserFactory(first_name="Zwaan", last_name="Kleef")
    fields = {"audience": audience, "uploaded_by_user": owner, "scan_state": ScanState.UNSCANNED}
    stored = make.document(title="Geheim plan", original_name="geheim.txt", **fields)
    client = sign_in(team[Role.ADMINISTRATOR])
    row = client.get(reverse("files_waiting")).content.decode()
    url = reverse("files_release", args=["bestand", stored.uuid])
    form = client.get(url).content.decode()

    for page in (row, form):
        assert f"Besloten bestand {str(stored.uuid)[:8]}" in page
        assert "tekstbestand" in page
        for hidden in ("Geheim plan", "geheim.txt", "Zwaan", "Kleef", f"/{stored.pk}/"):
            assert hidden not in page
    assert "Besloten bestand" not in editor.get(reverse("files_waiting")).content.decode()
    assert client.get(reverse("wagtaildocs:edit", args=[stored.pk])).status_code != 200
    sent = given(client, url, "Zelf gescand")
    answer = client.post(url, sent, follow=True).content.decode()
    assert "Geheim plan" not in answer
    assert Document.objects.get().scan_state == ScanState.RELEASED
    entry = Entry.objects.get(action="files.release")
    assert (entry.details, "Geheim" in entry.object_label) == ({"reason": "Zelf gescand"}, False)
    assert client.get(url).status_code == 404


def test_of_a_closed_file_that_waits_for_anything_else_nothing_is_shown(
    team: Any, sign_in: Any
) -> None:
    for fields in ({"is_held": True}, {"scan_state": ScanState.INFECTED}):
        make.document(audience=CIRCLE, **fields)
    page = sign_in(team[Role.ADMINISTRATOR]).get(reverse("files_waiting")).content.decode()

    assert "Er wacht niets" in page


def test_a_file_that_was_refused_stays_shut_and_says_why(team: Any, sign_in: Any) -> None:
    stored = make.document(scan_state=ScanState.UNSCANNED)
    client = sign_in(team[Role.ADMINISTRATOR])
    url = reverse("files_release", args=["bestand", stored.uuid])
    client.post(url, given(client, url, "Komt van een vreemde.", refuse="ja"))

    assert Document.objects.get().scan_state == ScanState.REFUSED
    assert client.get(stored.url).status_code == 404
    assert "Komt van een vreemde." in client.get(reverse("files_waiting")).content.decode()
    assert Entry.objects.filter(action="files.refuse").exists()


def test_other_bytes_than_those_that_were_looked_at_are_not_released(
    team: Any, sign_in: Any
) -> None:
    stored = make.document(scan_state=ScanState.UNSCANNED)
    client = sign_in(team[Role.ADMINISTRATOR])
    url = reverse("files_release", args=["bestand", stored.uuid])
    sent = given(client, url, "Gemaakt door een collega.")
    Document.objects.update(content_hash="0" * 64)
    answer = client.post(url, sent)

    assert answer.status_code == 422
    assert "vervangen terwijl je keek" in answer.content.decode()
    assert "Gemaakt door een collega." in answer.content.decode()
    assert Document.objects.get().scan_state == ScanState.UNSCANNED
    assert client.post(url, {"reason": "Zelf gescand"}).status_code == 422
    assert client.post(url, given(client, url, "Opnieuw gezien")).status_code == 302


def test_a_reason_left_out_lets_no_other_bytes_through(team: Any, sign_in: Any) -> None:
    """The form that comes back is still about the bytes that were looked at."""
    stored = make.document(scan_state=ScanState.UNSCANNED)
    client = sign_in(team[Role.ADMINISTRATOR])
    url = reverse("files_release", args=["bestand", stored.uuid])
    sent = given(client, url, "")
    Document.objects.update(content_hash="0" * 64)
    back = client.post(url, sent).content.decode()
    assert f'name="seen" value="{sent["seen"]}"' in back
    answer = client.post(url, sent | {"reason": "Zelf gescand"})
    assert "vervangen terwijl je keek" in answer.content.decode()
    assert Document.objects.get().scan_state == ScanState.UNSCANNED


def test_an_unreadable_file_can_be_read_again(editor: Client) -> None:
    stored = make.document(content=b"Tekst", extraction_state=ExtractionState.FAILED)
    editor.post(reverse("files_read_again", args=[stored.pk]))
    jobs.drain()

    assert Document.objects.get().is_available


def test_a_failed_job_is_shown_and_tried_again(team: Any, sign_in: Any, editor: Client) -> None:
    from kpo import job_failures
    from tests.kpo.test_jobs import fail_for_good

    fail_for_good.enqueue()
    jobs.drain()
    (job,) = job_failures.failed_jobs()
    client = sign_in(team[Role.ADMINISTRATOR])

    assert "Dit bestand is niet te lezen." in client.get(reverse("failed_jobs")).content.decode()
    assert editor.get(reverse("failed_jobs")).status_code != 200
    editor.post(reverse("retry_job", args=[job.id]))
    assert job_failures.failed_jobs() == [job]
    client.post(reverse("retry_job", args=[job.id]))
    assert job_failures.failed_jobs() == []
    assert client.get(reverse("retry_job", args=[job.id])).status_code == 405


@pytest.mark.parametrize("count", [1, 30])
def test_lists_ask_the_same_number_of_questions_whatever_their_length(
    editor: Client, django_assert_max_num_queries: Any, count: int
) -> None:
    for number in range(count):
        make.document(title=f"Wacht {number}", scan_state=ScanState.UNSCANNED)
    editor.get(reverse("files_waiting"))
    with django_assert_max_num_queries(25):
        editor.get(reverse("files_waiting"))
