"""Bytes go to whoever may read them, whole or in part; for all others there is nothing."""

import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from structlog.testing import capture_logs

from kpo.audit.models import Entry
from kpo.files.models import Document
from kpo.files.permissions import can_read_file, can_release_file, can_work_on_file
from kpo.files.states import ExtractionState, ScanState
from kpo.files.storage import BlobStorage
from kpo.people import tokens
from kpo.people.reader import reader_for
from kpo.people.roles import Role
from tests.factories import files as make
from tests.factories.people import CircleFactory, UserFactory

CONTENT = bytes(range(256)) * 40
pytestmark = pytest.mark.django_db


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.fixture
def reader_client(team: Any, sign_in: Any) -> Client:
    client: Client = sign_in(team[Role.READER])
    return client


@pytest.fixture
def closed() -> Document:
    return make.document(
        content=CONTENT, media_type="application/pdf", original_name="één plan.pdf"
    )


def test_a_reader_gets_the_bytes_with_headers_that_keep_them_close(
    reader_client: Client, closed: Document
) -> None:
    response = reader_client.get(closed.url)

    assert response.status_code == 200
    assert body(response) == CONTENT
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(CONTENT))
    assert response["Content-Disposition"] == "inline; filename*=utf-8''%C3%A9%C3%A9n%20plan.pdf"
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_public_file_may_be_kept_but_is_asked_for_again(client: Client) -> None:
    public = make.document(audience="public", content=CONTENT)
    response = client.get(public.url)

    assert body(response) == CONTENT
    assert response["Cache-Control"] == "public, no-cache"
    assert "sandbox" in response["Content-Security-Policy"]
    assert client.get(public.url, headers={"If-None-Match": response["ETag"]}).status_code == 304
    assert not Entry.objects.filter(action="files.read_closed").exists()


def test_a_download_can_be_asked_for(reader_client: Client, closed: Document) -> None:
    response = reader_client.get(f"{closed.url}?bewaar=1")

    assert response["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("media_type", ["text/csv", "text/markdown", "application/vnd.ms-excel"])
def test_what_a_browser_should_not_show_is_a_download(
    reader_client: Client, media_type: str
) -> None:
    stored = make.document(media_type=media_type, original_name="a.csv")

    assert reader_client.get(stored.url)["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-99", 0, 100),
        ("bytes=100-", 100, len(CONTENT)),
        ("bytes=-50", len(CONTENT) - 50, len(CONTENT)),
        ("bytes=5-999999", 5, len(CONTENT)),
        ("bytes=0-0", 0, 1),
        ("Bytes = 0-0", 0, 1),
        ("bytes=-999999", 0, len(CONTENT)),
    ],
)
def test_a_part_can_be_asked_for(
    reader_client: Client, closed: Document, asked: str, start: int, end: int
) -> None:
    response = reader_client.get(closed.url, headers={"Range": asked})

    assert response.status_code == 206
    assert body(response) == CONTENT[start:end]
    assert response["Content-Range"] == f"bytes {start}-{end - 1}/{len(CONTENT)}"
    assert response["Content-Length"] == str(end - start)


@pytest.mark.parametrize(
    "asked",
    [
        *("bytes=0-1,5-6", "bytes=-", "lines=1-2", "bytes=a-b", "bytes=9-2", "bytes=1-2-3"),
        *("bytes=0-" + "9" * 5_000, "bytes=" + "9" * 5_000 + "-", "bytes=²-", "bytes=+1-2"),
    ],
    ids=lambda asked: asked[:20],
)
def test_a_range_that_is_not_understood_gives_the_whole(
    reader_client: Client, closed: Document, asked: str
) -> None:
    response = reader_client.get(closed.url, headers={"Range": asked})

    assert (response.status_code, body(response)) == (200, CONTENT)


@pytest.mark.parametrize("asked", ["bytes=999999-", "bytes=-0"])
def test_a_range_outside_the_file_is_refused(
    reader_client: Client, closed: Document, asked: str
) -> None:
    response = reader_client.get(closed.url, headers={"Range": asked})

    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{len(CONTENT)}"


def test_a_part_of_another_version_is_not_given(reader_client: Client, closed: Document) -> None:
    stale = {"Range": "bytes=0-9", "If-Range": '"ander"'}

    assert reader_client.get(closed.url, headers=stale).status_code == 200


def test_head_says_the_same_without_the_bytes(reader_client: Client, closed: Document) -> None:
    response = reader_client.head(closed.url)

    assert response["Content-Length"] == str(len(CONTENT))
    assert body(response) == b""
    assert reader_client.head(closed.url, headers={"Range": "bytes=0-9"}).status_code == 200
    assert reader_client.post(closed.url).status_code == 405


def test_a_proxy_can_send_the_bytes(reader_client: Client, closed: Document, settings: Any) -> None:
    settings.KPO_X_ACCEL_LOCATION = "/intern/"
    response = reader_client.get(closed.url)

    assert response["X-Accel-Redirect"] == f"/intern/{closed.file.name}"
    assert body(response) == b""
    assert response["Cache-Control"] == "private, no-store"


def test_another_name_leads_to_the_right_one(reader_client: Client, closed: Document) -> None:
    for url in (f"/bestanden/{closed.uuid}/", f"/bestanden/{closed.uuid}/oud.pdf"):
        response = reader_client.get(url)
        assert (response.status_code, response["Location"]) == (302, closed.url)


# --- Who ----------------------------------------------------------------------------------------
UNSERVED: list[dict[str, Any]] = [
    {"audience": "nobody"},
    {"audience": "circle:22222222-2222-4222-8222-222222222222"},
    {"scan_state": ScanState.WAITING},
    {"scan_state": ScanState.UNSCANNED},
    {"scan_state": ScanState.INFECTED},
    {"scan_state": ScanState.FAILED},
    {"extraction_state": ExtractionState.WAITING},
    {"extraction_state": ExtractionState.FAILED},
    {"is_held": True},
]


@pytest.mark.parametrize("fields", UNSERVED, ids=str)
def test_closed_waiting_and_absent_look_the_same(
    reader_client: Client, fields: dict[str, Any]
) -> None:
    hidden = make.document(**fields)
    absent = reader_client.get(f"/bestanden/{uuid4()}/x.pdf")
    urls = [hidden.url, f"/bestanden/{hidden.uuid}/", f"/bestanden/{hidden.uuid}/voorbeeld.png"]

    assert absent.status_code == 404
    for url in urls:
        refused = reader_client.get(url)
        assert refused.status_code == 404
        assert _plain(refused) == _plain(absent)


def _plain(response: Any) -> tuple[str, dict[str, str]]:
    """Without what is random in every response: nonces and tokens against forgery."""
    policy = response["Content-Security-Policy"]
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    for nonce in re.findall(r"'nonce-([^']+)'", policy):
        text, policy = text.replace(nonce, ""), policy.replace(nonce, "")
    return text, dict(response.headers) | {"Content-Security-Policy": policy, "Content-Length": ""}


def test_an_anonymous_visitor_gets_public_files_only(client: Client, closed: Document) -> None:
    assert client.get(closed.url).status_code == 404
    assert b"n plan.pdf" not in client.get(closed.url).content


def test_the_predicates_and_the_querysets_agree(team: Any) -> None:
    circle = CircleFactory()
    roles = (Role.READER, Role.EDITOR, Role.ADMINISTRATOR)
    people = [*(team[role] for role in roles), UserFactory(private=True)]
    for audience in ("public", "accounts", "public-sector", "nobody", f"circle:{circle.uuid}"):
        for fields in [*UNSERVED[2:], {}]:
            make.document(audience=audience, **fields)
        make.document(audience=audience, uploaded_by_user=team[Role.EDITOR])
    readers = [reader_for(person) for person in people] + [reader_for(AnonymousUser())]

    for reader in readers:
        seen = set(Document.objects.visible_to(reader))
        worked = set(Document.objects.workable_by(reader))
        released = set(Document.objects.releasable_by(reader))
        for stored in Document.objects.all():
            assert (stored in seen) == can_read_file(reader, stored)
            assert (stored in worked) == can_work_on_file(reader, stored)
            assert (stored in released) == can_release_file(reader, stored)


def test_narrowing_takes_effect_on_the_next_request(
    reader_client: Client, closed: Document
) -> None:
    assert reader_client.get(closed.url).status_code == 200
    Document.objects.update(audience=tokens.NOBODY)

    assert reader_client.get(closed.url).status_code == 404
    assert reader_client.get(closed.url, headers={"Range": "bytes=0-9"}).status_code == 404


# --- What a browser may make of it ---------------------------------------------------------------
ON_OUR_SITE = [
    ("application/pdf", "a.pdf"),
    ("text/plain", "a.txt"),
    ("text/csv", "a.csv"),
    ("video/mp4", "a.mp4"),
    ("image/png", "a.png"),
]


@pytest.mark.parametrize(("media_type", "name"), ON_OUR_SITE)
def test_nothing_in_a_file_can_run_load_or_send_anything(
    reader_client: Client, media_type: str, name: str
) -> None:
    stored = make.document(media_type=media_type, original_name=name)
    response = reader_client.get(stored.url)
    policy = response["Content-Security-Policy"]
    directives = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))

    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"].partition(";")[0] == media_type
    assert directives["default-src"] == directives["form-action"] == "'none'"
    assert directives["base-uri"] == "'none'"
    assert directives["frame-ancestors"] == "'self'"
    assert not {"script-src", "connect-src", "frame-src"} & set(directives)
    # The viewer for PDFs is a plugin to a browser, and a sandbox has none.
    assert ("sandbox" in directives) == (media_type != "application/pdf")


# --- Bytes that are gone -------------------------------------------------------------------------
def lose(content: Any) -> None:
    Path(content.path).unlink()


def test_bytes_that_are_gone_are_a_404_and_an_alarm(
    reader_client: Client, closed: Document
) -> None:
    closed.preview = BlobStorage().save(None, ContentFile(make.png()))
    closed.save()
    picture = make.image()
    rendition = picture.get_rendition("width-20")
    for content in (closed.file, closed.preview, rendition.file):
        lose(content)

    for url in (closed.url, closed.preview_url, rendition.url):
        with capture_logs() as logged:
            responses = [reader_client.get(url), reader_client.head(url)]
        assert [response.status_code for response in responses] == [404, 404]
        assert "Deze pagina" in responses[0].content.decode()
        alarms = [each for each in logged if each["event"] == "files.bytes_missing"]
        assert [each["log_level"] for each in alarms] == ["error", "error"]
    assert readings() == 0


def test_the_cms_shows_a_file_whose_bytes_are_gone(team: Any, sign_in: Any) -> None:
    editor = sign_in(team[Role.EDITOR])
    document, picture = make.document(), make.image()
    lose(document.file)
    lose(picture.file)

    for url in (
        reverse("wagtaildocs:edit", args=[document.pk]),
        reverse("wagtailimages:edit", args=[picture.pk]),
        reverse("wagtaildocs:index"),
        reverse("wagtailimages:index"),
    ):
        assert editor.get(url).status_code == 200


# --- What is remembered --------------------------------------------------------------------------
def readings() -> int:
    return Entry.objects.filter(action="files.read_closed").count()


def test_every_reading_of_a_closed_file_is_in_the_log(
    reader_client: Client, closed: Document, team: Any
) -> None:
    reader_client.get(closed.url)
    reader_client.get(closed.url)
    entry = Entry.objects.filter(action="files.read_closed").first()

    assert readings() == 2
    assert entry is not None
    assert entry.actor_id == team[Role.READER].uuid


def test_the_parts_of_one_reading_are_one_entry_and_a_part_alone_is_one_too(
    reader_client: Client, closed: Document
) -> None:
    for start in range(100, 500, 100):
        reader_client.get(closed.url, headers={"Range": f"bytes={start}-"})

    assert readings() == 1


def test_who_is_refused_leaves_no_reading(client: Client, closed: Document) -> None:
    client.get(closed.url)

    assert readings() == 0


# --- Images and what else could be a door --------------------------------------------------------
def test_an_image_is_given_in_sizes_that_a_page_asked_for(
    reader_client: Client, client: Client
) -> None:
    picture = make.image()
    rendition = picture.get_rendition("width-20")
    response = reader_client.get(rendition.url)

    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert response["Cache-Control"] == "private, no-store"
    assert body(response).startswith(b"\x89PNG")
    assert Client().get(rendition.url).status_code == 404
    assert reader_client.get(rendition.url.replace("width-20", "width-999")).status_code == 404


def test_an_image_that_waits_is_not_given(reader_client: Client) -> None:
    picture = make.image(scan_state=ScanState.UNSCANNED)

    assert reader_client.get(picture.get_rendition("width-20").url).status_code == 404


def test_a_preview_follows_the_file(reader_client: Client) -> None:
    stored = make.document(media_type="application/pdf", original_name="a.pdf")
    assert stored.preview_url is None
    stored.preview = BlobStorage().save(None, ContentFile(make.png()))
    stored.save()

    assert reader_client.get(stored.preview_url).status_code == 200
    assert Client().get(stored.preview_url).status_code == 404


@pytest.mark.parametrize(
    "url",
    ["/media/{name}", "/media-is-never-served/{name}", "/documents/{pk}/x.pdf", "/{name}"],
)
def test_no_other_address_gives_the_bytes(
    reader_client: Client, closed: Document, url: str
) -> None:
    path = url.format(name=closed.file.name, pk=closed.pk)

    assert reader_client.get(path, follow=True).status_code == 404
    with pytest.raises(ValueError, match="not accessible via a URL"):
        _ = closed.file.url
