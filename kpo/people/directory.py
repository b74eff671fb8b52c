"""The directory: people who chose to be found, by what each shows to the one who looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet

from kpo.people import profile
from kpo.people.choices import Region
from kpo.people.models import Organisation, User
from kpo.people.reader import Reader

LONGEST = 80


class DirectoryForm(forms.Form):
    """What somebody is looked for by. The choices are those that the reader's own list gives."""

    naam = forms.CharField(
        label="Naam", max_length=LONGEST, required=False, help_text="Een deel is genoeg."
    )
    kennis = forms.CharField(
        label="Weet veel van",
        max_length=LONGEST,
        required=False,
        help_text="Bijvoorbeeld: Bibob of lege schuren.",
    )
    thema = forms.ChoiceField(label="Thema", required=False, help_text="Waar iemand aan werkt.")
    organisatie = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Organisatie",
        to_field_name="uuid",
        required=False,
        empty_label="Alle organisaties",
        help_text="Waar iemand werkt.",
    )
    regio = forms.ChoiceField(
        label="Regio",
        choices=[("", "Alle regio's"), *Region.choices],
        required=False,
        help_text="De regio van de organisatie.",
    )

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader
        themes = profile.interest_choices(reader)
        self.fields["thema"].choices = [("", "Alle thema's"), *themes]  # type: ignore[attr-defined]  # a field of choices
        listed = User.objects.listed_for(reader).order_by()
        employers = Organisation.objects.filter(pk__in=listed.values("organisation"))
        self.fields["organisatie"].queryset = employers  # type: ignore[attr-defined]  # a field of rows
        if not themes:
            del self.fields["thema"]

    @property
    def asked(self) -> dict[str, str]:
        """What was asked for and understood, as it goes in an address."""
        return {name: self.data.get(name, "") for name in self.cleaned_data}

    def found(self) -> QuerySet[User]:
        """Whom the reader may find by what was filled in well; the rest is as if left empty."""
        self.full_clean()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        people = User.objects.listed_for(self.reader)
        if "naam" in asked:
            people = people.named(asked["naam"])
        if "kennis" in asked:
            people = people.knowing(asked["kennis"], self.reader)
        if "thema" in asked:
            people = people.working_on(asked["thema"], self.reader)
        if "organisatie" in asked:
            people = people.filter(organisation=asked["organisatie"])
        if "regio" in asked:
            people = people.filter(organisation__region=asked["regio"])
        found: QuerySet[User] = people.select_related("organisation")
        return found.order_by("last_name", "first_name", "pk")


@dataclass(frozen=True)
class Listed:
    """One line: the person, what is shown to the reader, and the themes by name."""

    person: User
    shown: dict[str, Any]
    themes: list[str]


def lines_for(people: list[User], reader: Reader) -> list[Listed]:
    words = dict(profile.interest_choices(reader))
    found = []
    for person in people:
        shown = person.shown_to_reader(reader)
        themes = [words[slug] for slug in shown.get("interests", ()) if slug in words]
        found.append(Listed(person, shown, themes))
    return found
