"""Starts the checks when new bytes were saved, whichever way they came in."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from wagtail.tasks import delete_file_from_storage_task

from kpo.audit.log import record
from kpo.files import jobs, scanning
from kpo.files.models import Document, Image, StoredFile
from kpo.files.signals import bytes_replaced
from kpo.files.states import ExtractionState, ScanState
from kpo.files.storage import BlobStorage


@receiver(pre_save, sender=Document)
@receiver(pre_save, sender=Image)
def reset_states(instance: StoredFile, **_: Any) -> None:
    """New bytes have not been looked at, whatever was said of the old ones."""
    if not instance.has_new_bytes:
        return
    instance.scan_state = first_scan_state(instance)
    instance.is_held = False
    instance.state_note = ""
    is_read = isinstance(instance, Document) and not instance.is_video
    instance.extraction_state = ExtractionState.WAITING if is_read else ExtractionState.NOT_NEEDED
    if isinstance(instance, Document):
        instance.preview = ""


def first_scan_state(file: StoredFile) -> ScanState:
    if scanning.is_configured():
        return ScanState.WAITING
    is_released = settings.KPO_RELEASE_UNSCANNED or file.is_operator_import
    return ScanState.RELEASED if is_released else ScanState.UNSCANNED


@receiver(post_save, sender=Document)
@receiver(post_save, sender=Image)
def begin_checks(instance: StoredFile, created: bool, **_: Any) -> None:
    if instance.has_new_bytes:
        instance.has_new_bytes = False
        action = "files.add" if created else "files.replace"
        details = {"audience": instance.audience, "scan": instance.scan_state}
        record(action, actor=instance.uploaded_by_user, obj=instance, details=details)
        jobs.begin(instance)
        if not created:
            bytes_replaced.send(sender=type(instance), instance=instance)


@receiver(post_delete, sender=Document)
def erase_preview(instance: Document, **_: Any) -> None:
    """Wagtail erases the file itself; the picture of its first page is ours."""
    if instance.preview:
        name, storage = instance.preview.name, BlobStorage().deconstruct()
        transaction.on_commit(lambda: delete_file_from_storage_task.enqueue(storage, name))
