"""Asks clamd, if there is one, whether a file is harmful."""

import socket
from typing import IO, Any

import clamd
from django.conf import settings

from kpo.jobs import ExplainedError

HANGS_AFTER_SECONDS = 5


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
        # One that hangs is found out in seconds, not after the time that a large file may take.
        _scanner(min(HANGS_AFTER_SECONDS, settings.KPO_CLAMD_SECONDS)).ping()
        answer = _scanner(settings.KPO_CLAMD_SECONDS).instream(content)
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


class _Prompt(clamd.ClamdNetworkSocket):
    """The library's client knows a time limit only once it is connected, and drops its socket."""

    def __init__(self, family: socket.AddressFamily, address: Any, seconds: int) -> None:
        self._family, self._address, self._seconds = family, address, seconds

    def _init_socket(self) -> None:
        self.clamd_socket = socket.socket(self._family, socket.SOCK_STREAM)
        self.clamd_socket.settimeout(self._seconds)
        try:
            self.clamd_socket.connect(self._address)
        except OSError:
            self.clamd_socket.close()
            raise


def _scanner(seconds: int) -> clamd.ClamdNetworkSocket:
    sort, _, address = settings.KPO_CLAMD.partition(":")
    if sort == "unix":
        return _Prompt(socket.AF_UNIX, address, seconds)
    host, _, port = address.rpartition(":")
    return _Prompt(socket.AF_INET, (host, int(port)), seconds)
