"""The rows of what editors put above all else for a question."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from kpo.casedata.guard import check_text
from kpo.pages.models import ReadablePage
from kpo.people.reader import Reader
from search.questions import parse
from search.sources import source_of
from search.versioned_list import ListVersion


class PinQuerySet(models.QuerySet["Pin"]):
    def current(self, today: dt.date) -> Self:
        return self.filter(Q(until=None) | Q(until__gte=today))

    def workable_by(self, reader: Reader) -> Self:
        """Those that name no page which this reader may not meet in the CMS."""
        named = {page for pages in self.values_list("pages", flat=True) for page in pages}
        closed = ReadablePage.objects.filter(uuid__in=named).exclude(
            working_audience__in=reader.audiences
        )
        return self.exclude(pages__overlap=list(closed.values_list("uuid", flat=True)))


class Pin(models.Model):
    """Pages that stand first for one or more questions, for whoever may read them.

    A pin opens nothing and counts nowhere: whether a page is shown, and what is found beside it,
    does not depend on it.
    """

    MOST_QUESTIONS = 20
    MOST_PAGES = 5

    questions = ArrayField(
        models.CharField(max_length=120),
        size=MOST_QUESTIONS,
        verbose_name="zoekvragen",
        help_text="Elke vraag op een eigen regel, zoals mensen hem typen. Hoofdletters, accenten "
        "en meervoud maken niet uit. Zet hier geen woord uit een besloten groep.",
    )
    pages = ArrayField(
        models.UUIDField(),
        size=MOST_PAGES,
        verbose_name="pagina's",
        help_text="Het adres van elke pagina op een eigen regel, de bovenste eerst. Hoogstens "
        "vijf. Alleen wie een pagina mag lezen, ziet hem.",
    )
    until = models.DateField(
        "tot en met",
        null=True,
        blank=True,
        help_text="De laatste dag waarop dit werkt. Leeg: tot iemand het weghaalt.",
    )
    note = models.CharField(
        "toelichting",
        max_length=300,
        blank=True,
        default="",
        help_text="Voor collega's: waarom dit bovenaan hoort. Lezers zien dit niet.",
    )

    objects = PinQuerySet.as_manager()

    class Meta:
        verbose_name = "uitgelichte pagina"
        verbose_name_plural = "uitgelichte pagina's"
        ordering: ClassVar = ["questions", "pk"]

    def __str__(self) -> str:
        # What the log calls it: not by its questions, of which one may be a word of a closed page.
        return f"uitgelicht {self.pk}"

    @property
    def asked(self) -> str:
        return ", ".join(self.questions)

    @property
    def is_current(self) -> bool:
        return self.until is None or self.until >= timezone.localdate()

    @property
    def titles(self) -> str:
        """The pages by title, in order; one that is gone is left out."""
        found = ReadablePage.objects.in_bulk(self.pages, field_name="uuid")
        return ", ".join(found[page].title for page in self.pages if page in found)

    def clean(self) -> None:
        """Every question must have a word to compare it by, no syntax, and nothing of a case."""
        if not all(map(name_asked, self.questions or ())):
            raise ValidationError(
                {"questions": "Schrijf gewone woorden, zonder aanhalingstekens of minteken."}
            )
        typed = "\n".join([*(self.questions or ()), self.note])
        check_text(typed, where="de zoekvragen of de toelichting")


class PinList(ListVersion):
    """Which state the list of pins is in."""

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(id=1), name="search_pins_are_one_list")
        ]


def name_asked(text: str) -> str:
    """A question as pins are looked up by; empty where it asks for more than plain words."""
    wanted = parse(text)
    return "" if wanted.phrases or wanted.unwanted else wanted.name


def is_of_pages(type_: str) -> bool:
    """Whether things of this type are pages; a person is never pinned."""
    source = source_of(type_)
    return source is not None and issubclass(source.model, ReadablePage)
