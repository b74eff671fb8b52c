"""Disks that are really full: of our files, and of PostgreSQL itself."""

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from kpo.embedded_postgres import Cluster
from kpo.people.roles import Role
from tests.faults.conftest import template_url
from tests.faults.site import Site, Visitor, wait_for
from tests.faults.small_disk import SmallDisk, small_disk

pytestmark = [pytest.mark.slow, pytest.mark.small_disk, pytest.mark.xdist_group("full_disks")]

UPLOAD = "/cms/documents/multiple/add/"
CONTACT = "/contact/"
MEDIA_MEGABYTES = 4
# An empty database of ours takes about half of it, its log of changes included.
POSTGRES_MEGABYTES = 220
WORDS = ("loods", "camping", "vergunning", "toezicht", "eigenaar", "signaal", "overlast", "regio")
REFUSALS = {503, 507}


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="kpo-full-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture(scope="module")
def media_disk(folder: Path) -> Iterator[SmallDisk]:
    with small_disk(folder / "media", megabytes=MEDIA_MEGABYTES) as disk:
        yield disk


@pytest.fixture(scope="module")
def postgres_disk(folder: Path) -> Iterator[SmallDisk]:
    with small_disk(Cluster.in_data_folder(folder).root, megabytes=POSTGRES_MEGABYTES) as disk:
        yield disk


@pytest.fixture(scope="module")
def site(
    folder: Path,
    media_disk: SmallDisk,
    postgres_disk: SmallDisk,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Site]:
    """In place of the shared site: one on two disks of its own."""
    site = Site(folder)
    try:
        with django_db_blocker.unblock():
            site.plant(template_url())
        site.manage("sync_roles")
        site.start_web()
        yield site
    finally:
        site.end()


@pytest.fixture(scope="module")
def editor(site: Site) -> Visitor:
    return Visitor(site, site.session_of(Role.EDITOR))


def upload(visitor: Visitor, name: str) -> tuple[int, str]:
    text = "\n".join(f"regel {number} van {name}" for number in range(20_000))
    return visitor.post(
        UPLOAD, UPLOAD, files={"files": (name, text.encode())}, audience="accounts", collection=""
    )


def test_without_room_for_files_an_upload_is_refused_and_reading_goes_on(
    site: Site, media_disk: SmallDisk, editor: Visitor
) -> None:
    assert "Toegevoegd." in upload(editor, "ervoor.txt")[1]
    media_disk.fill()
    status, page = upload(editor, "vol.txt")
    blobs = [path for path in (site.folder / "media" / "blobs").rglob("*") if path.is_file()]
    reading = [Visitor(site).get("/")[0], editor.get("/")[0], editor.get(UPLOAD)[0]]
    media_disk.make_room()

    assert "geen ruimte" in page or status == 507
    assert "Toegevoegd." not in page
    assert len(blobs) == 1
    assert reading == [200, 200, 200]
    assert "Toegevoegd." in upload(editor, "erna.txt")[1]
    names = site.rows("SELECT original_name FROM files_document ORDER BY id")
    assert [row[0] for row in names] == ["ervoor.txt", "erna.txt"]


def test_without_room_for_the_database_writing_is_refused_and_reading_goes_on(
    site: Site, postgres_disk: SmallDisk, editor: Visitor
) -> None:
    # Signed in, since of an anonymous visitor so many messages are refused as spam.
    assert send(editor, 0) == 200
    postgres_disk.fill()
    try:
        answers = [send(editor, number) for number in range(1, 60)]
        reading = [Visitor(site).get(path)[0] for path in ("/", "/themas/", CONTACT)]
    finally:
        postgres_disk.make_room()
    refused = [status for status in answers if status != 200]

    assert refused, "the disk was not full"
    assert set(refused) <= REFUSALS
    assert reading == [200, 200, 200]
    wait_for(lambda: send(editor, 99) == 200, 60)
    acknowledged = 2 + answers.count(200)
    assert len(site.rows("SELECT 1 FROM knowledgebank_contactmessage")) >= acknowledged


def send(visitor: Visitor, number: int) -> int:
    """Send a message that fills most of a page of the table; status of the answer."""
    text = " ".join(random.Random(number * place).choice(WORDS) for place in range(400))
    status, page = visitor.post(
        "/contact/bericht/",
        CONTACT,
        name="Sam",
        email="sam@gemeente.example",
        subject=f"vraag {number}",
        text=text,
    )
    return status if status != 200 or "Je bericht is verstuurd" in page else 0
