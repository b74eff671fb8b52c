"""How a form is laid out, with `{{ form }}` and with `{% field %}`."""

from typing import Any

import pytest
from django import forms
from django.template import engines

from kpo.people.models import Organisation


class Question(forms.Form):
    title = forms.CharField(label="Titel", help_text="Kort en duidelijk.")
    body = forms.CharField(label="Vraag", widget=forms.Textarea, required=False)
    region = forms.ChoiceField(label="Regio", choices=[("a", "A")])
    kind = forms.ChoiceField(label="Soort", choices=[("a", "A")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Akkoord")
    own = forms.CharField(widget=forms.TextInput(attrs={"class": "kpo-code"}), required=False)
    secret = forms.CharField(widget=forms.HiddenInput)


def render(source: str, **context: Any) -> str:
    return " ".join(engines["django"].from_string(source).render(context).split())


def test_every_control_has_a_label_of_its_own() -> None:
    shown = render("{{ form }}", form=Question())
    for name in ("title", "body", "region", "agreed"):
        assert f'for="id_{name}"' in shown
    assert "<legend" in shown


@pytest.mark.parametrize(
    ("name", "classes"),
    [
        ("title", "utrecht-textbox"),
        ("body", "utrecht-textarea"),
        ("region", "utrecht-select"),
        ("agreed", "kpo-tick"),
    ],
)
def test_every_control_wears_the_class_of_its_kind(name: str, classes: str) -> None:
    shown = render("{% field bound %}", bound=Question()[name])
    assert classes in shown


def test_a_widget_keeps_the_class_it_came_with() -> None:
    shown = render("{% field bound %}", bound=Question()["own"])
    assert "utrecht-textbox--html-input kpo-code" in shown


def test_a_hint_is_tied_to_its_control() -> None:
    shown = render("{% field bound %}", bound=Question()["title"])
    assert 'aria-describedby="id_title_helptext"' in shown
    assert 'id="id_title_helptext"' in shown


def test_an_error_is_tied_to_its_control_and_keeps_what_was_typed() -> None:
    form = Question({"title": "", "body": "Al getypt <b>"})
    shown = render("{{ form }}", form=form)
    assert 'id="id_title_error"' in shown
    assert 'aria-describedby="id_title_helptext id_title_error"' in shown
    assert 'aria-invalid="true"' in shown
    assert "Al getypt &lt;b&gt;" in shown


def test_a_refused_form_starts_with_links_to_what_needs_another_look() -> None:
    shown = render("{{ form }}", form=Question({"title": "Er is een titel"}))
    assert 'role="alert"' in shown
    assert 'href="#id_region"' in shown
    assert 'href="#id_title"' not in shown
    assert 'href="#id_secret"' not in shown


def test_what_may_stay_empty_is_said_once_and_only_there() -> None:
    shown = render("{% field bound %}", bound=Question()["body"])
    assert "mag leeg blijven" in shown
    assert "mag leeg blijven" not in render("{% field bound %}", bound=Question()["title"])


def test_a_hidden_field_shows_nothing_but_itself() -> None:
    shown = render("{% field bound %}", bound=Question()["secret"])
    assert shown.startswith("<input")
    assert "label" not in shown


def test_an_empty_choice_says_what_to_do() -> None:
    class Move(forms.Form):
        organisation = forms.ModelChoiceField(Organisation.objects.none(), label="Organisatie")

    shown = render("{% field bound %}", bound=Move()["organisation"])
    assert "Maak een keuze" in shown
    assert "---" not in shown
