"""The forms with which files come in through the CMS; both choosers and uploaders use these."""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.admin.forms.collections import BaseCollectionMemberForm
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from kpo.audit.log import record
from kpo.casedata.guard import check_text
from kpo.files.actions import put_bytes
from kpo.files.audience_choices import audience_choices
from kpo.files.intake import examine
from kpo.files.models import Document, StoredFile
from kpo.people import tokens
from kpo.people.reader import cms_reader

# What a job decides about a file; a form that was open meanwhile must not write it back.
_STATES = ("scan_state", "extraction_state", "state_note", "is_held")


class StoredFileForm(BaseCollectionMemberForm):
    """What our forms for documents and images share: the checks, and who may read."""

    instance: Any
    fields: dict[str, Any]

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.user = user
        self.audience_before = self.instance.audience
        if "file" in self.fields:
            self.fields["file"].help_text = ""
        if "audience" in self.fields:
            current = self.instance.audience if self.instance.pk else ""
            self.fields["audience"] = forms.ChoiceField(
                label="Wie mag dit lezen",
                choices=[("", "Maak een keuze"), *self._choices(current)],
                initial=current,
                error_messages={"required": "Kies wie dit mag lezen."},
                help_text="Kies de kleinste groep die er iets aan heeft.",
            )

    def _choices(self, current: str) -> list[tuple[str, str]]:
        if self.user is None or not self.user.is_authenticated:
            return []
        return audience_choices(cms_reader(self.user), current=current)

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        check_text(title, where="de titel")
        return title

    def clean_file(self) -> Any:
        """
        The name of the checked bytes in our storage, instead of the upload.

        Bytes of a form that is refused for another reason stay loose and are swept at night.
        """
        upload = self.cleaned_data["file"]
        if "file" not in self.changed_data or not upload:
            return upload
        with examine(upload, upload.name) as intake:
            self.instance.title = self.cleaned_data.get("title", "")
            put_bytes(self.instance, intake)
        # The title in the metadata says more than a title made of the file's name.
        self.cleaned_data["title"] = self.instance.title
        return self.instance.file.name

    def save(self, commit: bool = True) -> StoredFile:
        if self.instance.pk and not self.instance.has_new_bytes:
            self.instance.refresh_from_db(fields=_STATES)
        is_moved = self.instance.pk is not None and "audience" in self.changed_data
        saved: StoredFile = super().save(commit=commit)
        if is_moved and commit:
            details = {"before": self.audience_before, "after": saved.audience}
            record("files.change_audience", actor=self.user, obj=saved, details=details)
        return saved


class DocumentForm(StoredFileForm, BaseDocumentForm):
    """Documents, videos and captions."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "captions" in self.fields:
            if self.instance.is_video:
                own = Document.objects.workable_by(cms_reader(self.user))
                self.fields["captions"].queryset = own.filter(media_type="text/vtt")
            else:
                del self.fields["captions"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        captions = cleaned.get("captions")
        audience = cleaned.get("audience", self.instance.audience)
        if captions and not tokens.may_stand_under(audience, captions.audience):
            self.add_error(
                "captions", "Niet iedereen die de video mag zien, mag deze ondertiteling lezen."
            )
        return cleaned


class ImageForm(StoredFileForm, BaseImageForm):
    """Images; the description is what someone hears who cannot see them."""

    def clean_description(self) -> str:
        description: str = self.cleaned_data["description"]
        check_text(description, where="de beschrijving")
        return description


class ReleaseForm(forms.Form):
    # Which bytes the form was opened on.
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    reason = forms.CharField(
        label="Waarom kan dit bestand door zonder virusscan, of juist niet?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Bijvoorbeeld: zelf gescand, of gemaakt door een collega die ik heb gesproken. "
        "Weiger je het, dan leest wie het toevoegde je reden.",
    )
