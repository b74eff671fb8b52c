"""What an auditor looks for."""

from django import forms
from django.db.models import Q

from kpo.audit.models import Outcome
from kpo.audit.querysets import EntryQuerySet


class FindEntriesForm(forms.Form):
    action = forms.CharField(
        label="Handeling",
        required=False,
        max_length=80,
        help_text="Het begin is genoeg: people. of files.read_closed",
    )
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
            found = found.filter(action__startswith=asked["action"].strip())
        if asked["outcome"]:
            found = found.filter(outcome=asked["outcome"])
        for word in asked["words"].split():
            found = found.filter(Q(actor_label__icontains=word) | Q(object_label__icontains=word))
        return found
