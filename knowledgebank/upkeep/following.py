"""What follows for the upkeep of a page when something else happens to it."""

from __future__ import annotations

from django.db.models.signals import post_save

from knowledgebank.models import Release
from knowledgebank.upkeep import duties
from knowledgebank.upkeep.dates import date_of_release
from kpo.people import renewals
from kpo.people.actions.accounts import register_leaving


def connect() -> None:
    post_save.connect(
        date_of_release, sender=Release, dispatch_uid="knowledgebank.upkeep.date_of_release"
    )
    register_leaving(duties.pass_on)
    renewals.register(duties.AMBASSADORSHIP)
