"""The audience tokens, what may stand under what, and how a token is called on screen."""

from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

PUBLIC = "public"
ACCOUNTS = "accounts"
PUBLIC_SECTOR = "public-sector"
NOBODY = "nobody"
CIRCLE = "circle"
COMMUNITY = "community"

FIXED_LABELS = {
    PUBLIC: "Openbaar",
    ACCOUNTS: "Met account",
    PUBLIC_SECTOR: "Publieke partners",
    NOBODY: "Nog voor niemand",
}
FIXED = tuple(FIXED_LABELS)
# What may be named where others read along, as in a mail: of no closed space.
OPEN = frozenset({PUBLIC, ACCOUNTS, PUBLIC_SECTOR})
UNKNOWN_LABEL = "Besloten"

# Turns the ids of one prefix into labels, in one query.
Labeler = Callable[[frozenset[UUID]], Mapping[UUID, str]]
_labelers: dict[str, Labeler] = {}


def circle_token(uuid: UUID) -> str:
    return f"{CIRCLE}:{uuid}"


def split(token: str) -> tuple[str, UUID | None]:
    """A token's prefix and id; the id is None for a fixed token and for anything malformed."""
    prefix, _, key = token.partition(":")
    try:
        uuid = UUID(key)
    except ValueError:
        return prefix, None
    return prefix, (uuid if str(uuid) == key else None)


def is_token(value: str) -> bool:
    """Whether `value` is a token at all: a fixed one, or a prefix with a random id."""
    return value in FIXED_LABELS or split(value)[1] is not None


def may_stand_under(inner: str, outer: str, *, public_sector_space: bool = False) -> bool:
    """Whether something with token `inner` may be shown or placed under `outer`.

    True only if nobody could then reach `inner` without being allowed to read it, and nobody who
    may read it is kept from the road to it. `public_sector_space` says of `inner` that it is a
    space which admits public partners only. What is no token stands under nothing.
    """
    if not (is_token(inner) and is_token(outer)):
        return False
    if inner in (outer, NOBODY) or outer == PUBLIC:
        return True
    if outer == ACCOUNTS:
        return inner != PUBLIC
    return outer == PUBLIC_SECTOR and public_sector_space and split(inner)[0] == COMMUNITY


def register_labels(prefix: str, labeler: Labeler) -> None:
    """Let the owner of a kind of token (circles, communities) say how those are called."""
    _labelers[prefix] = labeler


def labels(tokens: Iterable[str]) -> dict[str, str]:
    """Dutch names of many tokens, with one query per prefix."""
    named = {}
    by_prefix: dict[str, dict[UUID, str]] = {}
    for token in tokens:
        prefix, uuid = split(token)
        if uuid is None:
            named[token] = FIXED_LABELS.get(token, UNKNOWN_LABEL)
        else:
            by_prefix.setdefault(prefix, {})[uuid] = token
    for prefix, wanted in by_prefix.items():
        found = _labelers[prefix](frozenset(wanted)) if prefix in _labelers else {}
        named |= {token: found.get(uuid, UNKNOWN_LABEL) for uuid, token in wanted.items()}
    return named


def label(token: str) -> str:
    """Dutch name of one token; for a list use `labels`, which asks the database once."""
    return labels([token])[token]
