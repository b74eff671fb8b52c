"""Which files exist for a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q
from wagtail.documents.models import DocumentQuerySet as WagtailDocumentQuerySet
from wagtail.images.models import ImageQuerySet as WagtailImageQuerySet

from kpo.files.states import SAFE_SCANS, SETTLED_EXTRACTIONS
from kpo.people.querysets import AudienceQuerySet

if TYPE_CHECKING:
    from kpo.people.reader import Reader


class StoredFileQuerySet(AudienceQuerySet):
    def available(self) -> Self:
        """Checked, read and not held: what may be shown to whoever holds its audience."""
        return self.filter(
            scan_state__in=SAFE_SCANS, extraction_state__in=SETTLED_EXTRACTIONS, is_held=False
        )

    def awaiting_release(self) -> Self:
        """What an administrator has to look at before anyone can open it."""
        return self.exclude(scan_state__in=SAFE_SCANS).exclude(scan_state="waiting")

    def visible_to(self, reader: Reader) -> Self:
        return super().visible_to(reader).available()

    def choosable_by(self, reader: Reader) -> Self:
        """For the CMS: what this person holds or uploaded, also while it waits or is held."""
        own = Q(uploaded_by_user=reader.person) if reader.person else Q(pk__in=[])
        return self.filter(Q(audience__in=reader.audiences) | own)


class DocumentQuerySet(StoredFileQuerySet, WagtailDocumentQuerySet):
    pass


class ImageQuerySet(StoredFileQuerySet, WagtailImageQuerySet):
    pass
