"""Templates hold nothing that the content security policy refuses or a stranger serves."""

import re
from collections.abc import Callable
from pathlib import Path

from django.contrib.staticfiles import finders

from tests.house.project import ROOT, shown, templates

COMMENT = re.compile(r"{#.*?#}|{% comment .*?{% endcomment %}", re.DOTALL)
TAG = re.compile(r"<(?:script|style)\b[^>]*>", re.IGNORECASE)
HANDLER = re.compile(r"<[a-z][^<>]*\son[a-z]+\s*=", re.IGNORECASE)
STYLE_ATTRIBUTE = re.compile(r"<[a-z][^<>]*\sstyle\s*=", re.IGNORECASE)
FOREIGN = re.compile(r"""(?:src|<link[^>]+href)\s*=\s*["'](?:https?:)?//""", re.IGNORECASE)
STATIC = re.compile(r"""{%\s*static\s+["']([^"'{}]+)["']""")


def served() -> list[Path]:
    """Templates of pages: mail programs know no style sheets, and no policy reaches them."""
    return [path for path in templates() if "mail" not in path.parts]


def found_by(look: Callable[[str], list[str]]) -> dict[str, list[str]]:
    """What `look` finds in the markup of each served template, where it finds anything."""
    looked = {
        shown(path): look(COMMENT.sub("", path.read_text(encoding="utf-8"))) for path in served()
    }
    return {name: found for name, found in looked.items() if found}


def test_scripts_and_styles_carry_a_nonce() -> None:
    assert found_by(lambda text: [tag for tag in TAG.findall(text) if "nonce=" not in tag]) == {}


def test_no_inline_handler() -> None:
    assert found_by(HANDLER.findall) == {}


def test_no_inline_style() -> None:
    assert found_by(STYLE_ATTRIBUTE.findall) == {}


def test_nothing_comes_from_another_site() -> None:
    assert found_by(FOREIGN.findall) == {}


def test_named_static_files_exist() -> None:
    assert found_by(lambda text: [n for n in STATIC.findall(text) if not finders.find(n)]) == {}


def test_there_are_templates_to_look_at() -> None:
    assert ROOT / "templates" / "base.html" in served()
