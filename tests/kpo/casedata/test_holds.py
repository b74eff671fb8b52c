"""What is held waits for an editor, who decides with a reason; the number goes nowhere."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from kpo.audit.models import Entry
from kpo.casedata import actions
from kpo.casedata.guard import find_case_data
from kpo.casedata.models import Hold
from kpo.files.models import Document
from kpo.people.roles import Role
from tests.factories.files import document

BSN = "123456782"


@pytest.fixture
def held(db: None) -> Hold:
    stored = document(title=f"Notitie {BSN}", is_held=True, audience="accounts")
    return actions.hold(actor=None, obj=stored, place="files", findings=find_case_data(BSN))


def test_an_editor_releases_with_a_reason_and_the_file_can_be_opened(held: Hold, team: Any) -> None:
    actions.release(actor=team[Role.EDITOR], held=held, reason="Voorbeeld uit een handleiding")

    held.refresh_from_db()
    assert (held.state, held.decided_by) == (Hold.State.RELEASED, team[Role.EDITOR])
    assert not Document.objects.get().is_held


def test_an_editor_removes_and_the_file_is_gone(held: Hold, team: Any) -> None:
    actions.remove(actor=team[Role.EDITOR], held=held, reason="Echte persoon")

    assert not Document.objects.exists()
    assert Hold.objects.get().state == Hold.State.REMOVED


def test_a_reader_cannot_decide(held: Hold, team: Any) -> None:
    with pytest.raises(PermissionDenied):
        actions.release(actor=team[Role.READER], held=held, reason="Mag best")


def test_an_editor_who_may_not_read_the_file_cannot_decide_about_it(held: Hold, team: Any) -> None:
    Document.objects.update(audience="circle:11111111-1111-4111-8111-111111111111")

    with pytest.raises(PermissionDenied):
        actions.release(
            actor=team[Role.EDITOR], held=Hold.objects.get(), reason="Ik zie het niet eens"
        )


@pytest.mark.parametrize("reason", ["", "  ", f"het is {BSN}"])
def test_a_decision_needs_a_reason_without_case_data(held: Hold, team: Any, reason: str) -> None:
    with pytest.raises(ValidationError):
        actions.release(actor=team[Role.EDITOR], held=held, reason=reason)


def test_a_decision_is_made_once(held: Hold, team: Any) -> None:
    actions.release(actor=team[Role.EDITOR], held=held, reason="Voorbeeld")

    with pytest.raises(ValidationError):
        actions.remove(actor=team[Role.EDITOR], held=held, reason="Toch niet")


def test_a_thing_that_waits_already_is_not_queued_twice(held: Hold) -> None:
    again = actions.hold(
        actor=None, obj=held.target, place="files", findings=find_case_data("kenteken 12-BB-34")
    )

    assert again.pk == held.pk
    assert Hold.objects.get().kinds == ["kenteken"]


def test_the_number_is_in_no_log_and_on_no_screen(held: Hold, team: Any, sign_in: Any) -> None:
    client = sign_in(team[Role.EDITOR])
    queue = client.get(reverse("casedata_queue")).content.decode()
    screen = client.get(reverse("casedata_decide", args=[held.pk])).content.decode()
    client.post(
        reverse("casedata_decide", args=[held.pk]),
        {"decision": "released", "reason": "Verzonnen nummer"},
    )

    assert "Notitie █████████" in queue
    assert "Notitie █████████" in screen
    assert Hold.objects.get().state == Hold.State.RELEASED
    said = queue + screen + repr(list(Entry.objects.values()))
    assert "casedata.hold" in said
    assert "casedata.released" in said
    assert BSN not in said


def test_a_decision_without_a_reason_comes_back_with_what_was_chosen(
    held: Hold, team: Any, sign_in: Any
) -> None:
    response = sign_in(team[Role.EDITOR]).post(
        reverse("casedata_decide", args=[held.pk]), {"decision": "removed", "reason": ""}
    )

    assert response.status_code == 422
    assert 'value="removed"' in response.content.decode()
    assert Document.objects.exists()


@pytest.mark.parametrize("role", [Role.BOARD_MEMBER, Role.AUDITOR])
def test_the_queue_is_for_editors_and_administrators(team: Any, sign_in: Any, role: Role) -> None:
    assert sign_in(team[role]).get(reverse("casedata_queue")).status_code != 200


def test_only_an_administrator_manages_patterns(team: Any, sign_in: Any) -> None:
    url = reverse("casedata_patterns:add")
    data = {"name": "Zaak", "expression": r"PL\d{8}", "severity": "block", "is_active": "on"}

    assert sign_in(team[Role.EDITOR]).post(url, data).status_code != 200
    assert sign_in(team[Role.ADMINISTRATOR]).get(url).status_code == 200
    sign_in(team[Role.ADMINISTRATOR]).post(url, data)
    (finding,) = find_case_data("PL12345678")
    assert finding.kind == "Zaak"
