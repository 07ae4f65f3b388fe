"""Where templates are looked for: the newsletter's own folder, then the one that comes with Composer."""

from __future__ import annotations

import math
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import FileSystemLoader, TemplateNotFound, TemplateSyntaxError
from jinja2.loaders import split_template_path

from composer.source.files import UnreadError, read

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment


class Shelves(FileSystemLoader):
    """Folders of templates; a file that cannot be read is a mistake of that template, not of whoever includes it."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:  # noqa: ARG002 - jinja's
        """The text of a template, the path of its file, and the way to ask whether that is still the text."""
        pieces = split_template_path(template)
        for folder in map(Path, self.searchpath):
            file = folder.joinpath(*pieces)
            if file.exists():
                raw = _read(folder, "/".join(pieces))
                return _text(raw, template), str(file), partial(_is_still, file, _written(file))
        raise TemplateNotFound(template)


def _read(folder: Path, template: str) -> bytes:
    try:
        return read(folder, template)
    except UnreadError as error:
        raise TemplateSyntaxError(f"the template {error.why}", 1, template) from error


def _text(raw: bytes, template: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, raw.find(error.object[error.start :])) + 1
        raise TemplateSyntaxError("the template is not saved as UTF-8", line, template) from error


def _is_still(file: Path, written: float) -> bool:
    return _written(file) == written


def _written(file: Path) -> float:
    """When, in seconds; nothing equals the answer for a file that has gone."""
    try:
        return file.stat().st_mtime
    except OSError:
        return math.nan
