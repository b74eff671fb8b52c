"""What people of the demo offered from their practice, in every state, by the verbs people use."""

from __future__ import annotations

import io
from typing import Any
from uuid import NAMESPACE_URL, uuid4, uuid5

from django.db import transaction

from knowledgebank.demo.ground import Ground
from knowledgebank.models import Offer, ReviewItem, ThemePage, Verdict
from knowledgebank.offering.actions import consenting, drafting, handling
from knowledgebank.offering.stages import progress_of
from knowledgebank.review.actions.appraisals import Given, appraise
from knowledgebank.review.content import fingerprint_of
from kpo.people import tokens
from kpo.people.models import User

TAKEN_IN = ("taken_in", "asked", "agreed", "published")
ASKED = TAKEN_IN[1:]
AGREED = TAKEN_IN[2:]
SCORE = Given(4, "Herkenbaar, en een ander kan het zo overdoen.")


def plant_offers(ground: Ground) -> None:
    """Each once: one that was offered before is left alone."""
    for facts in ground.content.offers:
        key = uuid5(NAMESPACE_URL, f"kpo-demo/offer/{facts['title']}")
        if not Offer.objects.filter(uuid=key).exists():
            with transaction.atomic():
                _plant(ground, facts, key)


def _plant(ground: Ground, facts: dict[str, Any], key: Any) -> None:
    person, until = ground.people[facts["by"]], facts["until"]
    offer = drafting.save_draft(
        actor=person,
        key=key,
        fields={name: facts[name] for name in drafting.WRITTEN if name in facts},
        themes=ThemePage.objects.filter(slug__in=facts.get("themes", [])),
        seen=0,
        window=uuid4(),
    )
    if "file" in facts:
        content = io.BytesIO(facts["file_text"].encode())
        drafting.add_file(actor=person, offer=offer, upload=content, name=facts["file"])
    if until == "draft":
        return
    drafting.send(actor=person, offer=offer)
    offer.refresh_from_db()
    if "handled_by" in facts:
        _handle(ground, offer, facts)
    if until == "withdrawn":
        drafting.withdraw(actor=person, offer=offer)


def _handle(ground: Ground, offer: Offer, facts: dict[str, Any]) -> None:
    actor, until = ground.people[facts["handled_by"]], facts["until"]
    turns = iter(facts.get("talk", []))
    for question, answer in zip(turns, turns, strict=True):
        handling.ask_back(actor=actor, offer=offer, text=question)
        drafting.write_back(actor=offer.person, offer=offer, text=answer)
    if until == "declined":
        handling.decline(actor=actor, offer=offer, reason=facts["reason"])
    if until in TAKEN_IN:
        handling.take_in(actor=actor, offer=offer, audience=tokens.ACCOUNTS)
        _edit(ground, offer, facts)
    if until in ASKED:
        handling.ask_consent(actor=actor, offer=_fresh(offer))
    if until in AGREED:
        fresh = _fresh(offer)
        consenting.agree(actor=fresh.person, offer=fresh, seen=progress_of(fresh).mark)
    for address in facts.get("votes", []):
        _vote(ground.people[address], offer)


def _fresh(offer: Offer) -> Offer:
    """Without what it remembers of its page."""
    found: Offer = Offer.objects.get(pk=offer.pk)
    return found


def _edit(ground: Ground, offer: Offer, facts: dict[str, Any]) -> None:
    page = _fresh(offer).page
    if page is not None and "edited_summary" in facts:
        page.summary = facts["edited_summary"]
        page.save_revision(user=ground.editor)


def _vote(person: User, offer: Offer) -> None:
    item = ReviewItem.objects.open().filter(page=_fresh(offer).page).first()
    if item is None:
        # Practices need no review on this site: it was published with the consent.
        return
    criteria = item.task.specific.method.current.criteria.all()
    appraise(
        actor=person,
        item=item,
        seen=fingerprint_of(item.revision),
        verdict=Verdict.APPROVE,
        scores=dict.fromkeys(criteria, SCORE),
        remark="",
    )
