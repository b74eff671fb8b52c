"""What is said of what was found, and what is left unsaid."""

import pytest
from django import forms

from knowledgebank.models import ContactMessage
from kpo.casedata.forms import REASON, CaseDataFormMixin
from kpo.casedata.guard import (
    blocks,
    check_page_text,
    excerpts,
    explanation,
    find_case_data,
    mask,
)
from tests.factories.pages import home_page, plain_page

BSN = "123456782"
ACCOUNT = "NL91ABNA0417164300"
pytestmark = pytest.mark.django_db


class NoteForm(CaseDataFormMixin, forms.Form):
    subject = forms.CharField(label="Onderwerp")
    text = forms.CharField(label="Bericht", widget=forms.Textarea)
    sort = forms.ChoiceField(choices=[("a", "A"), (BSN, "B")])


def form_with(**values: str) -> NoteForm:
    return NoteForm({"subject": "Vraag", "text": "Gewone tekst", "sort": "a"} | values)


def test_a_form_without_case_data_is_valid_and_asks_nothing_more() -> None:
    form = form_with()

    assert form.is_valid()
    assert form.case_data_findings == []
    assert form.fields[REASON].widget.is_hidden


def test_a_form_with_a_citizen_number_is_refused_at_the_field_and_keeps_what_was_typed() -> None:
    form = form_with(text=f"verdachte {BSN}")

    assert not form.is_valid()
    assert list(form.errors) == ["text"]
    assert "burgerservicenummer" in form.errors["text"][0]
    assert BSN not in str(form.errors)
    assert BSN in str(form["text"])


def test_a_reason_does_not_help_against_what_blocks() -> None:
    assert not form_with(text=f"verdachte {BSN}", **{REASON: "mag"}).is_valid()


def test_a_warning_asks_for_a_reason_and_goes_on_with_one() -> None:
    warned = form_with(text=f"stort op {ACCOUNT}")
    assert not warned.is_valid()
    assert not warned.fields[REASON].widget.is_hidden

    explained = form_with(text=f"stort op {ACCOUNT}", **{REASON: "Rekening van de gemeente"})
    assert explained.is_valid()
    assert [finding.kind for finding in explained.case_data_findings] == ["rekeningnummer (IBAN)"]


def test_the_reason_itself_may_not_hold_the_number() -> None:
    assert not form_with(text=f"stort op {ACCOUNT}", **{REASON: f"Het is {ACCOUNT}"}).is_valid()


def test_choices_are_not_searched() -> None:
    assert form_with(sort=BSN).is_valid()


def test_an_explanation_names_kinds_and_never_the_number() -> None:
    findings = find_case_data(f"BSN {BSN}, {ACCOUNT}")
    sentence = explanation(findings, where="de titel")

    assert sentence.startswith("In de titel staat iets dat lijkt op een burgerservicenummer en ")
    assert blocks(findings)
    assert BSN not in sentence + repr(findings)


def test_a_masked_text_keeps_everything_but_the_number() -> None:
    assert mask(f"Jan ({BSN}) belt") == "Jan (█████████) belt"


def test_excerpts_show_the_surroundings_without_the_number() -> None:
    ((label, text),) = excerpts([("Pagina 3", f"{'a ' * 200} verdachte {BSN} uit Ergens")])

    assert label == "Pagina 3"
    assert "verdachte █████████ uit Ergens" in text
    assert BSN not in text
    assert len(text) < 200


def test_every_text_of_a_page_is_searched_whatever_field_it_stands_in() -> None:
    home = home_page()
    page = plain_page(home, title=f"Over {BSN}", live=False)
    page.body = [("paragraph", f"<p>Zie <b>{ACCOUNT}</b></p>")]
    page.search_description = "kenteken 12-BB-34"

    found = check_page_text(page)

    kinds = {finding.kind for findings in found.values() for finding in findings}
    assert kinds == {"burgerservicenummer", "rekeningnummer (IBAN)", "kenteken"}
    assert check_page_text(plain_page(home, title="Gewoon")) == {}


def test_any_model_with_texts_can_be_checked() -> None:
    assert check_page_text(ContactMessage(subject="Vraag", text=f"BSN {BSN}"))
