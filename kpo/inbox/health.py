"""The lines of the inbox on the operations page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone

from kpo.design.dutch import number
from kpo.inbox.mailing import mail_digest, mail_line
from kpo.operations.lines import Line, register
from kpo.people.bounces import Outcome, count_unopened
from kpo.people.models import MailRefusal, ReturnedMail

_MAILS = """
SELECT count(*) FILTER (WHERE status <> 'failed'), count(*) FILTER (WHERE status = 'failed')
FROM procrastinate_jobs
WHERE args->>'task' = ANY(%s) AND status IN ('todo', 'doing', 'failed')
"""


def inbox_lines() -> Iterator[Line]:
    with connection.cursor() as cursor:
        cursor.execute(_MAILS, [[mail_line.module_path, mail_digest.module_path]])
        waiting, failed = cursor.fetchone()
    yield Line(
        "Mails met nieuws die wachten",
        f"{number(waiting)}, en {number(failed)} mislukt",
        "Kijk of de mailserver werkt (KPO_MAIL_URL). Probeer de mails daarna opnieuw bij "
        "‘Mislukte taken’."
        if failed
        else "",
        reverse("failed_jobs") if failed else "",
    )
    stopped = MailRefusal.objects.stopped().count()
    yield Line(
        "Adressen die mail weigeren",
        number(stopped),
        "Deze mensen krijgen geen mail met nieuws meer. Bij ‘Mensen’ staat het bij hun adres. "
        "Vraag om een ander adres."
        if stopped
        else "",
        reverse("mensen:index") if stopped else "",
    )
    if settings.KPO_BOUNCE_ADDRESS or settings.KPO_BOUNCE_FOLDER:
        yield returned_line()


def returned_line() -> Line:
    week = ReturnedMail.objects.filter(day__gt=timezone.localdate() - timedelta(days=7))
    counts = dict(week.order_by().values_list("outcome").annotate(Sum("count")))
    refused, foreign = counts.get(Outcome.REFUSED, 0), counts.get(Outcome.FOREIGN, 0)
    others = sum(counts.values()) - refused - foreign
    return Line(
        "Mail die terugkwam, in zeven dagen",
        f"{number(refused)} voorgoed geweigerd, {number(foreign)} nagemaakt of niet van ons, "
        f"{number(others)} anders",
        _about_folder() if settings.KPO_BOUNCE_FOLDER else "",
    )


def _about_folder() -> str:
    if not settings.KPO_BOUNCE_ADDRESS:
        return (
            "KPO_BOUNCE_FOLDER is gezet en KPO_BOUNCE_ADDRESS is leeg. KPO leest de map niet. "
            "Zet ook het adres."
        )
    unopened = count_unopened()
    if unopened is None:
        return (
            "De map met teruggekomen mail is niet te lezen. Kijk of KPO_BOUNCE_FOLDER klopt en of "
            "KPO er mag lezen en schrijven."
        )
    if unopened:
        return (
            "Berichten in de map met teruggekomen mail die niet te openen zijn: "
            f"{number(unopened)}. Laat ze bezorgen bij het account waaronder KPO draait, en "
            "geef dat wat er al ligt."
        )
    return ""


register("Postvak", inbox_lines, order=30)
