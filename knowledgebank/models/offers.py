"""Practices that people offer: what they wrote, what was said about it, and what they agreed to."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from knowledgebank.models.themes import ThemePage
from knowledgebank.offering.querysets import OfferQuerySet
from kpo.people.choices import Region
from kpo.people.fields import AudienceField
from kpo.people.models import Organisation

if TYPE_CHECKING:
    from knowledgebank.models.practices import Practice


class Offer(models.Model):  # type: ignore[django-manager-missing]  # of pages, see Practice
    """An example from practice as its submitter tells it, from draft to what became of it.

    How far it is with a page that was made of it follows from the page: see `offering.stages`.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Concept"
        SENT = "sent", "Ingestuurd"
        TAKEN_IN = "taken_in", "Overgenomen"
        DECLINED = "declined", "Afgewezen"
        WITHDRAWN = "withdrawn", "Ingetrokken"

    class Attribution(models.TextChoices):
        NAME = "name", "Mijn naam en mijn organisatie"
        ORGANISATION = "organisation", "Alleen mijn organisatie"

    class Contact(models.TextChoices):
        NOBODY = "nobody", "Niemand"
        ME = "me", "Mij"
        OTHER = "other", "Een ander, of een team"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="offers",
        verbose_name="ingestuurd door",
    )
    # Of the day it was sent: who changes jobs did this at the former one.
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="organisatie"
    )
    state = models.CharField("stand", max_length=10, choices=State, default=State.DRAFT)
    title = models.CharField(
        "Hoe noem je het?",
        max_length=120,
        blank=True,
        help_text="Een paar woorden, zoals je het aan een collega vertelt.",
    )
    summary = models.TextField(
        "In het kort",
        max_length=500,
        blank=True,
        help_text="Twee of drie zinnen. Hieraan ziet een ander of verder lezen loont.",
    )
    what = models.TextField(
        "Wat deed je?",
        max_length=8000,
        blank=True,
        help_text="Wat was er aan de hand, wat deden jullie, en wie deden er mee? Noem geen "
        "namen, adressen of andere gegevens uit een onderzoek.",
    )
    place = models.CharField(
        "Waar was het?",
        max_length=80,
        blank=True,
        help_text="De plaats of het gebied, als dat genoemd mag worden.",
    )
    region = models.CharField(
        "Regio", max_length=40, choices=Region, blank=True, help_text="Waar dit speelde."
    )
    effort = models.TextField(
        "Wat vroeg het?",
        max_length=1500,
        blank=True,
        help_text="Mensen, uren, geld, afspraken: zodat een ander kan inschatten of het lukt.",
    )
    outcome = models.TextField(
        "Wat kwam ervan?",
        max_length=1500,
        blank=True,
        help_text="Ook als het tegenviel: daar leert een ander net zoveel van.",
    )
    themes = models.ManyToManyField(
        ThemePage,
        blank=True,
        related_name="offers",
        verbose_name="Bij welk thema hoort het?",
        help_text="De ambassadeur van dat thema leest het. Weet je het niet, laat het dan leeg.",
    )
    contact = models.CharField(
        "Wie mogen lezers iets vragen?",
        max_length=10,
        choices=Contact,
        default=Contact.NOBODY,
        help_text="Dit komt bij het voorbeeld te staan, zonder adres of nummer.",
    )
    contact_words = models.CharField(
        "Wie dan?",
        max_length=120,
        blank=True,
        help_text="Alleen bij een ander of een team. Bijvoorbeeld: het team ondermijning van de "
        "gemeente.",
    )
    attribution = models.CharField(
        "Wat zetten we erbij?",
        max_length=15,
        choices=Attribution,
        default=Attribution.ORGANISATION,
        help_text="Je kunt je naam later altijd weghalen.",
    )
    # Two windows on one draft: the later one is warned instead of writing over the other.
    version = models.PositiveIntegerField(default=0, editable=False)
    saved_from = models.UUIDField(null=True, editable=False)
    saved_at = models.DateTimeField("bewaard op", auto_now=True)
    sent_at = models.DateTimeField("ingestuurd op", null=True, editable=False)
    decided_at = models.DateTimeField("beslist op", null=True, editable=False)
    reason = models.TextField("waarom", max_length=2000, blank=True, editable=False)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="behandeld door",
    )
    asked_at = models.DateTimeField("akkoord gevraagd op", null=True, editable=False)
    published_at = models.DateTimeField("gepubliceerd op", null=True, editable=False)

    objects: ClassVar[Any] = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = "aangeboden praktijkvoorbeeld"
        verbose_name_plural = "aangeboden praktijkvoorbeelden"
        ordering: ClassVar = ["-saved_at", "-pk"]
        # Beside these a trigger keeps an offer and the page made of it in step, see the migrations.
        # The two on moments name every state: one that is unknown fails both.
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(attribution__in=["name", "organisation"]),
                name="offer_attribution_known",
            ),
            models.CheckConstraint(
                condition=Q(contact__in=["nobody", "me", "other"]), name="offer_contact_known"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", sent_at=None)
                | Q(state="withdrawn")
                | Q(state__in=["sent", "taken_in", "declined"], sent_at__isnull=False),
                name="offer_sent_at_some_moment",
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(state="sent", decided_at=None)
                | Q(state__in=["taken_in", "declined", "withdrawn"], decided_at__isnull=False),
                name="offer_decided_at_some_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(reason=""), name="offer_declined_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(state="taken_in") | Q(asked_at=None, published_at=None),
                name="offer_asked_of_a_page",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(asked_at__isnull=False),
                name="offer_published_after_asking",
            ),
        ]

    def __str__(self) -> str:
        # Without the title, which only a few may read: the log says this of it, and an export.
        return f"aangeboden praktijkvoorbeeld {str(self.uuid)[:8]}"

    @cached_property
    def page(self) -> Practice | None:
        """The page that was made of it; copies and aliases come after it."""
        found: Practice | None = self.pages.filter(alias_of=None).order_by("pk").first()
        return found

    @property
    def shown_name(self) -> str:
        """The submitter's name, if it is to be shown and the account works."""
        is_shown = self.attribution == self.Attribution.NAME and self.person.is_active
        return self.person.get_full_name() if is_shown else ""

    @property
    def shown_contact(self) -> Any:
        """The submitter, if readers may ask him or her; None otherwise."""
        is_asked = self.contact == self.Contact.ME and self.person.is_active
        return self.person if is_asked else None


class OfferFile(models.Model):
    """A file that goes with an offer. It is for nobody until the page it is on is published."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        on_delete=models.PROTECT,
        related_name="offer_files",
        verbose_name="bestand",
    )
    added_at = models.DateTimeField("toegevoegd op", auto_now_add=True)

    class Meta:
        verbose_name = "bestand bij een aangeboden praktijkvoorbeeld"
        verbose_name_plural = "bestanden bij aangeboden praktijkvoorbeelden"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.offer}, bestand {str(self.uuid)[:8]}"


class OfferMessage(models.Model):
    """A question about an offer, or an answer to one."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    is_from_submitter = models.BooleanField("van de inzender", default=False)
    text = models.TextField("bericht", max_length=2000)
    sent_at = models.DateTimeField("gestuurd op", auto_now_add=True)

    class Meta:
        verbose_name = "bericht bij een aangeboden praktijkvoorbeeld"
        verbose_name_plural = "berichten bij aangeboden praktijkvoorbeelden"
        ordering: ClassVar = ["sent_at", "pk"]

    def __str__(self) -> str:
        return f"{self.offer}, bericht {str(self.uuid)[:8]}"


class OfferConsent(models.Model):
    """What the submitter said of the edited text: to one text and one audience, by fingerprint.

    Of two answers on the same text the later one holds.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="consents")
    fingerprint = models.CharField(max_length=64)
    audience = AudienceField()
    is_given = models.BooleanField("akkoord")
    # True: the account of the submitter was gone, and the board went on without a name.
    is_by_board = models.BooleanField("door de redactieraad", default=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    remark = models.TextField("wat er anders moet", max_length=2000, blank=True)
    given_at = models.DateTimeField("gegeven op", auto_now_add=True)

    class Meta:
        verbose_name = "akkoord op een praktijkvoorbeeld"
        verbose_name_plural = "akkoorden op praktijkvoorbeelden"
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["offer", "fingerprint"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(is_given=True) | ~Q(remark=""), name="offer_refusal_says_why"
            ),
            models.CheckConstraint(
                condition=Q(is_given=True) | Q(is_by_board=False), name="offer_board_only_agrees"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer}, {'akkoord' if self.is_given else 'nog geen akkoord'}"
