"""What upper floors show on the page of a person, such as themes someone is ambassador of."""

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.safestring import SafeString

from kpo.people.models import User

# Given a request (for its reader) and a person: rendered HTML, empty for nothing to show.
Panel = Callable[[HttpRequest, User], SafeString]
_panels: dict[int, list[Panel]] = {}


def register(panel: Panel, *, order: int = 100) -> None:
    """Add a panel; lower orders stand higher on the page."""
    _panels.setdefault(order, []).append(panel)


def panels_for(request: HttpRequest, person: User) -> list[SafeString]:
    shown = [panel(request, person) for order in sorted(_panels) for panel in _panels[order]]
    return [html for html in shown if html]
