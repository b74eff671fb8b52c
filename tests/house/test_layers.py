"""Imports go down a floor, never up, and no exception is written down anywhere."""

import subprocess
import sys
import tomllib
from pathlib import Path

from tests.house.project import ROOT


def test_imports_go_down() -> None:
    """In a process of its own: the linter's logging settings silence every logger there is."""
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter, "--config", ROOT / "pyproject.toml", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_contracts_know_no_exceptions() -> None:
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    for contract in linter["contracts"]:
        assert "ignore_imports" not in contract, contract["name"]
