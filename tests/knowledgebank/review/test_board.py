"""What is the board's own: its agenda and decisions, its method in versions, its ambassadors."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from knowledgebank.models import Ambassador, Criterion, MethodVersion
from knowledgebank.review import agenda
from knowledgebank.review import begun as begun_form
from knowledgebank.review.actions import ambassadors, appraisals, decisions, methods, rounds
from knowledgebank.review.actions.methods import CriterionText
from knowledgebank.review.starter_method import ensure_method
from kpo.people.models import User
from kpo.people.reader import reader_for
from kpo.people.roles import Role
from tests.factories.pages import theme_page
from tests.factories.people import CircleFactory, UserFactory
from tests.factories.review import approve, author, review_all, reviewer, submitted
from tests.ground import review_nothing

pytestmark = pytest.mark.django_db
CHAIR = Role.BOARD_CHAIR
STEPS = ("een", "twee", "drie", "vier", "vijf")


@pytest.fixture(autouse=True)
def demand_review() -> None:
    review_all()


def as_(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text(answer: Any) -> str:
    return str(answer.content.decode())


def own_address(name: str, *args: Any) -> str:
    return reverse(f"knowledgebank:{name}", args=args)


def draft_by(person: User) -> MethodVersion:
    return methods.begin_version(actor=person, method=ensure_method())


def criterion(name: str, axis: str, steps: tuple[str, ...] = STEPS) -> CriterionText:
    return CriterionText(axis, name, "Is het zo?", steps)


TWO = (criterion("Nut", "relevance"), criterion("Bron", "reliability"))


def written(person: User, *criteria: CriterionText, note: str = "Korter.") -> MethodVersion:
    draft = draft_by(person)
    return methods.save_version(
        actor=person, version=draft, seen=draft.changed_at, note=note, criteria=criteria or TWO
    )


def open_theme(**fields: Any) -> Any:
    review_nothing()
    return theme_page(**fields)


# Agenda and decisions


def test_the_agenda_names_what_waits_for_the_chair_first() -> None:
    writer, chair = author(), reviewer(0, role=CHAIR)
    first, second = submitted(writer), submitted(writer)
    rounds.escalate(actor=writer, item=second, reason="Niemand pakt het op.")
    assert [item.pk for item in agenda.agenda_for(reader_for(chair))] == [second.pk, first.pk]


def test_a_decision_stands_with_the_item_and_in_its_history() -> None:
    item, chair = submitted(author()), reviewer(0, role=CHAIR)
    address = own_address("review_besluit", item.uuid)
    answer = as_(chair).post(address, {"text": "Eerst naar het OM.", "agenda": "ja"}, follow=True)
    assert "Eerst naar het OM." in text(answer)
    assert answer.redirect_chain[-1][0] == own_address("board_agenda")
    for name in ("review_item", "review_history", "review_history_data"):
        assert "Eerst naar het OM." in text(as_(chair).get(own_address(name, item.uuid)))


def test_who_has_no_seat_decides_nothing_and_sees_no_agenda() -> None:
    writer = author()
    item, partner = submitted(writer), reviewer(0, role=Role.REVIEWER)
    for person in (writer, partner, UserFactory()):
        assert (as_(person).get(own_address("board_agenda")).status_code == 200) == (
            person == partner
        )
        with pytest.raises(PermissionDenied):
            decisions.record_decision(actor=person, item=item, text="Goed zo.")


def test_the_history_as_data_holds_what_the_reader_may_see() -> None:
    item, first, second = submitted(author()), reviewer(0), reviewer(1)
    approve(first, item)
    before = as_(second).get(own_address("review_history_data", item.uuid)).json()
    assert before["rounds"][0]["appraisals"] == []
    approve(second, item)
    after = as_(second).get(own_address("review_history_data", item.uuid)).json()
    round_ = after["rounds"][0]
    assert round_["outcome"] == "approved"
    assert {one["organisation"] for one in round_["appraisals"]} == {
        "Politie Oost",
        "Gemeente Hengelo",
    }
    assert len(round_["appraisals"][0]["scores"]) == 8
    assert after["page"]["uuid"] == str(item.page.uuid)


def test_a_decision_that_is_refused_comes_back_as_typed_at_its_item() -> None:
    items, chair = [submitted(author()), submitted(author())], as_(reviewer(0, role=CHAIR))
    typed, address = "Te lang. " * 120, own_address("review_besluit", items[1].uuid)
    for more in ({}, {"agenda": "ja"}):
        answer = chair.post(address, {"text": typed} | more)
        assert answer.status_code == 422
        assert text(answer).count(typed.strip()) == 1
        assert "niet meer dan 1000" in text(answer)
    # What is wrong stands at the field, and the field points to it.
    place = re.search(r'aria-describedby="[^"]* (besluit-\d-fout)" aria-invalid', text(answer))
    assert place is not None
    _, at_field = text(answer).split(f'id="{place[1]}"')
    assert "niet meer dan 1000" in at_field.split("</form>")[0]
    assert not items[1].decisions.exists()
    assert chair.post(address, {"text": "Kort.", "agenda": "ja"}).status_code == 302


def test_a_question_to_a_colleague_or_the_chair_that_is_refused_comes_back_as_typed() -> None:
    item, member = submitted(author()), as_(reviewer(0))
    asked = member.post(own_address("review_vragen", item.uuid), {"email": "wie@nergens.nl"})
    long = "Niemand pakt dit op. " * 40
    put = member.post(own_address("review_voorleggen", item.uuid), {"reason": long})
    assert (asked.status_code, put.status_code) == (422, 422)
    assert "wie@nergens.nl" in text(asked)
    assert long.strip() in text(put)


# The method


def test_a_new_version_begins_as_a_copy_and_there_is_one_draft() -> None:
    member = reviewer(0)
    draft = draft_by(member)
    assert draft.number == 2
    assert draft.criteria.count() == 8
    assert draft_by(reviewer(1)) == draft


def test_a_version_in_force_is_what_the_next_appraisal_names() -> None:
    member = reviewer(0)
    version = methods.put_in_force(actor=member, version=written(member))
    item = submitted(author())
    assert approve(reviewer(1), item).method == version
    with pytest.raises(ValidationError, match="geldt al"):
        methods.save_version(
            actor=member, version=version, seen=version.changed_at, note="", criteria=TWO
        )


def begun(page: Any) -> dict[str, str]:
    """A vote with the form that this page shows, filled in."""
    data = {name: page.context["form"][name].value() for name in ("seen", "method")}
    data |= {f"score-{number}": "4" for number in range(8)}
    data |= {f"reason-{number}": "Daarom." for number in range(8)}
    return data | {"verdict": "approve"}


def test_an_appraisal_that_was_begun_is_finished_with_the_older_version() -> None:
    member, item = reviewer(0), submitted(author())
    older = ensure_method().current
    assert older is not None
    page = as_(member).get(own_address("review_item", item.uuid))
    data = begun(page)
    methods.put_in_force(actor=member, version=written(member))
    answer = as_(member).post(own_address("review_item", item.uuid), data, follow=True)
    assert "Je oordeel is bewaard" in text(answer)
    assert item.appraisals.get().method == older


def test_no_form_can_say_that_it_was_begun_with_a_version_it_was_not_begun_with() -> None:
    member, item, other = reviewer(0), submitted(author()), submitted(author())
    older = ensure_method().current
    assert older is not None
    elsewhere = begun(as_(member).get(own_address("review_item", other.uuid)))
    of_another = begun(as_(reviewer(1)).get(own_address("review_item", item.uuid)))
    newer = methods.put_in_force(actor=member, version=written(member))
    data = begun(as_(member).get(own_address("review_item", item.uuid)))
    for mark in (str(older.uuid), elsewhere["method"], of_another["method"], data["method"] + "x"):
        answer = as_(member).post(own_address("review_item", item.uuid), data | {"method": mark})
        assert answer.status_code == 422
    assert not item.appraisals.exists()
    as_(member).post(own_address("review_item", item.uuid), data)
    assert item.appraisals.get().method == newer


def test_a_form_that_no_longer_holds_comes_back_as_typed_with_the_questions_of_now() -> None:
    member, item = reviewer(0), submitted(author())
    address, client = own_address("review_item", item.uuid), as_(member)
    data = begun(client.get(address)) | {"remark": "Neem het OM mee.", "reason-1": "Zes jaar oud."}
    data["section-0"] = "Noem de bron."
    former = begun_form.mark_of(draft_by(member), item, member)
    for mark, why in (("x", begun_form.NOT_OURS), (former, appraisals.FORMER_METHOD)):
        answer = client.post(address, data | {"method": mark})
        assert answer.status_code == 422
        assert why in text(answer)
        for words in ("Neem het OM mee.", "Zes jaar oud.", "Noem de bron."):
            assert words in text(answer)
        # A score was given to a question, and that may be another now.
        assert " checked" not in text(answer)
    assert not item.appraisals.exists()
    again = data | {"method": answer.context["form"]["method"].value()}
    assert client.post(address, again).status_code == 302
    assert item.appraisals.get().method == ensure_method().current


def test_a_version_from_before_the_round_judges_nothing_in_it() -> None:
    member, method = reviewer(0), ensure_method()
    older = method.current
    newer = methods.put_in_force(actor=member, version=written(member))
    item = submitted(author())
    with pytest.raises(ValidationError, match="gold al niet meer"):
        appraisals.method_of(item, older)
    with pytest.raises(ValidationError, match="gold al niet meer"):
        appraisals.method_of(item, draft_by(member))
    assert appraisals.method_of(item, newer) == appraisals.method_of(item) == newer
    newest = methods.put_in_force(actor=member, version=written(member))
    assert appraisals.method_of(item, newer) == newer
    assert appraisals.method_of(item) == newest


@pytest.mark.parametrize(
    ("criteria", "note", "why"),
    [
        (TWO[:1], "Korter.", "ten minste één criterium"),
        ((TWO[0], criterion("Bron", "reliability", STEPS[:4])), "Korter.", "vijf stappen"),
        (TWO, "", "wat er anders is"),
    ],
)
def test_an_unfinished_version_is_kept_but_not_put_in_force(
    criteria: tuple[CriterionText, ...], note: str, why: str
) -> None:
    member = reviewer(0)
    draft = written(member, *criteria, note=note)
    with pytest.raises(ValidationError, match=why):
        methods.put_in_force(actor=member, version=draft)
    assert MethodVersion.objects.get(pk=draft.pk).is_draft


def test_a_draft_that_somebody_else_changed_is_not_written_over() -> None:
    member = reviewer(0)
    draft = draft_by(member)
    written(reviewer(1))
    with pytest.raises(ValidationError, match="Iemand anders"):
        methods.save_version(
            actor=member, version=draft, seen=draft.changed_at, note="Mijn", criteria=TWO
        )
    assert Criterion.objects.filter(version=draft).count() == 2


def test_a_draft_is_seen_by_the_board_only() -> None:
    draft = written(reviewer(0), note="Nog niet klaar.")
    for person, sees in ((reviewer(1), True), (reviewer(2, role=Role.REVIEWER), False)):
        listed = text(as_(person).get(own_address("method")))
        assert ("Nog niet klaar." in listed) is sees
        status = as_(person).get(own_address("method_version", draft.uuid)).status_code
        assert status == (200 if sees else 404)


def test_who_has_no_seat_writes_no_method() -> None:
    for person in (author(), reviewer(0, role=Role.REVIEWER), UserFactory()):
        with pytest.raises(PermissionDenied):
            draft_by(person)


def test_the_board_writes_a_version_on_its_screens() -> None:
    member = as_(reviewer(0))
    current = ensure_method().current
    assert current is not None
    form = member.post(own_address("method_begin", current.uuid), follow=True)
    draft = MethodVersion.objects.get(in_force_since__isnull=True)
    sent = {"seen": form.context["form"]["seen"].value(), "note": "Eén criterium erbij."}
    for row in form.context["criteria"].management_form:
        sent[row.html_name] = row.value()
    for row in form.context["criteria"]:
        sent |= {bound.html_name: bound.value() or "" for bound in row}
    more = member.post(own_address("method_draft", draft.uuid), sent | {"more": "ja"})
    assert len(more.context["criteria"].forms) == 9
    sent["criterium-TOTAL_FORMS"] = "9"
    sent |= {"criterium-8-axis": "relevance", "criterium-8-name": "Bereik"}
    sent |= {"criterium-8-question": "Voor wie?", "criterium-8-ORDER": "9"}
    sent |= {f"criterium-8-step_{step}": f"stap {step}" for step in range(1, 6)}
    answer = member.post(
        own_address("method_draft", draft.uuid), sent | {"in_force": "ja"}, follow=True
    )
    assert "Deze versie geldt nu" in text(answer)
    draft.refresh_from_db()
    assert [one.name for one in draft.criteria.filter(axis="relevance")][-1] == "Bereik"


def test_a_criterion_without_a_name_comes_back_as_it_was_typed() -> None:
    member = reviewer(0)
    draft = draft_by(member)
    sent = {
        "seen": draft.changed_at.isoformat(),
        "criterium-TOTAL_FORMS": "1",
        "criterium-INITIAL_FORMS": "1",
        "criterium-0-axis": "relevance",
        "criterium-0-name": "",
        "criterium-0-question": "Wat levert het op?",
        "save": "ja",
    }
    answer = as_(member).post(own_address("method_draft", draft.uuid), sent)
    assert answer.status_code == 422
    assert "Wat levert het op?" in text(answer)
    assert draft.criteria.count() == 8


# Ambassadors


def test_the_board_makes_somebody_ambassador_and_ends_it() -> None:
    theme, guard = open_theme(), UserFactory(roles=[Role.AMBASSADOR])
    board = as_(reviewer(0))
    sent = {"theme": theme.uuid, "person": guard.uuid}
    answer = board.post(own_address("ambassadors"), sent, follow=True)
    assert f"is ambassadeur van {theme.title}" in text(answer)
    again = board.post(own_address("ambassadors"), sent)
    assert "is al ambassadeur" in text(again)
    board.post(own_address("ambassador_end", Ambassador.objects.get().uuid))
    assert not Ambassador.objects.exists()


def test_only_who_reads_the_theme_can_guard_it() -> None:
    from_partner = UserFactory(roles=[Role.AMBASSADOR], organisation__kind="private")
    theme = open_theme(audience="public-sector")
    with pytest.raises(ValidationError, match="mag dit thema niet lezen"):
        ambassadors.appoint(actor=reviewer(0), theme=theme, person=from_partner)
    with pytest.raises(PermissionDenied):
        ambassadors.appoint(actor=reviewer(0), theme=theme, person=UserFactory())
    guard = UserFactory(roles=[Role.AMBASSADOR])
    with pytest.raises(PermissionDenied):
        ambassadors.appoint(actor=author(), theme=theme, person=guard)


def test_a_theme_that_a_board_member_may_not_read_is_not_in_the_list() -> None:
    hidden = open_theme(title="Gesloten thema", audience=CircleFactory().token)
    shown = text(as_(reviewer(0)).get(own_address("ambassadors")))
    assert hidden.title not in shown
    assert as_(UserFactory()).get(own_address("ambassadors")).status_code == 404
