"""What readers and keepers fill in about upkeep."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from knowledgebank.models import Concern, KnowledgePage
from knowledgebank.models.concerns import LONGEST_QUOTE, LONGEST_TEXT
from knowledgebank.models.laws import LONGEST_WHAT
from knowledgebank.models.upkeep import LONGEST_REASON
from knowledgebank.review.reading import Section
from knowledgebank.upkeep.actions.concerns import EXPLAIN, WHOLE_PAGE
from knowledgebank.upkeep.actions.dates import NOTHING_CHOSEN
from knowledgebank.upkeep.citing import Cited
from kpo.casedata.forms import CaseDataFormMixin

NOT_THESE = "Een van deze pagina's staat niet meer op je lijst. Kijk opnieuw en kies dan."


class ConcernForm(CaseDataFormMixin, forms.Form):
    """Klopt dit nog? Where on the page, and what is the matter."""

    section = forms.ChoiceField(
        label="Waar op de pagina?",
        required=False,
        help_text="Kies het onderdeel. Gaat het over alles, kies dan de hele pagina.",
    )
    quote = forms.CharField(
        label="Welke zin?",
        max_length=LONGEST_QUOTE,
        required=False,
        help_text="Plak hier de woorden waar het om gaat. Dan vinden anderen ze meteen.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reason = forms.ChoiceField(
        label="Wat is er aan de hand?",
        choices=[one for one in Concern.Reason.choices if one[0] != Concern.Reason.LAW],
        help_text="Kies wat het beste past.",
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label="Wat weet je ervan?",
        max_length=LONGEST_TEXT,
        required=False,
        help_text="Bijvoorbeeld wat er nu zou moeten staan, en waar je dat van weet. Noem geen "
        "namen, adressen of andere gegevens uit een onderzoek.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, sections: Sequence[Section], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sections = {section.anchor: section for section in sections}
        field: Any = self.fields["section"]
        named = [(anchor, section.heading) for anchor, section in self._sections.items()]
        field.choices = [("", "De hele pagina"), *named]

    @property
    def passage(self) -> Section:
        return self._sections.get(self.cleaned_data["section"], WHOLE_PAGE)


class ClosingForm(CaseDataFormMixin, forms.Form):
    """What came of a concern."""

    outcome = forms.ChoiceField(
        label="Wat is de uitkomst?",
        choices=[one for one in Concern.Outcome.choices if one[0] != Concern.Outcome.TAKEN_BACK],
        help_text="Wie dit meldde, krijgt hier bericht van.",
        widget=forms.RadioSelect,
    )
    explanation = forms.CharField(
        label="Uitleg",
        max_length=LONGEST_TEXT,
        help_text=EXPLAIN,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ConfirmForm(CaseDataFormMixin, forms.Form):
    """Klopt nog: of which pages, and how that shows."""

    pages = forms.MultipleChoiceField(
        label="Welke pagina's?",
        help_text="Alleen wat je zelf hebt nagelezen.",
        error_messages={"required": NOTHING_CHOSEN, "invalid_choice": NOT_THESE},
    )
    reason = forms.CharField(
        label="Waaruit blijkt dat?",
        max_length=LONGEST_REASON,
        help_text="Bijvoorbeeld: de wet is niet veranderd, en twee gemeenten werken zo. Lezers "
        "zien dit bij ‘Wijzigingen’.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, offered: Sequence[KnowledgePage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offered = {str(page.uuid): page for page in offered}
        field: Any = self.fields["pages"]
        field.choices = [(uuid, page.title) for uuid, page in self._offered.items()]

    @property
    def chosen(self) -> list[KnowledgePage]:
        return [self._offered[uuid] for uuid in self.cleaned_data["pages"]]


class LawForm(CaseDataFormMixin, forms.Form):
    """A law article or a ruling that pages rest on has changed."""

    identifier = forms.ChoiceField(
        label="Welk artikel of welke uitspraak?",
        help_text="Alles waar een pagina naar verwijst die jij mag lezen.",
    )
    what = forms.CharField(
        label="Wat is er veranderd?",
        max_length=LONGEST_WHAT,
        help_text="Eén of twee zinnen. Wie een pagina bijhoudt, leest dit.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    since = forms.DateField(
        label="Sinds wanneer?",
        help_text="De dag waarop het inging, of van de uitspraak.",
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    url = forms.URLField(
        label="Waar staat dat?",
        required=False,
        assume_scheme="https",
        help_text="Een link naar de bekendmaking. Leeg: wetten.overheid.nl of rechtspraak.nl.",
    )

    def __init__(self, *args: Any, cited: Sequence[Cited], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["identifier"]
        field.choices = [
            ("", "Kies"),
            *(
                (one.identifier, f"{one.label} ({one.identifier}), {told(one.total)}")
                for one in cited
            ),
        ]


def told(total: int) -> str:
    return "1 pagina" if total == 1 else f"{total} pagina's"
