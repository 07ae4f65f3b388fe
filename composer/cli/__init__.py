"""The command line: arguments in, an exit code out; the only place where exceptions become exit codes.

0 done · 1 findings or refused · 2 usage · 3 a bug · 75 some deferred, run again · 130 interrupted.
"""

from __future__ import annotations

import sys
import traceback
from typing import TYPE_CHECKING

from composer.cli.findings import show
from composer.cli.parser import parse
from composer.errors import ComposerError, FindingsError

if TYPE_CHECKING:
    from collections.abc import Sequence

BUG = 3
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; argparse's own exit (2, or 0 for --help) is let through."""
    _speak_utf8()
    options = parse(arguments)
    try:
        return int(options.run(options))
    except FindingsError as error:
        show(error.findings, getattr(options, "format", "text"))
        return error.exit_code
    except ComposerError as error:
        return _sorry(str(error), error.exit_code)
    except KeyboardInterrupt:
        return _sorry("interrupted; nothing is lost: run the same command again", INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except OSError as error:
        return _sorry(_explained(error), ComposerError.exit_code)
    except Exception:  # noqa: BLE001 - the last line of defence, and it hides nothing
        traceback.print_exc()
        return _sorry("this is a bug in Composer; please report the lines above with what you did", BUG)


def _sorry(sentence: str, code: int) -> int:
    sys.stderr.write(f"composer: {sentence}\n")
    return code


def _explained(error: OSError) -> str:
    what = error.strerror or str(error)
    return f"{error.filename}: {what}" if error.filename else what


def _speak_utf8() -> None:
    """Windows gives a redirected stream the legacy code page, which has no "·" and no "Łukasz"."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure") and not stream.isatty():
            stream.reconfigure(encoding="utf-8")
