"""The lines of the inbox on the operations page."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from django.urls import reverse

from kpo.design.dutch import number
from kpo.inbox.mailing import mail_digest, mail_line
from kpo.operations.lines import Line, register
from kpo.people.models import MailRefusal

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


register("Postvak", inbox_lines, order=30)
