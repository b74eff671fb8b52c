"""One small site with a page of every type, as a reader would meet it."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlparse
from uuid import uuid4

from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from knowledgebank.models import (
    GlossaryTerm,
    NewsIndexPage,
    NewsPage,
    PlainPage,
    Practice,
    PracticeIndexPage,
)
from knowledgebank.models.themes import Barrier
from knowledgebank.notices import CHANGED, NEW
from kpo import jobs
from kpo.inbox.subscriptions import DIGEST, Subscription, address_of
from kpo.people import tokens
from kpo.people.models import User
from tests.factories import pages
from tests.factories.events import event_page
from tests.factories.notices import notification
from tests.factories.people import OrganisationFactory, UserFactory
from tests.factories.regions import initiative, region_page


@dataclass
class Scene:
    """The paths of the pages, who visits them, and the keys of the visitors' sessions."""

    reader: User
    theme: Any
    paths: dict[str, str]
    sessions: dict[int, str] = field(default_factory=dict)

    def let_in(self, person: User) -> User:
        """Make a session for `person`, so that `open_tab(person)` can use it."""
        client = Client()
        client.force_login(person)
        self.sessions[person.pk] = client.cookies[settings.SESSION_COOKIE_NAME].value
        return person


def make_scene() -> Scene:
    """Make the site, publish one page of every type, and let the jobs make them findable."""
    home = pages.home_page()
    theme = pages.theme_page(**_theme_fields())
    document = pages.knowledge_document(
        tokens.ACCOUNTS,
        title="Handreiking lege loodsen",
        summary="Zo houd je zicht op leegstand in je gemeente.",
        kind="handreiking",
        themes=[theme],
    )
    practice = _practice(theme)
    news = _news()
    plain = _plain(home)
    GlossaryTerm.objects.create(term="Spookbewoning", meaning="Wonen zonder inschrijving.")
    coming = event_page(
        title="Webinar lege loodsen",
        themes=[theme],
        intended_for="toezichthouders van gemeenten",
        registration_url="https://elders.example/aanmelden",
        organisation=OrganisationFactory(name="RIEC Vechtstreek"),
        body=_body(),
    )
    region = region_page(
        title="Oost-Nederland",
        summary="Wat hier speelt.",
        initiatives=[initiative(theme=theme), initiative(title="Zonder thema")],
    )
    jobs.drain()
    made = {"theme": theme, "document": document, "practice": practice}
    made |= {"news": news, "plain": plain, "event": coming, "region": region}
    scene = Scene(
        reader=UserFactory(first_name="Noor", last_name="Veldkamp"),
        theme=theme,
        paths={name: page.url for name, page in made.items()} | FIXED,
    )
    scene.let_in(scene.reader)
    stop = address_of(Subscription(str(scene.reader.uuid), DIGEST))
    scene.paths["unsubscribe"] = urlparse(stop).path
    notification(scene.reader, theme, CHANGED)
    notification(scene.reader, document, NEW, read_at=timezone.now())
    return scene


def strike_scene() -> None:
    """Empty the tables; tests/ground.py puts back what the migrations had put there."""
    call_command("flush", interactive=False, verbosity=0)


FIXED = {
    "home": "/",
    "themes": "/themas/",
    "documents": "/documenten/",
    "practices": "/praktijk/",
    "regions": "/regios/",
    "agenda": "/agenda/",
    "past events": "/agenda/?toon=voorbij",
    "news list": "/nieuws/",
    "glossary": "/begrippen/",
    "contact": "/contact/",
    "privacy": "/privacy/",
    "search": "/zoeken/?q=loodsen",
    "empty search": "/zoeken/?q=zzzqqq",
    "not found": "/bestaat-niet/",
    "gallery": "/onderdelen/",
}
SIGNED_IN = {
    "inbox": "/mijn/postvak/",
    "people": "/mensen/",
    "messages": "/mijn/berichten/",
    "own agenda": "/mijn/agenda/",
    "saved": "/mijn/bewaard/",
    "ways to hear of news": "/mijn/postvak/voorkeuren/",
    "absence": "/mijn/postvak/afwezig/",
    "first visit": "/mijn/welkom/",
    "first look": "/mijn/welkom/aanbod/",
    "first mail": "/mijn/welkom/mail/",
    "account": "/mijn/",
    "employer": "/mijn/werkgever/",
    "safety": "/mijn/beveiliging/",
    "passkeys": "/mijn/beveiliging/sleutels/",
    "password": "/mijn/wachtwoord/",
    "sessions": "/mijn/sessies/",
    "own data": "/mijn/gegevens/",
    "sign out": "/uitloggen/",
}
SIGNED_OUT = {
    "sign in": "/inloggen/",
    "password forgotten": "/wachtwoord-vergeten/",
    "ask for an account": "/account-aanvragen/",
    "asked for an account": "/account-aanvragen/verstuurd/",
}


def _block(kind: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": str(uuid4())}


def _body() -> list[dict[str, Any]]:
    return [
        _block("heading", "Waarom dit werkt"),
        _block("paragraph", "<p>Een vaste contactpersoon per loods hielp het meest.</p>"),
        _block("note", "Ga nooit alleen naar binnen."),
    ]


def _intervention(partner: str, title: str) -> dict[str, Any]:
    return _block(
        "intervention",
        {
            "partner": partner,
            "title": title,
            "how": "Eerst bellen, dan langsgaan.",
            "legal_basis": "Gemeentewet",
            "weight": "light",
        },
    )


def _theme_fields() -> dict[str, Any]:
    barrier = Barrier.objects.create(
        title="Leegstand in beeld houden", partners=["municipality"], audience=tokens.PUBLIC
    )
    weak = {"barrier": barrier.pk, "weakness": "Nog geen vaste afspraak"}
    stage = {"text": "Een stil pand zoeken.", "barriers": [weak | {"weakness": ""}, weak]}
    return {
        "title": "Lege loodsen",
        "summary": "Een loods zonder huurder trekt soms een gebruiker die niemand wil zien.",
        "what": "<p>De meeste loodsen staan leeg zonder dat er iets aan de hand is.</p>" * 8,
        "in_short": [_block("point", "Kijk elk kwartaal.")],
        "manifestations": [
            _block("manifestation", {"title": "Opslag", "text": "Spullen die niet mogen."})
        ],
        "signals": [
            _block("signal", {"title": "Afgeplakte ramen", "text": "", "seen_where": "op straat"})
        ],
        "interventions": [
            _intervention("municipality", "Pand bezoeken"),
            _intervention("police", "Wijkagent als vast gezicht"),
        ],
        "stages": [
            _block("stage", {"title": title} | stage) for title in ("Zoeken", "Huren", "Wegwezen")
        ],
    }


def _practice(theme: Any) -> Practice:
    page = Practice(
        title="Vijf gemeenten, één loket",
        slug="een-loket",
        audience=tokens.PUBLIC,
        summary="Wat werkte en wat niet.",
        effort="Twaalf uur per week",
        outcome="Twee gesprekken en één verkoop",
        body=_body(),
    )
    page.themes = [theme]
    return pages.placed(PracticeIndexPage.objects.get(), page)


def _news() -> NewsPage:
    page = NewsPage(
        title="Nieuwe handreiking",
        slug="nieuwe-handreiking",
        audience=tokens.PUBLIC,
        intro="Er is een handreiking over lege loodsen.",
        body=_body(),
    )
    return pages.placed(NewsIndexPage.objects.get(), page)


def _plain(home: Any) -> PlainPage:
    page = PlainPage(
        title="Over ons",
        slug="over-ons",
        audience=tokens.PUBLIC,
        intro="Wie we zijn.",
        body=_body(),
    )
    return pages.placed(home, page)
