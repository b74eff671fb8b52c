"""The main job as it happens: an editor publishes, a professional finds, an outsider does not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from knowledgebank.models import KnowledgeDocument, ThemePage
from kpo.people import tokens
from kpo.people.models import User
from kpo.people.roles import Role
from tests.factories.pages import home_page, theme_page
from tests.factories.people import UserFactory
from tests.leaks.canaries.files import pdf_with

pytestmark = pytest.mark.slow


@pytest.fixture
def site(db: None) -> Any:
    return home_page()


def test_published_change_is_found(
    site: Any, team: Any, sign_in: Callable[[User], Client], drain: Callable[[], int]
) -> None:
    theme = theme_page(tokens.ACCOUNTS, title="Autoverhuur")
    editor = sign_in(team[Role.EDITOR])
    assert editor.get(f"/cms/pages/{theme.pk}/edit/").status_code == 200
    changed = ThemePage.objects.get(pk=theme.pk)
    changed.what = "<p>Let op de kilometerteller van huurauto's.</p>"
    changed.save_revision(user=team[Role.EDITOR]).publish(user=team[Role.EDITOR])
    drain()
    found = sign_in(UserFactory()).get("/zoeken/", {"q": "kilometerteller"}).content.decode()
    assert "Autoverhuur" in found
    assert "Autoverhuur" not in Client().get("/zoeken/", {"q": "kilometerteller"}).content.decode()


def test_imported_pdf_is_found_at_its_page_and_refused_to_an_outsider(
    site: Any, sign_in: Callable[[User], Client], tmp_path: Path, drain: Callable[[], int]
) -> None:
    report = tmp_path / "Jaarverslag.pdf"
    report.write_bytes(pdf_with("De kenniskring buitengebied kwam vier keer bijeen").read())
    call_command("import_documents", str(report), "--publish", verbosity=0)
    drain()
    reader = sign_in(UserFactory())
    found = reader.get("/zoeken/", {"q": "kenniskring buitengebied"}).content.decode()
    assert "#page=1" in found
    document = KnowledgeDocument.objects.get()
    file = document.readable_files()[0].document
    assert reader.get(file.url).status_code == 200
    assert Client().get(file.url).status_code == 404
    assert Client().get(document.url).status_code == 404
