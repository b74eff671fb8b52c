"""Generated documents say what the code says."""

from kpo.people.permission_sheet import as_markdown
from tests.house.project import ROOT


def test_permissions_document_is_current() -> None:
    written = (ROOT / "docs" / "permissions.md").read_text(encoding="utf-8")
    assert written == as_markdown(), "Run `manage.py sync_roles --doc`."
