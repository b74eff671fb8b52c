"""Every door: the addresses that the URL resolver knows.

A route whose parameters the harness cannot fill in is a failure: a new door is added in `rows.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

# Signing out would end the persona's session; nothing is read there.
LEFT_ALONE = {"account_logout"}


@dataclass(frozen=True)
class Route:
    """One pattern: its name with namespaces, its path with parameters, and what it is about.

    `pattern` is how the resolver names the route of a match; `model` the one its view works on.
    """

    name: str
    path: str
    pattern: str
    parameters: tuple[str, ...]
    model: type[Model] | None


def all_routes() -> list[Route]:
    """Every pattern of the site, static files aside."""
    return [
        route
        for route in _walk(get_resolver().url_patterns, "", "", "")
        if route.name not in LEFT_ALONE
    ]


def _walk(patterns: list[Any], path: str, pattern: str, namespace: str) -> Iterator[Route]:
    for entry in patterns:
        longer = path + _path_of(entry.pattern)
        matched = _join(pattern, str(entry.pattern))
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry.url_patterns, longer, matched, inner)
        elif isinstance(entry, URLPattern):
            names = tuple(re.findall(r"<(?:\w+:)?(\w+)>", longer))
            name = f"{namespace}{entry.name or longer}"
            yield Route(name, longer, matched, names, _model_of(entry.callback))


def _join(route: str, further: str) -> str:
    """As the resolver does it."""
    return route + further.removeprefix("^") if route else further


def _path_of(pattern: Any) -> str:
    """A path with `<converter:name>` for parameters, from either kind of pattern."""
    if isinstance(pattern, RoutePattern):
        return str(pattern)
    text = str(pattern).removeprefix("^").removesuffix("$")
    text = re.sub(r"\(\?P<(\w+)>[^()]*(?:\([^()]*\)[^()]*)*\)", r"<re:\1>", text)
    return text.replace("\\.", ".").replace("\\-", "-").replace("?", "")


def _model_of(view: Any) -> type[Model] | None:
    """The model that a class of Wagtail's says its view is about."""
    owner = getattr(view, "view_class", None) or getattr(view, "cls", None)
    told = getattr(view, "view_initkwargs", {}).get("model") or getattr(owner, "model", None)
    if isinstance(told, str):
        return apps.get_model(told)
    return told if isinstance(told, type) and issubclass(told, Model) else None
