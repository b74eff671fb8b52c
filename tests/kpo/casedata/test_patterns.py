"""Administrators' own patterns: judged when made, kept in hand when used."""

import time

import pytest
from django.core.exceptions import ValidationError

from kpo.casedata.findings import Severity
from kpo.casedata.forms import PatternForm
from kpo.casedata.guard import find_case_data
from kpo.casedata.models import Pattern
from kpo.casedata.patterns import check_expression


@pytest.mark.parametrize("expression", [r"PL\d{4}-\d{10}", r"\bV-\d{6}\b", r"[A-Z]{3}\d{8}"])
def test_a_precise_pattern_is_accepted(expression: str) -> None:
    check_expression(expression)


@pytest.mark.parametrize(
    ("expression", "sentence"),
    [
        ("[a-", "klopt niet"),
        (r"\d+", "ook gewone tekst"),
        (".*", "ook gewone tekst"),
        ("a?", "ook gewone tekst"),
        (r"(\d+)+x", "heel lang blijven zoeken"),
        (r"(a|a)*bq9", "heel lang blijven zoeken"),
        (r"([A-Za-z0-9]+)*!!", "heel lang blijven zoeken"),
    ],
)
def test_a_pattern_that_is_wrong_wide_or_endless_is_refused(expression: str, sentence: str) -> None:
    started = time.monotonic()
    with pytest.raises(ValidationError) as refusal:
        check_expression(expression)

    assert sentence in refusal.value.messages[0]
    assert time.monotonic() - started < 5


@pytest.mark.django_db
def test_a_pattern_in_use_finds_its_numbers_with_its_own_weight() -> None:
    Pattern.objects.create(name="zaaknummer", expression=r"PL\d{4}-\d{4}", severity="warn")
    Pattern.objects.create(name="uit", expression=r"QQ\d{4}", is_active=False)

    (finding,) = find_case_data("Zie PL0100-2024 en QQ1234.")

    assert (finding.kind, finding.severity) == ("zaaknummer", Severity.WARN)


@pytest.mark.django_db
def test_a_pattern_that_runs_out_of_time_counts_as_found() -> None:
    Pattern.objects.create(name="eindeloos", expression=r"(x+x+)+y", severity="block")
    started = time.monotonic()

    (finding,) = find_case_data("x" * 5_000)

    assert (finding.kind, finding.severity) == ("eindeloos", Severity.WARN)
    assert time.monotonic() - started < 10


@pytest.mark.django_db
def test_the_form_says_what_is_wrong_with_a_pattern() -> None:
    form = PatternForm({"name": "Alles", "expression": r"\w+", "severity": "block"})

    assert not form.is_valid()
    assert "ook gewone tekst" in form.errors["expression"][0]
