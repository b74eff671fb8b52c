"""Print the code that a demo person would read from a phone."""

import time
from argparse import ArgumentParser
from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kpo.people.management.person_argument import person_with


class Command(BaseCommand):
    help = "Toont de code van de tweede stap van een demopersoon. Alleen in ontwikkeling."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", metavar="EMAIL")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        if settings.ENVIRONMENT == "production":
            raise CommandError("demo_code werkt alleen in ontwikkeling.")
        person = person_with(email)
        factor = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()
        if factor is None:
            raise CommandError(f"{email} heeft geen app met codes als tweede stap.")
        self.stdout.write(current_code(decrypt(factor.data["secret"])))


def current_code(secret: str) -> str:
    """The time-based code of this moment (RFC 6238), six digits."""
    step = int(time.time()) // app_settings.TOTP_PERIOD
    return str(format_hotp_value(hotp_value(secret, step)))
