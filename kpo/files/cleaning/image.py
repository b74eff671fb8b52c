"""Images are drawn anew from their pixels, so that nothing but the picture comes along."""

import warnings
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from kpo.files.refusals import RefusedError

MOST_PIXELS = 50_000_000
LONGEST_SIDE = 12_000
_FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WEBP", "image/avif": "AVIF"}


def clean(source: Path, target: Path, *, media_type: str) -> dict[str, str | None]:
    """
    Write the picture of source to target, upright and without EXIF, XMP, comments and tails.

    Of something that moves the first frame is kept. Returns no title and no date.
    """
    form = _FORMATS[media_type]
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(source, formats=[form]) as image:
            _check_size(image)
            image.load()
            _draw(image, form, target)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise RefusedError(_too_big()) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise RefusedError(
            "Het beeld is beschadigd of niet compleet. Sla het opnieuw op en probeer het nog eens."
        ) from error
    return {"title": None, "date": None}


def _check_size(image: Image.Image) -> None:
    if image.width * image.height > MOST_PIXELS or max(image.size) > LONGEST_SIDE:
        raise RefusedError(_too_big())


def _too_big() -> str:
    return (
        f"Het beeld heeft te veel pixels. Het hoogste is {MOST_PIXELS // 1_000_000} miljoen, "
        f"en {LONGEST_SIDE:,} aan de langste kant. Maak het kleiner.".replace(",000", ".000")
    )


def _draw(image: Image.Image, form: str, target: Path) -> None:
    upright = ImageOps.exif_transpose(image)
    has_alpha = "A" in upright.getbands() or "transparency" in upright.info
    mode = "RGBA" if has_alpha and form != "JPEG" else "RGB"
    if upright.mode not in {mode, "L"}:
        upright = upright.convert(mode)
    # A new image has pixels and nothing else: `save` writes some of `info` back.
    fresh = Image.new(upright.mode, upright.size)
    fresh.paste(upright)
    options = {"quality": 90} if form in {"JPEG", "WEBP", "AVIF"} else {"optimize": True}
    fresh.save(target, format=form, **options)
