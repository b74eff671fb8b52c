"""What people fill in about an offer; everything that is typed is looked through for case data."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms

from knowledgebank.models import Offer, ThemePage
from knowledgebank.offering.actions.drafting import NEEDED
from kpo.casedata.forms import CaseDataFormMixin
from kpo.people import tokens
from kpo.people.reader import Reader

LONGEST_MESSAGE = 2000
FOR_WHOM = {
    tokens.PUBLIC_SECTOR: "Mensen van publieke partners",
    tokens.ACCOUNTS: "Iedereen met een account",
    tokens.PUBLIC: "Iedereen, ook zonder account",
}


class OfferForm(CaseDataFormMixin, forms.ModelForm):
    """A draft may be as incomplete as its writer likes; what is sent in may not."""

    use_required_attribute = False
    # Set where another window saved the draft since: the answer then offers a choice.
    is_elsewhere = False
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    window = forms.UUIDField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Offer
        fields = (
            "title",
            "summary",
            "what",
            "effort",
            "outcome",
            "place",
            "region",
            "themes",
            "contact",
            "contact_words",
            "attribution",
        )
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 3}),
            "what": forms.Textarea(attrs={"rows": 10}),
            "effort": forms.Textarea(attrs={"rows": 4}),
            "outcome": forms.Textarea(attrs={"rows": 4}),
            "themes": forms.CheckboxSelectMultiple,
            "contact": forms.RadioSelect,
            "attribution": forms.RadioSelect,
        }

    def __init__(self, *args: Any, reader: Reader, is_sending: bool = False, **kwargs: Any) -> None:
        start = {"version": kwargs["instance"].version, "window": uuid4()}
        super().__init__(*args, initial=start, **kwargs)
        themes: Any = self.fields["themes"]
        themes.queryset = ThemePage.objects.visible_to(reader).current().order_by("title")
        themes.to_field_name = "uuid"
        themes.label_from_instance = lambda theme: theme.title
        if self.instance.pk:
            self.initial["themes"] = [theme.uuid for theme in self.instance.themes.all()]
        region: Any = self.fields["region"]
        region.choices = [("", "Maak een keuze"), *region.choices[1:]]
        for name in ("contact", "attribution"):
            # Of a form that is half filled in, what the model begins with.
            self.fields[name].required = False
        for name in NEEDED:
            self.fields[name].required = True
        self._is_sending = is_sending

    def full_clean(self) -> None:
        """What is needed is marked so from the start, and asked for when it is sent in."""
        for name in NEEDED:
            self.fields[name].required = self._is_sending
        super().full_clean()
        for name in NEEDED:
            self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["contact"] = cleaned.get("contact") or Offer.Contact.NOBODY
        cleaned["attribution"] = cleaned.get("attribution") or Offer.Attribution.ORGANISATION
        return cleaned

    @property
    def seen(self) -> int:
        """The version that the window showed; none of them where it does not say."""
        version: int | None = self.cleaned_data.get("version")
        return -1 if version is None else version

    @property
    def window_mark(self) -> UUID:
        return self.cleaned_data.get("window") or uuid4()


class MessageForm(CaseDataFormMixin, forms.Form):
    text = forms.CharField(
        label="Je bericht",
        max_length=LONGEST_MESSAGE,
        help_text="Noem geen namen, adressen of andere gegevens uit een onderzoek.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class QuestionForm(MessageForm):
    text = forms.CharField(
        label="Je vraag of bericht",
        max_length=LONGEST_MESSAGE,
        help_text="Wie dit aanbood, leest het meteen. Het antwoord komt hier te staan.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class DeclineForm(CaseDataFormMixin, forms.Form):
    reason = forms.CharField(
        label="Waarom niet",
        max_length=LONGEST_MESSAGE,
        help_text="Wie dit aanbood, leest dit. Zeg ook wat wel zou helpen.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class TakeInForm(forms.Form):
    audience = forms.ChoiceField(
        label="Wie mag het straks lezen?",
        help_text="Er komt een concept van een pagina. Gepubliceerd is er dan nog niets.",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, audiences: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["audience"]
        field.choices = [(token, FOR_WHOM[token]) for token in audiences]


class ConsentForm(CaseDataFormMixin, forms.Form):
    """Two buttons; only who is not content yet has something to write."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    remark = forms.CharField(
        label="Nog niet, want",
        required=False,
        max_length=LONGEST_MESSAGE,
        help_text="Wat moet er anders? De redactie past het aan en vraagt je opnieuw.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
