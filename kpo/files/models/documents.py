"""Documents and videos, and the text that was read from them."""

from django.db import models
from django.urls import reverse
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument
from wagtail.search import index

from kpo.files.models.stored import StoredFile
from kpo.files.querysets import DocumentQuerySet
from kpo.files.storage import blob_storage

PDF = "application/pdf"
CAPTIONS = "text/vtt"


class Document(StoredFile, AbstractDocument):  # type: ignore[django-manager-missing]  # upper floor
    file = models.FileField("bestand", upload_to="", storage=blob_storage)
    preview = models.FileField(
        "voorbeeld van de eerste pagina",
        upload_to="",
        storage=blob_storage,
        blank=True,
        editable=False,
    )
    page_count = models.PositiveIntegerField(
        "aantal pagina's", null=True, editable=False, help_text="Alleen van een pdf."
    )
    captions = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="captioned",
        limit_choices_to={"media_type": CAPTIONS},
        verbose_name="ondertiteling",
        help_text="Bij een video: het VTT-bestand met de ondertiteling.",
    )
    tags = TaggableManager(
        blank=True, help_text=None, related_name="tagged_documents", verbose_name="trefwoorden"
    )

    admin_form_fields = ("title", "file", "audience", "captions", "collection", "tags")

    objects = DocumentQuerySet.as_manager()

    search_fields = [*AbstractDocument.search_fields, index.FilterField("audience")]

    class Meta(AbstractDocument.Meta):
        verbose_name = "bestand"
        verbose_name_plural = "bestanden"
        permissions = [("choose_document", "Mag een bestand kiezen")]

    @property
    def filename(self) -> str:
        return self.original_name

    @property
    def content_type(self) -> str:
        return self.media_type

    @property
    def url(self) -> str:
        return reverse("files:serve", args=[self.uuid, self.original_name])

    def _set_document_file_metadata(self) -> None:
        """Size and hash were set with the bytes; Wagtail would leave the file open."""

    def get_absolute_url(self) -> str:
        return self.url

    @property
    def preview_url(self) -> str | None:
        """Address of a picture of the first page; only a PDF has one."""
        return reverse("files:preview", args=[self.uuid]) if self.preview else None

    @property
    def is_paged(self) -> bool:
        """Whether its pages have numbers that a reader sees, as in a PDF."""
        return self.media_type == PDF

    @property
    def is_video(self) -> bool:
        return self.media_type.startswith("video/")


class FilePage(models.Model):
    """
    A page of a PDF, or a section of another document, as text.

    `number` counts from 1. Only sections carry a heading and an anchor; the page numbers of a
    PDF are what `#page=` wants.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    heading = models.CharField(max_length=255, blank=True)
    anchor = models.CharField(max_length=100, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="file_page_number_once"),
            models.CheckConstraint(
                condition=models.Q(number__gte=1), name="file_page_number_from_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}, pagina {self.number}"
