"""The weights in the words of who looks at why hits stand in this order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from search.weights import Weights

# By name: what it weighs, and why it is what it is.
WORDS: dict[str, tuple[str, str]] = {
    "body_parts": (
        "Woorden in de tekst",
        "De maat voor al het andere: delen van woorden dragen het meest.",
    ),
    "body_grams": ("Stukjes van woorden in de tekst", "Vangt typefouten op."),
    "body_pairs": ("Twee woorden naast elkaar in de tekst", "Wat samen staat, hoort samen."),
    "title_parts": (
        "Woorden in de titel",
        "Laag, want een titel telt al mee als regel en als bewijs.",
    ),
    "title_pairs": ("Twee woorden dicht bij elkaar in de titel", "Een titel noemt het onderwerp."),
    "title_grams": ("Stukjes van woorden in de titel", "Vangt typefouten op."),
    "heading_parts": ("Woorden in tussenkoppen", "Een kop zegt waar een stuk over gaat."),
    "heading_grams": ("Stukjes van woorden in tussenkoppen", "Vangt typefouten op."),
    "link_parts": (
        "Woorden in links hiernaartoe",
        "Hoe anderen een pagina noemen, zegt waar hij over gaat.",
    ),
    "gram_share": (
        "Alle stukjes van een woord samen",
        "Een lang woord telt niet zwaarder omdat het meer stukjes heeft.",
    ),
    "synonym": (
        "Een synoniem",
        "Telt iets minder dan het woord zelf. Geldt ook voor een anders gespelde samenstelling.",
    ),
    "evidence": (
        "Gevonden woorden samen",
        "Welke woorden precies gevonden zijn, zegt meer dan hoe vaak.",
    ),
    "evidence_title": (
        "Een gevonden woord in de titel",
        "Zo zeker zijn we dat de pagina erover gaat.",
    ),
    "evidence_headings": ("Een gevonden woord in een tussenkop", "Minder zeker dan een titel."),
    "evidence_body": ("Een gevonden woord in de tekst", "Een tekst kan iets terloops noemen."),
    "evidence_links": ("Een gevonden woord in een link hiernaartoe", "Even zeker als een titel."),
    "section": (
        "Het beste stuk",
        "Woorden die bij elkaar staan zeggen meer dan woorden verspreid over een document.",
    ),
    "together": (
        "Woorden naast elkaar",
        "In een lang verslag staat bijna elk woord wel ergens. Naast elkaar zijn ze bedoeld.",
    ),
    "theme": (
        "Themapagina over alles wat gevraagd is",
        "Komt vóór een verslag dat het vaak noemt.",
    ),
    "reviewed": ("Beoordeeld", "Wat de redactieraad goedkeurde, komt vóór zijn gelijken."),
    "recent": ("Actueel", "Wat van vandaag is, komt vóór zijn gelijken."),
    "recent_years": ("Jaren waarin 'actueel' halveert", "Na twee jaar telt het half zo zwaar."),
    "duplicate": (
        "Deel van de woorden dat gelijk moet zijn",
        "Vanaf hier tonen we twee teksten als één resultaat.",
    ),
    "obsolete": ("Verouderd", "Zakt, maar blijft te vinden."),
    "looked_at": (
        "Resultaten die woord voor woord worden bekeken",
        "Meer maakt het trager en niet beter.",
    ),
    "sections_of": (
        "Resultaten waarvan het beste stuk wordt gezocht",
        "Meer maakt het trager en niet beter.",
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One weight; `usual` is what it is without KPO_SEARCH_WEIGHTS."""

    name: str
    label: str
    reason: str
    value: float
    usual: float

    @property
    def is_changed(self) -> bool:
        return self.value != self.usual


def lines(weights: Weights) -> Iterator[Line]:
    """Every weight as this site has it."""
    usual = Weights()
    for field in fields(Weights):
        label, reason = WORDS[field.name]
        name = field.name
        yield Line(name, label, reason, getattr(weights, name), getattr(usual, name))
