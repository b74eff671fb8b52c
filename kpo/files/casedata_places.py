"""What becomes of a file that was held because of case data."""

from collections.abc import Iterator
from typing import Any

from kpo.casedata.places import Place, register_place
from kpo.files import actions
from kpo.files.jobs import PLACE
from kpo.files.permissions import can_decide_about_held_file


def _release(file: Any) -> None:
    file.is_held = False
    file.save(update_fields=["is_held"])


def _texts(file: Any) -> Iterator[tuple[str, str]]:
    yield "De titel", file.title
    for page in file.pages.all():
        label = f"Pagina {page.number}" if file.is_paged else page.heading or f"Deel {page.number}"
        yield label, page.text


register_place(
    Place(
        key=PLACE,
        label="bestand",
        can_decide=can_decide_about_held_file,
        release=_release,
        remove=lambda actor, file: actions.remove(actor=actor, file=file),
        texts=_texts,
    )
)
