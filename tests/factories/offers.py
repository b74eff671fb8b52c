"""Offers in the states that tests need, each reached by the verbs that people use."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from knowledgebank.models import Ambassador, Offer, OfferFile, Practice, ThemePage
from knowledgebank.offering.actions import consenting, drafting, handling
from knowledgebank.offering.stages import progress_of
from kpo.people import tokens
from kpo.people.models import User
from kpo.people.roles import Role
from tests.factories import files
from tests.factories.people import OrganisationFactory, UserFactory
from tests.factories.review import reviewer

STORY = {
    "title": "Keukentafel",
    "summary": "Een gesprek op tijd.",
    "what": "We gingen langs.\n\nEn nog eens.",
    "effort": "Twee mensen, een dag in de week.",
    "outcome": "Drie boeren bleven.",
}


def submitter(**fields: Any) -> User:
    organisation = OrganisationFactory(name="Gemeente Zutphen")
    return UserFactory(**({"organisation": organisation} | fields))


def ambassador(theme: ThemePage, **fields: Any) -> User:
    """Who guards this theme, without the CMS: a partner."""
    organisation = OrganisationFactory(name="RIEC Oost")
    person = UserFactory(**({"organisation": organisation, "roles": [Role.REVIEWER]} | fields))
    Ambassador.objects.create(theme=theme, person=person)
    return person


def draft(person: User, *, themes: Any = (), key: Any = None, **fields: Any) -> Offer:
    return drafting.save_draft(
        actor=person,
        key=key or uuid4(),
        fields=STORY | fields,
        themes=themes,
        seen=0,
        window=uuid4(),
    )


def sent(person: User, *, themes: Any = (), **fields: Any) -> Offer:
    offer = draft(person, themes=themes, **fields)
    drafting.send(actor=person, offer=offer)
    return fresh(offer)


def taken_in(
    person: User, actor: User, *, audience: str = tokens.ACCOUNTS, themes: Any = (), **fields: Any
) -> Offer:
    offer = sent(person, themes=themes, **fields)
    handling.take_in(actor=actor, offer=offer, audience=audience)
    return fresh(offer)


def asked(person: User, actor: User, **fields: Any) -> Offer:
    offer = taken_in(person, actor, **fields)
    handling.ask_consent(actor=actor, offer=offer)
    return fresh(offer)


def agreed(person: User, actor: User, **fields: Any) -> Offer:
    offer = asked(person, actor, **fields)
    agree(offer)
    return fresh(offer)


def agree(offer: Offer) -> None:
    offer = fresh(offer)
    consenting.agree(actor=offer.person, offer=offer, seen=progress_of(offer).mark)


def page_of(offer: Offer) -> Practice:
    found = fresh(offer).page
    assert found is not None
    return found


def edited(offer: Offer, summary: str = "Bewerkt.", by: User | None = None) -> Any:
    """A newer text of its page."""
    page: Any = page_of(offer).get_latest_revision_as_object()
    page.summary = summary
    page.save_revision(user=by)
    return page


def with_file(offer: Offer, **fields: Any) -> OfferFile:
    values = {"audience": tokens.NOBODY, "uploaded_by_user": offer.person} | fields
    return OfferFile.objects.create(offer=offer, document=files.document(**values))


def fresh(offer: Offer) -> Offer:
    """As the database has it now."""
    found: Offer = Offer.objects.get(pk=offer.pk)
    return found


def board_member(place: int = 0) -> User:
    return reviewer(place)
