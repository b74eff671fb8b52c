"""File names that people may give, and those that try to look like something else."""

import unicodedata

from kpo.files.kinds import DANGEROUS_EXTENSION, KINDS, Kind
from kpo.files.refusals import RefusedError

LONGEST = 200
# Reversing and hiding characters make "fdp.exe" read as "exe.pdf".
_HIDDEN_CATEGORIES = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}


def clean_name(name: str) -> str:
    """
    The last part of a path, composed and without outer blanks and dots.

    Raises RefusedError for names that are empty, too long or hold invisible characters.
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    cleaned = unicodedata.normalize("NFC", last).strip().strip(".").strip()
    if any(unicodedata.category(character) in _HIDDEN_CATEGORIES for character in cleaned):
        raise RefusedError(
            "In de bestandsnaam staan onzichtbare tekens die de naam anders laten lijken. "
            "Geef het bestand een andere naam."
        )
    if len(cleaned) > LONGEST:
        raise RefusedError(
            f"De bestandsnaam heeft {len(cleaned)} tekens en {LONGEST} is het hoogste. "
            "Maak de naam korter."
        )
    if not cleaned.rpartition(".")[0]:
        raise RefusedError(
            "De bestandsnaam heeft geen naam of geen extensie. Noem het bestand bijvoorbeeld "
            "verslag.pdf."
        )
    return cleaned


def kind_by_name(name: str) -> Kind:
    """
    The kind that a cleaned name promises.

    Raises RefusedError when it promises none of ours, or two at once.
    """
    extension = name.rpartition(".")[2].strip().lower()
    # Signs that look like a full stop divide a name as well, in the eyes of who reads it.
    *inner, _ = [part.strip().lower() for part in unicodedata.normalize("NFKC", name).split(".")]
    kind = KINDS.get(extension)
    if kind is None:
        raise RefusedError(
            f"Bestanden met de extensie .{extension} nemen we niet aan. Wel: "
            f"{', '.join(known for known in KINDS if known != 'jpeg')}."
        )
    double = next((each for each in inner[1:] if _is_extension(each)), None)
    if double:
        raise RefusedError(
            f"De bestandsnaam heeft twee extensies: .{double} en .{extension}. "
            "Haal er een weg, zodat duidelijk is wat voor bestand het is."
        )
    return kind


def _is_extension(part: str) -> bool:
    return part in KINDS or DANGEROUS_EXTENSION.fullmatch(part) is not None
