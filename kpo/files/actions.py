"""Taking files in, and changing who may read them or whether they are let through."""

import re
from typing import IO, Any, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from kpo import job_failures
from kpo.audit.log import record
from kpo.casedata.guard import check_text, explanation, find_case_data
from kpo.files import jobs
from kpo.files.intake import Intake, examine
from kpo.files.kinds import Family
from kpo.files.models import Document, Image, StoredFile
from kpo.files.permissions import (
    can_give_audience,
    can_release,
    can_release_file,
    can_see_jobs,
    can_work_on_file,
)
from kpo.files.refusals import RefusedError
from kpo.files.signals import file_refused
from kpo.files.states import ExtractionState, ScanState
from kpo.files.storage import sha256_of
from kpo.people.models import User
from kpo.people.reader import reader_for

F = TypeVar("F", bound=StoredFile)
OTHER_BYTES = "Dit bestand is vervangen terwijl je keek. Ga na wat het nu is en kies opnieuw."


def store_document(
    *,
    actor: User | None,
    upload: IO[bytes],
    name: str,
    audience: str,
    title: str = "",
    owner: User | None = None,
) -> Document:
    """
    Take in a document, video or captions; its text is read by a job.

    `actor` None is an operator at the console, whose import is a release; `owner` is then who it
    belongs to. Raises RefusedError with the reason, PermissionDenied for a foreign audience.
    """
    with examine(upload, name) as intake:
        document = document_from(intake, audience=audience, owner=actor or owner, title=title)
        return _save(actor=actor, file=document)


def document_from(
    intake: Intake, *, audience: str, owner: User | None, title: str = ""
) -> Document:
    """A document with the examined bytes, not saved yet. Raises RefusedError for an image."""
    document = Document(title=title, audience=audience, uploaded_by_user=owner)
    put_bytes(document, intake)
    return document


def save_import(document: Document) -> Document:
    """Keep what an operator takes in at the console; that is a release."""
    return _save(actor=None, file=document)


def store_image(
    *,
    actor: User | None,
    upload: IO[bytes],
    name: str,
    audience: str,
    title: str = "",
    description: str = "",
) -> Image:
    """Take in an image, drawn anew without metadata. Raises as `store_document` does."""
    image = Image(title=title, audience=audience, description=description, uploaded_by_user=actor)
    with examine(upload, name) as intake:
        put_bytes(image, intake)
        return _save(actor=actor, file=image)


@transaction.atomic
def _save(*, actor: User | None, file: F) -> F:
    if actor is not None and not can_give_audience(reader_for(actor), file.audience):
        raise PermissionDenied
    file.is_operator_import = actor is None
    file.save()
    return file


def put_bytes(file: StoredFile, intake: Intake) -> None:
    """
    Give a file, new or known, the bytes that were examined; saving it starts the checks.

    Raises RefusedError when they are of the wrong sort, or when the name holds case data.
    """
    is_image = intake.kind.family is Family.IMAGE
    if is_image != isinstance(file, Image):
        place = "de beelden" if is_image else "de bestanden"
        raise RefusedError(f"Dit is {intake.kind.word}. Voeg het toe bij {place}.")
    _refuse_case_data(_words_of(intake.name), where="de bestandsnaam")
    # It travels with the file, also where an editor gives another title.
    _refuse_case_data(intake.title or "", where="de titel in de eigenschappen van het bestand")
    with intake.path.open("rb") as cleaned:
        file.file = file.file.field.storage.save(None, File(cleaned))
        file.content_hash = sha256_of(cleaned)
    file.file_size = intake.path.stat().st_size
    file.file_hash = file.content_hash[:40]
    file.source_hash = intake.source_hash
    file.original_name = intake.name
    file.media_type = intake.kind.media_type
    if not file.title or file.title == name_as_title(intake.name):
        file.title = title_of(intake)[:255]
    file.has_new_bytes = True


def _refuse_case_data(text: str, *, where: str) -> None:
    findings = find_case_data(text)
    if findings:
        raise RefusedError(explanation(findings, where=where))


# What stands between the words of a file name where a sentence would have a blank.
_JOINTS = re.compile(r"[-_.+()\[\],;]+|(?<=[A-Za-z])(?=\d{9}(?!\d))")


def _words_of(name: str) -> str:
    """A file name in the two ways in which a number can stand in it: as given, and as words."""
    return f"{name.replace('_', ' ')}\n{_JOINTS.sub(' ', name)}"


def title_of(intake: Intake) -> str:
    """The title in the metadata, unless a program made it up; else the name without extension."""
    title = " ".join((intake.title or "").split())
    if title and not _is_made_up(title):
        return title
    return name_as_title(intake.name)


def name_as_title(name: str) -> str:
    """What a file name says, without its extension."""
    return " ".join(name.rpartition(".")[0].replace("_", " ").split())


_MADE_UP = (
    *("untitled", "naamloos", "geen titel", "no title", "document", "presentatie", "presentation"),
    *("powerpoint", "slide 1", "dia 1", "microsoft word - ", "microsoft powerpoint - ", "werkmap"),
)


def _is_made_up(title: str) -> bool:
    lowered = title.lower()
    is_file_name = "." in title and title.rpartition(".")[2].lower() in {
        "doc",
        "docx",
        "pdf",
        "odt",
    }
    return is_file_name or any(
        lowered == known or (known.endswith(" - ") and lowered.startswith(known))
        for known in _MADE_UP
    )


# --- Later ---------------------------------------------------------------------------------------
@transaction.atomic
def change_audience(*, actor: User, file: StoredFile, audience: str) -> None:
    """Let others read a file, or fewer; it takes effect with this transaction."""
    reader = reader_for(actor)
    if not can_work_on_file(reader, file) or not can_give_audience(reader, audience):
        raise PermissionDenied
    before, file.audience = file.audience, audience
    file.save(update_fields=["audience"])
    record(
        "files.change_audience",
        actor=actor,
        obj=file,
        details={"before": before, "after": audience},
    )


@transaction.atomic
def release_unscanned(*, actor: User, file: StoredFile, reason: str, seen: str) -> None:
    """An administrator takes it upon them that a file which no scanner saw is harmless.

    `seen` is the `mark_of_bytes` of what was decided on: other bytes since then are refused.
    """
    _settle_unscanned(actor, file, reason, ScanState.RELEASED, seen)
    record("files.release", actor=actor, obj=file, details={"reason": reason})
    jobs.begin(file)


@transaction.atomic
def refuse_unscanned(*, actor: User, file: StoredFile, reason: str, seen: str) -> None:
    """Keep a file shut for good that no scanner saw; who added it reads the reason."""
    _settle_unscanned(actor, file, reason, ScanState.REFUSED, seen)
    record("files.refuse", actor=actor, obj=file, details={"reason": reason})
    file_refused.send(sender=type(file), instance=file, actor=actor)


def mark_of_bytes(file: StoredFile) -> str:
    """Names the bytes of a file to who decides on them, and is no hash that is known elsewhere."""
    return salted_hmac("kpo.files.mark_of_bytes", file.content_hash).hexdigest()


def _settle_unscanned(
    actor: User, file: StoredFile, reason: str, state: ScanState, seen: str
) -> None:
    reader = reader_for(actor)
    if not can_release(reader):
        raise PermissionDenied
    # Of two administrators at once the first decides.
    model: Any = type(file)
    locked = model.objects.select_for_update(of=("self",)).get(pk=file.pk)
    file.scan_state = locked.scan_state
    if not can_release_file(reader, file):
        raise ValidationError("Dit bestand wacht niet op vrijgave.")
    if not constant_time_compare(mark_of_bytes(locked), seen):
        raise ValidationError(OTHER_BYTES, code="other_bytes")
    check_text(reason, where="de reden")
    file.scan_state = state
    file.state_note = reason[:300] if state == ScanState.REFUSED else ""
    file.save(update_fields=["scan_state", "state_note"])


@transaction.atomic
def read_again(*, actor: User, file: Document) -> None:
    """Try once more to read a file that could not be read."""
    if not can_work_on_file(reader_for(actor), file):
        raise PermissionDenied
    file.extraction_state = ExtractionState.WAITING
    file.state_note = ""
    file.save(update_fields=["extraction_state", "state_note"])
    record("files.read_again", actor=actor, obj=file)
    jobs.begin(file)


@transaction.atomic
def retry_job(*, actor: User, job_id: int) -> str | None:
    """Queue a failed job once more; the label of its task, None if it had not failed."""
    if not can_see_jobs(reader_for(actor)):
        raise PermissionDenied
    label = job_failures.retry(job_id)
    if label:
        record("jobs.retry", actor=actor, details={"job": job_id, "task": label})
    return label


@transaction.atomic
def remove(*, actor: User | None, file: StoredFile) -> None:
    """Delete the row; its bytes go with the last row that has them."""
    record("files.remove", actor=actor, obj=file)
    file.delete()
