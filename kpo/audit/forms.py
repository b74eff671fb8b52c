"""What an auditor looks for."""

from django import forms
from django.db.models import Q

from kpo.audit import words
from kpo.audit.models import Outcome
from kpo.audit.querysets import EntryQuerySet


def action_choices() -> list[tuple[str, object]]:
    return [("", "Alle"), *words.choices()]


class FindEntriesForm(forms.Form):
    action = forms.ChoiceField(label="Handeling", required=False, choices=action_choices)
    words = forms.CharField(label="Wie of wat", required=False, max_length=200)
    outcome = forms.ChoiceField(
        label="Uitkomst", required=False, choices=[("", "Alle"), *Outcome.choices]
    )
    first = forms.DateField(
        label="Van", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    last = forms.DateField(
        label="Tot en met", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def narrow(self, entries: EntryQuerySet) -> EntryQuerySet:
        """The entries that fit; all of them where what was filled in makes no sense."""
        if not self.is_valid():
            return entries
        asked = self.cleaned_data
        found = entries.between(asked["first"], asked["last"])
        if asked["action"]:
            # "people." is all of an app; a whole action must not find what merely begins like it.
            lookup = "startswith" if asked["action"].endswith(".") else "exact"
            found = found.filter(**{f"action__{lookup}": asked["action"]})
        if asked["outcome"]:
            found = found.filter(outcome=asked["outcome"])
        for word in asked["words"].split():
            found = found.filter(Q(actor_label__icontains=word) | Q(object_label__icontains=word))
        return found
