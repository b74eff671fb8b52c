"""The embedded PostgreSQL: a real server in the data folder, for machines without one.

It knows nothing of Django, because settings import it. Imports run
`server` -> `programs` -> `cluster`.
"""

from kpo.embedded_postgres.cluster import Cluster, database_url
from kpo.embedded_postgres.programs import PostgresError
from kpo.embedded_postgres.server import ensure_running, is_running, stop

__all__ = [
    "Cluster",
    "PostgresError",
    "database_url",
    "ensure_running",
    "is_running",
    "stop",
]
