"""Mails about accounts: written in the request, queued in its transaction, sent by a job.

Until then the text waits sealed: it may hold a link that opens an account, and the queue's table
is no place for keys. Once sent, the job forgets it.

A mail is one text template. Its first line is the subject, after "Onderwerp: "; a paragraph of
the form "Words: https://..." becomes a button in the HTML that is made from the same text.
"""

import json
import re
from smtplib import SMTPRecipientsRefused
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django_tasks import task

from kpo import jobs
from kpo.people import bounces, envelopes, refusals
from kpo.people.addresses import absolute
from kpo.people.sealing import SealBrokenError, seal, unseal

SUBJECT = "Onderwerp: "
ACTION = re.compile(r"(?P<label>[^:\n]+): (?P<url>https?://\S+)")


def post(template: str, to: str, context: dict[str, Any] | None = None) -> None:
    """Queue the mail `<template>.txt` for one address."""
    words = {"home": absolute("/"), "email": to} | (context or {})
    lines = render_to_string(f"{template}.txt", plain(words))
    head, _, body = lines.strip().partition("\n")
    subject = head.removeprefix(SUBJECT).strip()
    written = {"subject": subject, "text": body.strip() + "\n", "html": as_html(subject, body)}
    deliver.enqueue(to=to, sealed=seal("mail", json.dumps(written)))


def plain(words: dict[str, Any]) -> dict[str, Any]:
    """The same words for a text, where `&` is no `&amp;`; line breaks could forge a heading."""
    return {
        key: one_line(value) if isinstance(value, str) else value for key, value in words.items()
    }


def one_line(text: str) -> SafeString:
    return SafeString(" ".join(text.split()))


def as_html(subject: str, body: str) -> str:
    """The text as one column of paragraphs, escaped, with its actions as buttons."""
    blocks = [" ".join(block.split()) for block in re.split(r"\n\s*\n", body.strip())]
    words = {"subject": subject, "home": absolute("/"), "parts": [as_part(b) for b in blocks]}
    return render_to_string("people/mail/message.html", words)


def as_part(block: str) -> dict[str, str]:
    """A paragraph, or a button if it is a link to this very site."""
    action = ACTION.fullmatch(block)
    if action is not None and action["url"].startswith(absolute("/")):
        return action.groupdict()
    return {"text": block}


def forget(address: str) -> None:
    """Take mails to this address out of the queue, sent or not: they hold its owner's data."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE args->>'task' = %s "
            "AND args->'kwargs'->>'to' = %s AND status <> 'doing'",
            [deliver.module_path, address],
        )


@jobs.forgetful
@jobs.name("Mail over een account versturen")
@task()
def deliver(*, to: str, sealed: str) -> None:
    try:
        written = json.loads(unseal("mail", sealed))
    except SealBrokenError:
        raise jobs.FinalJobError("Deze mail is verzegeld met een sleutel van vroeger.") from None
    message = EmailMultiAlternatives(written["subject"], written["text"], to=[to])
    message.attach_alternative(written["html"], "text/html")
    if not send(message):
        raise jobs.FinalJobError("De mailserver weigert dit adres.")


def send(message: EmailMultiAlternatives) -> bool:
    """Hand a mail for one person to the mail server; False where the address is refused for good.

    Raises what the server raises where trying again may help.
    """
    (address,) = message.to
    key = envelopes.address(message)
    try:
        message.send()
    except SMTPRecipientsRefused as error:
        code = error.recipients[address][0]
        if code < refusals.FINAL:
            raise
        refusals.note(address, code)
        return False
    if key is None:
        refusals.forget(address)
    else:
        bounces.note_sent(key, address)
    return True
