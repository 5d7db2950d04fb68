"""Draws a raster picture anew from its pixels: nothing of the old file but what one sees comes through."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from journal.reading.problems import Problem, Unusable

FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF")
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 4096  # the whole width of a page at 600 dots an inch
QUALITY = 92
PLAIN_MODES = {"L", "LA", "RGB", "RGBA"}


@dataclass(frozen=True, slots=True)
class Clean:
    """A picture made anew: its bytes, its media type, its size in pixels (0 where a drawing states none)."""

    body: bytes
    media_type: str
    width: int = 0
    height: int = 0
    removed: tuple[str, ...] = ()


def redraw(body: bytes, *, found: str) -> Clean:
    """Decode and encode again, JPEG as JPEG and everything else as PNG; raises `Unusable`."""
    Image.MAX_IMAGE_PIXELS = None  # our own limit, below, speaks in words
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(body), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Unusable(Problem.TOO_MANY_PIXELS, found=f"{image.width * image.height:,}")
            is_photograph = image.format == "JPEG"
            pixels = _pixels(image)
    except UnidentifiedImageError:
        raise Unusable(Problem.NOT_PICTURE, found=found) from None
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError) as error:
        raise Unusable(Problem.BROKEN_PICTURE, found=str(error)) from None
    return _encoded(pixels, as_jpeg=is_photograph)


def _pixels(image: Image.Image) -> Image.Image:
    """The picture upright, in a plain mode, no larger than print can use, and without any of its notes."""
    image.load()
    upright = ImageOps.exif_transpose(image)
    if upright.mode.startswith("I"):
        upright = upright.convert("I").point(lambda value: value / 256).convert("L")
    elif upright.mode not in PLAIN_MODES:
        transparent = upright.mode == "PA" or "transparency" in upright.info
        upright = upright.convert("RGBA" if transparent else "L" if upright.mode == "1" else "RGB")
    elif "transparency" in upright.info:
        upright = upright.convert("RGBA")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    upright.info = {}
    return upright


def _encoded(pixels: Image.Image, *, as_jpeg: bool) -> Clean:
    out = io.BytesIO()
    if as_jpeg:
        pixels.convert("RGB" if pixels.mode != "L" else "L").save(out, "JPEG", quality=QUALITY, subsampling=0)
    else:
        pixels.save(out, "PNG")
    return Clean(out.getvalue(), "image/jpeg" if as_jpeg else "image/png", pixels.width, pixels.height)
