"""The first text of the pages the law asks for; an editor changes them in the CMS."""

from __future__ import annotations

import json
from typing import Any


def _page(intro: str, *sections: tuple[str, str]) -> dict[str, Any]:
    """Fields of a plain page: an introduction and sections of (heading, HTML)."""
    body: list[dict[str, str]] = []
    for heading, html in sections:
        body += [{"type": "heading", "value": heading}, {"type": "paragraph", "value": html}]
    return {"intro": intro, "body": json.dumps(body)}


PRIVACY = _page(
    "KPO gaat over kennis, niet over mensen in een onderzoek. Van jou bewaren we wat "
    "nodig is om je "
    "toegang te geven.",
    (
        "Wat we van je bewaren",
        "<p>Je naam, je werkadres, je organisatie en je functie. Daarnaast wat je zelf invult "
        "in je "
        "profiel, wat je volgt of bewaart, en wat je schrijft.</p>"
        "<p>Opent iemand een bestand dat niet openbaar is, dan leggen we dat vast. Zo kunnen we "
        "nagaan wat er gebeurd is als iets uitlekt.</p>",
    ),
    (
        "Wat je kunt doen",
        "<p>Bij ‘Mijn gegevens’ zie je alles wat we over je hebben en kun je het downloaden. "
        "Je kunt "
        "ons vragen iets te verbeteren of te verwijderen. Dat doe je met het contactformulier.</p>",
    ),
    (
        "Hoe lang",
        "<p>Elke soort gegevens heeft een eigen termijn. Die staat bij ‘Mijn gegevens’. "
        "Gebruik je je "
        "account een half jaar niet, dan zetten we het uit. Je krijgt eerst een bericht.</p>",
    ),
    (
        "Geen zaken, geen namen",
        "<p>Gegevens over personen in een onderzoek horen niet op KPO. Het platform let daar "
        "zelf op: "
        "het houdt berichten en bestanden tegen waarin bijvoorbeeld een burgerservicenummer "
        "staat.</p>",
    ),
)

ACCESSIBILITY = _page(
    "Iedereen moet met KPO kunnen werken, ook met een toetsenbord, een schermlezer of "
    "grote letters.",
    (
        "Waar we aan voldoen",
        "<p>We bouwen volgens WCAG 2.2, niveau AA. Elk soort pagina wordt bij elke wijziging "
        "automatisch getest, op een groot en op een klein scherm.</p>",
    ),
    (
        "Wat nog niet lukt",
        "<p>Documenten van anderen zijn niet altijd toegankelijk gemaakt. Daarom tonen we de "
        "tekst die "
        "we eruit kunnen halen ook in de zoekresultaten.</p>",
    ),
    (
        "Loop je ergens vast?",
        "<p>Schrijf ons met het contactformulier. Vertel welke pagina het is en wat er misging. We "
        "zoeken met je naar een oplossing.</p>",
    ),
)

COOKIES = _page(
    "KPO gebruikt alleen cookies die nodig zijn om in te loggen en formulieren veilig te "
    "versturen.",
    (
        "Welke cookies",
        "<ul><li><b>sessionid</b>: onthoudt dat je bent ingelogd. Verdwijnt als je uitlogt.</li>"
        "<li><b>csrftoken</b>: zorgt dat alleen jij jouw formulieren kunt versturen.</li></ul>",
    ),
    (
        "Wat we niet doen",
        "<p>We volgen je niet en laden niets van andere sites. Daarom vragen we je ook niet om "
        "toestemming.</p>",
    ),
)
