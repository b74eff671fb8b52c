"""Imports go down a floor, never up, and no exception is written down anywhere."""

import tomllib

from importlinter.cli import lint_imports

from tests.house.project import ROOT


def test_imports_go_down() -> None:
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_contracts_know_no_exceptions() -> None:
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    for contract in linter["contracts"]:
        assert "ignore_imports" not in contract, contract["name"]
