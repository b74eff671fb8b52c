"""The page form of the CMS: says why a page cannot be published before Wagtail tries."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm

from kpo.casedata.guard import check_page_text
from kpo.pages.audience_choices import audience_choices
from kpo.pages.signals import about_to_publish
from kpo.pages.text_guard import only_warnings, refusals
from kpo.pages.tree_guard import check_place, check_publishable
from kpo.people import tokens
from kpo.people.reader import cms_reader

REASON = "case_data_reason"


class ReadablePageForm(WagtailAdminPageForm):
    """Asks who may read a new page; afterwards the audience has a screen of its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[REASON] = forms.CharField(
            label="Waarom mag dit blijven staan?",
            help_text="Schrijf het nummer zelf hier niet op.",
            required=False,
            max_length=500,
            widget=forms.HiddenInput,
        )
        if "audience" in self.fields:
            self._offer_audiences()

    def _offer_audiences(self) -> None:
        if self.instance.pk:
            del self.fields["audience"]
            return
        self.fields["audience"] = forms.ChoiceField(
            label="Wie mag dit lezen",
            choices=[("", "Maak een keuze"), *audience_choices(cms_reader(self.for_user))],
            required=False,
            help_text=(
                "Kies de kleinste groep die er iets aan heeft. Zonder keuze kun je wel bewaren, "
                "maar niet publiceren."
            ),
        )

    def clean_audience(self) -> str:
        return self.cleaned_data["audience"] or tokens.NOBODY

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        audience = cleaned.get("audience", self.instance.audience)
        field = "audience" if "audience" in self.fields else None
        try:
            self._check_audience(audience)
        except ValidationError as refusal:
            self.add_error(field, refusal)
        return cleaned

    def _check_audience(self, audience: str) -> None:
        page = self.instance
        page.title = page.title or self.cleaned_data.get("title", "")
        check_place(page, audience, self.parent_page)
        if self.is_publishing:
            stored, page.audience = page.audience, audience
            try:
                check_publishable(page)
            finally:
                page.audience = stored

    @property
    def is_publishing(self) -> bool:
        return "action-publish" in self.data

    def is_valid(self) -> bool:
        """Also looks for case data, once the fields and the rows under them are known."""
        valid: bool = super().is_valid()
        if not (valid and self.is_publishing):
            return valid
        # Commits nothing: the page gets its values and rows as they would be published.
        page = self.save(commit=False)
        try:
            about_to_publish.send(sender=type(page), page=page)
        except ValidationError as refusal:
            self.add_error(None, refusal)
        found = check_page_text(page)
        for sentence in refusals(found, with_reason=bool(self.cleaned_data.get(REASON))):
            self.add_error(None, sentence)
        if only_warnings(found):
            self.fields[REASON].widget = forms.Textarea(attrs={"rows": 2})
        return not self.errors
