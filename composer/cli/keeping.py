"""`composer backup`: everything that a newsletter cannot make again, in one file."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile
from zoneinfo import ZoneInfo

from composer.cli.clock import utc_now
from composer.cli.whereabouts import ledger_path
from composer.errors import ComposerError, Exit
from composer.ledger import backup as ledgers
from composer.state import create_once, secret_file

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from composer.cli.desk import Desk

_LEDGER = "ledger.db"
_KEY = "key"
_DKIM_KEYS = "dkim-*.pem"

RESTORING = """\
To restore it: let no mailing run, move what is in state/ away, and unpack this file into state/.
Then go on with the same commands. It does not know what was sent, and who opted out, after
{moment}: a mailing that went on then would go to the same people again.
Compare `composer status N` with the mail server's log before you go on with it.
"""


@dataclass(frozen=True, slots=True)
class _Contents:
    """What goes into a backup."""

    keys: tuple[Path, ...]
    ledger: Path
    called: str
    """What the ledger is called where users read of it."""


def backup(desk: Desk, options: argparse.Namespace) -> Exit:
    """Put everything that cannot be made again into one file.

    The ledger as it is at this moment, also while a mailing runs, the signing key and the DKIM keys. The file is only
    for you to read, is checked after it is written, and never takes the place of another. Without --out it lies in
    state/backups; keep a copy on another machine.
    """
    moment = utc_now().astimezone(ZoneInfo(desk.settings.timezone))
    path = options.out or desk.home.state / "backups" / f"{moment:%Y-%m-%d-%H%M%S}.zip"
    contents, restoring = _contents(desk), RESTORING.format(moment=f"{moment:%d %B %Y %H:%M:%S}")
    told: list[str] = []
    with _in_words(path):
        if not create_once(path, lambda aside: told.extend(_fill(aside, contents, restoring))):
            raise ComposerError(f"{path} is there already, and no backup replaces another; name a new file with --out")
    sys.stdout.write(f"{path}: {-(-path.stat().st_size // 1024):,} KB, checked\n")
    sys.stdout.writelines(f"  {line}\n" for line in (*told, *_elsewhere(desk)))
    sys.stdout.write(f"Whoever has this file can sign as you, and reads every address.\n{restoring}")
    return Exit.DONE


def _contents(desk: Desk) -> _Contents:
    state, ledger = desk.home.state, ledger_path(desk.home, 0, sandbox=False)
    keys = tuple(path for path in (state / _KEY, *sorted(state.glob(_DKIM_KEYS))) if path.is_file())
    if not keys and not ledger.exists():
        raise ComposerError("there is nothing to keep yet: state/ holds neither a ledger nor a key")
    return _Contents(keys, ledger, ledger.relative_to(desk.home.root).as_posix())


def _fill(path: Path, contents: _Contents, restoring: str) -> Iterator[str]:
    """Write the file, read it again, and say line by line what it holds; `path` is nobody's but ours."""
    with TemporaryDirectory(prefix=".backup-", dir=contents.ledger.parent) as folder:
        aside = Path(folder)
        with secret_file(path) as file, ZipFile(file, "w", ZIP_DEFLATED, strict_timestamps=False) as archive:
            archive.writestr("RESTORING.txt", restoring)
            for key in contents.keys:
                archive.write(key, key.name)
            if contents.ledger.exists():
                ledgers.copy(contents.ledger, aside / _LEDGER, called=contents.called)
                archive.write(aside / _LEDGER, _LEDGER)
        yield from _checked(path, aside / "read again", contents)


def _checked(path: Path, folder: Path, contents: _Contents) -> Iterator[str]:
    """What the file holds, after it was unpacked and looked through."""
    with ZipFile(path) as archive:
        archive.extractall(folder)
    for key in contents.keys:
        if (folder / key.name).read_bytes() != key.read_bytes():
            raise BadZipFile(f"{key.name} is another")
    if (folder / _LEDGER).exists():
        holding = ledgers.prove(folder / _LEDGER, called=contents.called)
        sums = f"{holding.mailings:,} mailing{'' if holding.mailings == 1 else 's'}, {holding.deliveries:,} deliveries"
        yield f"{_LEDGER}: {sums}, and every sum is right"
        for number in holding.in_hand:
            yield f"{_LEDGER}: issue {number} is being sent, or was cut off; what it sends from now on is not in it"
    for key in contents.keys:
        yield f"{key.name}: {'the signing key' if key.name == _KEY else 'a DKIM key'}"


def _elsewhere(desk: Desk) -> Iterator[str]:
    """What a mailing needs and the file does not hold."""
    if desk.settings.key is not None:
        yield "not in it: the signing key in COMPOSER_KEY; keep that as safely"
    if desk.settings.dkim_key is not None:
        yield "not in it: the DKIM key in COMPOSER_DKIM_KEY; keep that as safely"


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except BadZipFile as error:
        raise ComposerError(
            f"no backup was made: {path} cannot be read back ({error}); name another disk with --out"
        ) from error
    except OSError as error:
        what = f"{error.filename or path}: {error.strerror or error}"
        raise ComposerError(f"no backup was made ({what}); make room, or name another file with --out") from error
