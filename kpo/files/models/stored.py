"""What every stored file has, whether it is a document, an image or an attachment."""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction

from kpo.files.refusals import RefusedError
from kpo.files.states import SAFE_SCANS, SETTLED_EXTRACTIONS, ExtractionState, ScanState
from kpo.files.storage import claim
from kpo.people.fields import AudienceField


class StoredFile(models.Model):
    """
    Bytes that came in, with who may read them and what checking found.

    A subclass adds `file`, a field on `kpo.files.storage.blob_storage`, and `file_size` in bytes,
    which Wagtail's document and image have.
    """

    uuid = models.UUIDField("kenmerk", default=uuid.uuid4, unique=True, editable=False)
    audience = AudienceField()
    original_name = models.CharField(
        "bestandsnaam",
        max_length=255,
        editable=False,
        help_text="De naam waaronder lezers het bestand krijgen.",
    )
    media_type = models.CharField("soort bestand", max_length=100, editable=False)
    # Of the bytes as they are stored and served, after metadata was taken out.
    content_hash = models.CharField(max_length=64, db_index=True, editable=False)
    # Of the bytes as they came in, so that the same file is known again.
    source_hash = models.CharField(max_length=64, db_index=True, editable=False)
    scan_state = models.CharField(
        "virusscan",
        max_length=10,
        choices=ScanState,
        default=ScanState.WAITING,
        db_default=ScanState.WAITING,
        editable=False,
    )
    extraction_state = models.CharField(
        "tekst",
        max_length=10,
        choices=ExtractionState,
        default=ExtractionState.WAITING,
        db_default=ExtractionState.WAITING,
        editable=False,
    )
    state_note = models.CharField(
        "toelichting",
        max_length=300,
        blank=True,
        editable=False,
        help_text="Waarom het bestand nog niet te openen is.",
    )
    is_held = models.BooleanField("vastgehouden", default=False, db_default=False, editable=False)

    # Wagtail's own field by another reverse name: its models, unused, keep theirs.
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="uploaded_%(class)ss",
        verbose_name="toegevoegd door",
    )
    setattr(uploaded_by_user, "wagtail_reference_index_ignore", True)  # noqa: B010  unknown to types

    if TYPE_CHECKING:
        # What a subclass brings along.
        file: Any
        file_size: int | None
        file_hash: str
        title: str
        created_at: datetime

    # Set while new bytes were put in and the row was not saved yet; see kpo.files.receivers.
    has_new_bytes = False
    # An operator who imports a file has looked at it; without a scanner that is a release.
    is_operator_import = False

    class Meta:
        abstract = True

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises RefusedError when new bytes were erased before a row could refer to them."""
        if self.has_new_bytes and not claim(self.file.name):
            raise RefusedError("Het bestand is net opgeruimd. Voeg het nog eens toe.")
        super().save(*args, **kwargs)

    @property
    def is_available(self) -> bool:
        """The predicate of `StoredFileQuerySet.available`."""
        return (
            self.scan_state in SAFE_SCANS
            and self.extraction_state in SETTLED_EXTRACTIONS
            and not self.is_held
        )

    @property
    def size(self) -> int:
        """In bytes."""
        return self.file_size or 0

    @property
    def extension(self) -> str:
        """Lower case, without the dot."""
        return self.original_name.rpartition(".")[2].lower()
