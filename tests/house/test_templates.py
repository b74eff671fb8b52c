"""Templates hold nothing that the content security policy refuses or a stranger serves."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tests.house.project import ROOT, shown, templates

# Mail programs know no style sheets, and our policy does not reach them.
MAILS = ROOT / "templates" / "mail"
ALL = [pytest.param(path, id=shown(path)) for path in templates() if not path.is_relative_to(MAILS)]
COMMENT = re.compile(r"{#.*?#}|{% comment .*?{% endcomment %}", re.DOTALL)
TAG = re.compile(r"<(script|style)\b[^>]*>", re.IGNORECASE)
HANDLER = re.compile(r"<[a-z][^<>]*\son[a-z]+\s*=", re.IGNORECASE)
STYLE_ATTRIBUTE = re.compile(r"<[a-z][^<>]*\sstyle\s*=", re.IGNORECASE)
FOREIGN = re.compile(r"""(?:src|<link[^>]+href)\s*=\s*["'](?:https?:)?//""", re.IGNORECASE)
STATIC = re.compile(r"""{%\s*static\s+["']([^"'{}]+)["']""")


def markup(path: Path) -> str:
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", ALL)
def test_scripts_and_styles_carry_a_nonce(path: Path) -> None:
    bare = [tag[0] for tag in TAG.finditer(markup(path)) if "nonce=" not in tag[0]]
    assert bare == []


@pytest.mark.parametrize("path", ALL)
def test_no_inline_handler_or_style(path: Path) -> None:
    assert HANDLER.findall(markup(path)) == []
    assert STYLE_ATTRIBUTE.findall(markup(path)) == []


@pytest.mark.parametrize("path", ALL)
def test_nothing_comes_from_another_site(path: Path) -> None:
    assert FOREIGN.findall(markup(path)) == []


@pytest.mark.parametrize("path", ALL)
def test_named_static_files_exist(path: Path) -> None:
    missing = [name for name in STATIC.findall(markup(path)) if not finders.find(name)]
    assert missing == []


def test_there_are_templates_to_look_at() -> None:
    assert any(path.parent == ROOT / "templates" for path in templates())
