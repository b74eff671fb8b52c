"""Two of one command at once do not break each other: the second is told to wait."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from kpo.one_at_a_time import one_at_a_time

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("command", ["demo", "import_documents"])
def test_the_second_is_refused_in_a_sentence_until_the_first_is_done(
    command: str, tmp_path: Path
) -> None:
    (tmp_path / "nota.txt").write_text("Een nota.")
    words = [] if command == "demo" else [str(tmp_path)]
    with (
        one_at_a_time(command),
        pytest.raises(CommandError, match=f"`{command}` loopt al op deze database"),
    ):
        call_command(command, *words)
    with one_at_a_time(command), one_at_a_time("another"):
        pass


def test_a_command_that_fails_lets_the_next_one_in() -> None:
    for _ in range(2):
        with pytest.raises(ValueError, match="stuk"), one_at_a_time("demo"):
            raise ValueError("stuk")
