"""Verbs of the agenda: make a link for one's own calendar, put it away."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from knowledgebank.agenda.feeds import PURPOSE
from knowledgebank.models import AgendaFeed
from kpo.audit import log as audit
from kpo.people.models import User
from kpo.people.models.invitation import digest, new_secret
from kpo.people.sealing import seal


@transaction.atomic
def make_feed(*, actor: User) -> str:
    """Give the actor a new link and return its secret; an earlier one stops working."""
    secret = new_secret()
    values = {
        "secret_digest": digest(secret),
        "sealed_secret": seal(PURPOSE, secret),
        "access_key": User.objects.values_list("access_key", flat=True).get(pk=actor.pk),
        "made_at": timezone.now(),
    }
    AgendaFeed.objects.update_or_create(person=actor, defaults=values)
    audit.record("knowledgebank.make_agenda_feed", actor=actor, obj=actor)
    return secret


@transaction.atomic
def withdraw_feed(*, actor: User) -> None:
    """Let the actor's link open nothing any more; nothing happens where there is none."""
    if AgendaFeed.objects.filter(person=actor).delete()[0]:
        audit.record("knowledgebank.withdraw_agenda_feed", actor=actor, obj=actor)
