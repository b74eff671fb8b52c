"""Every address that the URL resolver knows, each with an example path that reaches it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from django.utils.regex_helper import normalize

from kpo.people.converters import SealedIdConverter

# Values for the parts of an address, tried in turn until the address resolves.
EXAMPLES = (
    "1",
    "1b671a64-40d5-491e-99b0-da01ff1f3341",
    "voorbeeld",
    "voorbeeld/",
    "volg",
    SealedIdConverter().to_url(1),
)
# Stands for an address that something in front of it answers.
UNREACHABLE = ""


@dataclass(frozen=True)
class Route:
    """One address: how the resolver writes it, the name of its view, and an example."""

    pattern: str
    name: str
    path: str


def routes() -> list[Route]:
    return [
        Route(pattern, name, example(expressions, callback))
        for pattern, name, expressions, callback in _walk(get_resolver(), "", "", ("",))
    ]


def _walk(
    resolver: URLResolver, prefix: str, namespace: str, expressions: tuple[str, ...]
) -> Iterator[tuple[str, str, tuple[str, ...], Any]]:
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        longer = (*expressions, entry.pattern.regex.pattern)
        if isinstance(entry, URLPattern):
            name = entry.name or getattr(entry.callback, "__name__", "")
            yield pattern, f"{namespace}{name}", longer, entry.callback
        else:
            inside = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, pattern, inside, longer)


def example(expressions: tuple[str, ...], callback: Any) -> str:
    """A path that resolves to this view, or UNREACHABLE."""
    whole = "".join(_bare(expression) for expression in expressions)
    for form, names in normalize(whole):
        for values in product(EXAMPLES, repeat=len(names)):
            path = "/" + form % dict(zip(names, values, strict=True))
            if _reaches(path, callback):
                return path
    return UNREACHABLE


def _bare(expression: str) -> str:
    """A part of an address without its anchors, so that parts can be put together."""
    return expression.removeprefix("^").removesuffix("$").removesuffix(r"\Z")


def _reaches(path: str, callback: Any) -> bool:
    try:
        return resolve(path).func is callback
    except Resolver404:
        return False
