"""Web server, worker and PostgreSQL die at any moment; what was promised to a visitor stays."""

import threading
import time
from pathlib import Path

import pytest

from tests.faults.site import Site, Visitor, wait_for

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]

CONTACT = "/contact/"
# Half a minute without a sign of life passes at once.
AGE_WORKERS = """
    UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 minute'
"""
STORE_FILES = """
import io
from kpo.files.actions import store_document
for number in range({count}):
    text = " ".join(f"woord{{number}}x{{n}}" for n in range(300))
    store_document(
        actor=None, upload=io.BytesIO(text.encode()), name=f"{name}-{{number}}.txt",
        audience="accounts",
    )
"""


def send_messages(
    site: Site, session: str, until: threading.Event, acknowledged: list[str]
) -> None:
    """Send contact messages one after the other and note those the site said it kept."""
    visitor = Visitor(site, session)
    number = 0
    while not until.is_set():
        subject = f"bericht {threading.get_ident()} {number}"
        number += 1
        try:
            status, page = visitor.post(
                "/contact/bericht/",
                CONTACT,
                name="Sam",
                email="sam@gemeente.example",
                subject=subject,
                text="Een vraag.",
            )
        except OSError:
            time.sleep(0.05)
            continue
        if status == 200 and "Je bericht is verstuurd" in page:
            acknowledged.append(subject)


def test_every_acknowledged_message_survives_killing_web_and_database(site: Site) -> None:
    acknowledged: list[str] = []
    until = threading.Event()
    site.ensure_database()
    session = site.session_of()
    site.start_web()
    sending = (site, session, until, acknowledged)
    senders = [threading.Thread(target=send_messages, args=sending) for _ in range(3)]
    for sender in senders:
        sender.start()
    try:
        for kill in (lambda: site.kill("web"), site.kill_postgres, lambda: site.kill("web")):
            before = len(acknowledged)
            wait_for(lambda so_far=before: len(acknowledged) >= so_far + 3, 60)
            kill()
            site.ensure_up()
    finally:
        until.set()
        for sender in senders:
            sender.join()
    kept = {row[0] for row in site.rows("SELECT subject FROM knowledgebank_contactmessage")}
    assert len(acknowledged) >= 9
    assert set(acknowledged) <= kept
    assert len(kept) == len(site.rows("SELECT 1 FROM knowledgebank_contactmessage"))


def test_site_recovers_from_a_database_restart_within_seconds(site: Site) -> None:
    site.ensure_up()
    visitors = [Visitor(site) for _ in range(8)]
    assert {visitor.get("/")[0] for visitor in visitors} == {200}
    site.kill_postgres()
    status, page = visitors[0].get("/")
    assert status == 503
    assert "We zijn even bezig" in page
    site.ensure_database()
    # Each thread of the server held a connection to the server that is gone.
    for _ in range(3):
        assert {visitor.get("/")[0] for visitor in visitors} == {200}


def test_jobs_of_a_killed_worker_end_once_and_whole(site: Site, tmp_path: Path) -> None:
    site.ensure_database()
    site.python(STORE_FILES.format(count=24, name="na-een-klap"))
    for seconds in (4.0, 6.0):
        site.start_worker()
        time.sleep(seconds)
        site.kill("worker")
        site.execute(AGE_WORKERS)
    site.start_worker()
    try:
        wait_for(lambda: not unfinished(site), 120)
    finally:
        site.kill("worker")
    documents = site.rows(
        "SELECT d.extraction_state, count(p.id) FROM files_document d "
        "LEFT JOIN files_filepage p ON p.document_id = d.id "
        "WHERE d.original_name LIKE 'na-een-klap-%' GROUP BY d.id"
    )
    assert documents == [("done", 1)] * 24
    assert site.rows("SELECT 1 FROM procrastinate_jobs WHERE status = 'failed'") == []
    site.manage("check_search")


def unfinished(site: Site) -> bool:
    return bool(site.rows("SELECT 1 FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"))
