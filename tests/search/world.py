"""One of everything that can be found, with all that a record of it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from knowledgebank.models import (
    Barrier,
    DocumentFile,
    GlossaryPage,
    GlossaryTerm,
    NewsIndexPage,
    NewsPage,
    Offer,
    PlainPage,
    Practice,
    PracticeFile,
    PracticeIndexPage,
)
from kpo.people import tokens
from kpo.people.models import User
from kpo.people.roles import Role
from search.models import Change
from search.sources import Source, all_sources
from tests.factories.events import event_page
from tests.factories.files import document
from tests.factories.offers import sent
from tests.factories.pages import knowledge_document, placed, theme_page
from tests.factories.people import OrganisationFactory, UserFactory
from tests.factories.regions import initiative, region_page

TEXT = [{"type": "heading", "value": "Kop"}, {"type": "paragraph", "value": "<p>Tekst.</p>"}]


@dataclass
class World:
    """`things` are those that are found, one per source; `parts` what these are made of."""

    things: dict[type, Any]
    parts: dict[type, Any]
    editor: User
    administrator: User

    def __getitem__(self, model: type) -> Any:
        """As it stands in the database now."""
        pk = (self.things | self.parts)[model].pk
        return model._default_manager.get(pk=pk)  # type: ignore[attr-defined]

    def key(self, model: type) -> str:
        return key_of(self.things[model])


def make_world() -> World:
    barrier = Barrier.objects.create(title="Hek", text="Dicht.", audience=tokens.PUBLIC)
    theme = theme_page(**_theme_fields(barrier))
    organisation = OrganisationFactory()
    stored = document(audience=tokens.PUBLIC, pages=("Eerste bladzijde.",))
    page = knowledge_document(
        themes=[theme], publisher=organisation, summary="Kort.", body=TEXT, short_names=["KD"]
    )
    row = DocumentFile.objects.create(page=page, document=stored)
    practice = Practice(
        title="Praktijk", slug="praktijk", audience=tokens.PUBLIC, place="Hier", body=TEXT
    )
    practice.themes, practice.organisation = [theme], organisation
    practice.offer = offer = sent(UserFactory())
    offer.state = Offer.State.TAKEN_IN
    offer.decided_at = offer.asked_at = timezone.now()
    offer.save()
    practice.files = [PracticeFile(document=stored)]
    news = NewsPage(title="Nieuws", slug="nieuws", audience=tokens.PUBLIC, intro="In.", body=TEXT)
    term = GlossaryTerm.objects.create(term="LFT", abbreviation="lft", meaning="Een team.")
    region = region_page(
        body=TEXT, initiatives=[initiative(organisation=organisation, contact="Het loket")]
    )
    things = [
        theme,
        page,
        placed(PracticeIndexPage.objects.get(), practice),
        placed(NewsIndexPage.objects.get(), news),
        event_page(themes=[theme], organisation=organisation, body=TEXT, intended_for="Ons"),
        region,
        PlainPage.objects.get(slug="privacy"),
        GlossaryPage.objects.get(),
        UserFactory(
            organisation=organisation,
            function="Adviseur",
            expertise="Havens",
            interests=["vastgoed"],
        ),
    ]
    made_of = [region.initiatives.get(), practice.files.get(), offer]
    parts = [*made_of, row, stored, barrier, organisation, term]
    world = World(
        {type(thing): thing for thing in things},
        {type(part): part for part in parts},
        editor=UserFactory(roles=[Role.EDITOR]),
        administrator=UserFactory(roles=[Role.ADMINISTRATOR]),
    )
    Change.objects.all().delete()
    return world


def _theme_fields(barrier: Barrier) -> dict[str, Any]:
    staged = [{"barrier": barrier.pk, "weakness": ""}]
    how = {"partner": "police", "title": "Bellen", "how": "Zo.", "legal_basis": "", "weight": ""}
    return {
        "summary": "Waar het over gaat.",
        "in_short": [{"type": "point", "value": "Kijk."}],
        "manifestations": [{"type": "manifestation", "value": {"title": "Zo", "text": "En zo."}}],
        "signals": [{"type": "signal", "value": {"title": "Geur", "text": "", "seen_where": ""}}],
        "interventions": [{"type": "intervention", "value": how}],
        "stages": [
            {"type": "stage", "value": {"title": "Een", "text": "Stap.", "barriers": staged}}
        ],
    }


def source_of_thing(thing: Any) -> Source:
    return next(source for source in all_sources() if type(thing) is source.model)


def key_of(thing: Any) -> str:
    return source_of_thing(thing).key_of(thing)
