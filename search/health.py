"""The lines of search on the operations page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from django.utils.timesince import timesince

from kpo.design.dutch import number
from kpo.operations.lines import Line, register
from search import generations, refusals
from search.engines.protocol import EngineUnavailableError, IndexLostError
from search.models import Change, Row, State

REPAIR = "Vergelijk nog eens en herstel wat scheelt: manage.py check_search --repair."
AWAY = "Kijk of OpenSearch werkt. Wijzigingen worden bewaard en daarna vanzelf ingehaald."
REBUILD = "Maak de index opnieuw: manage.py rebuild_search. Zoeken gaat intussen door."
LATE_CHECK = timedelta(hours=36)
LATE_CHANGE = timedelta(minutes=5)


def search_lines() -> Iterator[Line]:
    state = generations.state()
    yield from index_lines(state)
    yield from waiting_changes()
    yield check_line(state)
    day = timezone.now() - timedelta(days=1)
    refused = refusals.since(day)
    yield Line(
        "Geweigerde treffers, laatste 24 uur",
        number(refused),
        "De index liep achter of klopte niet. Vergelijk hem met de database: "
        "manage.py check_search --repair."
        if refused
        else "",
    )


def index_lines(state: State) -> Iterator[Line]:
    """Whether the engine answers, from which index, and whether it holds what it should."""
    try:
        indexed = generations.serving(state).count()
    except IndexLostError:
        yield Line("Zoekmachine", "Weg; de database antwoordt nu, eenvoudiger", REBUILD)
        return
    except EngineUnavailableError:
        yield Line("Zoekmachine", "Antwoordt niet; de database antwoordt nu, eenvoudiger", AWAY)
        return
    yield Line("Zoekmachine", "Werkt")
    if state.built_at:
        yield Line("Index", f"{state.generation}, {timesince(state.built_at)} geleden gemaakt")
    rows = Row.objects.records().count()
    waiting = Change.objects.count()
    is_off = abs(rows - indexed) > waiting
    yield Line(
        "Onderdelen in de database en in de index",
        f"{number(rows)} en {number(indexed)}",
        f"Het scheelt meer dan wat nog wacht. {REPAIR}" if is_off else "",
    )


def waiting_changes() -> Iterator[Line]:
    oldest = Change.objects.order_by("changed_at").values_list("changed_at", flat=True).first()
    is_late = oldest is not None and timezone.now() - oldest > LATE_CHANGE
    yield Line(
        "Wijzigingen die nog naar de index moeten",
        number(Change.objects.count()),
        "De index loopt achter. Kijk of de verwerker van taken werkt." if is_late else "",
    )
    yield Line(
        "Achtergehouden tot de index bij is",
        number(Change.objects.filter(is_withheld=True).count()),
    )


def check_line(state: State) -> Line:
    """The nightly comparison of index and table."""
    label = "Laatste vergelijking van index en database"
    if state.checked_at is None:
        return Line(label, "Nog niet geweest; dat gebeurt elke nacht")
    found = f"{number(state.differences)} verschillen" if state.differences else "gelijk"
    advice = ""
    if timezone.now() - state.checked_at > LATE_CHECK:
        advice = "De nachtelijke taak is niet gelopen. Kijk of de verwerker van taken werkt."
    elif state.differences:
        advice = f"De index wordt na elke vergelijking hersteld. {REPAIR}"
    return Line(label, f"{timesince(state.checked_at)} geleden: {found}", advice)


register("Zoeken", search_lines, order=20)
