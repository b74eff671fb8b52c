"""What people hear of a review: that a text waits for them, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from knowledgebank.models import Ambassador, ReviewItem
from knowledgebank.querysets import BOARD
from knowledgebank.review import people
from knowledgebank.review.content import fingerprint_of
from kpo.inbox.channels import Channel
from kpo.inbox.kinds import Kind, register
from kpo.inbox.models import Notification
from kpo.people.models import User
from kpo.people.reader import Reader
from kpo.people.roles import CMS, Role, permissions_of

Facts = Mapping[str, Any]
Told = Sequence[Notification]
# How far an item is past its day: the codes of a reminder.
SOON, DUE, LATE = "soon", "due", "late"


def the_board(item: ReviewItem, facts: Facts) -> QuerySet[User]:
    """Who may judge it: the board, and the ambassadors of its themes, without who wrote it."""
    themes = [theme.pk for theme in item.page.themes.all()] + [item.page_id]
    guards = Ambassador.objects.filter(theme__in=themes).values("person")
    board = User.objects.active().with_role(*BOARD)
    wrote = [author.pk for author in people.authors_of(item)]
    return User.objects.filter(Q(pk__in=board.values("pk")) | Q(pk__in=guards)).exclude(
        pk__in=wrote
    )


def the_person(item: Any, facts: Facts) -> QuerySet[User]:
    return User.objects.filter(uuid=facts["person"])


def the_authors(item: ReviewItem, facts: Facts) -> QuerySet[User]:
    return User.objects.filter(pk__in=[author.pk for author in people.authors_of(item)])


def the_voters(item: ReviewItem, facts: Facts) -> QuerySet[User]:
    return User.objects.filter(appraisals__item=item).distinct()


def the_late(item: ReviewItem, facts: Facts) -> QuerySet[User]:
    """Who took it up and has not judged it; everybody who may if nobody took it up. At last the
    chairs too."""
    mark = fingerprint_of(item.revision)
    judged = User.objects.filter(appraisals__item=item, appraisals__fingerprint=mark)
    asked = User.objects.filter(review_assignments__item=item)
    waiting = (asked if asked.exists() else the_board(item, facts)).exclude(pk__in=judged)
    late = Q(pk__in=waiting.values("pk"))
    if facts.get("outcome") == LATE:
        late |= Q(pk__in=the_chairs(item, facts).values("pk"))
    return User.objects.filter(late)


def the_commenting(item: ReviewItem, facts: Facts) -> QuerySet[User]:
    """Who wrote the text and who took it up, as far as they read comments: in the CMS."""
    near = [author.pk for author in people.authors_of(item)]
    near += item.assignments.values_list("person", flat=True)
    in_cms = [role for role in Role if CMS in permissions_of(role)]
    return User.objects.active().with_role(*in_cms).filter(pk__in=near)


def the_chairs(item: ReviewItem, facts: Facts) -> QuerySet[User]:
    return User.objects.active().with_role(Role.BOARD_CHAIR)


def saying(*sentences: tuple[str, str]) -> Callable[[Reader, Told], Mapping[int, str]]:
    """The sentence that the fact "outcome" names, the first where it names none."""
    known = dict(sentences)
    first = sentences[0][1]

    def say(reader: Reader, told: Told) -> Mapping[int, str]:
        return {one.pk: known.get(one.facts.get("outcome", ""), first) for one in told}

    return say


SUBMITTED = register(
    Kind(
        name="review.submitted",
        label="Er ligt een tekst bij de redactieraad",
        explanation="Voor leden van de raad en ambassadeurs van het thema.",
        heading="Bij de redactieraad",
        default=Channel.DAILY,
        receivers=the_board,
        sentences=saying(("", "Deze tekst kan beoordeeld worden.")),
        glyph="scale",
        is_task=True,
    )
)
ASKED = register(
    Kind(
        name="review.asked",
        label="Iemand vraagt jou een tekst te beoordelen",
        explanation="Ook als een collega een beoordeling aan je doorgeeft.",
        heading="Gevraagd om te beoordelen",
        default=Channel.AT_ONCE,
        receivers=the_person,
        sentences=saying(("", "Je bent gevraagd om deze tekst te beoordelen.")),
        glyph="scale",
        is_task=True,
    )
)
DECIDED = register(
    Kind(
        name="review.decided",
        label="De redactieraad heeft over jouw tekst beslist",
        explanation="Je tekst is goedgekeurd, of teruggestuurd met vragen.",
        heading="Beslist over jouw tekst",
        default=Channel.AT_ONCE,
        receivers=the_authors,
        sentences=saying(
            ("approved", "Je tekst is goedgekeurd en gepubliceerd."),
            ("planned", "Je tekst is goedgekeurd. Lezers krijgen hem op het moment dat je koos."),
            ("returned", "Je tekst is teruggestuurd met vragen."),
        ),
        glyph="badge-check",
    )
)
RESTARTED = register(
    Kind(
        name="review.restarted",
        label="Een tekst die je beoordeelde is veranderd",
        explanation="Je oordeel telt dan niet meer mee: er staat iets anders.",
        heading="Opnieuw te beoordelen",
        default=Channel.DAILY,
        receivers=the_voters,
        sentences=saying(("", "De tekst is veranderd. Kijk opnieuw, dan telt je oordeel weer.")),
        glyph="history",
        is_task=True,
    )
)
REMINDED = register(
    Kind(
        name="review.reminded",
        label="Een beoordeling moet bijna af zijn",
        explanation="Drie dagen van tevoren, op de dag zelf en een week erna.",
        heading="Nog te beoordelen",
        default=Channel.DAILY,
        receivers=the_late,
        sentences=saying(
            (SOON, "Deze tekst moet over een paar dagen beoordeeld zijn."),
            (DUE, "Deze tekst moet vandaag beoordeeld zijn."),
            (LATE, "Deze tekst had al beoordeeld moeten zijn."),
        ),
        glyph="clock-alert",
        is_task=True,
    )
)
APPOINTED = register(
    Kind(
        name="review.appointed",
        label="Je wordt ambassadeur van een thema",
        explanation="De redactieraad vraagt je de inhoud van een thema te bewaken.",
        heading="Ambassadeur geworden",
        default=Channel.AT_ONCE,
        receivers=the_person,
        sentences=saying(("", "Je bent ambassadeur van dit thema geworden.")),
        glyph="badge-check",
    )
)
COMMENTED = register(
    Kind(
        name="review.commented",
        label="Iemand schrijft een opmerking bij een tekst in beoordeling",
        explanation="Voor de schrijvers en wie de tekst beoordelen, in het CMS.",
        heading="Opmerkingen bij een tekst",
        default=Channel.DAILY,
        receivers=the_commenting,
        sentences=saying(("", "Er staat een nieuwe opmerking bij deze tekst, in het CMS.")),
        glyph="messages-square",
    )
)
ESCALATED = register(
    Kind(
        name="review.escalated",
        label="Een beoordeling komt niet verder",
        explanation="Voor de voorzitter van de redactieraad.",
        heading="Voorgelegd aan de voorzitter",
        default=Channel.AT_ONCE,
        receivers=the_chairs,
        sentences=saying(("", "Iemand vraagt je om deze beoordeling vlot te trekken.")),
        glyph="clock-alert",
        is_task=True,
    )
)
