"""Which pages rest on a law article or ruling, by its identifier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from knowledgebank.citations import citation_url
from knowledgebank.models import Citation, KnowledgePage
from kpo.people.reader import Reader


@dataclass(frozen=True, slots=True)
class Cited:
    """What pages rest on; `total` is how many pages that a reader may read do."""

    identifier: str
    label: str
    total: int

    @property
    def url(self) -> str:
        return citation_url(self.identifier)


def pages_citing(identifier: str) -> Any:
    """The pages readers have that rest on it. A whole law stands for each of its articles."""
    about = Q(identifier=identifier)
    if not identifier.startswith("ECLI:") and "#" not in identifier:
        about |= Q(identifier__startswith=f"{identifier}#")
    keys = Citation.objects.filter(about).values("page")
    return KnowledgePage.objects.live().filter(alias_of=None, pk__in=keys)


def cited_for(reader: Reader) -> list[Cited]:
    """Every identifier on a page of this reader, by its name; and each law of which several
    articles are cited, as a whole."""
    pages = KnowledgePage.objects.visible_to(reader).filter(alias_of=None).order_by()
    rows = Citation.objects.filter(page__in=pages.values("pk"))
    found: dict[str, tuple[str, set[int]]] = {}
    for identifier, label, page in rows.order_by("pk").values_list("identifier", "label", "page"):
        known = found.setdefault(identifier, (label, set()))
        known[1].add(page)
    for law in _laws(set(found)):
        keys = set().union(*(p for one, (_, p) in found.items() if one.partition("#")[0] == law))
        found[law] = (f"Hele regeling {law}", keys)
    cited = [Cited(identifier, label, len(pages)) for identifier, (label, pages) in found.items()]
    return sorted(cited, key=lambda one: (one.label.lower(), one.identifier))


def _laws(identifiers: set[str]) -> set[str]:
    """Laws of which more than one article is cited, and that are not cited as a whole."""
    laws = [one.partition("#")[0] for one in identifiers if "#" in one]
    return {law for law in laws if laws.count(law) > 1} - identifiers
