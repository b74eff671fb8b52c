"""Lines that their reader may not see any more: filtered out at once, and removed by these jobs."""

from __future__ import annotations

from django_tasks import task

from kpo import jobs
from kpo.inbox.models import Follow, Mute, Notification
from kpo.items import type_named
from kpo.people.models import User
from kpo.people.reader import reader_for


@jobs.name("Berichten weghalen over iets dat iemand niet meer mag lezen")
@task()
def forget_about(*, item_uuid: str) -> None:
    """Remove what is in inboxes about one item, of who may not read it now."""
    rows = Notification.objects.filter(item_uuid=item_uuid)
    for name in rows.order_by().values_list("item_type", flat=True).distinct():
        of_type = type_named(name)
        item = of_type.find(item_uuid) if of_type is not None else None
        lost = rows.filter(item_type=name)
        if of_type is not None and item is not None:
            lost = lost.exclude(person__in=of_type.readers(item).values("pk"))
        lost.delete()


@jobs.periodic(cron="20 3 * * *")
@jobs.name("Berichten weghalen die iemand niet meer mag lezen")
@task()
def forget_what_was_lost() -> None:
    """The same for everyone and everything: who left a circle or a role lost many at once."""
    for model in (Notification, Mute):
        for person in User.objects.filter(pk__in=model.objects.order_by().values("person")):
            own = model.objects.of(person)
            own.exclude(pk__in=own.visible_to(reader_for(person)).values("pk")).delete()
    people = Follow.objects.filter(subject__isnull=False)
    for person in User.objects.filter(pk__in=people.order_by().values("person")):
        whom = people.of(person)
        whom.exclude(pk__in=whom.of_people(reader_for(person)).values("pk")).delete()
