"""Forms for what is the board's own: the text of its method, and who guards a theme."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms

from knowledgebank.models import Axis, MethodVersion, ThemePage
from knowledgebank.models.method import STEPS
from knowledgebank.review.actions.methods import CriterionText
from knowledgebank.review.ambassadors import candidates, guarded_themes
from knowledgebank.review.parts import LONGEST_REASON, Part
from kpo.people.models import User
from kpo.people.reader import Reader

MOST_CRITERIA = 24


class NoteForm(forms.Form):
    seen = forms.DateTimeField(
        widget=forms.HiddenInput, input_formats=["%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%dT%H:%M:%S%z"]
    )
    note = forms.CharField(
        label="Wat er anders is",
        required=False,
        max_length=240,
        help_text="Eén zin, voor wie met de vorige versie beoordeelde.",
    )


class CriterionForm(forms.Form):
    axis = forms.ChoiceField(
        label="Gaat over",
        choices=Axis,
        initial=Axis.RELEVANCE,
        help_text="Elk criterium hoort bij één van de twee.",
    )
    name = forms.CharField(
        label="Naam", max_length=80, help_text="Kort: deze naam staat boven de score."
    )
    question = forms.CharField(
        label="Vraag",
        max_length=240,
        required=False,
        help_text="Wat een beoordelaar zich afvraagt.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for step in range(1, STEPS + 1):
            self.fields[f"step_{step}"] = forms.CharField(
                label=f"Een {step} betekent",
                max_length=160,
                required=False,
                help_text="1 is het slechtst, 5 het best." if step == 1 else "",
            )

    def steps(self) -> list[forms.BoundField]:
        return [self[f"step_{step}"] for step in range(1, STEPS + 1)]

    def text(self) -> CriterionText:
        data = self.cleaned_data
        steps = tuple(data[f"step_{step}"].strip() for step in range(1, STEPS + 1))
        return CriterionText(data["axis"], data["name"].strip(), data["question"].strip(), steps)


class BaseCriteria(forms.BaseFormSet[CriterionForm]):
    """The criteria of a draft, in the order that the board gives them."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].label = "Plaats in de rij"
        form.fields["ORDER"].help_text = "Een getal; het laagste staat vooraan."
        form.fields["DELETE"].label = "Haal dit criterium weg"
        form.fields["DELETE"].help_text = "Het verdwijnt als je het concept bewaart."

    def texts(self) -> list[CriterionText]:
        return [form.text() for form in self.ordered_forms]


CriteriaFormSet = cast(
    type[BaseCriteria],
    forms.formset_factory(
        CriterionForm,
        formset=BaseCriteria,
        extra=0,
        can_order=True,
        can_delete=True,
        max_num=MOST_CRITERIA,
        validate_max=True,
    ),
)
PREFIX = "criterium"


def typed_criteria(data: Any) -> BaseCriteria:
    return CriteriaFormSet(data, prefix=PREFIX)


def criteria_of(version: MethodVersion) -> BaseCriteria:
    rows = [
        {"axis": one.axis, "name": one.name, "question": one.question}
        | {f"step_{number}": step for number, step in enumerate(one.steps, start=1)}
        for one in version.criteria.all()
    ]
    return CriteriaFormSet(initial=rows, prefix=PREFIX)


def with_one_more(data: Any) -> BaseCriteria:
    """What was typed so far and an empty row; raises ValueError for a form that is not ours."""
    more = data.copy()
    total = min(int(more.get(f"{PREFIX}-TOTAL_FORMS", "")) + 1, MOST_CRITERIA)
    more[f"{PREFIX}-TOTAL_FORMS"] = str(total)
    return CriteriaFormSet(more, prefix=PREFIX)


class AppointForm(forms.Form):
    """Offers the themes that the board member reads, and who was given a role for it."""

    theme = forms.ModelChoiceField(
        label="Thema", queryset=ThemePage.objects.none(), help_text="Wat diegene gaat bewaken."
    )
    person = forms.ModelChoiceField(
        label="Ambassadeur",
        queryset=User.objects.none(),
        help_text="Staat iemand er niet bij? De beheerder geeft de rol van ambassadeur.",
    )

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        themes: Any = self.fields["theme"]
        people: Any = self.fields["person"]
        themes.queryset, themes.to_field_name = guarded_themes(reader), "uuid"
        people.queryset, people.to_field_name = candidates(), "uuid"
        people.label_from_instance = _called


class WithdrawForm(forms.Form):
    """Offers the blocks of one page."""

    key = forms.ChoiceField(
        label="Welk onderdeel",
        widget=forms.RadioSelect,
        help_text="Het verdwijnt meteen van de pagina en uit de zoekresultaten.",
    )
    reason = forms.CharField(
        label="Reden",
        max_length=LONGEST_REASON,
        help_text="Lezers zien deze zin bij de wijzigingen van de pagina.",
    )

    def __init__(self, *args: Any, parts: Sequence[Part], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        key: Any = self.fields["key"]
        key.choices = [(part.key, f"{part.label}: {part.excerpt}") for part in parts]


def _called(person: User) -> str:
    return f"{person.get_full_name()} ({person.organisation})"
