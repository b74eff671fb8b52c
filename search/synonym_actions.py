"""The verbs of the list of synonyms: changing which words mean the same."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from kpo.audit.log import record
from kpo.people.actions.rights import acting, require
from kpo.people.models import User
from kpo.people.reader import Reader
from kpo.people.roles import Role
from search import synonyms
from search.models import Synonym, SynonymList


def can_manage_synonyms(reader: Reader) -> bool:
    return reader.has_role(Role.EDITOR, Role.ADMINISTRATOR)


@transaction.atomic
def save_synonym(*, actor: User, synonym: Synonym) -> Synonym:
    """Save a line of the list; the next search of any process uses it."""
    require(can_manage_synonyms(acting(actor)))
    synonym.full_clean()
    synonym.save()
    synonyms.announce_change()
    details = {"kind": synonym.kind, "is_active": synonym.is_active}
    record("synonyms.save", actor=actor, obj=synonym, details=details)
    return synonym


@transaction.atomic
def delete_synonym(*, actor: User, synonym: Synonym) -> None:
    require(can_manage_synonyms(acting(actor)))
    record("synonyms.delete", actor=actor, obj=synonym)
    synonym.delete()
    synonyms.announce_change()


@transaction.atomic
def load_synonyms(starters: Iterable[Synonym]) -> int:
    """Add the lines of the starter list that were never added before; returns how many.

    A line that an editor changed or took away stays as it is.
    """
    listed = SynonymList.lock()
    known = set(listed.starters)
    new = {line.term: line for line in starters if line.term not in known}
    if not new:
        return 0
    Synonym.objects.bulk_create(new.values())
    listed.starters = sorted(known | new.keys())
    listed.save(update_fields=["starters"])
    synonyms.announce_change()
    record("synonyms.load", actor=None, details={"count": len(new)})
    return len(new)
