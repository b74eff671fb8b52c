"""Which files exist for a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q
from wagtail.documents.models import DocumentQuerySet as WagtailDocumentQuerySet
from wagtail.images.models import ImageQuerySet as WagtailImageQuerySet

from kpo.files.states import SAFE_SCANS, SETTLED_EXTRACTIONS, ScanState
from kpo.people.querysets import AudienceQuerySet
from kpo.people.roles import Role
from kpo.people.tokens import NOBODY

if TYPE_CHECKING:
    from kpo.people.reader import Reader


class StoredFileQuerySet(AudienceQuerySet):
    def available(self) -> Self:
        """Checked, read and not held: what may be shown to whoever holds its audience."""
        return self.filter(
            scan_state__in=SAFE_SCANS, extraction_state__in=SETTLED_EXTRACTIONS, is_held=False
        )

    def unavailable(self) -> Self:
        """The others: whoever holds the audience cannot open them yet."""
        return self.exclude(pk__in=self.available().values("pk")).order_by("-created_at")

    def awaiting_release(self) -> Self:
        """What no scanner saw: an administrator has to let it through."""
        return self.filter(scan_state=ScanState.UNSCANNED)

    def visible_to(self, reader: Reader) -> Self:
        return super().visible_to(reader).available()

    def workable_by(self, reader: Reader) -> Self:
        """For the CMS: what this person holds, also while it waits, and own drafts for nobody."""
        held = Q(audience__in=reader.audiences)
        if reader.person is None:
            return self.filter(held)
        return self.filter(held | Q(audience=NOBODY, uploaded_by_user=reader.person))

    def releasable_by(self, reader: Reader) -> Self:
        """What this reader may let through unscanned, also where they may not open it."""
        return self.awaiting_release() if reader.has_role(Role.ADMINISTRATOR) else self.none()


class DocumentQuerySet(StoredFileQuerySet, WagtailDocumentQuerySet):
    pass


class ImageQuerySet(StoredFileQuerySet, WagtailImageQuerySet):
    pass
