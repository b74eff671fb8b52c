"""What people hear of an offer: each step the submitter, and each task who handles it.

An offer is of its submitter and a few others, so no line names it by its title.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from knowledgebank.models import Offer
from knowledgebank.offering.people import concerned_with, handlers_of
from knowledgebank.review.notices import saying
from kpo.inbox.channels import Channel
from kpo.inbox.kinds import Kind, register
from kpo.people.models import User

Facts = Mapping[str, Any]


def the_submitter(offer: Offer, facts: Facts) -> QuerySet[User]:
    return User.objects.filter(pk=offer.person_id)


def the_guards(offer: Offer, facts: Facts) -> QuerySet[User]:
    return concerned_with(offer)


def who_handles(offer: Offer, facts: Facts) -> QuerySet[User]:
    """Who took it up and, as long as nobody did, everyone to whom it went."""
    # Whoever left the board or the theme handles it no more.
    handling = handlers_of(offer).filter(pk=offer.handled_by_id or 0)
    return handling if handling.exists() else concerned_with(offer)


SENT = register(
    Kind(
        name="offer.sent",
        label="Iemand biedt een praktijkvoorbeeld aan",
        explanation="Voor de ambassadeur van het thema, en anders de redactieraad.",
        heading="Aangeboden uit de praktijk",
        default=Channel.DAILY,
        receivers=the_guards,
        sentences=saying(("", "Lees het, stel een vraag, neem het over of wijs het af.")),
        glyph="lightbulb",
        is_task=True,
    )
)
ASKED = register(
    Kind(
        name="offer.asked",
        label="Iemand heeft een vraag over jouw praktijkvoorbeeld",
        explanation="De ambassadeur of de redactieraad wil iets weten.",
        heading="Gevraagd over jouw praktijkvoorbeeld",
        default=Channel.AT_ONCE,
        receivers=the_submitter,
        sentences=saying(("", "Er is een vraag of een bericht voor je.")),
        glyph="message-circle-question-mark",
    )
)
ANSWERED = register(
    Kind(
        name="offer.answered",
        label="Wie een praktijkvoorbeeld aanbood, antwoordt",
        explanation="Op een vraag, of op de bewerkte tekst.",
        heading="Antwoord van wie iets aanbood",
        default=Channel.AT_ONCE,
        receivers=who_handles,
        sentences=saying(
            ("message", "De inzender heeft je geschreven."),
            ("agreed", "De inzender is akkoord met de bewerkte tekst."),
            ("not_yet", "De inzender is nog niet akkoord en schreef wat er anders moet."),
        ),
        glyph="messages-square",
    )
)
STEP = register(
    Kind(
        name="offer.step",
        label="Jouw praktijkvoorbeeld is een stap verder",
        explanation="Het is overgenomen, beoordeeld, gepubliceerd of afgewezen.",
        heading="Jouw praktijkvoorbeeld",
        default=Channel.AT_ONCE,
        receivers=the_submitter,
        sentences=saying(
            ("taken_in", "De redactie neemt je voorbeeld over en maakt er een pagina van."),
            ("in_review", "Je voorbeeld ligt bij de redactieraad."),
            ("returned", "De redactieraad heeft vragen. De redactie past de tekst aan."),
            ("published", "Je voorbeeld staat in de kennisbank. Dank je wel."),
            ("declined", "Je voorbeeld wordt niet overgenomen. Je leest waarom."),
            ("shortened", "De redactieraad haalde een onderdeel weg. De reden staat op de pagina."),
        ),
        glyph="lightbulb",
    )
)
CONSENT = register(
    Kind(
        name="offer.consent",
        label="Jouw akkoord is nodig",
        explanation="De tekst van je praktijkvoorbeeld is bewerkt.",
        heading="Wacht op jouw akkoord",
        default=Channel.AT_ONCE,
        receivers=the_submitter,
        sentences=saying(
            ("asked", "Lees de bewerkte tekst en zeg of je akkoord bent."),
            ("lapsed", "De tekst is veranderd nadat je akkoord was. Kijk er nog eens naar."),
        ),
        glyph="pencil",
        is_task=True,
    )
)
FILE = register(
    Kind(
        name="offer.file",
        label="Een bestand bij jouw praktijkvoorbeeld is geweigerd",
        explanation="Een beheerder liet het niet door. Je leest waarom, en kunt het weghalen.",
        heading="Bestand bij jouw praktijkvoorbeeld",
        default=Channel.AT_ONCE,
        receivers=the_submitter,
        sentences=saying(
            ("", "Een beheerder liet een bestand niet door. Haal het weg, dan kun je verder."),
        ),
        glyph="file",
    )
)
