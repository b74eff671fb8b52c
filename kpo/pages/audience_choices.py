"""Which audiences a person may choose: only those that person holds."""

from __future__ import annotations

from kpo.people import tokens
from kpo.people.models import Circle
from kpo.people.reader import Reader


def audience_choices(reader: Reader) -> list[tuple[str, str]]:
    """Pairs of token and Dutch label, widest first, that the reader holds."""
    fixed = [tokens.PUBLIC, tokens.ACCOUNTS, tokens.PUBLIC_SECTOR]
    circles = [tokens.circle_token(circle.uuid) for circle in Circle.objects.order_by("name")]
    return [(token, tokens.label(token)) for token in [*fixed, *circles] if reader.holds(token)]
