"""What an address asks for. Whatever stands in it, there is a search or a clear sentence."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from kpo.casedata.forms import CaseDataFormMixin
from kpo.design.dutch import number
from search.addresses import NEWEST
from search.models import MissingReport
from search.presentation import FACETS, type_of, value_of
from search.records import SearchQuery

TEXT_LENGTH = 300
VALUE_LENGTH = 200
VALUES_PER_FACET = 40
# Further than anyone reads; the engine need not skip a billion hits to find that there are fewer.
LAST_PAGE = 1000
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
DATE_FORMATS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y")


class TextField(forms.CharField):
    """Words to look for, on one line, without what no keyboard types."""

    def to_python(self, value: Any) -> str:
        return " ".join(CONTROL.sub(" ", value or "").split())

    def validate(self, value: str) -> None:
        if len(value) > TEXT_LENGTH:
            raise ValidationError(
                f"Je vraag is {number(len(value))} tekens lang en {TEXT_LENGTH} is het hoogste. "
                "Houd de woorden over waar het om gaat."
            )


class ValuesField(forms.MultipleChoiceField):
    """The ticked values of a facet. Which exist for this reader is asked later, of the labels."""

    def to_python(self, value: Any) -> list[str]:
        values = dict.fromkeys(value or ())
        kept = [v for v in values if 0 < len(v) <= VALUE_LENGTH and not CONTROL.search(v)]
        return kept[:VALUES_PER_FACET]

    def validate(self, value: list[str]) -> None:
        """Nothing to refuse: an unknown value is left out."""


class DayField(forms.DateField):
    """An end of the period. The box of a date shows nothing else, so the sentence repeats it."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def to_python(self, value: Any) -> date | None:
        try:
            return super().to_python(value)
        except (ValidationError, ValueError) as error:
            sentence = f"‘{str(value)[:20]}’ is geen datum. Schrijf hem als 22-11-2026."
            raise ValidationError(sentence) from error


class SearchForm(forms.Form):
    """Reads an address; `wording` and `period_sentence` say what could not be used."""

    q = TextField(required=False)
    soort = forms.CharField(required=False)
    volgorde = forms.CharField(required=False)
    pagina = forms.CharField(required=False)
    van = DayField(label="Van", required=False, input_formats=DATE_FORMATS)
    tot = DayField(label="Tot en met", required=False, input_formats=DATE_FORMATS)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, auto_id="verfijn-%s")
        for facet in FACETS:
            self.fields[facet.parameter] = ValuesField(required=False)

    def clean(self) -> dict[str, Any]:
        since, until = self.cleaned_data.get("van"), self.cleaned_data.get("tot")
        if since and until and since > until:
            self.add_error("tot", "Deze dag ligt vóór de dag bij ‘Van’. Wissel ze om.")
        return self.cleaned_data

    @property
    def text_error(self) -> str:
        """Why there is no search to do; empty if there is."""
        return " ".join(map(str, self.errors.get("q", ())))

    @property
    def has_bad_period(self) -> bool:
        return bool({"van", "tot"} & set(self.errors))

    def query(self) -> SearchQuery:
        """The search that was asked for, as far as it can be read."""
        given = self.cleaned_data
        return SearchQuery(
            text=given.get("q", ""),
            type=type_of(given["soort"]),
            filters={name: values for name, values in self._asked().items() if values},
            sort="date" if given["volgorde"] == NEWEST else "relevance",
            page=page_number(given["pagina"]),
            since=None if self.has_bad_period else given["van"],
            until=None if self.has_bad_period else given["tot"],
        )

    def _asked(self) -> dict[str, tuple[str, ...]]:
        given = self.cleaned_data
        return {
            facet.name: tuple(value_of(facet.name, slug) for slug in given[facet.parameter])
            for facet in FACETS
        }

    def has_unknown_filter(self, query: SearchQuery) -> bool:
        """Whether the address names a type or value that is unknown, or closed to this reader."""
        asked = sum(len(values) for values in self._asked().values())
        kept = sum(len(values) for values in query.filters.values())
        return asked > kept or bool(self.cleaned_data["soort"] and query.type is None)


def page_number(text: str) -> int:
    """A page that may exist, whatever was typed."""
    digits = text if text.isascii() and text.isdigit() and len(text) <= len(str(LAST_PAGE)) else ""
    if text.isascii() and text.isdigit() and not digits:
        return LAST_PAGE
    return min(max(int(digits or 1), 1), LAST_PAGE)


class InsideForm(forms.Form):
    """What to look for inside one thing."""

    q = TextField(required=False)


class OrderForm(forms.Form):
    """Whose order to explain: of which question, and as which kind of reader."""

    vraag = TextField(
        label="Zoekvraag", required=False, help_text="Zoals iemand hem in het zoekvak typt."
    )
    als = forms.ChoiceField(
        label="Als",
        required=False,
        choices=[
            ("eigen", "jezelf"),
            ("account", "iemand met een account"),
            ("bezoeker", "iemand zonder account"),
        ],
        help_text="Je ziet nooit meer dan je zelf mag lezen.",
    )

    def clean_als(self) -> str:
        return self.cleaned_data["als"] or "eigen"


class MissingForm(CaseDataFormMixin, forms.Form):
    """What a reader looked for in vain."""

    text = forms.CharField(
        label="Wat zocht je?",
        max_length=TEXT_LENGTH,
        help_text="Noem geen namen, adressen of andere gegevens uit een onderzoek.",
    )
    theme = forms.ChoiceField(label="Bij welk thema hoort het?", required=False)
    remark = forms.CharField(
        label="Wat had je willen vinden?",
        max_length=MissingReport._meta.get_field("remark").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, themes: list[tuple[str, str]], **kwargs: Any) -> None:
        """`themes` are slug and title of those this reader may choose."""
        super().__init__(*args, **kwargs)
        choices = [("", "Ik weet het niet"), *themes]
        self.fields["theme"] = forms.ChoiceField(
            label=self.fields["theme"].label, choices=choices, required=False
        )


class UsefulForm(forms.Form):
    """Whether an answer helped. `terug` is the address of the answer, without the path."""

    q = TextField(required=False)
    antwoord = forms.TypedChoiceField(
        choices=[("ja", "Ja"), ("nee", "Nee")], coerce=lambda answer: answer == "ja"
    )
    terug = forms.CharField(required=False, max_length=4000)


class ClickForm(forms.Form):
    """Whether somebody opened a hit of an answer."""

    q = TextField(required=False)
    gevolgd = forms.TypedChoiceField(
        choices=[("1", "Ja"), ("0", "Nee")], coerce=lambda answer: answer == "1"
    )
