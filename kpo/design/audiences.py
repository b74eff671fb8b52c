"""What an audience token looks like. Its words come from the app that knows the tokens."""

from collections.abc import Callable
from dataclasses import dataclass

Label = Callable[[str], str]

ICONS = {
    "public": "globe",
    "accounts": "user-round-check",
    "public-sector": "landmark",
    "circle": "users-round",
    "community": "lock",
    "nobody": "eye-off",
}

_labels: list[Label] = []


@dataclass(frozen=True)
class AudienceMark:
    """The marker of one token: `kind` is the class name, `icon` a name from icons.json."""

    kind: str
    icon: str
    label: str


def register_label(label: Label) -> None:
    """Name the function that turns a token into its Dutch words; a later one replaces it."""
    _labels[:] = [label]


def mark(token: str) -> AudienceMark:
    """The marker of `token`.

    Raises ValueError for a token of an unknown kind, so that a page never shows an empty or
    wrong promise about who can read it.
    """
    kind = token.partition(":")[0]
    if kind not in ICONS:
        raise ValueError(f"no marker for audience token {token!r}")
    return AudienceMark(kind, ICONS[kind], _label(token))


def _label(token: str) -> str:
    if not _labels:
        raise RuntimeError("no app has called kpo.design.audiences.register_label")
    return _labels[0](token)
