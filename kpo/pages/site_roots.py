"""Where the site's tree begins, remembered for a moment.

Wagtail asks its cache for this with every address it makes; ours lives in the database, so that was
a query per link. A site moves hardly ever, and another process may lag for `SECONDS`.
"""

from __future__ import annotations

import time
from typing import Any

from wagtail.models import Site

SECONDS = 30.0
_remembered: tuple[float, list[Any]] = (float("-inf"), [])


def root_paths() -> list[Any]:
    """Wagtail's SiteRootPath tuples, at most `SECONDS` old."""
    global _remembered  # noqa: PLW0603  a value for the process is what this module is
    since, paths = _remembered
    if not paths or time.monotonic() - since > SECONDS:
        paths = Site.get_site_root_paths()
        _remembered = (time.monotonic(), paths)
    return paths


def forget(**kwargs: Any) -> None:
    """Called when a site or the page it begins at changes in this process."""
    global _remembered  # noqa: PLW0603  see above
    _remembered = (float("-inf"), [])
