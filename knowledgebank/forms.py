"""What readers fill in on the knowledge bank's pages. No model forms: page models use these."""

from __future__ import annotations

from django import forms

from kpo.casedata.forms import CaseDataFormMixin

REASON_LENGTH = 500
NAME_LENGTH = 120
SUBJECT_LENGTH = 120
TEXT_LENGTH = 4000


class VoteForm(CaseDataFormMixin, forms.Form):
    """Kon je hiermee verder? Two buttons and, for who wants, a reason."""

    is_helpful = forms.TypedChoiceField(
        label="Kon je hiermee verder?",
        choices=[("ja", "Ja"), ("nee", "Niet helemaal")],
        coerce=lambda answer: answer == "ja",
    )
    reason = forms.CharField(
        label="Wat mis je? (hoeft niet)",
        max_length=REASON_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ContactForm(CaseDataFormMixin, forms.Form):
    """A message to the editors."""

    name = forms.CharField(label="Je naam", max_length=NAME_LENGTH)
    email = forms.EmailField(label="Je e-mailadres", help_text="Hier antwoorden we op.")
    subject = forms.CharField(label="Onderwerp", max_length=SUBJECT_LENGTH)
    text = forms.CharField(
        label="Je vraag of opmerking",
        max_length=TEXT_LENGTH,
        help_text="Noem geen namen, adressen of andere gegevens uit een onderzoek.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
