"""The commands; each docstring is its help text."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from composer.cli.clock import today
from composer.cli.desk import Desk
from composer.cli.findings import count, show
from composer.errors import Exit, has_errors

if TYPE_CHECKING:
    import argparse


def init(options: argparse.Namespace) -> Exit:
    """Start a newsletter of your own.

    Makes a folder with settings, standing texts, templates, a recipient list and a first issue that builds and sends to
    the sandbox at once:

      composer init my-newsletter
      cd my-newsletter
      composer send 1 --sandbox

    Every file is commented. An existing folder that holds anything is left alone.
    """
    from composer.scaffold import start  # noqa: PLC0415 - reads the templates, which other commands do not need

    start(options.folder, today=today(), name=options.name)
    sys.stdout.write(
        f"{options.folder} is ready. Next:\n\n  cd {options.folder}\n  composer check\n  composer send 1 --sandbox\n"
    )
    return Exit.DONE


def new(options: argparse.Namespace) -> Exit:
    """Write the next issue from a scaffold.

    The next number, the next publication day of the newsletter, every key taught by example, and, as comments, what
    will be carried forward from earlier issues, what has expired, and the coming network dates. Never overwrites.
    """
    from composer.scaffold import new_issue  # noqa: PLC0415 - merges the earlier issues

    desk = Desk.at(options.home)
    path = new_issue(desk.home, desk.settings, today=today())
    sys.stdout.write(f"{path.relative_to(desk.home.root).as_posix()} is ready to be written\n")
    return Exit.DONE


def check(options: argparse.Namespace) -> Exit:
    """Show every mistake with its line and column.

    Reads the issue, the earlier ones that it carries forward, the standing files, the templates and the recipient
    lists, and prints one line a finding:

      issues/653.yaml:12:5: error: unknown: tittle is not known here (did you mean 'title'?)

    The word behind the level is the rule; --explain tells why there is one. A finding that is right as it stands is
    allowed by a comment on its line or above it, which has to say why:

      # allow weekday: the poster of 1994 says so

    With --online every link is asked for: pages that do not exist or have moved, and how long documents are. A good
    answer is remembered for a day.

    Exit code 1 if any finding is an error; warnings alone are 0.
    """
    if options.explain:
        from composer.cli.explaining import explain  # noqa: PLC0415 - reads all rules

        return explain(options.explain)
    from composer.cli.online import asked, crawler  # noqa: PLC0415 - as below
    from composer.cli.precedent import last_mailings  # noqa: PLC0415 - as below
    from composer.galley import check as find_mistakes  # noqa: PLC0415 - imports the template engine

    desk = Desk.at(options.home)
    number = desk.number(options.number)
    web = crawler(desk) if options.online else None
    mailed, unread = last_mailings(desk, number)
    found = find_mistakes(desk.home, number, desk.settings, last_mailings=mailed, web=web)
    findings = (*desk.findings, *unread, *found)
    show(findings, options.format)
    if options.format == "text":
        sys.stdout.write(f"issue {number}: {count(findings)}{asked(web)}\n")
    return Exit.REFUSED if has_errors(findings) else Exit.DONE


def build(options: argparse.Namespace) -> Exit:
    """Write the finished emails, to look at.

    For every variant (what one audience may see) a folder with email.html, email.txt, message.eml and the pictures.
    Merge fields show their fallbacks. Nothing is sent.
    """
    from composer.cli.building import write  # noqa: PLC0415 - imports the message compiler
    from composer.galley import typeset  # noqa: PLC0415 - imports the template engine

    desk = Desk.at(options.home)
    galley = typeset(desk.home, options.number, desk.settings)
    show(galley.findings)
    folder = options.out or desk.home.out / str(options.number) / "build"
    for page in write(galley, folder, desk.settings):
        sys.stdout.write(f"{page}\n")
    return Exit.DONE


def send(options: argparse.Namespace) -> Exit:
    """Send an issue to its recipients.

    Shows the plan (subject, variants, people per segment, refused and duplicate rows, size), asks for the issue's
    number to be typed, sends, and ends with a table of what happened. Interrupted or short of a server, it says so; the
    same command goes on where it stopped, and nobody gets it twice.

      python send.py 653 --dry-run          the plan only, and whether it would be refused
      python send.py 653 --proof me@…       one copy of every variant, marked [PROOF]
      python send.py 653 --sandbox          to an embedded server, with an inbox to look at
      python send.py 653                    the mailing
      python send.py 653 --at "2025-03-14 16:00"   the same, at that moment by the newsletter's clock

    It is refused, with the reason, when the issue's date is long past, when the number of people differs much from the
    last mailing's, and when newsletter.yaml asks for a proof or an approval that is not there (see guards).
    The server's password comes from the environment: COMPOSER_SMTP_PASSWORD.
    """
    from composer.cli.sending import mail  # noqa: PLC0415 - imports the post office

    return mail(Desk.at(options.home), options)


def approve(options: argparse.Namespace) -> Exit:
    """Approve an issue: exactly this content, for exactly these people.

    Shows the plan and asks for the issue's number to be typed. The approval is written into the ledger with your name
    and ends with any change of the issue, what it carries, the templates, the settings or the lists. Whether one is
    needed, and whose, newsletter.yaml says (guards: approval, approvers).
    """
    from composer.cli.approving import approve as write_approval  # noqa: PLC0415 - imports the post office

    return write_approval(Desk.at(options.home), options)


def status(options: argparse.Namespace) -> Exit:
    """Show what happened to every address of an issue.

    Counts by outcome, by domain and by segment, every failed, deferred and in-doubt address with the server's words,
    and who did what. The same is written as a page with charts, out/N/report.html, and as CSV files beside it.
    """
    from composer.cli.records import show_status  # noqa: PLC0415 - imports the ledger

    return show_status(Desk.at(options.home), options)


def backup(options: argparse.Namespace) -> Exit:
    """Copy what cannot be made again into one file: the ledger and the keys.

    Safe at any moment, also while an issue is being sent. The copy is checked before it gets its name; it holds
    everybody's address and the signing keys, so keep it as carefully as state/ itself.
    """
    from composer.cli.keeping import backup as keep  # noqa: PLC0415 - imports the ledger

    return keep(Desk.at(options.home), options)


def dkim_key(options: argparse.Namespace) -> Exit:
    """Make the key that signs every message (DKIM), and print the DNS record that publishes it.

    The key lies in state/dkim-SELECTOR.pem and is never replaced; said again, the command prints the record of the key
    that is there. Signing begins when newsletter.yaml names the selector under dkim.
    """
    from composer.cli.dkim_key import dkim_key as make  # noqa: PLC0415 - imports the message compiler

    return make(Desk.at(options.home), options)


def config(options: argparse.Namespace) -> Exit:
    """Show the settings in force and where each comes from.

    That is newsletter.yaml, the environment (COMPOSER_SMTP_HOST, _PORT, _SECURITY, _USERNAME, _PASSWORD, COMPOSER_KEY,
    COMPOSER_DKIM_KEY)
    or the default. Secrets are shown as set or not set.
    """
    from composer.settings import describe  # noqa: PLC0415 - nobody else asks

    desk = Desk.at(options.home)
    sys.stdout.write("".join(f"{setting}\n" for setting in describe(desk.settings)))
    return Exit.DONE
