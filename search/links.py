"""What open pages call a page when they link to it: words that this page ranks by as well.

A link counts for a page only if everyone who finds the page may read where the link stands. Such
words find nothing by themselves: a page that lacks every word asked is no hit because of a link.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from kpo.people import tokens
from search import rows
from search.linked import OPEN, LinkText
from search.models import Row
from search.records import SearchRecord
from search.sources import all_sources

# More than this says nothing new, and would make a page that all link to heavy.
MOST_TEXTS = 40
MOST_LINKS = 300
LONGEST = 200


def texts_to(target: UUID, audience: str) -> tuple[str, ...]:
    """The different texts of links to a page with this audience."""
    heard = OPEN if audience != tokens.PUBLIC else (tokens.PUBLIC,)
    found = LinkText.objects.filter(target=target, audience__in=heard)
    texts = found.exclude(source__endswith=str(target)).order_by("source", "pk")
    return tuple(dict.fromkeys(texts.values_list("text", flat=True)))[:MOST_TEXTS]


def note(key: str, record: SearchRecord | None) -> tuple[set[UUID], bool]:
    """Keep the links of a record as they now are.

    Gives the pages that other words lead to now, and whether what was open closed with them.
    """
    before = {
        (link.target, link.text, link.audience) for link in LinkText.objects.filter(source=key)
    }
    audience = record.audience if record and record.audience in OPEN else ""
    given = record.links[:MOST_LINKS] if record and audience else ()
    after = {(target, text[:LONGEST], audience) for target, text in given if text}
    if before == after:
        return set(), False
    LinkText.objects.filter(source=key).delete()
    LinkText.objects.bulk_create(
        LinkText(source=key, target=target, text=text, audience=audience)
        for target, text, audience in sorted(after, key=repr)
    )
    was_public = any(held == tokens.PUBLIC for _, _, held in before)
    is_closed = not audience or (was_public and audience != tokens.PUBLIC)
    return {target for target, _, _ in before ^ after}, bool(before) and is_closed


@transaction.atomic
def settle(targets: Iterable[UUID]) -> bool:
    """Let the rows of these pages have the words that lead to them now; says whether any changed.

    They are not withheld: words that went away changed an order, and showed nothing.
    """
    types = list(dict.fromkeys(source.type for source in all_sources()))
    keys = [f"{type_}:{target}" for target in targets for type_ in types]
    changed = False
    for row in Row.objects.records().filter(key__in=keys).order_by("key"):
        rows.lock([row.key])
        texts = texts_to(UUID(row.key.partition(":")[2]), row.audience)
        changed |= rows.rewrite_links(row.key, texts)
    return changed
