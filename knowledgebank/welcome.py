"""The one mail after the first visit: what to read first of the themes somebody chose.

Made when it is sent, from what the reader may read then and others may read along.
"""

from __future__ import annotations

from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django_tasks import task

from knowledgebank.models import KnowledgePage, ThemePage
from kpo import jobs
from kpo.people import mail, refusals
from kpo.people.addresses import absolute, link
from kpo.people.models import User
from kpo.people.reader import Reader, reader_of_user

SUBJECT = "Welkom bij KPO: hier kun je beginnen"
MOST_THEMES, MOST_PAGES = 6, 3


@jobs.name("Een nieuwe lezer mailen waar die kan beginnen")
@task()
def mail_welcome(*, person: int) -> None:
    found = User.objects.active().with_standing().filter(pk=person).first()
    reader = reader_of_user(found)
    if reader.person is None or refusals.is_stopped(reader.person.email):
        return
    mail.send(welcome(reader, reader.person))


def welcome(reader: Reader, person: User) -> EmailMultiAlternatives:
    words = {
        "subject": SUBJECT,
        "first_name": person.first_name,
        "home": absolute("/"),
        "preferences": link("inbox:preferences"),
        "themes": [_theme(reader.outside, theme) for theme in _followed(reader.outside, person)],
    }
    text = render_to_string("knowledgebank/mail/welcome.txt", mail.plain(words))
    message = EmailMultiAlternatives(
        SUBJECT,
        text.strip() + "\n",
        to=[person.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
    html = render_to_string("knowledgebank/mail/welcome.html", words)
    message.attach_alternative(html, "text/html")
    return message


def _followed(reader: Reader, person: User) -> list[Any]:
    themes = ThemePage.objects.visible_to(reader).current().filter(follows__person=person)
    return list(themes.order_by("title").as_listed()[:MOST_THEMES])


def _theme(reader: Reader, theme: Any) -> dict[str, Any]:
    """Title and address of a theme, and of what is newest about it."""
    pages = KnowledgePage.objects.visible_to(reader).current().about(theme)
    newest = pages.as_listed().newest_first()[:MOST_PAGES]
    return _named(theme) | {"pages": [_named(page) for page in newest]}


def _named(page: Any) -> dict[str, Any]:
    return {"title": " ".join(page.title.split()), "url": absolute(page.url or "/")}
