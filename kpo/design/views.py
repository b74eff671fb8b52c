"""Shows every component with its class names and states, for who builds a page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kpo.design import gallery as samples
from kpo.design import icons


def gallery(request: HttpRequest) -> HttpResponse:
    """All components, on invented content."""
    context = {
        "colors": samples.COLORS,
        "icons": icons.names(),
        "tokens": samples.TOKENS,
        "reviewed": samples.REVIEWED,
        "overdue": samples.OVERDUE,
        "organisations": samples.ORGANISATIONS,
        "stages": samples.STAGES,
        "filled_form": samples.SampleForm(samples.VALID),
        "refused_form": samples.SampleForm(samples.INCOMPLETE),
    }
    return render(request, "design/gallery.html", context)
