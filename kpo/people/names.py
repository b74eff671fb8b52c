"""Names and addresses that people can trust to be what they look like."""

import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

# Scripts in which a name here may be written; one name keeps to one of them.
SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "ARABIC", "HEBREW", "ARMENIAN", "GEORGIAN")
# Marks, embeddings, overrides and isolates that change the direction of the text after them.
TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def script_of(letter: str) -> str:
    name = unicodedata.name(letter, "")
    return next((script for script in SCRIPTS if name.startswith(script)), "OTHER")


def validate_name(value: str) -> None:
    """Refuse invisible and turning characters, and letters of two scripts in one name."""
    if any(unicodedata.category(letter)[0] == "C" for letter in value):
        raise ValidationError("Hier staat een onzichtbaar teken in. Typ de tekst opnieuw.")
    if len({script_of(letter) for letter in value if letter.isalpha()}) > 1:
        raise ValidationError("Hier staan letters uit twee schriften in. Gebruik er een.")


def validate_text(value: str) -> None:
    """Refuse characters that turn the direction of a text or steer a terminal; lines may break."""
    if any(letter in TURNING or is_control(letter) for letter in value):
        raise ValidationError("Hier staat een onzichtbaar teken in. Typ de tekst opnieuw.")


def is_control(letter: str) -> bool:
    return unicodedata.category(letter) == "Cc" and letter not in "\n\r\t"


def validate_address(value: str) -> None:
    """Refuse addresses with letters that resemble others, such as a Cyrillic a."""
    if not value.isascii():
        raise ValidationError("Een e-mailadres heeft alleen letters zonder accent.")


def clean_address(value: str) -> str:
    """An address in the one form it is stored in; raises ValidationError where it is none."""
    address = value.strip().lower()
    validate_email(address)
    validate_address(address)
    return address
