"""The doors a person came through: each asks as that person, and says whether it opened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core import mail
from django.test import Client
from django.utils import timezone

from knowledgebank.models import ReviewItem
from kpo.inbox.mailing import mail_digest
from kpo.inbox.models import Notification
from tests.leaks.revoke.scene import Scene, Things
from tests.leaks.walk import parts_of

# Asks as this client for the things of an audience; says whether they came.
Ask = Callable[[Client, Scene, Things], bool]
DOORS: dict[str, Ask] = {}


def door(ask: Ask) -> Ask:
    DOORS[ask.__name__] = ask
    return ask


def shows(response: Any, text: str) -> bool:
    return response.status_code == 200 and any(text in part for _, part in parts_of(response))


@door
def page(client: Client, scene: Scene, things: Things) -> bool:
    return shows(client.get(things.theme.url), things.theme.title)


@door
def document_page(client: Client, scene: Scene, things: Things) -> bool:
    return shows(client.get(things.document.url), things.document.title)


@door
def list_of_pages(client: Client, scene: Scene, things: Things) -> bool:
    return shows(client.get("/themas/"), things.theme.title)


@door
def hit(client: Client, scene: Scene, things: Things) -> bool:
    return shows(client.get("/zoeken/", {"q": things.theme.summary}), things.theme.title)


@door
def total(client: Client, scene: Scene, things: Things) -> bool:
    response = client.get("/zoeken/", {"q": things.theme.summary})
    return bool(response.context["answer"].total)


@door
def facet(client: Client, scene: Scene, things: Things) -> bool:
    answer = client.get("/zoeken/", {"q": things.document.summary}).context["answer"]
    return things.theme.slug in answer.facets.get("theme", {})


@door
def hit_in_file(client: Client, scene: Scene, things: Things) -> bool:
    return shows(client.get("/zoeken/", {"q": things.file_text}), things.document.title)


@door
def suggestion(client: Client, scene: Scene, things: Things) -> bool:
    title = things.theme.title
    return shows(client.get("/zoeken/suggesties/", {"q": title[:-3]}), title)


@door
def hit_by_date(client: Client, scene: Scene, things: Things) -> bool:
    asked = {"q": things.theme.summary, "volgorde": "datum"}
    return shows(client.get("/zoeken/", asked), things.theme.title)


@door
def correction(client: Client, scene: Scene, things: Things) -> bool:
    """What was meant by a title with a letter left out."""
    title = things.theme.title
    asked = {"q": title[:10] + title[11:]}
    return client.get("/zoeken/", asked).context["answer"].corrected == title


@door
def inside(client: Client, scene: Scene, things: Things) -> bool:
    response = client.get(f"/zoeken/in/{things.document.uuid}/", {"q": things.file_text})
    return response.status_code == 200 and response.context["places"].total > 0


@door
def alike(client: Client, scene: Scene, things: Things) -> bool:
    return shows(client.get(f"/zoeken/verwant/{things.theme.uuid}/"), things.theme.title)


@door
def themes_of_a_report(client: Client, scene: Scene, things: Things) -> bool:
    return shows(client.get("/mijn/gemist/"), things.theme.title)


@door
def insight(client: Client, scene: Scene, things: Things) -> bool:
    return shows(client.get("/cms/zoekinzicht/"), things.theme.title)


@door
def synonyms(client: Client, scene: Scene, things: Things) -> bool:
    return client.get("/cms/synoniemen/").status_code == 200


@door
def event_page(client: Client, scene: Scene, things: Things) -> bool:
    return shows(client.get(things.event.url), things.event.title)


@door
def agenda(client: Client, scene: Scene, things: Things) -> bool:
    return shows(client.get("/agenda/"), things.event.title)


@door
def event_file(client: Client, scene: Scene, things: Things) -> bool:
    return shows(client.get(f"/agenda/{things.event.uuid}/bijeenkomst.ics"), things.event.title)


@door
def agenda_feed(client: Client, scene: Scene, things: Things) -> bool:
    """By the link that stands in the person's own calendar, where no session is asked for."""
    person = int(client.session.get("_auth_user_id", 0))
    return shows(Client().get(f"/agenda/{scene.feeds[person]}.ics"), str(things.event.uuid))


def before_board(things: Things) -> Any:
    """The latest text of the practice that lies before the board."""
    return ReviewItem.objects.filter(page=things.practice.pk).latest("pk")


@door
def board_list(client: Client, scene: Scene, things: Things) -> bool:
    uuid = str(before_board(things).uuid)
    return shows(client.get("/redactieraad/", {"lijst": "raad"}), uuid)


@door
def board_agenda(client: Client, scene: Scene, things: Things) -> bool:
    return shows(client.get("/redactieraad/agenda/"), str(before_board(things).uuid))


@door
def board_item(client: Client, scene: Scene, things: Things) -> bool:
    return client.get(f"/redactieraad/{before_board(things).uuid}/").status_code == 200


@door
def board_text(client: Client, scene: Scene, things: Things) -> bool:
    return client.get(f"/redactieraad/{before_board(things).uuid}/tekst/").status_code == 200


@door
def board_file(client: Client, scene: Scene, things: Things) -> bool:
    """A file that is for nobody yet, for who judges the text on which it stands."""
    row = scene.offer_file
    address = f"/praktijk-aanbieden/{row.offer.uuid}/bestand/{row.uuid}/"
    return client.get(address).status_code == 200


@door
def board_history(client: Client, scene: Scene, things: Things) -> bool:
    address = f"/redactieraad/{before_board(things).uuid}/verloop.json"
    return shows(client.get(address), things.practice.title)


@door
def board_ambassadors(client: Client, scene: Scene, things: Things) -> bool:
    return shows(client.get("/redactieraad/ambassadeurs/"), things.theme.title)


@door
def board_concerns(client: Client, scene: Scene, things: Things) -> bool:
    return shows(client.get("/redactieraad/meldingen/"), things.theme.title)


@door
def board_work(client: Client, scene: Scene, things: Things) -> bool:
    return shows(client.get("/redactieraad/themas/"), things.theme.title)


@door
def file(client: Client, scene: Scene, things: Things) -> bool:
    return shows(client.get(things.file.url), things.file_text)


@door
def preview(client: Client, scene: Scene, things: Things) -> bool:
    response = client.get(f"/bestanden/{things.file.uuid}/voorbeeld.png")
    return response.status_code == 200


@door
def image(client: Client, scene: Scene, things: Things) -> bool:
    name = things.image.original_name
    return client.get(f"/beelden/{things.image.uuid}/width-20/{name}").status_code == 200


@door
def bookmarks(client: Client, scene: Scene, things: Things) -> bool:
    return shows(client.get("/mijn/bewaard/"), things.theme.title)


def only_news(client: Client, things: Things) -> int | None:
    """Let all but what is about the theme be read; the key of who asks, None for a stranger."""
    person = client.session.get("_auth_user_id")
    rows = Notification.objects.filter(person_id=person)
    rows.exclude(item_uuid=things.theme.uuid).update(read_at=timezone.now())
    rows.update(created_at=timezone.now() - timedelta(days=60))
    return int(person) if person else None


@door
def inbox(client: Client, scene: Scene, things: Things) -> bool:
    only_news(client, things)
    return shows(client.get("/mijn/postvak/"), things.theme.title)


@door
def line_of_inbox(client: Client, scene: Scene, things: Things) -> bool:
    """By the address in a mail that was kept."""
    person = only_news(client, things)
    own = Notification.objects.filter(item_uuid=things.theme.uuid, person_id=person).first()
    if own is None:
        return False
    response = client.get(f"/mijn/postvak/{own.uuid}/")
    return response.headers.get("Location") == things.theme.url


@door
def bell(client: Client, scene: Scene, things: Things) -> bool:
    only_news(client, things)
    return shows(client.get("/mijn/postvak/"), "kpo-tool__count")


@door
def queued_digest(client: Client, scene: Scene, things: Things) -> bool:
    """The job was queued while the person could still read it."""
    person = only_news(client, things)
    before = len(mail.outbox)
    if person is not None:
        mail_digest.call(person=person)
    return len(mail.outbox) > before


@door
def follow(client: Client, scene: Scene, things: Things) -> bool:
    response = client.post(f"/mijn/pagina/{things.theme.uuid}/volg/")
    return response.headers.get("Location") == things.theme.url


@door
def own_data(client: Client, scene: Scene, things: Things) -> bool:
    return shows(client.post("/mijn/gegevens/download/"), things.theme.title)


@door
def home(client: Client, scene: Scene, things: Things) -> bool:
    return shows(client.get("/"), things.theme.title)


@door
def cms_page(client: Client, scene: Scene, things: Things) -> bool:
    return shows(client.get(f"/cms/pages/{things.theme.pk}/edit/"), things.theme.slug)


@door
def cms_history(client: Client, scene: Scene, things: Things) -> bool:
    return client.get(f"/cms/pages/{things.theme.pk}/history/").status_code == 200


@door
def cms_explorer(client: Client, scene: Scene, things: Things) -> bool:
    parent = things.theme.get_parent()
    return shows(client.get(f"/cms/pages/{parent.pk}/"), things.theme.slug)


@door
def cms_file(client: Client, scene: Scene, things: Things) -> bool:
    return shows(client.get(f"/cms/documents/edit/{things.file.pk}/"), things.file.title)


@door
def colleague(client: Client, scene: Scene, things: Things) -> bool:
    return shows(client.get(f"/mensen/{scene.colleague.uuid}/"), scene.colleague.last_name)


@door
def listed_colleague(client: Client, scene: Scene, things: Things) -> bool:
    return shows(client.get("/mensen/"), scene.colleague.last_name)


@door
def followed_colleague(client: Client, scene: Scene, things: Things) -> bool:
    """Also by stopping to follow, which a person who is not found cannot be asked for."""
    address = f"/mijn/mens/{scene.colleague.uuid}/volg/"
    return (
        shows(client.get("/mijn/bewaard/"), scene.colleague.last_name)
        and client.post(address).status_code == 302
    )


@door
def organisation(client: Client, scene: Scene, things: Things) -> bool:
    return shows(client.get("/organisatie/"), scene.colleague.last_name)


@door
def invitation(client: Client, scene: Scene, things: Things) -> bool:
    return shows(client.get(f"/uitnodiging/{scene.secret}/"), scene.invitation.email)
