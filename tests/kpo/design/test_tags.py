"""What the template tags print."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.template import engines
from django.utils import timezone

from kpo.design.trust import Trust

YESTERDAY = timezone.timedelta(days=1)


def render(source: str, **context: Any) -> str:
    return " ".join(engines["django"].from_string(source).render(context).split())


def reviewed(**changes: Any) -> SimpleNamespace:
    facts = {
        "reviewed_on": date(2026, 11, 12),
        "reviewed_by": "Redactieraad",
        "relevance": 5,
        "reliability": 4,
    } | changes
    return SimpleNamespace(trust=Trust(**facts))


@pytest.mark.parametrize(
    ("token", "kind", "words"),
    [
        ("public", "public", "Openbaar"),
        ("accounts", "accounts", "Met account"),
        ("public-sector", "public-sector", "Publieke partners"),
        ("nobody", "nobody", "Nog voor niemand"),
    ],
)
def test_a_marker_says_who_can_read_in_words(token: str, kind: str, words: str) -> None:
    marker = render("{% audience token %}", token=token)
    assert f"kpo-aud--{kind}" in marker
    assert "Wie mag dit lezen: " in marker
    assert words in marker


def test_a_token_of_an_unknown_kind_gets_no_marker() -> None:
    with pytest.raises(ValueError, match="no marker"):
        render("{% audience token %}", token="everyone-else")


@pytest.mark.parametrize("tag", ["trust", "trustline"])
def test_what_nobody_judged_says_so_and_wears_no_badge(tag: str) -> None:
    shown = render(f"{{% {tag} page %}}", page=SimpleNamespace())
    assert "Nog niet beoordeeld" in shown
    assert "Relevantie" not in shown


@pytest.mark.parametrize("tag", ["trust", "trustline"])
def test_a_review_shows_its_date_and_both_scores(tag: str) -> None:
    shown = render(f"{{% {tag} page %}}", page=reviewed())
    assert "12 november 2026" in shown
    assert "Relevantie" in shown
    assert "Betrouwbaarheid" in shown
    assert f"kpo-{tag}--due" not in shown


@pytest.mark.parametrize("tag", ["trust", "trustline"])
def test_a_review_past_its_date_says_when_it_was_due(tag: str) -> None:
    overdue = reviewed(review_due_on=date(2026, 1, 31))
    shown = render(f"{{% {tag} page %}}", page=overdue)
    assert f"kpo-{tag}--due" in shown
    assert "Herziening was" in shown
    assert "31 januari 2026" in shown


def test_an_unreviewed_page_past_its_date_is_due_and_still_unreviewed() -> None:
    page = SimpleNamespace(review_due_on=timezone.localdate() - YESTERDAY)
    shown = render("{% trustline page %}", page=page)
    assert "kpo-trustline--due" in shown
    assert "Nog niet beoordeeld" in shown


def test_a_page_due_today_is_not_late() -> None:
    page = SimpleNamespace(review_due_on=timezone.localdate())
    assert "kpo-trustline--due" not in render("{% trustline page %}", page=page)


def test_a_score_is_a_number_and_blocks_are_decoration() -> None:
    shown = render("{% score 3 'Relevantie' %}")
    assert shown.count('class="is-on"') == 3
    assert "3<span" in shown
    assert 'aria-hidden="true"' in shown


@pytest.mark.parametrize(
    ("name", "short_name", "letters"),
    [
        ("gemeente Molenwaard-Zuid", "", "MZ"),
        ("RIEC Oost-Nederland", "", "RO"),
        ("Belastingdienst", "", "BE"),
        ("Landelijk Informatie en Expertise Centrum", "LIEC", "LI"),
        ("de bank", "", "DB"),
        ("Bureau <script>", "", "BU"),
    ],
)
def test_an_organisation_is_a_square_with_its_letters(
    name: str, short_name: str, letters: str
) -> None:
    organisation = SimpleNamespace(name=name, short_name=short_name)
    square = render("{% initials organisation %}", organisation=organisation)
    assert f">{letters}</span>" in square
    assert 'aria-hidden="true"' in square


def test_an_organisation_keeps_its_tint() -> None:
    organisation = SimpleNamespace(name="Zilverbank", short_name="")
    squares = {render("{% initials o %}", o=organisation) for _ in range(3)}
    assert len(squares) == 1


@pytest.mark.parametrize("filter_name", ["day", "short_day", "dutch_number", "file_size"])
def test_a_filter_prints_nothing_for_nothing(filter_name: str) -> None:
    assert render(f"{{{{ value|{filter_name} }}}}", value=None) == ""


@pytest.mark.parametrize(
    ("on", "full", "short"),
    [
        (date(2025, 1, 1), "2025", "2025"),
        (date(2025, 1, 2), "2 januari 2025", "2 jan. 2025"),
        (datetime(2025, 1, 1, 12, tzinfo=UTC), "1 januari 2025", "1 jan. 2025"),
        (None, "", ""),
    ],
)
def test_a_publication_of_which_only_the_year_is_known_says_the_year(
    on: date | None, full: str, short: str
) -> None:
    assert render("{{ on|dated }}", on=on) == full
    assert render("{{ on|short_dated }}", on=on) == short


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox op Linux",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0",
            "Edge op Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) Version/18.4 Mobile/15E148 Safari/604.1",
            "Safari op een iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/141.0.0.0 Mobile Safari/537.36",
            "Chrome op Android",
        ),
        ("curl/8.5.0", "Onbekende browser"),
        ("", "Onbekende browser"),
    ],
)
def test_a_browser_is_called_what_its_user_calls_it(agent: str, words: str) -> None:
    assert render("{{ agent|browser }}", agent=agent) == words
