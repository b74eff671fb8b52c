"""An address that a mail server did not want mail for."""

from django.db import models

from kpo.people.querysets import MailRefusalQuerySet


class MailRefusal(models.Model):
    """How often in a row an address was refused for good; gone as soon as one mail gets through."""

    email = models.EmailField("e-mailadres", unique=True)
    count = models.PositiveSmallIntegerField("keren", default=0)
    code = models.PositiveSmallIntegerField("antwoord van de mailserver")
    last_at = models.DateTimeField("laatst")

    objects = MailRefusalQuerySet.as_manager()

    class Meta:
        verbose_name = "geweigerde mail"
        verbose_name_plural = "geweigerde mails"
        default_permissions = ()

    def __str__(self) -> str:
        return f"Geweigerde mail {self.pk}"
