"""Who is a member of which space."""

from django.conf import settings
from django.db import models


class Membership(models.Model):
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    space = models.UUIDField()

    def __str__(self) -> str:
        return f"{self.person} in {self.space}"
