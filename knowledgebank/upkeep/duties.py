"""What a person kept falls to somebody else when that person goes: nothing is left to nobody.

To an ambassador of a theme of the page, else to the chair of the board, else to a member.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.utils import timezone

from knowledgebank.models import Ambassador, Assignment, Concern, KnowledgePage, ThemePage
from knowledgebank.review import notices as of_review
from knowledgebank.review import people as of_reviews
from knowledgebank.upkeep.dates import carry
from knowledgebank.upkeep.notices import HANDED, INHERITED
from kpo.audit import log as audit
from kpo.inbox.telling import tell
from kpo.people import tokens
from kpo.people.models import User
from kpo.people.reader import reader_for
from kpo.people.renewals import RenewalKind
from kpo.people.roles import Role


def pass_on(person: User) -> None:
    """In the transaction of whoever lets this person go; does nothing the second time."""
    themes = list(ThemePage.objects.filter(ambassadors__person=person))
    Ambassador.objects.filter(person=person).delete()
    done = {
        "themes": len(themes),
        "pages": sum(1 for _ in _pass_pages(person)),
        "concerns": sum(1 for _ in _pass_concerns(person)),
        "reviews": sum(1 for _ in _pass_reviews(person)),
    }
    for theme in themes:
        if not theme.ambassadors.exists():
            event = f"{theme.uuid}:{timezone.now().isoformat()}"
            tell(INHERITED, theme, event=event, facts={"outcome": "theme"})
    if any(done.values()):
        audit.record("knowledgebank.pass_on_duties", actor=None, obj=person, details=done)


def heirs_of(page: KnowledgePage, leaver: User) -> Iterator[User]:
    """Who may take over, the nearest first; each may read the page."""
    able = User.objects.holding(page.working_audience).exclude(pk=leaver.pk)
    appointed = of_reviews.appointed_of(page).order_by("-since", "-pk")
    since = {guard.person_id: (guard.since, guard.pk) for guard in appointed}
    guards = sorted(able.filter(pk__in=since), key=lambda one: since[one.pk])
    chosen: Iterable[Iterable[User]] = (
        guards,
        able.with_role(Role.BOARD_CHAIR).order_by("pk"),
        able.with_role(Role.BOARD_MEMBER).order_by("pk"),
    )
    for people in chosen:
        yield from people


def _heir_of(page: KnowledgePage, leaver: User) -> User | None:
    return next(heirs_of(page, leaver), None)


def _pass_pages(person: User) -> Iterator[KnowledgePage]:
    for page in KnowledgePage.objects.filter(responsible=person).order_by("pk"):
        heir = _heir_of(page, person)
        carry(page, responsible=heir.pk if heir else None)
        if heir is not None:
            facts = {"outcome": "page", "person": str(heir.uuid)}
            event = f"{page.uuid}:{timezone.now().isoformat()}"
            tell(INHERITED, page.specific, event=event, facts=facts)
        yield page


def _pass_concerns(person: User) -> Iterator[Concern]:
    assigned = Concern.objects.open().filter(assignee=person).select_related("page")
    for concern in assigned.order_by("pk"):
        heir = _heir_of(concern.page, person)
        Concern.objects.filter(pk=concern.pk).update(assignee=heir)
        if heir is not None:
            event = f"{concern.uuid}:{timezone.now().isoformat()}"
            tell(HANDED, concern, event=event, facts={"person": str(heir.uuid)})
        yield concern


def _pass_reviews(person: User) -> Iterator[Assignment]:
    """A review goes to somebody who may judge that text; without one it is the board's again."""
    assigned = Assignment.objects.filter(person=person, item__status="in_progress")
    for assignment in list(assigned.select_related("item__page").order_by("pk")):
        item = assignment.item
        assignment.delete()
        heirs = heirs_of(item.page, person)
        able = (one for one in heirs if not of_reviews.refusal(reader_for(one), item))
        heir = next(able, None)
        if heir is not None:
            Assignment.objects.get_or_create(item=item, person=heir)
            facts = {"person": str(heir.uuid)}
            event = f"{item.uuid}:{heir.uuid}:{timezone.now().isoformat()}"
            tell(of_review.ASKED, item, event=event, facts=facts, due_on=item.due_on)
        yield assignment


# --- Another employer ---------------------------------------------------------------------------
def end(person: User) -> list[str]:
    """The themes that the person guarded: to be asked for again at the new employer."""
    held = Ambassador.objects.filter(person=person).order_by("pk")
    themes = [str(uuid) for uuid in held.values_list("theme__uuid", flat=True)]
    pass_on(person)
    return themes


def give(person: User, value: str, giver: User) -> None:
    """Give it again to who reads the theme from the new employer too."""
    theme: Any = ThemePage.objects.filter(uuid=UUID(value)).first()
    if theme is None or not reader_for(person).holds(theme.audience):
        return
    Ambassador.objects.get_or_create(theme=theme, person=person)
    facts = {"person": str(person.uuid)}
    audit.record("knowledgebank.appoint_ambassador", actor=giver, obj=theme, details=facts)


def label(value: str) -> str:
    theme: Any = ThemePage.objects.filter(uuid=UUID(value)).first()
    if theme is None:
        return "Ambassadeur van een thema dat weg is"
    # Administrators and a mail say this, who need not read the theme.
    is_open = theme.audience in tokens.OPEN
    return f"Ambassadeur: {theme.title}" if is_open else "Ambassadeur van een besloten thema"


AMBASSADORSHIP = RenewalKind("ambassador", end, give, label)
