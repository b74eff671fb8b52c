"""Names and notes: every module says what it is, and nothing is left for later."""

import re
from pathlib import Path

from tests.house.project import ROOT, files, modules, shown, written_modules

NAMELESS = {"utils", "util", "helpers", "services", "managers", "base", "common", "misc"}
# One settings file is called base, as everywhere.
NAMELESS_BUT_USUAL = {"kpo/settings/base.py"}
# Put together here, so that this file does not hold what it forbids.
LATER = re.compile(r"\b(?:" + "|".join(["TO" + "DO", "FIX" + "ME", "X" + "XX"]) + r")\b")
SUPPRESSION = re.compile(r"#\s*(?:noqa|type:\s*ignore|pragma:)([^\n]*)")
# What is suppressed, and then at least two words on why.
REASON = re.compile(r"(?:[A-Z]+\d+(?:,\s*[A-Z]+\d+)*|\[[\w,-]+\])[\s#-]+\S+\s+\S+")
REGISTRIES = ("pypi." + "org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com")
TEXT = (".py", ".md", ".txt", ".in", ".toml", ".json", ".yaml", ".yml", ".html", ".css", ".js")


def test_no_module_without_a_name() -> None:
    found = [shown(path) for path in modules() if NAMELESS & {path.stem, path.parent.name}]
    assert set(found) - NAMELESS_BUT_USUAL == set()


def test_nothing_is_left_for_later() -> None:
    found = [
        shown(path) for path in files(".py", ".html", ".css", ".js") if LATER.search(read(path))
    ]
    assert found == []


def test_every_suppression_gives_its_reason() -> None:
    found = [
        f"{shown(path)}: {match[0]}"
        for path in written_modules()
        for match in SUPPRESSION.finditer(read(path))
        if not REASON.search(match[1])
    ]
    assert found == []


def test_every_module_says_why_it_exists() -> None:
    found = [
        shown(path)
        for path in written_modules()
        # Empty files only make a folder a package; the two others only wire.
        if read(path).strip()
        and path.name not in {"apps.py", "urls.py"}
        and not read(path).startswith('"""')
    ]
    assert found == []


def test_no_file_names_a_package_registry() -> None:
    paths = [*files(*TEXT), ROOT / "Makefile", ROOT / ".npmrc", ROOT / ".ci" / "run"]
    found = [shown(path) for path in paths if any(host in read(path) for host in REGISTRIES)]
    assert found == []


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
