"""The form of a pin: questions and addresses, each on a line of its own."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import urlsplit
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Site

from kpo.pages.models import ReadablePage
from kpo.people.models import User
from kpo.people.reader import cms_reader
from search.permissions import can_pin
from search.pinned import Pin
from search.sources import sources_for

LONGEST_ADDRESS = 500
ROWS = 4


class LinesField(forms.CharField):
    """A list with one thing on each line; `most` of them."""

    widget = forms.Textarea

    def __init__(self, *, most: int, length: int, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": ROWS}), **kwargs)
        self.most, self.length = most, length

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        lines = [" ".join(line.split()) for line in super().clean(value).splitlines()]
        found = list(dict.fromkeys(filter(None, lines)))
        if len(found) > self.most:
            raise ValidationError(f"Dit zijn {len(found)} regels en {self.most} is het hoogste.")
        if any(len(line) > self.length for line in found):
            raise ValidationError(f"Een regel mag niet langer zijn dan {self.length} tekens.")
        return found


def _field(name: str, most: int, length: int) -> LinesField:
    field: Any = Pin._meta.get_field(name)
    return LinesField(
        most=most,
        length=length,
        label=str(field.verbose_name).capitalize(),
        help_text=field.help_text,
    )


class PinForm(WagtailAdminModelForm):
    """Of the pages only what this editor may edit can be chosen; all else is "not found"."""

    questions = _field("questions", Pin.MOST_QUESTIONS, 120)
    pages = _field("pages", Pin.MOST_PAGES, LONGEST_ADDRESS)

    class Meta:
        model = Pin
        fields: ClassVar = ["questions", "pages", "until", "note"]
        widgets: ClassVar = {"until": AdminDateInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["pages"] = addresses_of(self.instance.pages)

    def clean_pages(self) -> list[UUID]:
        found = {line: page_at(self.for_user, line) for line in self.cleaned_data["pages"]}
        if unknown := [line for line, page in found.items() if page is None]:
            raise ValidationError(
                "Deze pagina's vinden we niet, of je mag ze niet bewerken: " + ", ".join(unknown)
            )
        return list(dict.fromkeys(page.uuid for page in found.values() if page))


def addresses_of(pages: list[UUID]) -> list[str]:
    """Where these pages stand, in order; those that are gone left out."""
    found = ReadablePage.objects.in_bulk(pages, field_name="uuid")
    return [found[page].url or "" for page in pages if page in found]


def page_at(user: User, address: str) -> ReadablePage | None:
    """The page at an address of this site, if it can be found at all and this user may pin it."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    path = urlsplit(address if "//" in address else f"//site/{address.lstrip('/')}").path
    if site is None or not path.strip("/"):
        return None
    below = f"{site.root_page.url_path.rstrip('/')}/{path.strip('/')}/"
    held = ReadablePage.objects.workable_by(cms_reader(user))
    page = held.filter(url_path=below).specific().first()
    return page if page and sources_for(page) and can_pin(user, page) else None
