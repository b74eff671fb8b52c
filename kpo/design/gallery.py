"""Invented content for the gallery. No real person, place or case."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from kpo.design.trust import Trust

COLORS = (
    "paper",
    "surface",
    "sunken",
    "ink",
    "ink-2",
    "ink-3",
    "line",
    "line-strong",
    "night",
    "night-2",
    "stage",
    "accent",
    "accent-tint",
    "spark",
    "mark",
    "closed",
    "closed-tint",
    "warn",
    "warn-tint",
    "bad",
    "bad-tint",
    "ok",
    "ok-tint",
)
TOKENS = ("public", "accounts", "public-sector", "nobody")


@dataclass(frozen=True)
class Sample:
    """Stands in for a page: it has a review or none."""

    trust: Trust | None


@dataclass(frozen=True)
class SampleOrganisation:
    name: str
    short_name: str


def _barrier(title: str, *partners: str, weakness: str = "") -> dict[str, Any]:
    return {"barrier": {"title": title, "partner_labels": partners}, "weakness": weakness}


REVIEWED = Sample(
    Trust(date(2026, 11, 12), "Redactieraad, 3 organisaties", 5, 4, date(2199, 1, 15))
)
OVERDUE = Sample(Trust(date(2024, 11, 1), "Redactieraad, 2 organisaties", 4, 4, date(2026, 11, 1)))
ORGANISATIONS = (
    SampleOrganisation("gemeente Molenwaard-Zuid", ""),
    SampleOrganisation("RIEC Oost-Nederland", "RIEC ON"),
    SampleOrganisation("Belastingdienst", ""),
    SampleOrganisation("Zilverbank", ""),
)
STAGES: tuple[dict[str, Any], ...] = (
    {
        "title": "Plek kiezen",
        "text": "Een stil pand zoeken, liefst via een tussenpersoon.",
        "barriers": (
            _barrier("Leegstand in beeld houden", "Gemeente", "Kadaster"),
            _barrier("Vragen wie er echt huurt", "Makelaar", weakness="Nog geen vaste afspraak"),
        ),
    },
    {
        "title": "Inrichten",
        "text": "Materialen kopen en stroom regelen zonder dat het opvalt.",
        "barriers": (_barrier("Hoog stroomverbruik melden", "Netbeheerder"),),
    },
    {
        "title": "Verdienen",
        "text": "De opbrengst in gewone bedrijven laten verdwijnen.",
        "barriers": (_barrier("Omzet naast bezoek leggen", "Belastingdienst", "FIOD"),),
    },
)


class SampleForm(forms.Form):
    """One field of every kind."""

    title = forms.CharField(
        label="Titel van je vraag",
        help_text="Schrijf hem op zoals je hem aan een collega zou stellen.",
    )
    reason = forms.CharField(label="Waarom vraag je dit?", widget=forms.Textarea)
    region = forms.ChoiceField(
        label="Regio",
        choices=[("", "Kies een regio"), ("on", "Oost-Nederland"), ("li", "Limburg")],
        required=False,
    )
    helpful = forms.ChoiceField(
        label="Kon je hiermee verder?",
        choices=[("yes", "Ja"), ("partly", "Een beetje"), ("no", "Nee")],
        widget=forms.RadioSelect,
    )
    topics = forms.MultipleChoiceField(
        label="Onderwerpen",
        choices=[("vastgoed", "Vastgoed"), ("zorg", "Zorgfraude")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    attachment = forms.FileField(label="Bijlage", required=False)
    agreed = forms.BooleanField(label="Er staan geen namen of zaken in mijn vraag")


VALID = {
    "title": "Hoe maken jullie afspraken met de netbeheerder?",
    "reason": "Wij beginnen in januari en zoeken een voorbeeld.",
    "region": "on",
    "helpful": "yes",
    "topics": ["vastgoed"],
    "agreed": "on",
}
INCOMPLETE = {"title": "Hoe maken jullie afspraken met de netbeheerder?"}
