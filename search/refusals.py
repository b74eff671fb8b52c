"""What says that the index is wrong, such as a hit that a reader may not read after all.

It is counted, logged, and told to administrators.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from django.db import DatabaseError, transaction
from django.db.models import F, Q, Sum
from django.utils import timezone
from django_tasks import task

from kpo import jobs
from kpo.people import mail
from kpo.people.addresses import link
from kpo.people.models import User
from kpo.people.roles import Role
from search import generations
from search.models import Refusal, State

TOLD_AT_MOST_EVERY = timedelta(hours=1)
KEPT = timedelta(days=30)

log = structlog.get_logger(__name__)


def note(keys: set[str]) -> None:
    """A refusal says that the index is behind or wrong. Never keeps the asker from an answer."""
    for key in sorted(keys):
        log.error("search.hit_refused", key=key)
    try:
        with transaction.atomic():
            _count(len(keys))
    except DatabaseError as error:
        log.warning("search.hit_refused_uncounted", reason=type(error).__name__)


def _count(number: int) -> None:
    now = timezone.now()
    generations.state()
    Refusal.objects.create(at=now, count=number)
    State.objects.filter(pk=1).update(refused_hits=F("refused_hits") + number, last_refused_at=now)
    long_ago = Q(told_at=None) | Q(told_at__lte=now - TOLD_AT_MOST_EVERY)
    if State.objects.filter(long_ago, pk=1).update(told_at=now):
        tell_administrators.enqueue()


@jobs.name("Beheerders vertellen dat de zoekindex niet klopt")
@task()
def tell_administrators() -> None:
    """A mail with a link: no title, and no count of what is closed."""
    for person in User.objects.active().with_role(Role.ADMINISTRATOR):
        mail.post("search/mail/hit_refused", person.email, {"link": link("operations")})


@jobs.name("Beheerders vertellen dat de zoekindex is hersteld")
@task()
def tell_of_repair() -> None:
    for person in User.objects.active().with_role(Role.ADMINISTRATOR):
        mail.post("search/mail/index_repaired", person.email, {"link": link("operations")})


def since(moment: datetime) -> int:
    """How many hits were refused from this moment on."""
    return Refusal.objects.filter(at__gte=moment).aggregate(all=Sum("count"))["all"] or 0


def forget_old() -> None:
    Refusal.objects.filter(at__lt=timezone.now() - KEPT).delete()
