"""Administrators' own patterns: how one is judged, and how it is run without running away."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import regex
from django.core.exceptions import ValidationError

from kpo.casedata.findings import Finding, Severity

if TYPE_CHECKING:
    from kpo.casedata.models import Pattern

SECONDS_PER_TEXT = 1.0
SECONDS_PER_TRIAL = 0.1
# Ordinary text that no pattern for a number of a person may stumble over.
_PLAIN = (
    "De gemeente en de politie keken op dinsdag 12 november 2024 om 09.30 uur naar 3 panden aan de "
    "Dorpsstraat 12, 1234 AB in Ergens. Kosten: € 1.250,00. Zie artikel 13b Opiumwet."
)
# What makes a pattern with a repeat inside a repeat try for ever: nearly right, very often.
_NEARLY = tuple(unit * 2_000 for unit in ("a", "1", "A1", "-", " ", "a ", "1-", "x"))


def check_expression(expression: str) -> None:
    """Raises ValidationError in Dutch when an expression is wrong, too wide or can run away."""
    try:
        compiled = regex.compile(expression)
    except regex.error as error:
        raise ValidationError(f"Dit patroon klopt niet: {error.msg}.") from error
    try:
        for trial in _NEARLY:
            # With the expression itself behind it: a search that misses a letter it needs ends
            # at once and proves nothing.
            compiled.search(f"{trial}!{expression}", timeout=SECONDS_PER_TRIAL)
        is_empty = compiled.fullmatch("", timeout=SECONDS_PER_TRIAL) is not None
        is_wide = is_empty or compiled.search(_PLAIN, timeout=SECONDS_PER_TRIAL) is not None
    except TimeoutError as error:
        raise ValidationError(
            "Dit patroon kan heel lang blijven zoeken. Vermijd een herhaling binnen een herhaling, "
            "zoals (a+)+."
        ) from error
    if is_wide:
        raise ValidationError(
            "Dit patroon vindt ook gewone tekst. Maak het preciezer, zodat alleen het bedoelde "
            "nummer eronder valt."
        )


def find(patterns: "list[Pattern]", text: str) -> Iterator[Finding]:
    """
    Findings of the patterns in use.

    A pattern that runs out of time counts as found at the very start, as a warning: what could
    not be judged is looked at by a person.
    """
    for pattern in patterns:
        try:
            compiled = regex.compile(pattern.expression)
            for match in compiled.finditer(text, timeout=SECONDS_PER_TEXT):
                severity = Severity(pattern.severity)
                yield Finding(pattern.name, match.start(), match.end(), severity)
        except TimeoutError:
            yield Finding(pattern.name, 0, 0, Severity.WARN)
