"""The command line: arguments in, an exit code out; the only place where exceptions become exit codes.

Which codes there are is said in `composer.errors.Exit`.
"""

from __future__ import annotations

import gc
import sys
import traceback
from io import StringIO
from typing import TYPE_CHECKING

from composer.cli.findings import show
from composer.cli.interruption import termination_as_interrupt
from composer.errors import ComposerError, Exit, FindingsError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from composer.cli.findings import Format


_RARELY = 50_000
"""Allocations between two collections of garbage: a command lives for a second, and a twentieth of it went there."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; argparse's own exit (2, or 0 for --help) is let through."""
    gc.set_threshold(_RARELY)
    _listen_to_nobody()
    _speak_utf8()
    with termination_as_interrupt():
        code = _run(arguments)
    _say_the_rest()
    return code


def _run(arguments: Sequence[str] | None) -> int:
    style: Format = "text"
    try:
        from composer.cli.parser import parse  # noqa: PLC0415 - reads half of Composer; Ctrl-C is told even then

        options = parse(arguments)
        style = getattr(options, "format", style)
        return int(options.run(options))
    except FindingsError as error:
        show(error.findings, style)
        return error.exit_code
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the last line of defence; it hides nothing
        sentence, code = _excuse(error)
        sys.stderr.write(f"composer: {sentence}\n" if sentence else "")
        return code


def _excuse(error: BaseException) -> tuple[str, Exit]:
    """The sentence and the exit code for what stopped the run."""
    if isinstance(error, ComposerError):
        return str(error), error.exit_code
    if isinstance(error, KeyboardInterrupt):
        return "interrupted; nothing is lost: run the same command again", Exit.INTERRUPTED
    if isinstance(error, BrokenPipeError):  # the reader of our output had enough: `composer check | head -1`
        return "", Exit.DONE
    if isinstance(error, OSError):
        what = error.strerror or str(error)
        return (f"{error.filename}: {what}" if error.filename else what), ComposerError.exit_code
    traceback.print_exception(error)
    return "this is a bug in Composer; please report the lines above with what you did", Exit.BUG


def _say_the_rest() -> None:
    """Write what is still in the buffer, if anybody reads it; Python itself would complain and exit with 120."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stdout = None


def _listen_to_nobody() -> None:
    """A stream that was closed before we began (`>&-`, a service without a console) is none; what is said is lost."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, StringIO())


def _speak_utf8() -> None:
    """Windows gives a redirected stream the legacy code page, which has no "·" and no "Łukasz"."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure") and not stream.isatty():
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")  # a path goes out as it came in
