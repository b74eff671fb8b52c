"""Where the files of an offer stand: still checked, to be opened, or of no use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from knowledgebank.models import Offer, OfferFile
from knowledgebank.offering.actions.drafting import can_remove, is_bad
from kpo.files.models import Document
from kpo.files.states import ScanState

HELD = (
    "In dit bestand staat iets dat lijkt op gegevens over een persoon in een zaak. Haal het weg, "
    "en voeg het zonder die gegevens opnieuw toe."
)
VIRUS = "In dit bestand is een virus gevonden. Haal het weg."
REFUSED = "Een beheerder liet dit bestand niet door. Haal het weg."
UNREADABLE = "Dit bestand kan niet worden gelezen. Bewaar het opnieuw en voeg het dan toe."


WAITS_FOR_RELEASE = (
    "Een beheerder kijkt eerst of je bestand veilig is. Daarna kan wie je voorbeeld leest het "
    "openen, en pas dan kan het worden overgenomen. Jij hoeft niets te doen."
)
WAITS_FOR_READING = (
    "Je bestand wordt nog nagekeken. Dat duurt meestal een paar minuten. Jij hoeft niets te doen."
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A file with its state in the words of `components/file.html`, and why it is of no use."""

    row: OfferFile
    document: Document
    state: str
    reason: str
    can_go: bool

    @property
    def is_open(self) -> bool:
        return not self.state


def files_of(offer: Offer) -> list[Shown]:
    return [
        Shown(
            row=row,
            document=row.document,
            state=state_of(row.document),
            reason=_reason(row.document),
            can_go=can_remove(offer, row.document),
        )
        for row in offer.files.select_related("document")
    ]


def waits_for(files: Iterable[Shown]) -> str:
    """What the checks of these files wait for, as a sentence to who sent them; empty if none do.

    One that is of no use says why itself.
    """
    states = {one.state for one in files}
    if "unscanned" in states:
        return WAITS_FOR_RELEASE
    return WAITS_FOR_READING if "waiting" in states else ""


def state_of(document: Document) -> str:
    if document.is_available:
        return ""
    if is_bad(document):
        return "refused"
    return "unscanned" if document.scan_state == ScanState.UNSCANNED else "waiting"


def _reason(document: Document) -> str:
    if document.is_held:
        return HELD
    if document.scan_state == ScanState.INFECTED:
        return VIRUS
    if document.scan_state == ScanState.REFUSED:
        return f"{REFUSED} De reden: {document.state_note}"
    return UNREADABLE if is_bad(document) else ""
