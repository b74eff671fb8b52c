"""Figures are printed at the end of the run, beside the goal each has."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from benchmarks.ratio import machine
from tests.conftest import (  # noqa: F401  the fixtures of the tests serve here as well
    django_db_modify_db_settings,
    django_db_setup,
    private_data_folder,
)
from tests.opensearch_fixtures import on_opensearch, opensearch_node  # noqa: F401  as above


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Hand in one line of figures."""
    return lambda line: record_property("figure", line)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [item for kind in ("passed", "failed") for item in terminalreporter.getreports(kind)]
    terminalreporter.write_line(machine())
    for report in reports:
        for name, value in report.user_properties:
            if name == "figure":
                terminalreporter.write_line(str(value))
