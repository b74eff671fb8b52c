"""Recognizes numbers of persons in text; precise, since a guard that cries wolf is ignored."""

import re
from collections.abc import Iterator
from itertools import chain

from kpo.casedata.findings import Finding, Severity

BSN = "burgerservicenummer"
PLATE = "kenteken"
IBAN = "rekeningnummer (IBAN)"

# How far before a number a word may stand that says what the number is.
REACH = 40


def recognize(text: str) -> Iterator[Finding]:
    """All findings of the built-in kinds, per kind in order of place."""
    yield from _citizen_numbers(text)
    yield from _plates(text)
    yield from _account_numbers(text)


def _before(text: str, start: int) -> str:
    return text[max(0, start - REACH) : start].lower()


# --- Citizen service numbers ----------------------------------------------------------------------
_NINE = r"\d{9}|\d{8}|\d{4}[ .]\d{2}[ .]\d{3}|\d{3}[ .]\d{3}[ .]\d{3}|\d{3}[ .]\d{2}[ .]\d{3}"
_NUMBER = re.compile(rf"(?<![\w+€$/@#=.,:-])(?<![\d][ .])(?:{_NINE})(?![ .,]?\d)(?![\w/@=-])")
_CITIZEN = re.compile(
    r"\b(bsn|burgerservice|burger ?service|sofi|persoonsnummer)[\w-]*", re.IGNORECASE
)
# Words after which a number of nine digits is something else, however it happens to add up.
_OTHERWISE = re.compile(
    r"\b(kvk|k\.v\.k|kamer van koophandel|rsin|fiscaal|fi-?nummer|btw|ob-?nummer|vestiging\w*|"
    r"tel|telefoon\w*|mobiel\w*|fax|gsm|whatsapp|factuur\w*|order\w*|bestel\w*|klantn\w*|"
    r"relatien\w*|contract\w*|polis\w*|rekening\w*|giro\w*|isbn|issn|ean|doi|artikeln\w*|"
    r"serien\w*|versie|build|objectn\w*|perceel\w*|kenmerk|zaakn\w*|dossiern\w*|parketn\w*|"
    r"ticket\w*|referentie\w*|projectn\w*|oin|eur|euro|bedrag|omzet|budget|ecli)\b[^\n]{0,25}$"
    r"|[€$]\s*$",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"^\s*(euro|eur\b|€|miljoen|miljard|kg|kilo|gram|m2|m²|stuks|inwoners|,-)", re.IGNORECASE
)
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def passes_eleven_test(digits: str) -> bool:
    """The check of Dutch citizen service numbers: weights 9 to 2 and -1, a multiple of eleven."""
    padded = digits.zfill(9)
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, padded, strict=True))
    return total % 11 == 0 and len(set(padded)) > 1


def _citizen_numbers(text: str) -> Iterator[Finding]:
    for match in _NUMBER.finditer(text):
        written = match.group()
        digits = re.sub(r"\D", "", written)
        if not passes_eleven_test(digits):
            continue
        before = _before(text, match.start())
        is_named = _CITIZEN.search(before) is not None
        is_bare = len(written) == 9 and written.isdigit() and not written.startswith("00")
        is_explained = _OTHERWISE.search(before) or _AMOUNT.match(text[match.end() :])
        if is_named or (is_bare and not is_explained):
            yield Finding(BSN, match.start(), match.end(), Severity.BLOCK)


# --- Number plates --------------------------------------------------------------------------------
# Letters on plates since 1978; vowels and look-alikes are left out. Source: RDW side codes.
_L = "[BDFGHJKLMNPRSTVXZ]"
# "~" stands for the hyphen, which people leave out or replace by a blank.
_SIDE_CODES = (
    *(
        rf"\d{{2}}~{_L}{{2}}~\d{{2}}",
        rf"{_L}{{2}}~\d{{2}}~{_L}{{2}}",
        rf"{_L}{{2}}~{_L}{{2}}~\d{{2}}",
    ),
    *(rf"\d{{2}}~{_L}{{2}}~{_L}{{2}}", rf"\d{{2}}~{_L}{{3}}~\d", rf"\d~{_L}{{3}}~\d{{2}}"),
    *(rf"{_L}{{2}}~\d{{3}}~{_L}", rf"{_L}~\d{{3}}~{_L}{{2}}", rf"{_L}{{3}}~\d{{2}}~{_L}"),
    *(rf"{_L}~\d{{2}}~{_L}{{3}}", rf"\d~{_L}{{2}}~\d{{3}}", rf"\d{{3}}~{_L}{{2}}~\d"),
)
# The codes before 1978 look like numbers of reports and sections: only beside a word for plates.
_OLD_CODES = (r"[A-Z]{2}~\d{2}~\d{2}", r"\d{2}~\d{2}~[A-Z]{2}")


def _any_of(codes: tuple[str, ...], *, hyphen: str) -> str:
    return rf"(?<![\w-])(?:{'|'.join(codes).replace('~', hyphen)})(?![\w-])"


_PLATE = re.compile(_any_of(_SIDE_CODES, hyphen="-"))
_LOOSE_PLATE = re.compile(_any_of(_SIDE_CODES + _OLD_CODES, hyphen="[- ]?"), re.IGNORECASE)
# Beside a word for plates a made-up one with vowels counts too, if it is written as a plate.
_ANY_PLATE = re.compile(_any_of(_SIDE_CODES, hyphen="-").replace(_L, "[A-Z]"), re.IGNORECASE)
_VEHICLE = re.compile(
    r"\b(kenteken\w*|gekentekend\w*|nummerpla(at|ten)|voertuig\w*|auto|auto's|personenauto\w*|"
    r"bestelbus\w*|bestelauto\w*|busje|bus|motor|scooter|aanhanger|caravan|vrachtwagen\w*)\b",
    re.IGNORECASE,
)
_PLATE_WORD = re.compile(r"\b(kenteken\w*|gekentekend\w*|nummerpla(at|ten))\b", re.IGNORECASE)


def _plates(text: str) -> Iterator[Finding]:
    matches = chain(_LOOSE_PLATE.finditer(text), _ANY_PLATE.finditer(text))
    named = {match.span() for match in matches if _is_named_plate(text, match)}
    for start, end in sorted(named):
        yield Finding(PLATE, start, end, Severity.BLOCK)
    for match in _PLATE.finditer(text):
        if match.span() not in named:
            is_vehicle = _VEHICLE.search(_before(text, match.start()))
            severity = Severity.BLOCK if is_vehicle else Severity.WARN
            yield Finding(PLATE, match.start(), match.end(), severity)


def _is_named_plate(text: str, match: re.Match[str]) -> bool:
    has_both = re.search(r"\d", match.group()) and re.search(r"[A-Za-z]", match.group())
    return bool(has_both and _PLATE_WORD.search(_before(text, match.start())))


# --- Account numbers ------------------------------------------------------------------------------
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{2,4}){3,8}(?![A-Za-z0-9])")
_LENGTHS = {"NL": 18, "BE": 16, "DE": 22, "FR": 27, "GB": 22, "ES": 24, "IT": 27, "LU": 20}
_OTHER_LENGTHS = range(15, 33)


def is_account_number(written: str) -> bool:
    """The check of ISO 13616: moved to the end and read as a number, the rest by 97 is 1."""
    compact = re.sub(r"[ -]", "", written)
    expected = _LENGTHS.get(compact[:2])
    if len(compact) not in ((expected,) if expected else _OTHER_LENGTHS):
        return False
    moved = compact[4:] + compact[:4]
    return int("".join(str(int(character, 36)) for character in moved)) % 97 == 1


def _account_numbers(text: str) -> Iterator[Finding]:
    for match in _IBAN.finditer(text):
        end = _longest_account(match.group())
        if end:
            yield Finding(IBAN, match.start(), match.start() + end, Severity.WARN)


def _longest_account(written: str) -> int:
    """Length of the account number that a match begins with; a next word may stick to it."""
    ends = [len(written), *(gap.start() for gap in re.finditer(r"[ -]", written))]
    return max((end for end in ends if is_account_number(written[:end])), default=0)
