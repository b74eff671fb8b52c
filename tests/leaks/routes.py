"""Every door: the addresses of the URL resolver, filled in with what the data set holds.

A route whose parameters the harness cannot fill in is a failure: a new door is added here first.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern
from wagtail.models import Collection, Site, Task, Workflow

from knowledgebank.models import Barrier, GlossaryTerm
from kpo.pages.models import Announcement
from tests.leaks.canaries import World

# Signing out would end the persona's session; nothing is read there.
LEFT_ALONE = {"account_logout"}
GUESSED = (
    "task_state_id",
    "workflow_state_id",
    "session_id",
    "job_id",
    "redirect_id",
    "uploaded_file_id",
    "page_view_restriction_id",
)


@dataclass(frozen=True)
class Route:
    """One pattern: its name with namespaces, its path with parameters, and their converters."""

    name: str
    path: str
    parameters: tuple[str, ...]


def all_routes() -> list[Route]:
    """Every pattern of the site, static files aside."""
    return [
        route
        for route in _walk(get_resolver().url_patterns, "", "")
        if route.name not in LEFT_ALONE
    ]


def _walk(patterns: list[Any], prefix: str, namespace: str) -> Iterator[Route]:
    for entry in patterns:
        path = prefix + _path_of(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry.url_patterns, path, inner)
        elif isinstance(entry, URLPattern):
            names = tuple(re.findall(r"<(?:\w+:)?(\w+)>", path))
            yield Route(f"{namespace}{entry.name or path}", path, names)


def _path_of(pattern: Any) -> str:
    """A path with `<converter:name>` for parameters, from either kind of pattern."""
    if isinstance(pattern, RoutePattern):
        return str(pattern)
    text = str(pattern).removeprefix("^").removesuffix("$")
    text = re.sub(r"\(\?P<(\w+)>[^()]*(?:\([^()]*\)[^()]*)*\)", r"<re:\1>", text)
    return text.replace("\\.", ".").replace("\\-", "-").replace("?", "")


# Models whose screens take a number, beside those of the data set itself.
LISTED = (Announcement, Barrier, Collection, GlossaryTerm, Group, Site, Task, Workflow)


def first_keys(model: Any) -> list[int]:
    return list(model.objects.order_by("pk").values_list("pk", flat=True)[:6])


class Filler:
    """Values for the parameters of a route, from the data set."""

    def __init__(self, world: World) -> None:
        from wagtail.models import Revision

        uuids = [
            str(thing.uuid)
            for thing in itertools.chain(
                world.pages, world.documents, world.images, *world.objects.values()
            )
            if hasattr(thing, "uuid")
        ]
        page_ids = [str(page.pk) for page in world.pages]
        pks = sorted(
            {
                str(thing.pk)
                for thing in itertools.chain(
                    world.pages, world.documents, world.images, *world.objects.values()
                )
            },
            key=int,
        )
        found = [str(pk) for model in LISTED for pk in first_keys(model)]
        pks = sorted({*pks, *found}, key=int)
        tasks = [str(pk) for pk in first_keys(Task)]
        revisions = [str(pk) for pk in Revision.objects.values_list("pk", flat=True)[:12]]
        self.values: dict[str, list[str]] = {
            "uuid": uuids,
            "page_id": page_ids,
            "parent_page_id": page_ids,
            "page_to_move_id": page_ids[:2],
            "destination_id": page_ids[:2],
            "pk": pks,
            "id": pks,
            "object_id": pks,
            "revision_id": revisions,
            "revision_id_a": [*revisions[:2], "earliest"],
            "revision_id_b": [*revisions[:2], "latest"],
            "verb": ["volg", "bewaar"],
            "image_id": [str(image.pk) for image in world.images],
            "document_id": [str(document.pk) for document in world.documents],
            "filter_spec": ["width-20", "original"],
            "content_type_app_name": ["knowledgebank", "pages"],
            "content_type_model_name": ["themepage", "plainpage"],
            "app_label": ["knowledgebank", "files", "wagtailcore"],
            "model_name": ["themepage", "document", "page", "barrier"],
            "slug": ["proef"],
            "token": ["00000000-0000-0000-0000-000000000000", "niets"],
            "key": ["niets"],
            "uidb36": ["1"],
            "provider_id": ["proef"],
            "name": ["proef.pdf", "proef.png"],
            "spec": ["width-20", "original"],
            "sort": ["document", "image"],
            "action": ["publish", "unpublish", "delete", "move"],
            "action_name": ["publish", "copy", "approve"],
            "app_name": ["pages", "taggit"],
            "uidb64": ["MQ"],
            "collection_id": ["1"],
            "page_pk": page_ids[:2],
            "doc_id": [str(document.pk) for document in world.documents],
        }
        self.values["task_id"] = tasks
        self.values["workflow_pk"] = [str(pk) for pk in first_keys(Workflow)]
        # Rows that this data set has none of: the doors are tried with numbers that may be guessed.
        for guessed in GUESSED:
            self.values[guessed] = ["1", "2"]

    def addresses(self, route: Route, limit: int = 200) -> list[str]:
        """Paths of a route, one per combination of values; raises KeyError for an unknown one."""
        choices = [self.values[name] for name in route.parameters]
        combined = itertools.islice(itertools.product(*choices), limit)
        return [self._fill(route.path, route.parameters, values) for values in combined]

    @staticmethod
    def _fill(path: str, names: tuple[str, ...], values: tuple[str, ...]) -> str:
        for name, value in zip(names, values, strict=True):
            path = re.sub(rf"<(?:\w+:)?{name}>", value, path)
        return "/" + path
