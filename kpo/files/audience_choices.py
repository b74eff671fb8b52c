"""Which audiences a person may give to a file."""

from kpo.people import tokens
from kpo.people.reader import Reader


def audience_choices(reader: Reader, *, current: str = "") -> list[tuple[str, str]]:
    """
    Pairs of token and Dutch label that the reader holds, the widest first.

    `current` stays in the list, so that an edit form does not change it unasked.
    """
    offered = {*reader.audiences, *filter(None, [current])}
    labels = tokens.labels(offered)
    fixed = [token for token in tokens.FIXED if token in offered]
    spaces = sorted(offered - set(fixed), key=lambda token: labels[token])
    return [(token, labels[token]) for token in [*fixed, *spaces]]
