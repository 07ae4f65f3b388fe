"""The words of the command line, with the help that teaches them."""

from __future__ import annotations

import argparse
import inspect
import re
from pathlib import Path
from typing import TYPE_CHECKING

from composer import __version__
from composer.cli import commands

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from composer.errors import Exit

    _Verbs = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse has no public name for it

_ABOUT = """
Composer turns one YAML file a week into an email that arrives.

  composer init DIR     start a newsletter of your own
  composer new          write the next issue from a scaffold
  composer check        every mistake, with line and column
  composer build        the finished emails, to look at
  composer approve N    somebody's word that exactly this may go out
  composer send N       the mailing (the same as: python send.py N)
  composer status N     what happened to every address
  composer backup       the ledger and the keys in one file
"""

_EXITS = "Exit codes: 0 done; 1 findings or refused; 2 usage; 3 a bug; 75 some deferred, run again; 130 interrupted."


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The options of one command; `options.run` is the command."""
    options = parser().parse_args(arguments)
    if options.home_before is not None and getattr(options, "home", None) is None:
        options.home = options.home_before
    return options


def parser() -> argparse.ArgumentParser:
    """The whole grammar."""
    root = _root("composer", _ABOUT, epilog=_EXITS)
    root.add_argument("--version", action="version", version=f"composer {__version__}")
    root.add_argument("--home", dest="home_before", type=Path, metavar="DIR", help=argparse.SUPPRESS)
    verbs = root.add_subparsers(title="commands", metavar="COMMAND", required=True)

    verb = _verb(verbs, "init", commands.init)
    verb.add_argument("folder", type=Path, metavar="DIR", help="a new or empty folder")
    verb.add_argument("--name", default="My Newsletter", help="what the newsletter is called (default: %(default)s)")

    _at_home(_verb(verbs, "new", commands.new))

    verb = _at_home(_verb(verbs, "check", commands.check), number="optional")
    verb.add_argument(
        "--format", choices=("text", "json", "github"), default="text", help="how findings print (default: %(default)s)"
    )
    verb.add_argument("--online", action="store_true", help="ask the web about every link, too")
    verb.add_argument("--explain", metavar="CODE", help="the manual page of a rule, instead of looking at an issue")

    verb = _at_home(_verb(verbs, "build", commands.build), number="required")
    verb.add_argument("--out", type=Path, metavar="DIR", help="where to write (default: out/N/build in the home)")

    _send(_at_home(_verb(verbs, "send", commands.send), number="optional"))

    _approve(_at_home(_verb(verbs, "approve", commands.approve), number="required"))

    verb = _at_home(_verb(verbs, "status", commands.status), number="optional")
    verb.add_argument("--json", action="store_true", help="for a program instead of a person")
    verb.add_argument("--sandbox", action="store_true", help="the last sandbox run instead of the real mailing")

    verb = _at_home(_verb(verbs, "backup", commands.backup))
    verb.add_argument("--out", type=Path, metavar="FILE", help="where to write (default: state/backups/MOMENT.zip)")

    verb = _at_home(_verb(verbs, "dkim-key", commands.dkim_key))
    verb.add_argument("--selector", metavar="S", help="names the key in the DNS (default: as set, or composer)")

    _at_home(_verb(verbs, "config", commands.config))
    return root


def _send(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--segment", metavar="S", help="only the people of this segment")
    verb.add_argument("--yes", action="store_true", help="do not ask for the number to be typed")
    mode = verb.add_mutually_exclusive_group()
    mode.add_argument("--dry-run", action="store_true", help="show the plan and stop; nothing is sent or written")
    mode.add_argument("--proof", metavar="ADDRESS", help="send every variant to this address, marked [PROOF]")
    verb.add_argument(
        "--sandbox", action="store_true", help="send to an embedded server; the inbox is left in out/N/index.html"
    )
    verb.add_argument(
        "--in-doubt",
        choices=("hold", "resend", "assume-sent"),
        default="hold",
        help="messages that a crash left without an answer: name them and wait (default), send the same bytes again, "
        "or count them as sent",
    )
    verb.add_argument("--at", metavar="MOMENT", help='wait until then: "2025-03-14 16:00" by the newsletter\'s clock')
    verb.add_argument(
        "--patience",
        type=int,
        metavar="MINUTES",
        help="for how long to try again whoever is put off, before the rest is left for the same command",
    )
    verb.add_argument(
        "--as-planned",
        action="store_true",
        help="the issue or the lists changed after the mailing began: go on with what was planned then",
    )
    verb.add_argument(
        "--as-listed",
        action="store_true",
        help="the lists changed after the mailing began: whoever has not got it gets what they say now",
    )
    verb.add_argument("--expect", type=int, metavar="PEOPLE", help="so many people are right; any other number is not")
    verb.add_argument("--stale-ok", action="store_true", help="send it although the issue's date is long past")
    verb.add_argument("--no-canary", action="store_true", help="do not let the first 1 %% go alone")


def _approve(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--segment", metavar="S", help="only for the people of this segment")
    verb.add_argument("--by", metavar="NAME", help="who approves (default: your login name)")
    verb.add_argument("--yes", action="store_true", help="do not ask for the number to be typed")
    verb.set_defaults(sandbox=False, as_planned=False, in_doubt="hold")


def _verb(verbs: _Verbs, name: str, run: Callable[[argparse.Namespace], Exit]) -> argparse.ArgumentParser:
    about = inspect.getdoc(run) or ""
    verb = verbs.add_parser(
        name,
        help=about.split("\n\n", 1)[0].replace("%", "%%"),
        description=about.replace("%", "%%"),
        epilog=_EXITS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    verb.set_defaults(run=run)
    return verb


def _at_home(verb: argparse.ArgumentParser, *, number: str = "none") -> argparse.ArgumentParser:
    verb.add_argument(
        "--home",
        type=Path,
        metavar="DIR",
        help="the newsletter's folder (default: the nearest folder upwards that holds newsletter.yaml)",
    )
    if number != "none":
        verb.add_argument(
            "number",
            type=_issue_number,
            nargs="?" if number == "optional" else None,
            metavar="N",
            help="the issue's number" + (" (default: the newest)" if number == "optional" else ""),
        )
    return verb


def _issue_number(text: str) -> int:
    if not re.fullmatch(r"0*[1-9][0-9]{0,5}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not an issue's number")
    return int(text)


def _root(name: str, about: str, *, epilog: str) -> argparse.ArgumentParser:
    return argparse.ArgumentParser(
        prog=name,
        description=about.strip(),
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
