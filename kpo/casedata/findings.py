"""What a search for case data answers with: where, of which kind, and how serious; never what."""

from dataclasses import dataclass

from django.db.models import TextChoices


class Severity(TextChoices):
    BLOCK = "block", "Tegenhouden"
    WARN = "warn", "Waarschuwen"


@dataclass(frozen=True, slots=True)
class Finding:
    """
    A place in a text that looks like case data.

    `start` and `end` are offsets in the text that was searched. The found characters are left
    out on purpose: a finding may be logged, the number may not.
    """

    kind: str
    start: int
    end: int
    severity: Severity
