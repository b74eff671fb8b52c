"""Verbs of the rules of review: which pages are published after review only, and how."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from knowledgebank.models import ReviewRule, ThemePage
from kpo.audit import log as audit
from kpo.people.models import User
from kpo.people.reader import cms_reader


@transaction.atomic
def save_rule(*, actor: User, rule: ReviewRule) -> ReviewRule:
    """Save a rule; the next attempt to publish goes by it.

    Raises PermissionDenied for who keeps no rules or may not meet the theme.
    """
    _require(actor, "add" if rule.pk is None else "change", rule)
    rule.full_clean()
    rule.save()
    audit.record("knowledgebank.save_rule", actor=actor, obj=rule, details=_said(rule))
    return rule


@transaction.atomic
def delete_rule(*, actor: User, rule: ReviewRule) -> None:
    """Take a rule away: what it was about must be reviewed, unless another rule fits."""
    _require(actor, "delete", rule)
    audit.record("knowledgebank.delete_rule", actor=actor, obj=rule, details=_said(rule))
    rule.delete()


def _require(actor: User, action: str, rule: ReviewRule) -> None:
    themes: Any = ThemePage.objects.workable_by(cms_reader(actor))
    meets = rule.theme_id is None or themes.filter(pk=rule.theme_id).exists()
    if not (meets and actor.has_perm(f"knowledgebank.{action}_reviewrule")):
        raise PermissionDenied


def _said(rule: ReviewRule) -> dict[str, Any]:
    return {"page_type": rule.page_type, "kind": rule.kind, "is_required": rule.is_required}
