"""The line that each harness ends with, over all the parts it was run in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

COUNTS = "leak_counts"
# Every part has the same of these; the others add up.
SHARED = ("personas", "tokens")
ORDER = (
    "routes",
    "opened",
    "actions",
    "personas",
    "tokens",
    "requests",
    "leaks",
    "survivors",
    "differences",
)


def lines(counts: Iterable[dict[str, Any]]) -> list[str]:
    """One line per harness, such as `CANARY routes=9 … mutants=6/6 (sample of 12%)`."""
    by_harness: dict[str, dict[str, int]] = {}
    for part in counts:
        numbers = dict(part)
        merge(by_harness.setdefault(numbers.pop("harness"), {}), numbers)
    return [line(harness, numbers) for harness, numbers in sorted(by_harness.items())]


def merge(total: dict[str, int], part: dict[str, int]) -> None:
    for name, number in part.items():
        before = total.get(name, 0)
        total[name] = max(before, number) if name in SHARED else before + number


def line(harness: str, numbers: dict[str, int]) -> str:
    shown = dict(numbers)
    caught, mutants = shown.pop("caught"), shown.pop("mutants")
    asked, pairs = shown.pop("asked", 0), shown.pop("pairs", 0)
    told = " ".join(f"{name}={shown[name]}" for name in ORDER if name in shown)
    is_whole = asked == pairs
    share = "" if is_whole else f" (sample of {asked * 100 // pairs}% of routes by personas)"
    return f"{harness} {told} mutants={caught}/{mutants}{share}"
