"""What an import keeps in memory per file; a run of thousands must not need more than one of ten.

`KPO_BENCH_FILES` says how many small files are imported, 400 unless set.
"""

from __future__ import annotations

import gc
import os
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledgebank.importing import run
from search import dutch

FILES = int(os.environ.get("KPO_BENCH_FILES", "400"))
BATCH = 10
# The first files fill caches.
FIRST_COUNTED = max(FILES // 4 // BATCH, 1) * BATCH
# A report, a page or a text that stays behind takes more.
GOAL_BYTES_PER_FILE = 2_000


@pytest.mark.django_db
def test_memory_does_not_grow_with_the_number_of_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, figure: Callable[[str], None]
) -> None:
    monkeypatch.setattr(run, "BATCH", BATCH)
    paths = [tmp_path / f"stuk-{number}.txt" for number in range(FILES)]
    for path in paths:
        path.write_text(f"Stuk {path.stem}\n\n" + "Een regel over een loods. " * 40)
    in_use: dict[int, int] = {}
    begun = time.perf_counter()
    tracemalloc.start()
    options = run.Options(audience="accounts", publish=True)
    for number, report in enumerate(run.import_files(paths, options), start=1):
        assert report.result is run.Result.IMPORTED
        if number % BATCH == 0:
            in_use[number] = _in_use()
    tracemalloc.stop()

    per_file = (in_use[max(in_use)] - in_use[FIRST_COUNTED]) / (max(in_use) - FIRST_COUNTED)
    seconds = time.perf_counter() - begun
    figure(
        f"import of {FILES} small files: {per_file:.0f} bytes stay behind per file after the first "
        f"{FIRST_COUNTED} (goal {GOAL_BYTES_PER_FILE}); {seconds:.0f} s with memory being traced"
    )
    assert per_file <= GOAL_BYTES_PER_FILE


def _in_use() -> int:
    """What is remembered of words is bounded, and not counted: each file has a new one."""
    dutch.analyze.cache_clear()
    dutch.normalize.cache_clear()
    gc.collect()
    return tracemalloc.get_traced_memory()[0]
