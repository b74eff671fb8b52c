"""Verbs of invitations in bulk: read a file, send what can be sent, throw it away."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django_tasks import task

from kpo import jobs
from kpo.audit.log import record
from kpo.people.actions.invitations import invite
from kpo.people.actions.rights import acting, require
from kpo.people.invitation_file import read
from kpo.people.invitation_lines import judged
from kpo.people.models import InvitationLine, InvitationList, Organisation, User
from kpo.people.permissions import can_manage_organisation

NOT_YOURS = "Je beheert deze organisatie niet meer."
SENT = "Uitnodiging verstuurd."
Line = InvitationLine.State
Whole = InvitationList.State
# What is sent; the rest is told why not.
TO_SEND = (Line.READY, Line.AGAIN)


@transaction.atomic
def read_list(*, actor: User, organisation: Organisation, content: bytes) -> InvitationList:
    """Keep the lines of a file with what will happen to each; nothing is sent yet.

    Raises ValidationError for a file that cannot be read.
    """
    require(can_manage_organisation(acting(actor), organisation))
    lines = judged(read(content), organisation)
    made = InvitationList.objects.create(made_by=actor, organisation=organisation)
    for line in lines:
        line.list = made
    InvitationLine.objects.bulk_create(lines)
    record("people.read_invitation_list", actor=actor, obj=made, details={"lines": len(lines)})
    return made


@transaction.atomic
def send_list(*, actor: User, made: InvitationList) -> None:
    """Let the worker invite everyone on the list who can be; a second time does nothing."""
    made = InvitationList.objects.select_for_update(of=("self",)).get(pk=made.pk)
    require(made.made_by_id == actor.pk)
    require(can_manage_organisation(acting(actor), made.organisation))
    if made.state != Whole.READ:
        return
    made.state = Whole.SENDING
    made.save(update_fields=["state"])
    record("people.send_invitation_list", actor=actor, obj=made)
    send_lines.enqueue(uuid=str(made.uuid))


@transaction.atomic
def discard_list(*, actor: User, made: InvitationList) -> None:
    """Throw the lines away; what was sent stays sent."""
    require(made.made_by_id == actor.pk)
    if InvitationList.objects.filter(pk=made.pk).exclude(state=Whole.SENDING).delete()[0]:
        record("people.discard_invitation_list", actor=actor, obj=made)


@jobs.name("Mensen van een lijst uitnodigen")
@task()
def send_lines(*, uuid: str) -> None:
    """Each line in a transaction of its own, so that a job that is broken off goes on behind it."""
    made = (
        InvitationList.objects.select_related("made_by", "organisation").filter(uuid=uuid).first()
    )
    if made is None:
        return
    for pk in list(made.lines.filter(state__in=TO_SEND).values_list("pk", flat=True)):
        with transaction.atomic():
            _send_line(made, pk)
    InvitationList.objects.filter(pk=made.pk, state=Whole.SENDING).update(state=Whole.DONE)


def _send_line(made: InvitationList, pk: int) -> None:
    line = made.lines.select_for_update().filter(pk=pk, state__in=TO_SEND).first()
    if line is None:
        return
    line.state, line.told = _outcome(made, line)
    line.save(update_fields=["state", "told"])


def _outcome(made: InvitationList, line: InvitationLine) -> tuple[InvitationLine.State, str]:
    """Rights and address are asked again: the file was read some time ago."""
    try:
        with transaction.atomic():
            invite(
                actor=made.made_by,
                email=line.email,
                organisation=made.organisation,
                first_name=line.first_name,
                last_name=line.last_name,
            )
    except PermissionDenied:
        return Line.FAILED, NOT_YOURS
    except ValidationError as refusal:
        return Line.FAILED, refusal.messages[0][:300]
    return Line.SENT, SENT
