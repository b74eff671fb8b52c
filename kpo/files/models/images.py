"""Images and the sizes made of them; both are served by a view that checks the reader."""

import structlog
from django.db import models
from django.urls import reverse
from taggit.managers import TaggableManager
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Filter,
    SourceImageIOError,
    WagtailImageField,
)
from wagtail.search import index

from kpo.files.models.stored import StoredFile
from kpo.files.querysets import ImageQuerySet
from kpo.files.states import ExtractionState
from kpo.files.storage import blob_storage

NOT_FOUND = "niet-gevonden"

log = structlog.get_logger(__name__)


class Image(StoredFile, AbstractImage):  # type: ignore[django-manager-missing]  # see Rendition
    file = WagtailImageField(
        verbose_name="bestand",
        upload_to="",
        storage=blob_storage,
        width_field="width",
        height_field="height",
    )
    tags = TaggableManager(
        blank=True, help_text=None, related_name="tagged_images", verbose_name="trefwoorden"
    )

    admin_form_fields = (
        "title",
        "file",
        "description",
        "audience",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    objects = ImageQuerySet.as_manager()

    search_fields = [*AbstractImage.search_fields, index.FilterField("audience")]

    class Meta(AbstractImage.Meta):
        verbose_name = "beeld"
        verbose_name_plural = "beelden"
        permissions = [("choose_image", "Mag een beeld kiezen")]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if self._state.adding:
            self.extraction_state = ExtractionState.NOT_NEEDED

    def _set_image_file_metadata(self) -> None:
        """Size and hash were set with the bytes; Wagtail would leave the file open."""

    def create_rendition(self, filter: Filter) -> "Rendition":  # noqa: A002  Wagtail's signature
        """Wagtail's own leaves the temporary file open until it is collected."""
        if not self.file.storage.exists(self.file.name):
            # Wagtail shows a broken image in its place, and nobody would be told.
            log.error("files.bytes_missing", name=self.file.name)
            raise SourceImageIOError(self.file.name)
        drawn = self.generate_rendition_file(filter)
        try:
            rendition, _ = self.renditions.get_or_create(
                filter_spec=filter.spec,
                focal_point_key=filter.get_cache_key(self),
                defaults={"file": drawn},
            )
        finally:
            drawn.close()
        return rendition

    @property
    def filename(self) -> str:
        return self.original_name

    @property
    def default_alt_text(self) -> str:
        # A title is often a file name, which is no description; without one the image is silent.
        return self.description


class Rendition(AbstractRendition):
    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="rendition_once"
            )
        ]

    @property
    def url(self) -> str:
        # Without the bytes of its image a rendition has no size; it still needs an address.
        size = self.filter_spec or NOT_FOUND
        return reverse("files:image", args=[self.image.uuid, size, self.image.original_name])
