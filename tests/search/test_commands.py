import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from kpo.people import tokens
from tests.factories.pages import theme_page
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


def run(*arguments: str, **options: Any) -> str:
    out = StringIO()
    call_command("search", *arguments, stdout=out, **options)
    return out.getvalue()


def test_prints_what_a_visitor_and_what_a_person_sees(drain: Callable[[], int]) -> None:
    theme_page(title="Kwikzilver", audience=tokens.ACCOUNTS)
    person = UserFactory()
    drain()
    anonymous = json.loads(run("kwikzilver", "--json"))
    assert anonymous["total"] == 0
    answer = json.loads(run("kwikzilver", "--json", "--as", person.email))
    assert set(answer) == {"total", "hits", "facets", "notice"}
    assert answer["notice"] is None
    (hit,) = answer["hits"]
    assert set(hit) == {
        "key", "type", "title", "url", "file", "page", "anchor", "audience", "score",
    }  # fmt: skip
    assert (hit["type"], hit["title"], hit["audience"]) == ("theme", "Kwikzilver", "accounts")
    assert "Kwikzilver" in run("kwikzilver", "--as", person.email)


def test_a_batch_answers_line_by_line(drain: Callable[[], int], tmp_path: Path) -> None:
    theme_page(title="Kwikzilver")
    theme_page(title="Lood", audience=tokens.ACCOUNTS)
    person = UserFactory()
    drain()
    asked = tmp_path / "vragen.txt"
    lines = [
        "kwikzilver",
        "",
        json.dumps({"text": "lood", "as": person.email}),
        '{"geen json',
        "lood",
    ]
    asked.write_text("\n".join(lines))
    answers = [json.loads(line) for line in run("--batch", str(asked)).splitlines()]
    titles = [[hit["title"] for hit in answer["hits"]] for answer in answers]
    assert [titles[0], titles[2], titles[4]] == [["Kwikzilver"], ["Lood"], []]
    assert len(answers) == 5


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "Geef de woorden"),
        (["lood", "--as", "niemand@voorbeeld.nl"], "geen account"),
        (["--batch", "/bestaat/niet"], "niet te lezen"),
    ],
)
def test_bad_input_gets_a_sentence(arguments: list[str], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        run(*arguments)
