"""Makes kpo/design/icons.json from lucide's drawings, for the names in static/icons.txt."""

import json
import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from kpo.design import icons

SHAPES = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


class Command(BaseCommand):
    help = "Maakt kpo/design/icons.json van de tekeningen van lucide."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--drawings",
            type=Path,
            default=settings.BASE_DIR / "node_modules/lucide-static/icons",
            help="map met de svg-bestanden van lucide-static",
        )

    def handle(self, *args: Any, drawings: Path, **options: Any) -> None:
        wanted = (settings.BASE_DIR / "static/icons.txt").read_text(encoding="utf-8").split()
        found = {name: _shapes(drawings / f"{name}.svg") for name in sorted(wanted)}
        text = json.dumps(found, indent=1, ensure_ascii=False)
        icons.DATA.write_text(text + "\n", encoding="utf-8")
        self.stdout.write(f"{len(found)} iconen in {icons.DATA.name}")


def _shapes(path: Path) -> str:
    try:
        drawing = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise CommandError(f"Er is geen tekening {path}.") from error
    inside = SHAPES.search(drawing)
    if inside is None:
        raise CommandError(f"{path} is geen svg.")
    return " ".join(inside[1].split()).replace(" />", "/>").replace("> <", "><")
