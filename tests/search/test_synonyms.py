"""The managed list widens a question, within bounds and within what the reader may read."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from kpo.audit.models import Entry as LogEntry
from kpo.people.models import User
from kpo.people.reader import ANONYMOUS
from kpo.people.roles import Role
from search import generations, synonyms
from search import synonym_actions as actions
from search.dutch import analyze, words
from search.evidence import Text
from search.expansion import (
    MOST_ALTERNATIVES,
    MOST_IN_QUESTION,
    Entry,
    Expansion,
    term_words,
)
from search.highlighting import Asked, mark
from search.models import Synonym
from search.queries import search
from search.questions import parse
from search.records import SearchQuery
from search.starters import starters
from tests.conftest import Team
from tests.factories.pages import knowledge_document

LIST = Expansion(
    [
        Entry("OMG", ("outlaw motorcycle gang", "criminele motorbende", "1%-club")),
        Entry("camping", ("vakantiepark",), is_two_way=False),
        Entry("vakantiepark", ("recreatiepark",)),
        Entry("loods", ("hal",), themes=frozenset({"bedrijventerreinen"})),
    ]
)


def others(text: str, **fields: Any) -> dict[str, list[str]]:
    found = parse(text, LIST, **fields).alternatives
    return {
        stem: [" ".join(word.text for word in other) for other in every]
        for stem, every in found.items()
    }


def test_two_ways_every_term_stands_for_all_others() -> None:
    assert others("OMG")["omg"] == ["outlaw motorcycle gang", "criminele motorbende", "1 club"]
    assert "omg" in others("de criminele motorbendes")["crimineel"]


def test_all_words_of_a_term_are_answered_together() -> None:
    found = others("outlaw motorcycle gang aanpak")
    stems = [word.stem for word in parse("outlaw motorcycle gang").words]
    assert all("omg" in found[stem] for stem in stems)


@pytest.mark.parametrize("typed", ["criminele motor bende", "criminele motor-bende"])
def test_a_term_may_be_spelled_apart(typed: str) -> None:
    assert "omg" in others(typed)["crimineel"]


def test_one_way_is_one_way_and_nothing_is_chained() -> None:
    assert others("camping")[analyze("camping").stem] == ["vakantiepark"]
    assert others("vakantiepark")["vakantiepark"] == ["recreatiepark"]


def test_quotes_and_minus_ask_for_the_word_itself() -> None:
    assert others('"OMG"') == {}
    assert others("loods -OMG") == {}
    assert others('"criminele" motorbende') == {}


def test_a_theme_narrows_a_line_to_questions_within_it() -> None:
    assert others("loods") == {}
    within = others("loods", themes=("bedrijventerreinen",))
    assert within == {analyze("loods").stem: ["hal"]}


def test_what_was_asked_apart_is_also_looked_for_joined() -> None:
    assert others("e mailing")["e"] == ["emailing"]


def test_alternatives_are_bounded() -> None:
    many = Expansion([Entry("aa", tuple(f"woord{n}x" for n in range(40)))] * 3)
    found = parse("aa " * 50, many).alternatives
    assert len(found["aa"]) == MOST_ALTERNATIVES
    wide = Expansion([Entry(f"z{n}", tuple(f"y{n}q{m}" for m in range(8))) for n in range(30)])
    every = parse(" ".join(f"z{n}" for n in range(30)), wide).alternatives
    assert sum(map(len, every.values())) <= MOST_IN_QUESTION


TERMS = st.text(max_size=30)
ENTRIES = st.lists(
    st.builds(Entry, TERMS, st.lists(TERMS, max_size=8).map(tuple), st.booleans()), max_size=5
)


@given(ENTRIES, st.text(max_size=200))
def test_no_list_and_no_question_is_too_strange(entries: list[Entry], text: str) -> None:
    wanted = parse(text, Expansion(entries))
    asked = {word.stem for word in wanted.words}
    assert set(wanted.alternatives) <= asked
    for every in wanted.alternatives.values():
        assert all(other and all(word.text for word in other) for other in every)


@given(ENTRIES.filter(bool))
def test_a_term_of_the_list_is_always_recognized(entries: list[Entry]) -> None:
    entry = entries[0]
    asked, meant = term_words(entry.term), [term_words(other) for other in entry.others]
    plain = entry.term.isalpha() and not any(one and set(one) <= set(asked) for one in meant)
    if plain and len(asked) == 1 and any(one and one != asked for one in meant):
        assert parse(entry.term.lower(), Expansion(entries)).alternatives


def test_evidence_counts_an_alternative_for_the_word() -> None:
    text = Text.of(words("Een criminele motorbende in de stad."))
    (word,) = parse("OMG", LIST).words
    every = parse("OMG", LIST).alternatives[word.stem]
    assert text.credit(word) == 0
    assert text.credit(word, others=every, synonym=0.8) == 0.8


def test_what_stands_in_the_text_is_marked_and_no_part_of_it_alone() -> None:
    wanted = parse("OMG", LIST)
    asked = Asked(wanted.words, wanted.alternatives)
    shown = mark("Een criminele motorbende en een criminele bakker.", asked)
    assert shown.count("<mark>") == 2
    assert "<mark>criminele</mark> <mark>motorbende</mark>" in shown


@pytest.fixture
def editor(team: Team) -> User:
    return team[Role.EDITOR]


def saved(editor: User, **fields: Any) -> Synonym:
    values = {"term": "OMG", "others": ["outlaw motorcycle gang", "criminele motorbende"]}
    return actions.save_synonym(actor=editor, synonym=Synonym(**(values | fields)))


def meant(text: str) -> list[str]:
    known, _ = generations.snapshot()
    every = parse(text, synonyms.at(known.synonyms)).alternatives.values()
    return [" ".join(word.text for word in other) for others in every for other in others]


def test_a_line_works_at_once_and_stops_at_once(editor: User) -> None:
    assert meant("OMG") == []
    line = saved(editor)
    assert meant("OMG") == ["outlaw motorcycle gang", "criminele motorbende"]
    line.is_active = False
    actions.save_synonym(actor=editor, synonym=line)
    assert meant("OMG") == []
    line.is_active = True
    actions.save_synonym(actor=editor, synonym=line)
    actions.delete_synonym(actor=editor, synonym=line)
    assert meant("OMG") == []


def test_an_unchanged_list_costs_no_query_of_its_own(
    editor: User, django_assert_num_queries: Callable[[int], AbstractContextManager[Any]]
) -> None:
    saved(editor)
    meant("OMG")
    with django_assert_num_queries(1):
        meant("OMG")


def test_a_published_page_is_found_by_a_synonym_and_marked(
    site: Any, editor: User, drain: Callable[[], int]
) -> None:
    page = knowledge_document(title="Clubhuizen", summary="Over de criminele motorbende.")
    drain()
    question = SearchQuery("OMG")
    assert search(ANONYMOUS, question).total == 0
    saved(editor)
    (hit,) = search(ANONYMOUS, question).hits
    assert hit.key == f"document:{page.uuid}"
    assert search(ANONYMOUS, SearchQuery('"OMG"')).total == 0
    assert search(ANONYMOUS, question).corrected is None


def test_only_who_edits_changes_the_list(team: Team, editor: User) -> None:
    line = saved(editor)
    for role in (Role.READER, Role.AMBASSADOR, Role.AUDITOR):
        with pytest.raises(PermissionDenied):
            actions.save_synonym(actor=team[role], synonym=line)
        with pytest.raises(PermissionDenied):
            actions.delete_synonym(actor=team[role], synonym=line)
    assert Synonym.objects.get() == line


def test_a_change_is_in_the_log(editor: User) -> None:
    actions.delete_synonym(actor=editor, synonym=saved(editor))
    logged = LogEntry.objects.filter(action__startswith="synonyms.").order_by("at")
    assert [entry.action for entry in logged] == ["synonyms.save", "synonyms.delete"]
    assert {entry.actor_id for entry in logged} == {editor.uuid}


@pytest.mark.parametrize("fields", [{"term": "de"}, {"others": ["!!"]}, {"others": ["x"] * 9}])
def test_a_line_that_no_one_can_ask_for_is_refused(editor: User, fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        saved(editor, **fields)


@pytest.mark.django_db
def test_the_starter_list_is_loaded_once_and_then_left_alone(editor: User) -> None:
    every = len(list(starters()))
    assert every >= 80
    assert actions.load_synonyms(starters()) == every
    changed, gone = Synonym.objects.get(term="OMG"), Synonym.objects.get(term="OM")
    changed.others = ["motorclub"]
    actions.save_synonym(actor=editor, synonym=changed)
    actions.delete_synonym(actor=editor, synonym=gone)
    assert actions.load_synonyms(starters()) == 0
    assert Synonym.objects.get(term="OMG").others == ["motorclub"]
    assert not Synonym.objects.filter(term="OM").exists()


@pytest.mark.django_db
def test_every_starter_can_be_asked_for() -> None:
    for line in starters():
        line.clean_fields()
        line.clean()
    terms = [line.term for line in starters()]
    assert len(set(terms)) == len(terms)


def test_an_editor_keeps_the_list_in_the_cms(
    editor: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(editor)
    typed = {"kind": "abbreviation", "term": "LFT", "others": "landelijke fenomeentafel, tafel"}
    answer = client.post(reverse("synonyms:add"), typed | {"is_active": "on", "themes": ""})
    assert answer.status_code == 302
    line = Synonym.objects.get()
    assert (line.others, line.is_two_way) == (["landelijke fenomeentafel", "tafel"], False)
    assert "LFT" in client.get(reverse("synonyms:index")).content.decode()
    assert meant("LFT") == ["landelijke fenomeentafel", "tafel"]
    assert client.post(reverse("synonyms:delete", args=[line.pk])).status_code == 302
    assert meant("LFT") == []


@pytest.mark.parametrize("field", ["term", "others", "note"])
def test_a_number_of_a_person_is_refused_and_what_was_typed_is_kept(
    editor: User, sign_in: Callable[[User], Client], field: str
) -> None:
    typed = {"kind": "synonym", "term": "haven", "others": "kade", "note": "", "themes": ""}
    answer = sign_in(editor).post(reverse("synonyms:add"), typed | {field: "zaak 123456782"})
    assert answer.status_code == 200
    assert "burgerservicenummer" in answer.content.decode()
    assert "kade" in answer.content.decode() or field == "others"
    assert not Synonym.objects.exists()


def test_others_do_not_see_the_list_in_the_cms(
    team: Team, sign_in: Callable[[User], Client]
) -> None:
    answer = sign_in(team[Role.AUDITOR]).get(reverse("synonyms:index"))
    assert answer.status_code in (302, 403, 404)


def test_every_field_says_what_it_is_for() -> None:
    fields = [field for field in Synonym._meta.get_fields() if getattr(field, "editable", False)]
    assert [f.name for f in fields if f.name != "id" and not getattr(f, "help_text", "")] == []
