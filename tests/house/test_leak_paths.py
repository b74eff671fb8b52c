"""Every test that docs/leak-paths.md names exists."""

import re

from tests.house.project import ROOT, functions

TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
PAGE = ROOT / "docs" / "leak-paths.md"


def named() -> set[tuple[str, str]]:
    return set(TEST.findall(PAGE.read_text(encoding="utf-8")))


def exists(path: str, name: str) -> bool:
    file = ROOT / path
    return file.is_file() and name in {node.name for node in functions(file)}


def test_every_test_at_a_leak_path_exists() -> None:
    assert {one for one in named() if not exists(*one)} == set()


def test_every_path_of_the_table_names_a_test() -> None:
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    assert [row for row in rows[1:] if not TEST.search(row)] == []
