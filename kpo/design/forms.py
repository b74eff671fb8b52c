"""One look for every form: `{{ form }}` and `{% field %}` lay a field out in the same way."""

from django import forms
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Input
from django.utils.safestring import SafeString

# The first class of widgets that fits decides; an option list styles its own inputs.
CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.HiddenInput, ""),
    (forms.RadioSelect, ""),
    (forms.CheckboxSelectMultiple, ""),
    (forms.CheckboxInput, "kpo-tick"),
    (forms.FileInput, "kpo-fileinput"),
    (forms.Textarea, "utrecht-textarea utrecht-textarea--html-textarea"),
    (forms.Select, "utrecht-select utrecht-select--html-select"),
    (Input, "utrecht-textbox utrecht-textbox--html-input"),
)


# What Django shows for an empty choice; a screen reader reads it as nine hyphens.
DASHES = "-" * 9


class KpoFormRenderer(TemplatesSetting):
    """Named in FORM_RENDERER, so that library forms look like ours."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


def shape(field: forms.BoundField) -> str:
    """How a field is laid out: "tick" (words after the box), "options" (a group) or "line"."""
    widget = field.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "options"
    return "tick" if isinstance(widget, forms.CheckboxInput) else "line"


def control(field: forms.BoundField) -> SafeString:
    """The input itself, with our classes added to its own."""
    widget = field.field.widget
    if isinstance(field.field, forms.ModelChoiceField) and field.field.empty_label == DASHES:
        field.field.empty_label = "Maak een keuze"
    ours = next((name for kind, name in CLASSES if isinstance(widget, kind)), "")
    names = f"{ours} {widget.attrs.get('class', '')}".strip()
    return field.as_widget(attrs={"class": names} if names else None)
