"""What a person fills in about the inbox: by which way to hear of what, and who stands in."""

from __future__ import annotations

from typing import Any

from django import forms

from kpo.casedata.forms import CaseDataFormMixin
from kpo.inbox.channels import Channel
from kpo.inbox.kinds import all_kinds
from kpo.inbox.models.messages import LONGEST, LONGEST_REASON
from kpo.inbox.permissions import possible_substitutes
from kpo.inbox.preferences import chosen
from kpo.people.models import User
from kpo.people.names import validate_text
from kpo.people.reader import Reader

DAY = {"type": "date"}


class PreferencesForm(forms.Form):
    """One question per kind of news."""

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = chosen(person)
        for number, kind in enumerate(all_kinds()):
            self.fields[f"soort-{number}"] = forms.ChoiceField(
                label=kind.label,
                help_text=kind.explanation,
                choices=Channel.choices,
                initial=now[kind.name],
            )

    @property
    def channels(self) -> dict[str, str]:
        """Kind → channel, of a valid form."""
        return {
            kind.name: self.cleaned_data[f"soort-{number}"]
            for number, kind in enumerate(all_kinds())
        }


class AbsenceForm(forms.Form):
    since = forms.DateField(
        label="Eerste dag",
        help_text="Vanaf deze dag krijgt je vervanger je taken ook.",
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label="Laatste dag",
        help_text="De dag daarna ben je er weer.",
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
    )
    substitute = forms.ModelChoiceField(
        label="Wie vervangt je?",
        queryset=User.objects.none(),
        to_field_name="uuid",
        help_text="Een collega, of iemand met dezelfde rol. Je vervanger krijgt alleen wat die "
        "zelf ook mag lezen.",
    )

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["substitute"]
        people.queryset = possible_substitutes(reader)
        people.label_from_instance = lambda person: f"{person}, {person.organisation.name}"


class MessageForm(CaseDataFormMixin, forms.Form):
    """What somebody writes to another."""

    text = forms.CharField(
        label="Je bericht",
        max_length=LONGEST,
        validators=[validate_text],
        help_text="Noem geen namen, adressen of andere gegevens uit een onderzoek.",
        widget=forms.Textarea(attrs={"rows": 7}),
    )


class ReportForm(CaseDataFormMixin, forms.Form):
    reason = forms.CharField(
        label="Wat is er mis?",
        max_length=LONGEST_REASON,
        validators=[validate_text],
        help_text="Een beheerder leest dit samen met het bericht.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
