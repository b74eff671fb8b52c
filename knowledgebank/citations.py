"""Identifiers of Dutch law and case law: one spelling to store, one public address to link to.

BWBR numbers are those of the national legislation database; an ECLI follows the European Case Law
Identifier (Council conclusions 2011/C 127/01): ECLI:country:court:year:number.
"""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError

_LAW = re.compile(
    r"^(BWBR\d{7})(?:[\s,/#]*(?:artikel|art\.?)?\s*([0-9]+(?::[0-9]+)?[a-z]{0,12}))?$",
    re.IGNORECASE,
)
_ECLI = re.compile(r"^ECLI:([A-Z]{2}):([A-Z0-9]{1,7}):(\d{4}):([A-Z0-9.]{1,25})$", re.IGNORECASE)
REFUSAL = (
    "Dit kenmerk herkennen we niet. Gebruik een BWBR-nummer (BWBR0001941, artikel 13b) of een ECLI "
    "(ECLI:NL:RVS:2019:2912)."
)


def normalize_identifier(text: str) -> str:
    """`BWBR0001941#13b` or an upper-case ECLI; raises ValidationError for anything else."""
    text = " ".join(text.split())
    if law := _LAW.match(text):
        number, article = law.groups()
        return f"{number.upper()}#{article.lower()}" if article else number.upper()
    if _ECLI.match(text):
        return text.upper()
    raise ValidationError({"identifier": REFUSAL})


def citation_url(identifier: str) -> str:
    """Where the public can read the article or ruling."""
    if identifier.startswith("ECLI:"):
        return f"https://deeplink.rechtspraak.nl/uitspraak?id={identifier}"
    number, _, article = identifier.partition("#")
    suffix = f"#Artikel{article}" if article else ""
    return f"https://wetten.overheid.nl/{number}{suffix}"
