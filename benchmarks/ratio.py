"""Comparing two ways in one run: in turns, ABAB, by the time they take."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

WARM_UP = 5
Clock = Callable[[], float]


@dataclass(frozen=True)
class Ratio:
    """Medians in milliseconds, and the middle half of the ratios per turn."""

    ours: float
    baseline: float
    low: float
    high: float

    @property
    def value(self) -> float:
        return self.ours / self.baseline

    def __str__(self) -> str:
        return (
            f"{self.ours:.1f} ms against {self.baseline:.1f} ms: "
            f"{self.value:.2f} ({self.low:.2f} to {self.high:.2f})"
        )


def compare(
    ours: Callable[[], object],
    baseline: Callable[[], object],
    turns: int,
    clock: Clock = time.process_time,
) -> Ratio:
    """By processor time, unless part of the work is done elsewhere and another clock is given."""
    for _ in range(WARM_UP):
        ours()
        baseline()
    pairs = [(timed(ours, clock), timed(baseline, clock)) for _ in range(turns)]
    ratios = statistics.quantiles([one / other for one, other in pairs], n=4)
    return Ratio(
        statistics.median(one for one, _ in pairs),
        statistics.median(other for _, other in pairs),
        ratios[0],
        ratios[2],
    )


def timed(call: Callable[[], object], clock: Clock = time.process_time) -> float:
    started = clock()
    call()
    return (clock() - started) * 1000


def machine() -> str:
    """What the figures were made on."""
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    model = models[0] if models else platform.machine()
    return f"{os.cpu_count()} cores ({model}), Python {platform.python_version()}"
