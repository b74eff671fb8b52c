"""The records as rows, what of them still has to reach the index, and which index is theirs."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from kpo.casedata.guard import check_text
from kpo.people import tokens
from kpo.people.querysets import AudienceQuerySet
from search.expansion import term_words
from search.linked import LinkText  # noqa: F401  Django looks for all models here
from search.pinned import Pin, PinList  # noqa: F401  Django looks for all models here
from search.versioned_list import ListVersion


class RowQuerySet(AudienceQuerySet):
    def records(self) -> Self:
        return self.filter(part=0)

    def passages(self) -> Self:
        return self.filter(part__gt=0)


class MissingReportQuerySet(models.QuerySet["MissingReport"]):
    def about(self, themes: Iterable[str]) -> Self:
        """Those about one of these themes, and those about none."""
        return self.filter(theme__in=["", *themes])

    def open(self) -> Self:
        return self.filter(handled_on=None)


class Row(models.Model):
    """Part 0 is a record, parts 1 and up are its passages in reading order.

    Written in the transaction that changes the thing itself: what PostgreSQL answers from while
    the engine is away, what hits are highlighted from, and what the index is made of.
    """

    key = models.CharField(max_length=90)
    part = models.PositiveIntegerField()
    audience = models.CharField(max_length=80)
    version = models.BigIntegerField()
    # Hash of the whole record, so that a save which changes nothing costs nothing. Part 0 only.
    digest = models.CharField(max_length=64, blank=True, default="")
    type = models.CharField(max_length=30)
    title = models.TextField(blank=True, default="")
    short_names = ArrayField(models.TextField(), default=list)
    # Title and short names folded: what suggestions while typing are looked up in. Part 0 only.
    label = models.TextField(blank=True, default="")
    # Title and short names as compared by the title rule: stems, one string for each name.
    names = ArrayField(models.TextField(), default=list)
    # The summary of a record, or the text of a passage.
    text = models.TextField(blank=True, default="")
    # The normalized words of that text in order, without stop words; see search/dutch.py.
    words = models.TextField(blank=True, default="")
    # Distinct stems and compound parts of heading and text: what a passage is chosen by.
    stems = ArrayField(models.TextField(), default=list)
    # Distinct words of all passages, and of their headings: what a hit is judged by word for word
    # without its passages being read. Part 0 only.
    vocabulary = models.TextField(blank=True, default="")
    heading_vocabulary = models.TextField(blank=True, default="")
    # Normalized words of the links on other pages that point here. Part 0 only.
    link_words = models.TextField(blank=True, default="")
    vector = SearchVectorField(null=True)
    url = models.TextField(blank=True, default="")
    page = models.PositiveIntegerField(null=True)
    anchor = models.TextField(null=True)  # noqa: DJ001  null says: this passage has no anchor
    file = models.TextField(null=True)  # noqa: DJ001  null says: not from a file
    heading = models.TextField(blank=True, default="")
    themes = ArrayField(models.TextField(), default=list)
    kind = models.CharField(max_length=40, blank=True, default="")
    regions = ArrayField(models.TextField(), default=list)
    organisation = models.TextField(blank=True, default="")
    date = models.DateField(null=True)
    language = models.CharField(max_length=10, blank=True, default="")
    review_state = models.CharField(max_length=40, blank=True, default="")
    is_obsolete = models.BooleanField(default=False)

    objects = RowQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "part"], name="search_row_key_part"),
            models.CheckConstraint(
                condition=~Q(audience__in=["", tokens.NOBODY]), name="search_row_has_audience"
            ),
        ]
        indexes: ClassVar = [
            GinIndex(fields=["vector"], name="search_row_vector"),
            models.Index(fields=["audience", "type"], name="search_row_audience"),
            GinIndex(
                OpClass(models.F("label"), name="gin_trgm_ops"),
                name="search_row_label",
                condition=Q(part=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}#{self.part}"


class Change(models.Model):
    """A key whose rows changed since the index last heard of it.

    A withheld key is left out of every answer of an engine until the engine has confirmed this
    version, so that narrowing and removal hold from the transaction on.
    """

    key = models.CharField(max_length=90, unique=True)
    version = models.BigIntegerField()
    is_withheld = models.BooleanField(default=False)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["key"], name="search_change_withheld", condition=Q(is_withheld=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"


class State(models.Model):
    """Which index belongs to this database; exactly one row.

    `commit` is what the index must say of itself to be served, `pending_commit` what it says
    instead if a writer died between the index's commit and ours. `synonyms` and `pins` are no
    columns: a look at the state brings the versions of those lists along.
    """

    synonyms: uuid.UUID | None = None
    pins: uuid.UUID | None = None

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    generation = models.UUIDField(null=True)
    commit = models.UUIDField(default=uuid.uuid4)
    pending_commit = models.UUIDField(null=True)
    built_at = models.DateTimeField(null=True)
    refused_hits = models.BigIntegerField(default=0)
    last_refused_at = models.DateTimeField(null=True)
    # When administrators were last told of refused hits.
    told_at = models.DateTimeField(null=True)
    # The last comparison of index and table, and on how many keys they differed.
    checked_at = models.DateTimeField(null=True)
    differences = models.PositiveIntegerField(default=0)
    # How many documents left the open half since the index was made: were narrowed or removed.
    left_open = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(id=1), name="search_state_is_one_row")
        ]

    def __str__(self) -> str:
        return str(self.generation)


class Refusal(models.Model):
    """How many hits of one answer the reader could not read after all; says not which."""

    at = models.DateTimeField(default=timezone.now, db_index=True)
    count = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.count}"


class SynonymQuerySet(models.QuerySet["Synonym"]):
    def active(self) -> Self:
        return self.filter(is_active=True)


class Synonym(models.Model):
    """A word or abbreviation and what it means as well, as editors keep it.

    It widens the question of whoever asks; what is found by it is what the reader may read.
    """

    MOST_OTHERS = 8

    class Kind(models.TextChoices):
        SYNONYM = "synonym", "Synoniem"
        ABBREVIATION = "abbreviation", "Afkorting"

    kind = models.CharField(
        "soort",
        max_length=20,
        choices=Kind,
        default=Kind.SYNONYM,
        help_text="Een afkorting met de lange vorm, of woorden die hetzelfde betekenen.",
    )
    term = models.CharField(
        "woord of afkorting",
        max_length=80,
        help_text="Iedereen die zoekt merkt dit. Zet hier geen woord uit een besloten groep.",
    )
    others = ArrayField(
        models.CharField(max_length=80),
        size=MOST_OTHERS,
        verbose_name="betekent ook",
        help_text="De lange vorm of andere woorden, met een komma ertussen. Hoogstens acht.",
    )
    is_two_way = models.BooleanField(
        "werkt over en weer",
        default=True,
        help_text="Uit: wie het woord zoekt vindt ook de andere, maar niet andersom.",
    )
    themes = ArrayField(
        models.SlugField(max_length=100),
        blank=True,
        default=list,
        verbose_name="alleen binnen deze thema's",
        help_text="Het laatste deel van het adres van een themapagina, met komma's. Leeg: overal.",
    )
    note = models.CharField(
        "toelichting",
        max_length=300,
        blank=True,
        default="",
        help_text="Voor collega's: waarom dit in de lijst staat. Lezers zien dit niet.",
    )
    is_active = models.BooleanField(
        "actief",
        default=True,
        help_text="Uit: de regel blijft staan, maar zoeken gebruikt hem niet.",
    )

    objects = SynonymQuerySet.as_manager()

    class Meta:
        verbose_name = "synoniem of afkorting"
        verbose_name_plural = "synoniemen en afkortingen"
        ordering = ("term", "pk")

    def __str__(self) -> str:
        return self.term

    @property
    def others_as_text(self) -> str:
        return ", ".join(self.others)

    def clean(self) -> None:
        """Every term must be something that a search can look for, and nothing of a case."""
        empty = [term for term in (self.term, *(self.others or ())) if not term_words(term)]
        if empty:
            raise ValidationError(f"Hier kan niemand op zoeken: {', '.join(empty)}.")
        typed = "\n".join([self.term, *(self.others or ()), self.note])
        check_text(typed, where="de woorden of de toelichting")


class SynonymList(ListVersion):
    """Which state the list is in, and which lines of the starter list it ever got."""

    starters = ArrayField(models.CharField(max_length=80), default=list)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(id=1), name="search_synonyms_are_one_list")
        ]


class Word(models.Model):
    """A word of what these readers may read, of closed things only of a title: where corrections
    come from."""

    word = models.CharField(max_length=60)
    audience = models.CharField(max_length=80)
    count = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["word", "audience"], name="search_word_once")
        ]
        indexes: ClassVar = [
            GinIndex(OpClass(models.F("word"), name="gin_trgm_ops"), name="search_word_similar")
        ]

    def __str__(self) -> str:
        return self.word


class DayKey(models.Model):
    """What one day's askers are counted with; thrown away with that day, so that nobody can tell
    afterwards who an asker was."""

    day = models.DateField(unique=True)
    key = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"


class Asking(models.Model):
    """A question of today, once for each asker; counted and forgotten the night after.

    `asker` is a hash under the day's key. `is_clicked` and `is_useful` stay empty for who told
    neither: without script a click is not seen.
    """

    day = models.DateField()
    text = models.CharField(max_length=120, blank=True)
    # Slug of the theme that was chosen, or that most of the best hits are about.
    theme = models.CharField(max_length=255, blank=True)
    asker = models.CharField(max_length=32)
    is_found = models.BooleanField()
    is_clicked = models.BooleanField(null=True)
    is_useful = models.BooleanField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["day", "text", "theme", "asker"], name="search_asking_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"


class AskedInMonth(models.Model):
    """How often something was asked in a month. No text stands for all that too few people asked.

    `without_click` counts among `watched`: those of which it is known.
    """

    month = models.DateField()
    theme = models.CharField(max_length=255, blank=True)
    text = models.CharField(max_length=120, blank=True)
    times = models.PositiveIntegerField()
    without_result = models.PositiveIntegerField()
    watched = models.PositiveIntegerField()
    without_click = models.PositiveIntegerField()
    useful = models.PositiveIntegerField()
    not_useful = models.PositiveIntegerField()

    class Meta:
        verbose_name = "zoekinzicht"
        verbose_name_plural = "zoekinzicht"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["month", "theme", "text"], name="search_asked_in_month_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.text}"


class MissingReport(models.Model):
    """What a reader looked for and says is missing. Kept without who said so."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    text = models.CharField("gezocht", max_length=300)
    remark = models.CharField("toelichting", max_length=500, blank=True)
    theme = models.CharField("thema", max_length=255, blank=True)
    reported_on = models.DateField("gemeld op", default=timezone.localdate)
    handled_on = models.DateField("afgehandeld op", null=True)

    objects = MissingReportQuerySet.as_manager()

    class Meta:
        verbose_name = "melding van wat ontbreekt"
        verbose_name_plural = "meldingen van wat ontbreekt"

    def __str__(self) -> str:
        return f"melding van {self.reported_on:%Y-%m-%d}"
