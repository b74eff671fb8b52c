"""The contact page: a form that shows no address and keeps what was sent."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel

from knowledgebank.forms import NAME_LENGTH, SUBJECT_LENGTH, TEXT_LENGTH, ContactForm
from kpo.pages.models import ReadablePage


class ContactPage(ReadablePage):
    """A form for questions and remarks; editors handle what comes in."""

    intro = models.TextField(
        "inleiding",
        max_length=400,
        blank=True,
        help_text="Twee of drie zinnen boven het formulier.",
    )

    content_panels = [*ReadablePage.content_panels, FieldPanel("intro")]
    parent_page_types: ClassVar[list[str]] = ["knowledgebank.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    template = "knowledgebank/contact_page.html"
    is_creatable = True
    max_count = 1

    class Meta:
        verbose_name = "contactpagina"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        person = context["reader"].person
        known = {"name": person.get_full_name(), "email": person.email} if person else {}
        context["form"] = ContactForm(initial=known)
        return context


class ContactMessage(models.Model):
    """What somebody wrote on the contact page, and whether it was handled."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="afzender met account",
    )
    name = models.CharField("naam", max_length=NAME_LENGTH)
    email = models.EmailField("e-mailadres")
    subject = models.CharField("onderwerp", max_length=SUBJECT_LENGTH)
    text = models.TextField("bericht", max_length=TEXT_LENGTH)
    sent_at = models.DateTimeField("gestuurd op", auto_now_add=True)
    handled_at = models.DateTimeField("afgehandeld op", null=True)

    class Meta:
        verbose_name = "contactbericht"
        verbose_name_plural = "contactberichten"
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return self.subject
