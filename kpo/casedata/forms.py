"""Forms that look at what people write before it is stored."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kpo.casedata.findings import Finding
from kpo.casedata.guard import blocks, check_text, explanation, find_in_texts
from kpo.casedata.models import Hold, Pattern
from kpo.casedata.patterns import check_expression

REASON = "case_data_reason"
_TEXT_WIDGETS = (forms.TextInput, forms.Textarea)


class CaseDataFormMixin(forms.BaseForm):
    """
    Looks for case data in every field that a person types in.

    What blocks is an error at the field. For a warning the form asks for a reason, in a field
    that shows itself only then; with a reason it goes on, and the view hands
    `case_data_findings` to `casedata.actions.go_on`. Nothing typed is lost.
    """

    case_data_findings: list[Finding]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case_data_findings = []
        self.fields[REASON] = forms.CharField(
            label="Waarom mag dit blijven staan?",
            help_text="Schrijf het nummer zelf hier niet op.",
            required=False,
            max_length=500,
            widget=forms.HiddenInput,
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        found = find_in_texts(self._typed(cleaned))
        self.case_data_findings = [finding for each in found.values() for finding in each]
        reason = (cleaned.get(REASON) or "").strip()
        for name, findings in found.items():
            if blocks(findings) or not reason or name == REASON:
                self.add_error(name, self._refusal(name, findings))
        if self.case_data_findings and not blocks(self.case_data_findings):
            self.fields[REASON].widget = forms.Textarea(attrs={"rows": 2})
        return cleaned

    def _typed(self, cleaned: dict[str, Any]) -> dict[str, str]:
        return {
            name: value
            for name, value in cleaned.items()
            if isinstance(value, str)
            and name in self.fields
            and (isinstance(self.fields[name].widget, _TEXT_WIDGETS) or name == REASON)
            and not isinstance(self.fields[name].widget, forms.PasswordInput)
        }

    def _refusal(self, name: str, findings: list[Finding]) -> ValidationError:
        label = str(self.fields[name].label or name)
        return ValidationError(explanation(findings, where=f"“{label}”"), code="case_data")


class PatternForm(forms.ModelForm):
    class Meta:
        model = Pattern
        fields = ["name", "expression", "severity", "is_active"]

    def clean_expression(self) -> str:
        expression: str = self.cleaned_data["expression"]
        check_expression(expression)
        return expression


class DecisionForm(forms.Form):
    """What an editor decides about something that is held, and why."""

    decision = forms.ChoiceField(
        label="Beslissing",
        choices=[(Hold.State.RELEASED, "Vrijgeven"), (Hold.State.REMOVED, "Verwijderen")],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Reden",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Waarom mag dit wel of niet blijven? Schrijf de gevonden nummers hier niet op.",
    )

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        check_text(reason, where="de reden")
        return reason
