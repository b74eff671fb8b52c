"""`python -m kpo.embedded_postgres start|stop|status FOLDER`: the embedded server from a shell."""

import sys
from pathlib import Path

from kpo.embedded_postgres.programs import PostgresError
from kpo.embedded_postgres.server import ensure_running, is_running, stop


def main(arguments: list[str]) -> int:
    """Exit status: 0 done (status: running), 1 not running, 2 wrong call, 3 refused."""
    if len(arguments) != 2 or arguments[0] not in {"start", "stop", "status"}:
        print(__doc__, file=sys.stderr)
        return 2
    verb, folder = arguments[0], Path(arguments[1])
    try:
        return _do(verb, folder)
    except PostgresError as error:
        print(error, file=sys.stderr)
        return 3


def _do(verb: str, folder: Path) -> int:
    if verb == "start":
        started = ensure_running(folder)
        print("PostgreSQL is gestart." if started else "PostgreSQL draait al.")
        return 0
    if verb == "stop":
        stopped = stop(folder)
        print("PostgreSQL is gestopt." if stopped else "PostgreSQL draaide niet.")
        return 0
    running = is_running(folder)
    print("PostgreSQL draait." if running else "PostgreSQL draait niet.")
    return 0 if running else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
