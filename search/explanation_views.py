"""The CMS screen "Waarom deze volgorde", for editors and administrators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from kpo.people import tokens
from kpo.people.reader import current_reader
from search import weight_words
from search.evidence import ALL_PARTS, LAST_PART, ONE_PART, SAME, Trace
from search.explanation import Explained, WordFound, explain
from search.forms import OrderForm
from search.permissions import can_explain_order
from search.pinned import is_of_pages
from search.presentation import looks
from search.weights import weights

FIELDS = {
    "title": "de titel",
    "headings": "een tussenkop",
    "body": "de tekst",
    "links": "een link hiernaartoe",
}
HOW = {
    SAME: "precies dit woord",
    ALL_PARTS: "als deel van een samenstelling, of alle delen ervan",
    LAST_PART: "het laatste deel van dit woord",
    ONE_PART: "een deel van dit woord",
}
BOOSTS = {
    "reviewed": "Beoordeeld door de redactieraad",
    "recent": "Actueel",
    "theme": "Themapagina over alles wat gevraagd is",
    "obsolete": "Verouderd",
}


@dataclass(frozen=True, slots=True)
class HitLine:
    """One hit with its words: what was found, and what was added and multiplied to its score."""

    title: str
    url: str
    kind: str
    audience: str
    score: float
    rules: list[str]
    words: list[tuple[str, list[str]]]
    added: list[tuple[str, float]]
    boosts: list[tuple[str, float]]
    pin_url: str


@require_safe
def order(request: HttpRequest) -> HttpResponse:
    """A question taken apart under the asker's own rights. For others the page does not exist."""
    reader = current_reader(request)
    if not can_explain_order(reader):
        raise Http404
    form = OrderForm(request.GET)
    text = form.cleaned_data["vraag"] if form.is_valid() else ""
    found = explain(reader, text, form.cleaned_data["als"]) if text else None
    names = tokens.labels({hit.row.audience for hit in found.hits}) if found else {}
    context = {
        "page_title": "Waarom deze volgorde",
        "header_title": "Waarom deze volgorde",
        "header_icon": "list-ol",
        "form": form,
        "asked": text or form.data.get("vraag", ""),
        "found": found,
        "lines": [_line(hit, text, names) for hit in found.hits] if found else [],
        "weights": list(weight_words.lines(weights())),
    }
    status = 200 if form.is_valid() else 400
    return TemplateResponse(request, "search/order_explained.html", context, status=status)


def _line(hit: Explained, text: str, names: Mapping[str, str]) -> HitLine:
    row, scored = hit.row, hit.scored
    pin = urlencode({"vraag": text, "adres": row.url})
    is_offered = not hit.is_pinned and is_of_pages(row.type)
    return HitLine(
        title=row.title,
        url=row.url,
        kind=looks()[row.type].name,
        audience=names[row.audience],
        score=scored.value,
        rules=list(_rules(hit)),
        words=[(word.text, _places(word)) for word in hit.words],
        added=[
            ("De zoekmachine", scored.candidate.value),
            ("De gevonden woorden", scored.words),
            ("Het beste stuk", scored.section),
            ("Woorden naast elkaar", scored.together),
        ],
        boosts=[(BOOSTS[name], factor) for name, factor in scored.boosts.items()],
        pin_url=f"{reverse('pins:add')}?{pin}" if is_offered else "",
    )


def _rules(hit: Explained) -> Iterator[str]:
    """What goes before any score."""
    if hit.is_pinned:
        yield "Uitgelicht: staat bovenaan, wat de score ook is."
    if hit.is_named:
        yield "De vraag is precies de titel of een korte naam: staat vóór alles wat anders heet."


def _places(word: WordFound) -> list[str]:
    return [f"{FIELDS[trace.field]}: {_how(trace)}" for trace in word.traces]


def _how(trace: Trace) -> str:
    if trace.is_synonym:
        return "een synoniem"
    return HOW.get(trace.credit, "een woord dat erop lijkt")
