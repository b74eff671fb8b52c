"""An answer as the page shows it: plain values for the templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.http import HttpRequest
from django.urls import Resolver404, resolve

from kpo.design.dutch import day
from kpo.files.models import Document
from kpo.people.reader import Reader, current_reader
from search import addresses
from search.addresses import address
from search.looser import Looser
from search.models import Row
from search.presentation import FACETS, Facet, LabelBook, Link, TypeLook, looks, slug_of
from search.records import PAGE_SIZE, Also, Hit, SearchPage, SearchQuery
from search.similar import Alike

# A longer facet shows this many values and keeps the others in a drawer.
FACET_LIMIT, FACET_SHOWN = 7, 5
THEME = "theme"


@dataclass(frozen=True)
class Tab:
    label: str
    count: int
    url: str
    is_current: bool


@dataclass(frozen=True)
class Option:
    """A value of a facet; `value` as in the address."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class FacetList:
    facet: Facet
    shown: Sequence[Option]
    more: Sequence[Option]

    @property
    def is_open(self) -> bool:
        """Whether the drawer has to stand open: what is chosen is never out of sight."""
        return any(option.is_chosen for option in self.more)


@dataclass(frozen=True)
class AlsoView:
    """Where nearly the same words stand as well; `facts` tell it from the hit."""

    title: str
    url: str
    audience: str
    facts: Sequence[str]


@dataclass(frozen=True)
class HitView:
    """A hit with its words.

    `file` is the file that the hit opens, if this reader may see it, and `about_url` the page about
    it. `names_files` asks for file names at the passages, which come from more than one.
    """

    hit: Hit
    look: TypeLook
    facts: Sequence[str]
    about_url: str
    file: Document | None
    names_files: bool
    also: Sequence[AlsoView] = ()

    @property
    def is_closed(self) -> bool:
        """Whether it comes from a closed space, which the page marks."""
        return self.hit.audience.startswith("community:")


@dataclass(frozen=True)
class Pager:
    """Where this page stands, in the words of Django's Page, which the pager component speaks.

    Not all that was found can be leafed through: `pages` of the answer ends earlier.
    """

    answer: SearchPage

    @property
    def paginator(self) -> Pager:
        return self

    @property
    def count(self) -> int:
        return self.answer.total

    @property
    def is_cut_off(self) -> bool:
        """Whether this is the last page that can be leafed to, while there is more."""
        return not self.has_next and self.end_index < self.count

    @property
    def start_index(self) -> int:
        return (self.answer.page - 1) * PAGE_SIZE + 1

    @property
    def end_index(self) -> int:
        return self.start_index + self.answer.shown - 1

    @property
    def has_other_pages(self) -> bool:
        return self.answer.pages > 1

    @property
    def has_previous(self) -> bool:
        return self.answer.page > 1

    @property
    def has_next(self) -> bool:
        return self.answer.page < self.answer.pages

    @property
    def previous_page_number(self) -> int:
        return self.answer.page - 1

    @property
    def next_page_number(self) -> int:
        return self.answer.page + 1


def tabs(query: SearchQuery, page: SearchPage) -> list[Tab]:
    """All, and the types that have hits; the chosen one also without."""
    found = [
        Tab(look.tab, page.types.get(type_, 0), _tab_url(query, type_), type_ == query.type)
        for type_, look in looks().items()
        if page.types.get(type_) or type_ == query.type
    ]
    everything = Tab("Alles", sum(page.types.values()), _tab_url(query, None), query.type is None)
    return [everything, *found]


def _tab_url(query: SearchQuery, type_: str | None) -> str:
    return address(replace(query, type=type_, page=1))


def facet_lists(query: SearchQuery, page: SearchPage, book: LabelBook) -> list[FacetList]:
    """The facets that can narrow this answer, or that did."""
    made = (_facet_list(facet, query, page, book) for facet in FACETS)
    return [one for one in made if one is not None]


def _facet_list(
    facet: Facet, query: SearchQuery, page: SearchPage, book: LabelBook
) -> FacetList | None:
    chosen = query.filters.get(facet.name, ())
    counts = {**dict.fromkeys(chosen, 0), **page.facets.get(facet.name, {})}
    if not chosen and all(count >= page.total for count in counts.values()):
        return None
    labels = book.labels(facet.name, counts)
    options = [
        Option(slug_of(facet.name, value), label, counts[value], value in chosen)
        for value, label in labels.items()
    ]
    if not options:
        return None
    options.sort(key=_newest if facet.name == "year" else _most)
    cut = len(options) if len(options) <= FACET_LIMIT else FACET_SHOWN
    return FacetList(facet, options[:cut], options[cut:])


def _most(option: Option) -> tuple[int, str]:
    return -option.count, option.label.casefold()


def _newest(option: Option) -> int:
    return -int(option.value)


def chips(query: SearchQuery, book: LabelBook, period: str) -> list[Link]:
    """What narrows the search now, each with the address of the search without it."""
    found = [
        Link(label, address(addresses.without_value(query, facet.name, value)))
        for facet in FACETS
        for value, label in book.labels(facet.name, query.filters.get(facet.name, ())).items()
    ]
    if query.since or query.until:
        found.append(Link(period, address(addresses.without_period(query))))
    return found


def theme_links(wider: Looser, book: LabelBook) -> list[Link]:
    """A wider search within each of the themes it leads to, as far as the reader knows them."""
    return [
        Link(label, address(replace(wider.query, filters={THEME: (slug,)}, page=1)))
        for slug, label in book.labels(THEME, wider.themes).items()
    ]


@dataclass(frozen=True)
class AlikeView:
    """A thing that is like another, with its words."""

    row: Row
    look: TypeLook
    facts: Sequence[str]


def alike_views(found: Sequence[Alike]) -> list[AlikeView]:
    known = looks()
    return [
        AlikeView(one.row, known[one.row.type], known[one.row.type].describe(one.obj))
        for one in found
    ]


def hit_views(request: HttpRequest, hits: Sequence[Hit]) -> list[HitView]:
    """The hits with the files they open, which are looked up in one query."""
    files = _files(current_reader(request), {hit.key: _file_uuid(hit) for hit in hits})
    return [_hit_view(hit, files.get(hit.key)) for hit in hits]


def _hit_view(hit: Hit, file: Document | None) -> HitView:
    look = looks()[hit.type]
    named = {passage.file for passage in hit.passages if passage.file}
    return HitView(
        hit,
        look,
        facts=look.describe(hit.row) or [look.name],
        about_url=look.about(hit.row) if look.about and hit.file else "",
        file=file,
        names_files=len(named) > 1,
        also=[_also_view(also) for also in hit.also],
    )


def _also_view(also: Also) -> AlsoView:
    facts = [looks()[also.type].name.lower(), day(also.date) if also.date else ""]
    facts += ["verouderd"] if also.is_obsolete else []
    return AlsoView(also.title, also.url, also.audience, [fact for fact in facts if fact])


def _file_uuid(hit: Hit) -> UUID | None:
    """Which file the hit opens, read from its address."""
    if not hit.file:
        return None
    try:
        match = resolve(hit.url.partition("#")[0])
    except Resolver404:
        return None
    return match.kwargs["uuid"] if match.view_name == "files:serve" else None


def _files(reader: Reader, opened: Mapping[str, UUID | None]) -> dict[str, Document]:
    """The files by the key of the hit that opens them."""
    uuids = {uuid for uuid in opened.values() if uuid}
    if not uuids:
        return {}
    found = Document.objects.visible_to(reader).in_bulk(uuids, field_name="uuid")
    return {key: found[uuid] for key, uuid in opened.items() if uuid in found}
