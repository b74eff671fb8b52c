"""The converter may hang, die or run wild: whoever asked gets a sentence, and work goes on."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from kpo.files import isolation
from kpo.files.isolation import ReadingError

FAULTS = "tests.kpo.files.faults"


def run(work: str, tmp_path: Path, **options: Any) -> Any:
    return isolation.run(f"{FAULTS}:{work}", tmp_path / "in", tmp_path / "out", **options)


@pytest.fixture(autouse=True)
def short_limits(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.KPO_READING_SECONDS = 2
    settings.KPO_READING_MB = 1_000
    monkeypatch.setattr(isolation, "GRACE_SECONDS", 1)


def test_work_answers_with_what_it_found(tmp_path: Path) -> None:
    assert run("answer", tmp_path, word="één") == "één"


@pytest.mark.parametrize("fault", ["hang", "spin", "die"])
def test_work_that_hangs_spins_or_dies_is_ended_in_time(fault: str, tmp_path: Path) -> None:
    started = time.monotonic()
    with pytest.raises(ReadingError, match="te lang of stopte onverwacht"):
        run(fault, tmp_path)

    assert time.monotonic() - started < 10
    assert run("answer", tmp_path, word="verder") == "verder"


def test_work_that_eats_memory_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="te veel geheugen"):
        run("devour", tmp_path)


def test_work_that_fills_the_disk_is_stopped(tmp_path: Path, settings: Any) -> None:
    settings.KPO_READING_MB = 300
    with pytest.raises(ReadingError):
        run("overwrite", tmp_path)

    assert (tmp_path / "out").stat().st_size <= 600 * 1024 * 1024


def test_an_error_keeps_its_message_to_itself(tmp_path: Path) -> None:
    with pytest.raises(ReadingError) as error:
        run("fail", tmp_path)

    assert "ValueError" in str(error.value)
    assert "123456782" not in str(error.value)


def test_the_converter_knows_no_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://geheim")
    isolation._converter.stop()

    names = set(run("environment", tmp_path))

    assert not {name for name in names if "KPO" in name or "DATABASE" in name or "SECRET" in name}


def test_a_killed_converter_is_started_again(tmp_path: Path) -> None:
    assert run("answer", tmp_path, word="voor") == "voor"
    process = isolation._converter._process
    assert process
    process.kill()
    process.wait()

    assert run("answer", tmp_path, word="na") == "na"


def test_several_files_are_read_at_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        words = list(pool.map(lambda n: run("answer", tmp_path, word=str(n)), range(20)))

    assert words == [str(number) for number in range(20)]
