"""Asks clamd, if there is one, whether a file is harmful."""

from typing import IO

import clamd
from django.conf import settings

from kpo.jobs import ExplainedError


class ScannerError(ExplainedError):
    """The scanner gave no verdict; worth trying again."""


def is_configured() -> bool:
    return bool(settings.KPO_CLAMD)


def find_virus(content: IO[bytes]) -> str | None:
    """
    Name of what clamd found, None when it found nothing.

    Raises ScannerError when it does not answer in time, not at all, or not with a verdict.
    """
    content.seek(0)
    try:
        answer = _scanner().instream(content)
    except (clamd.ClamdError, OSError, ValueError) as error:
        raise ScannerError(
            "De virusscanner geeft geen antwoord. We proberen het opnieuw."
        ) from error
    verdict, name = (answer or {}).get("stream", ("ERROR", None))
    match verdict:
        case "OK":
            return None
        case "FOUND":
            return name or "onbekend"
        case _:
            raise ScannerError("De virusscanner kon dit bestand niet beoordelen.")


def _scanner() -> clamd.ClamdNetworkSocket:
    sort, _, address = settings.KPO_CLAMD.partition(":")
    if sort == "unix":
        return clamd.ClamdUnixSocket(path=address, timeout=settings.KPO_CLAMD_SECONDS)
    host, _, port = address.rpartition(":")
    return clamd.ClamdNetworkSocket(host, int(port), timeout=settings.KPO_CLAMD_SECONDS)
