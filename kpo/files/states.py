"""What state a file can be in, and which states let a reader open it."""

from django.db.models import TextChoices


class ScanState(TextChoices):
    WAITING = "waiting", "Wacht op de virusscan"
    CLEAN = "clean", "Gescand, geen virus gevonden"
    UNSCANNED = "unscanned", "Niet gescand, wacht op vrijgave door een beheerder"
    RELEASED = "released", "Niet gescand, vrijgegeven"
    REFUSED = "refused", "Niet gescand, geweigerd door een beheerder"
    INFECTED = "infected", "Virus gevonden"
    FAILED = "failed", "De virusscan is niet gelukt"


class ExtractionState(TextChoices):
    NOT_NEEDED = "not_needed", "Geen tekst nodig"
    WAITING = "waiting", "De tekst wordt gelezen"
    DONE = "done", "Tekst gelezen"
    EMPTY = "empty", "Geen tekst gevonden"
    FAILED = "failed", "De tekst kon niet worden gelezen"


# Closed by default: a state that is not named here keeps the file from every reader.
SAFE_SCANS = frozenset({ScanState.CLEAN, ScanState.RELEASED})
SETTLED_EXTRACTIONS = frozenset(
    {ExtractionState.NOT_NEEDED, ExtractionState.DONE, ExtractionState.EMPTY}
)
