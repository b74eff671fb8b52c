"""The ways in which a person can hear of something."""

from django.db import models


class Channel(models.TextChoices):
    """How somebody hears of a kind of news. All but the last put it in the inbox too."""

    PLATFORM = "platform", "Alleen in je postvak"
    AT_ONCE = "at-once", "Meteen een mail"
    DAILY = "daily", "Elke werkdag in één mail"
    WEEKLY = "weekly", "Elke week in één mail"
    MONTHLY = "monthly", "Elke maand in één mail"
    NOTHING = "nothing", "Niets"


# The channels whose news waits for one mail.
DIGESTS = (Channel.DAILY, Channel.WEEKLY, Channel.MONTHLY)
