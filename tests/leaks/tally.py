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
    """One line per harness and engine, such as `CANARY routes=9 … mutants=6/6 engine=tantivy`."""
    by_run: dict[tuple[str, str], dict[str, int]] = {}
    for part in counts:
        numbers = dict(part)
        run = numbers.pop("harness"), numbers.pop("engine")
        merge(by_run.setdefault(run, {}), numbers)
    return [line(*run, numbers) for run, numbers in sorted(by_run.items())]


def merge(total: dict[str, int], part: dict[str, int]) -> None:
    for name, number in part.items():
        before = total.get(name, 0)
        total[name] = max(before, number) if name in SHARED else before + number


def line(harness: str, engine: str, numbers: dict[str, int]) -> str:
    """`asked` of `of` is the share of the whole that was asked."""
    told = " ".join(f"{name}={numbers[name]}" for name in ORDER if name in numbers)
    mutants = f"mutants={numbers.get('caught', 0)}/{numbers.get('mutants', 0)}"
    asked, whole = numbers.get("asked", 0), numbers.get("of", 0)
    share = "" if asked == whole else f" (sample of {100 * asked / whole:.2g}%)"
    return f"{harness} {told} {mutants} engine={engine}{share}"
