"""Tests that share something large or a machine's only one of its kind run on one worker."""

from __future__ import annotations

import pytest


@pytest.mark.xdist_group("house")
def test_tests_of_one_group_are_kept_together(request: pytest.FixtureRequest) -> None:
    """xdist marks them by their names, which a pytest that it does not know loses in silence."""
    if request.config.getoption("loadgroup", False):
        assert request.node.nodeid.endswith("@house")
