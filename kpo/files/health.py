"""The line of the files on the operations page."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from kpo.design.dutch import number
from kpo.files.waiting import Reason, count_unscanned
from kpo.operations.lines import Line, register


def file_lines() -> Iterator[Line]:
    unscanned = count_unscanned()
    yield Line(
        "Bestanden die op vrijgave wachten",
        number(unscanned),
        "Geen virusscanner bekeek ze. Geef ze vrij of weiger ze, of stel KPO_CLAMD in."
        if unscanned
        else "",
        f"{reverse('files_waiting')}?reden={Reason.UNSCANNED}" if unscanned else "",
    )


register("Bestanden", file_lines, order=40)
