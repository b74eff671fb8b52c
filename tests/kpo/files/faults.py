"""Work for the converter that goes wrong in every way; called there by name."""

import os
import time
from pathlib import Path


def hang(source: Path, target: Path | None) -> None:
    time.sleep(600)


def spin(source: Path, target: Path | None) -> None:
    while True:
        pass


def die(source: Path, target: Path | None) -> None:
    os._exit(9)


def devour(source: Path, target: Path | None) -> int:
    return len(bytearray(20_000_000_000))


def fail(source: Path, target: Path | None) -> None:
    raise ValueError("verdachte 123456782")


def environment(source: Path, target: Path | None) -> list[str]:
    return sorted(os.environ)


def overwrite(source: Path, target: Path | None) -> None:
    assert target
    with target.open("wb") as endless:
        while True:
            endless.write(bytes(10_000_000))


def answer(source: Path, target: Path | None, *, word: str) -> str:
    return word
