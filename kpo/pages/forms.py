"""The page form of the CMS: says why a page cannot be published before Wagtail tries."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm

from kpo.pages.audience_choices import audience_choices
from kpo.pages.permissions import cms_reader
from kpo.pages.tree_guard import check_place, check_publishable
from kpo.people import tokens


class ReadablePageForm(WagtailAdminPageForm):
    """Asks who may read a new page; afterwards the audience has a screen of its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "audience" not in self.fields:
            return
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
            self._check(audience)
        except ValidationError as refusal:
            self.add_error(field, refusal)
        return cleaned

    def _check(self, audience: str) -> None:
        page = self.instance
        page.title = page.title or self.cleaned_data.get("title", "")
        check_place(page, audience, self.parent_page)
        if "action-publish" in self.data:
            stored, page.audience = page.audience, audience
            try:
                check_publishable(page)
            finally:
                page.audience = stored
