"""What may stand under what, enforced where rows change and not only in the screens of the CMS.

`ReadablePage.save` covers create, save, publish, copy, alias, revert and scheduled publishing; a
page that is moved is not saved as itself, so moving has a signal of its own. Behind both stands a
deferred constraint trigger in the database (migration `guard_audience`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from wagtail.signals import pre_page_move

from kpo.people import tokens

if TYPE_CHECKING:
    from wagtail.models import Page

    from kpo.pages.models import ReadablePage

CHOOSE_AUDIENCE = (
    "Kies eerst wie ‘{title}’ mag lezen. Zolang dat niet gekozen is, kan de pagina niet worden "
    "gepubliceerd."
)
TOO_WIDE = (
    "‘{title}’ ({audience}) kan niet onder ‘{culprit}’ ({outer}) staan: dan zouden meer mensen de "
    "pagina mogen lezen dan de pagina erboven. Kies een kleinere groep, of zet de pagina ergens "
    "anders."
)


def check_place(page: ReadablePage, audience: str, parent: Page | None) -> None:
    """Raise ValidationError, naming the culprit, where `audience` may not stand under `parent`."""
    outer = getattr(parent.specific_deferred, "audience", None) if parent else None
    if outer is None or tokens.may_stand_under(audience, outer):
        return
    raise ValidationError(
        TOO_WIDE.format(
            title=page.title,
            audience=tokens.label(audience),
            culprit=parent.title if parent else "",
            outer=tokens.label(outer),
        ),
        code="too_wide",
    )


def check_publishable(page: ReadablePage) -> None:
    """Raise ValidationError where nobody has chosen yet who may read the page."""
    if page.audience == tokens.NOBODY:
        raise ValidationError(CHOOSE_AUDIENCE.format(title=page.title), code="no_audience")


def refuse_move(sender: Any, instance: Page, parent_page_after: Page, **kwargs: Any) -> None:
    page = instance.specific_deferred
    if hasattr(page, "audience"):
        check_place(page, page.audience, parent_page_after)


def connect() -> None:
    pre_page_move.connect(refuse_move, dispatch_uid="kpo.pages.tree_guard")
