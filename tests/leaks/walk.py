"""Asking: one request as one persona, and every token in whatever comes back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlparse

import pypdfium2 as pdfium
from django.core import mail
from django.db import transaction
from django.http import HttpResponseBase
from django.urls import Resolver404, resolve

from tests.leaks.ledger import FIRST_NUMBER, LENGTH, LETTERS, PREFIX
from tests.leaks.personas import Persona
from tests.leaks.world import World

NUMBER = rf"(?<![\w.]){FIRST_NUMBER // 100_000}[0-9]{{5}}(?![\w.])"
TOKEN = re.compile(rf"{PREFIX}[{LETTERS}]{{{LENGTH}}}|{NUMBER}")
# To sign in, to prove oneself again, to set up a factor: a door that stayed shut.
TURNED_AWAY = ("/inloggen/", "/mijn/beveiliging/bevestigen/", "/mijn/beveiliging/instellen/")
# Where the CMS leads whoever may not use one of its screens.
CMS_HOME = "/cms/"
LINK = re.compile(r'(?:href|src|action)="(/[^"#]*)')


@dataclass(frozen=True)
class Leak:
    persona: str
    request: str
    what: str
    where: str

    def __str__(self) -> str:
        return f"{self.persona} kreeg via {self.request} ({self.where}): {self.what}"


@dataclass
class Walk:
    """All requests of one run: what leaked, and which routes gave somebody content."""

    world: World
    requests: int = 0
    leaks: list[Leak] = field(default_factory=list)
    opened: set[str] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)

    def ask(
        self, persona: Persona, method: str, address: str, *body: str, **extra: Any
    ) -> HttpResponseBase | None:
        """Ask in a transaction that is undone: what the request changes, no one meets later.

        That holds for cookies too, or a session that was undone would leave a stranger behind.
        """
        self.requests += 1
        cookies = {name: morsel.value for name, morsel in persona.client.cookies.items()}
        try:
            with transaction.atomic():
                response = persona.client.generic(method, address, *body, **extra)
                text = dict(parts_of(response))
                transaction.set_rollback(True)
        except Exception as error:
            # Wagtail's forms raise on a post without their hidden fields.
            if method != "GET" and address.startswith("/cms/"):
                return None
            self.errors.append(f"{persona.name} {method} {address}: {error!r}")
            return None
        finally:
            persona.client.cookies.clear()
            persona.client.cookies.load(cookies)
        self.opened |= route_of(address, response)
        if response.status_code >= 500:
            self.errors.append(f"{persona.name} {method} {address}: {response.status_code}")
        self.check(persona, f"{method} {address}", text)
        return response

    def check(self, persona: Persona, request: str, text: dict[str, str]) -> None:
        """Report every token in `text` that this persona may not read and did not send itself."""
        sent = set(TOKEN.findall(unquote(request)))
        for key, opened in self.world.keys.items():
            sent |= opened if key in request else set()
        for where, part in text.items():
            for token in set(TOKEN.findall(unquote(part))) - sent:
                if not self.world.ledger.may_read(token, persona):
                    what = self.world.ledger.what(token)
                    self.leaks.append(Leak(persona.name, request, what, where))

    def check_mail(self) -> None:
        """A mail reaches whoever its address belongs to, and says what that person may read."""
        personas = self.world.personas
        by_address = {one.person.email: one for one in personas.values() if one.person}
        for message in mail.outbox:
            text = "\n".join([message.subject, str(message.message())])
            for address in message.to:
                self.check(by_address.get(address, personas["anonymous"]), "mail", {"mail": text})

    def crawl(self, persona: Persona, limit: int) -> None:
        """Follow links from the home page, as far as `limit` pages."""
        seen, queue = {"/"}, ["/"]
        while queue and limit:
            limit -= 1
            response = self.ask(persona, "GET", queue.pop(0))
            for link in links_in(response):
                if link not in seen and not link.startswith(("/static/", "/uitloggen/")):
                    seen.add(link)
                    queue.append(link)


def route_of(address: str, response: HttpResponseBase) -> set[str]:
    """The route that gave somebody something, as the resolver writes it."""
    if response.status_code not in (200, 204) and not leads_on(response):
        return set()
    try:
        return {resolve(urlparse(address).path).route}
    except Resolver404:
        return set()


def leads_on(response: HttpResponseBase) -> bool:
    """Whether it leads somewhere else than to the sign-in page and its second step."""
    target = response.headers.get("Location", "")
    is_open = target != CMS_HOME and not target.startswith(TURNED_AWAY)
    return 300 <= response.status_code < 400 and is_open


def parts_of(response: HttpResponseBase) -> Iterator[tuple[str, str]]:
    """Everything a visitor gets: body, headers and cookies, as text."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    yield "body", pdf_text(body) if body.startswith(b"%PDF") else unfolded(body)
    yield "headers", "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    yield "cookies", response.cookies.output()


def unfolded(body: bytes) -> str:
    """The text; a calendar breaks its lines wherever they are long."""
    is_calendar = body.startswith(b"BEGIN:VCALENDAR")
    return (body.replace(b"\r\n ", b"") if is_calendar else body).decode("utf-8", "replace")


def pdf_text(body: bytes) -> str:
    """What a PDF says, with the names in its metadata; its bytes are compressed."""
    pdf = pdfium.PdfDocument(body)
    said = [page.get_textpage().get_text_bounded() for page in pdf]
    return "\n".join([*said, str(pdf.get_metadata_dict())])


def links_in(response: HttpResponseBase | None) -> list[str]:
    if response is None or response.streaming:
        return []
    if "html" not in response.headers.get("Content-Type", ""):
        return []
    return LINK.findall(response.content.decode("utf-8", "replace").replace("&amp;", "&"))
