"""Which engine this site has: OpenSearch where its address is set, else the embedded one."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

from django.conf import settings

from search.engines.opensearch_store import Access, OpenSearchStore, access_to
from search.engines.protocol import EngineUnavailableError, Store
from search.engines.tantivy_store import TantivyStore

NAMES = (TantivyStore.name, OpenSearchStore.name)


def store() -> Store:
    if not settings.KPO_SEARCH_URL:
        return TantivyStore(Path(settings.DATA_DIR) / "search")
    return OpenSearchStore(_access(), settings.KPO_SEARCH_PREFIX)


def temporary(name: str, folder: Path) -> Store:
    """A store of this engine for what is thrown away afterwards, apart from the site's own."""
    if name == TantivyStore.name:
        return TantivyStore(folder)
    if not settings.KPO_SEARCH_URL:
        raise EngineUnavailableError("KPO_SEARCH_URL is not set.")
    return OpenSearchStore(_access(), f"{settings.KPO_SEARCH_PREFIX}-try-{uuid4().hex[:8]}")


def _access() -> Access:
    return access_to(
        settings.KPO_SEARCH_URL,
        settings.KPO_SEARCH_USER,
        settings.KPO_SEARCH_PASSWORD,
        settings.KPO_SEARCH_CERTIFICATE,
        settings.KPO_SEARCH_SECONDS,
    )
