import re

import pytest
from django.conf import settings

from kpo.design import audiences, icons

TAG = re.compile(r'\{% icon "([^"]+)" %\}')
PASSED_ON = re.compile(r'\b(?:icon|glyph)="([^"]+)"')


def test_the_list_and_the_data_name_the_same_icons() -> None:
    wanted = (settings.BASE_DIR / "static/icons.txt").read_text(encoding="utf-8").split()
    assert sorted(wanted) == icons.names()


def test_an_icon_is_hidden_from_screen_readers() -> None:
    assert 'aria-hidden="true"' in icons.svg("search")


def test_an_unknown_icon_says_how_to_add_it() -> None:
    with pytest.raises(icons.UnknownIconError, match=r"icons\.txt"):
        icons.svg("unicorn")


def test_every_icon_that_a_template_names_exists() -> None:
    folder = settings.BASE_DIR / "templates"
    used = {
        f"{path.relative_to(folder)}: {name}": name
        for path in folder.rglob("*.html")
        for pattern in (TAG, PASSED_ON)
        for name in pattern.findall(path.read_text(encoding="utf-8"))
    }
    assert used
    assert [place for place, name in used.items() if name not in icons.names()] == []


def test_every_kind_of_audience_has_an_icon() -> None:
    assert set(audiences.ICONS.values()) <= set(icons.names())
