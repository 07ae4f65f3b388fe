"""Pictures made for the tests."""

from __future__ import annotations

import io

from PIL import Image


def picture(kind: str = "PNG", size: tuple[int, int] = (4, 3)) -> bytes:
    """The bytes of a picture of that format and size in pixels."""
    file = io.BytesIO()
    Image.new("RGB", size, "teal").save(file, kind)
    return file.getvalue()
