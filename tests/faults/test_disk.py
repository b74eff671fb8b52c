"""Nowhere to write: what comes in is refused in words, what is there stays readable."""

from pathlib import Path

import pytest

from kpo.people.roles import Role
from tests.faults.site import Site, Visitor

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]

UPLOAD = "/cms/documents/multiple/add/"
TOO_LARGE_TO_WRITE = 64 * 1024


@pytest.fixture
def editor(site: Site) -> Visitor:
    site.ensure_up()
    site.manage("sync_roles")
    return Visitor(site, site.session_of(Role.EDITOR))


def upload(visitor: Visitor, name: str) -> tuple[int, str]:
    text = "\n".join(f"regel {number} van {name}" for number in range(20_000))
    return visitor.post(
        UPLOAD, UPLOAD, files={"files": (name, text.encode())}, audience="accounts", collection=""
    )


def test_full_disk_is_refused_in_words_and_passes_by_itself(site: Site, editor: Visitor) -> None:
    there = blobs(site)
    assert "Klaar" in upload(editor, "ervoor.txt")[1] or documents(site) == ["ervoor.txt"]
    site.limit_files("web", TOO_LARGE_TO_WRITE)
    try:
        status, page = upload(editor, "vol.txt")
        reading, _ = editor.get("/")
    finally:
        site.limit_files("web", -1)
    assert status == 507
    assert "We kunnen nu niets bewaren" in page
    assert reading == 200
    assert documents(site) == ["ervoor.txt"]
    upload(editor, "erna.txt")
    assert documents(site) == ["ervoor.txt", "erna.txt"]
    # No half file stays behind under a name that something could open.
    assert min(path.stat().st_size for path in blobs(site) - there) > TOO_LARGE_TO_WRITE


def blobs(site: Site) -> set[Path]:
    return {path for path in (site.folder / "media").rglob("*") if path.is_file()}


def documents(site: Site) -> list[str]:
    query = (
        "SELECT original_name FROM files_document WHERE original_name IN "
        "('ervoor.txt', 'vol.txt', 'erna.txt') ORDER BY id"
    )
    return [row[0] for row in site.rows(query)]
