"""What an audience token looks like. Its words come from the app that knows the tokens."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest

# Gives the Dutch words of each token, with a number of queries that does not grow with them.
Labeler = Callable[[Iterable[str]], Mapping[str, str]]

ICONS = {
    "public": "globe",
    "accounts": "user-round-check",
    "public-sector": "landmark",
    "circle": "users-round",
    "community": "lock",
    "nobody": "eye-off",
}
KEPT_ON_REQUEST = "_kpo_audience_labels"

_labelers: list[Labeler] = []


@dataclass(frozen=True)
class AudienceMark:
    """The marker of one token: `kind` is the class name, `icon` a name from icons.json."""

    kind: str
    icon: str
    label: str


def register_labels(labeler: Labeler) -> None:
    """Name the function that turns tokens into words; a later one replaces it."""
    _labelers[:] = [labeler]


def mark(token: str, request: HttpRequest | None = None) -> AudienceMark:
    """The marker of `token`.

    Raises ValueError for a token of an unknown kind, so that a page never shows an empty or
    wrong promise about who can read it.
    """
    kind = token.partition(":")[0]
    if kind not in ICONS:
        raise ValueError(f"no marker for audience token {token!r}")
    return AudienceMark(kind, ICONS[kind], _label(token, request))


def _label(token: str, request: HttpRequest | None) -> str:
    """The words of `token`; those of all the reader's tokens are asked for at once and kept."""
    known: dict[str, str] = getattr(request, KEPT_ON_REQUEST, {})
    if token not in known:
        held = getattr(getattr(request, "reader", None), "audiences", ())
        known = known | _ask({token, *held} if ":" in token else {token})
        if request is not None:
            setattr(request, KEPT_ON_REQUEST, known)
    return known[token]


def _ask(tokens: set[str]) -> dict[str, str]:
    if not _labelers:
        raise RuntimeError("no app has called kpo.design.audiences.register_labels")
    return dict(_labelers[0](tokens))
