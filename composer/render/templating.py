"""Jinja, set up for the newsletter's templates: sandboxed, strict about what is undefined, escaping MJML.

A template is looked for in the newsletter's own `templates/` first, then among those that come with Composer, so that
an organisation copies only the files it changes. Whatever goes wrong in a template is a finding with its line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
from jinja2 import TemplateNotFound, TemplateSyntaxError
from jinja2.ext import Extension
from jinja2.lexer import Token
from markupsafe import Markup

from composer import __version__
from composer.errors import Finding, FindingsError, Level, Place, did_you_mean
from composer.prose import attribute
from composer.render.bounds import MOST_CHARACTERS, BoundedEnvironment, Unknown
from composer.render.bytecode import KeptOnDisk
from composer.render.shelves import Shelves

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType

    from jinja2 import Environment
    from jinja2.lexer import TokenStream

_UNPRINTABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_INCOMPLETE = {"end of statement block": "{% … %}", "end of print statement": "{{ … }}"}
_MARK = re.compile("\ue000([^\ue000]*):([0-9]+)\ue000")


def packaged() -> Path:
    """The templates that come with Composer: inside an installed package, or at the top of a checkout."""
    inside = Path(str(resources.files("composer"))) / "templates"
    return inside if inside.is_dir() else inside.parents[1] / "templates"


@lru_cache(maxsize=8)
def environment(templates: Path) -> Environment:
    """The environment of one folder of templates, its compiled templates kept until a file changes.

    In a newsletter's home they are kept in its `state/cache` too, for the next process.
    """
    home = templates.parent
    is_home = (home / "newsletter.yaml").is_file()
    made = BoundedEnvironment(
        loader=Shelves([templates, packaged()]),
        bytecode_cache=KeptOnDisk(home / "state" / "cache" / "templates", _setup()) if is_home else None,
        undefined=Unknown,
        autoescape=lambda name: name is not None and name.endswith(".mjml"),
        extensions=[_Braces],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["attribute"] = lambda value: Markup(attribute(value))  # noqa: S704 - escaped, once
    return made


def _setup() -> bytes:
    """What a compiled template depends on besides its own text."""
    written = [file.stat().st_mtime_ns for file in sorted(Path(__file__).parent.glob("*.py"))]
    return f"{jinja2.__version__} {__version__} {written}".encode()


def fill(name: str, templates: Path, /, **context: object) -> str:
    """The template `name`, filled; raises `FindingsError` with the template's line for anything wrong in it."""
    text = _fill(environment(templates), name, templates, context)
    wrong = _UNPRINTABLE.search(text)
    if wrong:
        place = origins(name, templates, **context).at(wrong.start())
        message = f"an invisible control character (U+{ord(wrong[0]):04X}) would reach the reader"
        raise FindingsError([Finding(place, Level.ERROR, "template", message, "delete it from what this line prints")])
    return text


@dataclass(frozen=True)
class Origins:
    """Which template and line each stretch of a filled text came from."""

    offsets: tuple[int, ...]
    places: tuple[Place, ...]

    def at(self, offset: int) -> Place:
        """The place in a template that wrote the character at `offset`."""
        return self.places[max(bisect_right(self.offsets, offset) - 1, 0)]


def origins(name: str, templates: Path, /, **context: object) -> Origins:
    """Where the text that `fill` gives for the same arguments came from; slow, so asked when something is wrong."""
    traced = environment(templates).overlay(extensions=[_Trace], bytecode_cache=None)
    text = _fill(traced, name, templates, context)
    offsets, places, marks_length = [0], [Place(f"{templates.name}/{name}")], 0
    for mark in _MARK.finditer(text):
        offsets.append(mark.start() - marks_length)
        places.append(Place(f"{templates.name}/{mark[1]}", int(mark[2])))
        marks_length += len(mark[0])
    return Origins(tuple(offsets), tuple(places))


class _Trace(Extension):
    """Marks, in front of every line that a template writes, which template and line it is."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        for token in stream:
            if token.type == "data":
                yield Token(token.lineno, token.type, self._marked(token, stream.name or ""))
            else:
                yield token

    @staticmethod
    def _marked(token: Token, name: str) -> str:
        lines = token.value.split("\n")
        return "\n".join(f"\ue000{name}:{token.lineno + n}\ue000{line}" for n, line in enumerate(lines))


class _Braces(Extension):
    """Refuses a `{{` that a template prints as it stands: it is how other programs write merge fields."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        for token in stream:
            if token.type == "data" and "{{" in token.value:
                line = token.lineno + token.value[: token.value.index("{{")].count("\n")
                raise TemplateSyntaxError("{{ would reach the reader", line, stream.name)
            yield token


def _fill(env: Environment, name: str, templates: Path, context: dict[str, object]) -> str:
    try:
        return "".join(_no_more_than(MOST_CHARACTERS, env.get_template(name).generate(context)))
    except FindingsError:
        raise
    except Exception as error:  # a template is a program of its author's: any exception in it is their mistake
        raise FindingsError([_finding(error, name, templates)]) from error


def _no_more_than(most: int, pieces: Iterable[str]) -> Iterator[str]:
    left = most
    for piece in pieces:
        left -= len(piece)
        if left < 0:
            raise OverflowError(f"the templates print more than {most:,} characters")
        yield piece


def _finding(error: Exception, name: str, templates: Path) -> Finding:
    name, line = _position(error, name, templates)
    hint = ""
    if isinstance(error, TemplateNotFound):
        message = f"there is no template {error.name}"
        hint = did_you_mean(str(error.name), environment(templates).list_templates(filter_func=_is_template))
    elif isinstance(error, RecursionError):
        message, hint = "templates include one another without end", "look for an include or macro that leads back here"
    else:
        message = (error.message if isinstance(error, TemplateSyntaxError) else str(error)) or type(error).__name__
        hint = next((f"a {tag} here is not complete" for end, tag in _INCOMPLETE.items() if end in message), "")
    return Finding(Place(f"{templates.name}/{name}", line), Level.ERROR, "template", message, hint)


def _is_template(name: str) -> bool:
    return name.endswith((".mjml", ".txt"))


def _position(error: Exception, name: str, templates: Path) -> tuple[str, int]:
    """The template and line that an exception speaks of: its own, or the innermost template of its traceback."""
    if isinstance(error, TemplateSyntaxError):
        return error.name or name, error.lineno
    found = name, 1
    for path, line in _frames(error.__traceback__):
        for folder in (templates, packaged()):
            if path.is_relative_to(folder):
                found = path.relative_to(folder).as_posix(), line
    return found


def _frames(traceback: TracebackType | None) -> Iterator[tuple[Path, int]]:
    while traceback:
        yield Path(traceback.tb_frame.f_code.co_filename), traceback.tb_lineno
        traceback = traceback.tb_next
