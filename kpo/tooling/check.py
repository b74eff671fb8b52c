"""`make check`: every check that needs no test, two at a time, each with its own verdict."""

import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = ROOT / ".venv" / "bin"
AT_ONCE = 2


@dataclass(frozen=True)
class Verdict:
    name: str
    passed: bool
    told: str
    seconds: float


def checks() -> dict[str, Sequence[str]]:
    """Name of each check and its command, the slowest first."""
    manage = [str(BIN / "python"), str(ROOT / "manage.py")]
    templates = [str(path) for path in sorted((ROOT / "templates").rglob("*.html"))]
    return {
        "types (mypy)": [str(BIN / "mypy")],
        "layers (lint-imports)": [str(BIN / "lint-imports"), "--no-cache"],
        "migrations": [*manage, "makemigrations", "--check", "--dry-run"],
        "Django": [*manage, "check", "--fail-level=WARNING"],
        "documents": [str(BIN / "python"), "-m", "pytest", "-q", "tests/house/test_documents.py"],
        "Python format": [str(BIN / "ruff"), "format", "--check", "."],
        "Python lint": [str(BIN / "ruff"), "check", "."],
        "template format": [str(BIN / "djade"), "--target-version=5.2", "--check", *templates],
    }


def run(name: str, command: Sequence[str]) -> Verdict:
    began = time.monotonic()
    finished = subprocess.run(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Verdict(name, finished.returncode == 0, finished.stdout, time.monotonic() - began)


def main() -> int:
    named = checks()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        verdicts = list(pool.map(run, named, named.values()))
    for verdict in verdicts:
        print(f"{'ok  ' if verdict.passed else 'FAIL'} {verdict.name} ({verdict.seconds:.0f} s)")
        if not verdict.passed:
            print(verdict.told)
    failed = [verdict.name for verdict in verdicts if not verdict.passed]
    print(f"check: {len(named) - len(failed)} of {len(named)} passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
