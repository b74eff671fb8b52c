"""Every setting an operator can give stands in the table of docs/operations.md, and no other."""

import re

from tests.house.project import ROOT

READ = re.compile(r"""(?:env\.\w+|env|required)\(\s*["']([A-Z][A-Z0-9_]+)["']""")
ROW = re.compile(r"^\| `([A-Z][A-Z0-9_]+)` \|", re.MULTILINE)


def read_by_settings() -> set[str]:
    found: set[str] = set()
    for path in (ROOT / "kpo" / "settings").glob("*.py"):
        found |= set(READ.findall(path.read_text()))
    return found


def documented() -> set[str]:
    return set(ROW.findall((ROOT / "docs" / "operations.md").read_text()))


def test_every_setting_is_documented() -> None:
    assert read_by_settings() - documented() == set()


def test_no_setting_is_documented_that_nothing_reads() -> None:
    assert documented() - read_by_settings() == set()


def test_the_search_for_settings_finds_some() -> None:
    assert {"DATABASE_URL", "KPO_DATA", "KPO_SECRET_KEY"} <= read_by_settings()
