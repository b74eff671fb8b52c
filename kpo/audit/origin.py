"""Where the work at hand comes from, so that a log entry can say so without being told."""

import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.http import HttpRequest

from kpo.jobs import running_job

IPV4_PREFIX = 24
IPV6_PREFIX = 48


class Via(models.TextChoices):
    WEB = "web", "website"
    COMMAND = "command", "opdracht"
    JOB = "job", "taak"
    UNKNOWN = "unknown", "onbekend"


@dataclass(frozen=True, slots=True)
class Origin:
    """How a change came in: the road, its name (path, command or job) and a masked address."""

    via: Via
    name: str = ""
    address: str = ""


UNKNOWN = Origin(Via.UNKNOWN)
_origin: ContextVar[Origin] = ContextVar("kpo_origin", default=UNKNOWN)


def current() -> Origin:
    """Where the work at hand comes from; of a job that says nothing itself, its own name."""
    origin, job = _origin.get(), running_job.get()
    return from_job(job) if job and origin == UNKNOWN else origin


@contextmanager
def coming_from(origin: Origin) -> Iterator[None]:
    """Everything recorded inside carries this origin."""
    token = _origin.set(origin)
    try:
        yield
    finally:
        _origin.reset(token)


def replace(origin: Origin) -> None:
    """Correct the origin of the work at hand, until the surrounding `coming_from` ends."""
    _origin.set(origin)


def from_command(name: str) -> Origin:
    return Origin(Via.COMMAND, name)


def from_job(name: str) -> Origin:
    return Origin(Via.JOB, name)


def client_address(request: HttpRequest) -> str:
    """The visitor's IP address, as the last proxy of our own saw it.

    X-Forwarded-For is read from the right, over KPO_TRUSTED_PROXIES places: what a visitor puts
    in it stands further to the left. A request that did not pass them counts as who sent it.
    """
    trusted = settings.KPO_TRUSTED_PROXIES
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    if trusted and len(hops) >= trusted and is_address(hops[-trusted]):
        return hops[-trusted]
    return str(request.META.get("REMOTE_ADDR", "")) or "127.0.0.1"


def is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def mask_address(address: str) -> str:
    """The network an IP address is in: enough to see a pattern, too little to point at a desk."""
    try:
        parsed = ipaddress.ip_address(address.strip())
    except ValueError:
        return ""
    prefix = IPV4_PREFIX if parsed.version == 4 else IPV6_PREFIX
    return str(ipaddress.ip_network(f"{parsed}/{prefix}", strict=False))
