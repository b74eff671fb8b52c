"""What a reviewer fills in: a score with a reason for each criterion, and what must change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from knowledgebank.models import Axis, Criterion, MethodVersion, Verdict
from knowledgebank.review.actions.appraisals import Given, Remark
from knowledgebank.review.actions.reviewers import NOBODY_TO_ASK
from knowledgebank.review.reading import Section
from kpo.people.models import User

LONGEST_REASON, LONGEST_REMARK = 500, 1000


class AppraisalForm(forms.Form):
    """Built from a version of a method and the sections of a text.

    Whether it is complete depends on the verdict, so that the verb decides about that.
    """

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    # Which version was in view, also when another came in force meanwhile: see `begun`.
    method = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)
    remark = forms.CharField(
        label="Wat wil je nog kwijt?",
        required=False,
        max_length=2000,
        help_text="De schrijvers lezen dit, en wie na jou beoordeelt.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, *args: Any, version: MethodVersion, sections: Sequence[Section], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._criteria = list(version.criteria.all())
        self._sections = list(sections)
        for number, criterion in enumerate(self._criteria):
            self.fields[f"score-{number}"] = forms.TypedChoiceField(
                label=criterion.question,
                choices=[(value, step) for value, step in enumerate(criterion.steps, start=1)],
                coerce=int,
                required=False,
                widget=forms.RadioSelect,
                help_text="Van 1 tot 5; 5 is het best.",
            )
            self.fields[f"reason-{number}"] = forms.CharField(
                label=f"Waarom deze score voor ‘{criterion.name.lower()}’",
                required=False,
                max_length=LONGEST_REASON,
                help_text="In een paar woorden.",
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        for number, section in enumerate(self._sections):
            self.fields[f"section-{number}"] = forms.CharField(
                label=section.heading,
                required=False,
                max_length=LONGEST_REMARK,
                help_text="Wat er in dit onderdeel anders moet.",
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def by_axis(self) -> list[tuple[str, list[dict[str, Any]]]]:
        """Per axis its label and, per criterion, the two fields."""
        return [
            (
                axis.label,
                [
                    {
                        "criterion": criterion,
                        "score": self[f"score-{number}"],
                        "reason": self[f"reason-{number}"],
                    }
                    for number, criterion in enumerate(self._criteria)
                    if criterion.axis == axis
                ],
            )
            for axis in Axis
        ]

    def section_fields(self) -> list[forms.BoundField]:
        return [self[f"section-{number}"] for number in range(len(self._sections))]

    def scores(self) -> dict[Criterion, Given]:
        data = self.cleaned_data
        return {
            criterion: Given(data[f"score-{number}"], data[f"reason-{number}"].strip())
            for number, criterion in enumerate(self._criteria)
            if data[f"score-{number}"]
        }

    def remarks(self) -> list[Remark]:
        return [
            Remark(section.anchor, section.heading, self.cleaned_data[f"section-{number}"].strip())
            for number, section in enumerate(self._sections)
        ]

    @property
    def verdict(self) -> Verdict:
        """What the button said; whoever sends the form without one approves nothing."""
        is_approved = self.data.get("verdict") == Verdict.APPROVE
        return Verdict.APPROVE if is_approved else Verdict.RETURN


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Waarom", max_length=500, help_text="De voorzitter van de redactieraad leest dit."
    )


class DecisionForm(forms.Form):
    text = forms.CharField(
        label="Besluit",
        max_length=1000,
        help_text="Wie dit stuk mag volgen, leest dit ook.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PersonForm(forms.Form):
    """Names somebody by address: a list to choose from would show who is there."""

    email = forms.EmailField(
        label="E-mailadres van je collega",
        max_length=254,
        help_text="Diegene krijgt het stuk op de eigen werklijst.",
    )

    def clean_email(self) -> User:
        person = User.objects.active().filter(email__iexact=self.cleaned_data["email"]).first()
        if person is None:
            raise forms.ValidationError(NOBODY_TO_ASK)
        return person
