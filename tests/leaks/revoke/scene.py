"""What is lost: things of three audiences, and who else plays a part in losing them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from knowledgebank.agenda.actions import make_feed
from knowledgebank.models import (
    EventPage,
    KnowledgeDocument,
    Offer,
    OfferFile,
    Practice,
    PracticeFile,
    ThemePage,
)
from kpo.inbox.models import Bookmark, Follow
from kpo.people import tokens
from kpo.people.actions import invitations
from kpo.people.choices import ShownTo
from kpo.people.models import Circle, Invitation, User
from tests.factories.offers import with_file
from tests.factories.people import OrganisationFactory, UserFactory
from tests.leaks.world import World


@dataclass
class Things:
    """What of one audience is asked for."""

    theme: Any
    practice: Any
    document: Any
    event: Any
    file: Any
    image: Any
    file_text: str = ""

    @classmethod
    def of(cls, world: World, audience: str) -> Things:
        def first(model: type, among: list[Any]) -> Any:
            return next(one for one in among if isinstance(one, model) and one.audience == audience)

        file = first(object, world.documents)
        return cls(
            first(ThemePage, world.pages),
            first(Practice, world.pages),
            first(KnowledgeDocument, world.pages),
            first(EventPage, world.pages),
            file,
            first(object, world.images),
            file.pages.get(number=1).text.strip(),
        )


@dataclass
class Scene:
    """The data set, its things by audience, and who else plays a part."""

    world: World
    held: str
    circle_id: int
    things: dict[str, Things]
    colleague: User
    invitation: Invitation
    secret: str
    # Of everybody with an account, by person: the secret of the own agenda.
    feeds: dict[int, str]
    offer_file: OfferFile

    def person(self, name: str) -> User:
        person = self.world.personas[name].person
        assert person is not None
        return User.objects.get(pk=person.pk)

    @property
    def circle(self) -> Circle:
        return Circle.objects.get(pk=self.circle_id)

    @property
    def administrator(self) -> User:
        return self.person("administrator")

    @property
    def insider(self) -> User:
        """Who may change what the circle reads."""
        return self.person("editor")


def set_scene(world: World) -> Scene:
    """Let who edits and who judges into the circle; let everyone keep and follow what is asked."""
    held = world.circle.token
    audiences = (tokens.PUBLIC, tokens.PUBLIC_SECTOR, held)
    things = {audience: Things.of(world, audience) for audience in audiences}
    for name in ("editor", "board_member", "reviewer"):
        world.circle.grants.create(person=world.personas[name].person)
    for one in things.values():
        one.image.get_rendition("width-20")
    people = [one.person for one in world.personas.values() if one.person is not None]
    feeds = {person.pk: make_feed(actor=person) for person in people}
    for persona in world.personas.values():
        if persona.person is not None:
            for one in things.values():
                Bookmark.objects.get_or_create(person=persona.person, page=one.theme)
                Follow.objects.get_or_create(person=persona.person, page=one.theme)
    manager = world.personas["organisation_administrator"].person
    assert manager is not None
    colleague = UserFactory(
        email="collega@persona.example",
        organisation=manager.organisation,
        show_profile=ShownTo.PUBLIC_SECTOR,
        in_directory=True,
    )
    Follow.objects.create(person=world.personas["public_account"].person, subject=colleague)
    administrator = world.personas["administrator"].person
    assert administrator is not None
    secret = "geheim-van-de-proef"
    invitation = invitations.invite(
        actor=administrator, email="nieuw@persona.example", organisation=OrganisationFactory()
    )
    invitation.secret_digest = invitations.digest(secret)
    invitation.save(update_fields=["secret_digest"])
    row = _offered(things[held].practice)
    return Scene(world, held, world.circle.pk, things, colleague, invitation, secret, feeds, row)


def _offered(practice: Practice) -> OfferFile:
    """Let the practice before the board come of an offer, with a file that is for nobody yet."""
    person, now = UserFactory(), timezone.now()
    offer = Offer.objects.create(
        person=person,
        organisation=person.organisation,
        state=Offer.State.TAKEN_IN,
        title="Aangeboden",
        sent_at=now,
        decided_at=now,
    )
    Practice.objects.filter(pk=practice.pk).update(offer=offer)
    row = with_file(offer)
    text = Practice.objects.get(pk=practice.pk).get_latest_revision_as_object()
    text.files = [PracticeFile(document=row.document)]
    text.save_revision()
    return row
