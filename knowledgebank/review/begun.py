"""Which version of the method a form was opened with: the form says it, signed when it was made."""

from __future__ import annotations

from django.core import signing
from django.core.exceptions import ValidationError
from django.http import QueryDict

from knowledgebank.models import MethodVersion, ReviewItem
from kpo.people.models import User

_signer = signing.Signer(salt="knowledgebank.review.begun")
NOT_OURS = "Dit formulier klopt niet meer."


def mark_of(version: MethodVersion, item: ReviewItem, person: User) -> str:
    """For the hidden field of a form that this person opens on this item now."""
    return _signer.sign_object([str(version.uuid), str(item.uuid), str(person.uuid)])


def version_of(mark: str, item: ReviewItem, person: User) -> MethodVersion | None:
    """The version that the form was opened with; None for a form that says nothing.

    Raises ValidationError for a mark that is not of a form of this person on this item.
    """
    if not mark:
        return None
    try:
        version, of_item, of_person = _signer.unsign_object(mark)
    except (signing.BadSignature, ValueError):
        raise ValidationError(NOT_OURS) from None
    if [of_item, of_person] != [str(item.uuid), str(person.uuid)]:
        raise ValidationError(NOT_OURS)
    return MethodVersion.objects.filter(uuid=version).first()


def begin_anew(typed: QueryDict, mark: str) -> QueryDict:
    """What was typed in a form that is refused, for the form of `mark`, without its scores.

    A score was given to a question, and that may be another now.
    """
    kept = typed.copy()
    for name in [name for name in kept if name.startswith("score-")]:
        del kept[name]
    kept["method"] = mark
    return kept
