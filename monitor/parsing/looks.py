"""What the file of a picture looks like, as a small grid of grey values (``monitor/judging/looks.py`` says which).

The file is hostile: only four common formats are read, the first frame alone, no more pixels than a camera makes, and whatever is
wrong with it gives no look.
"""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

COLUMNS, ROWS = 18, 16
MOST_PIXELS = 24_000_000
_MOST_IN_FILE = 50_000_000  # of a JPEG, that is decoded smaller than it is; Pillow refuses twice as many by itself
_FINE = 32  # pixels of a JPEG that a field is made of, each way: with 8, edges blur visibly, each time otherwise
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP")


def look_of(file: bytes) -> tuple[bytes | None, str]:
    """The look of a picture's file; or None, and why it has none. Never fails."""
    from PIL import Image, ImageOps  # most visits need none of it

    Image.MAX_IMAGE_PIXELS = _MOST_IN_FILE
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of oddities in the file
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(file), formats=_FORMATS) as picture:
                picture.draft("L", (COLUMNS * _FINE, ROWS * _FINE))  # no JPEG is decoded much larger than it is looked at
                if picture.width * picture.height > MOST_PIXELS:
                    return None, f"it has more than {MOST_PIXELS:,} pixels"
                upright = ImageOps.exif_transpose(picture)
                return _on_white(upright).resize((COLUMNS, ROWS), Image.Resampling.BOX).tobytes(), ""
    except Exception as wrong:  # noqa: BLE001  # decoders raise whatever comes to them; a broken file must end no visit
        return None, f"it cannot be read as a picture ({type(wrong).__name__}: {wrong})"


def _on_white(picture: Picture) -> Picture:
    """The picture in grey, and white where nothing is."""
    from PIL import Image

    if picture.mode in ("L", "RGB") and "transparency" not in picture.info:
        return picture.convert("L")
    full = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", full.size, "white"), full).convert("L")
