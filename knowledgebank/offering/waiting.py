"""Where the files of an offer stand: still checked, to be opened, or of no use."""

from __future__ import annotations

from dataclasses import dataclass

from knowledgebank.models import Offer, OfferFile
from knowledgebank.offering.actions.drafting import is_bad
from kpo.files.models import Document
from kpo.files.states import ScanState

HELD = (
    "In dit bestand staat iets dat lijkt op gegevens over een persoon in een zaak. Haal het weg, "
    "en voeg het zonder die gegevens opnieuw toe."
)
VIRUS = "In dit bestand is een virus gevonden. Haal het weg."
UNREADABLE = "Dit bestand kan niet worden gelezen. Bewaar het opnieuw en voeg het dan toe."


@dataclass(frozen=True, slots=True)
class Shown:
    """A file with its state in the words of `components/file.html`, and why it is of no use."""

    row: OfferFile
    document: Document
    state: str
    reason: str

    @property
    def is_open(self) -> bool:
        return not self.state


def files_of(offer: Offer) -> list[Shown]:
    rows = offer.files.select_related("document")
    return [Shown(row, row.document, state_of(row.document), _reason(row.document)) for row in rows]


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
    return UNREADABLE if is_bad(document) else ""
