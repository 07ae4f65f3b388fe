"""An address of the mail system, where nobody reads a newsletter.

What goes to noreply@ is never read, and each of these rows is named. Behind postmaster@, abuse@, hostmaster@,
webmaster@, root@ and their like (RFC 2142) sit those who look after a mail server: one complaint from there may stop
the mail to a whole organisation, and they got onto the list by a mistake or by a robot. They are named once for each
list. Shared mailboxes that people do read are left alone: info@, office@, admin@, enquiries@, news@, a team or a desk;
and addresses that stand under `checks: words:` in newsletter.yaml.

Passes:

    # members.csv
    email,name,groups
    office@hillside.example.org,Hillside School,Leads
    safeguarding.team@example.org,Safeguarding Team,Leads

Fails:

    # members.csv
    email,name,groups
    kim.ash@example.com,Kim Ash,Leads
    no-reply@example.org,,Leads
    postmaster@example.org,,Leads
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.checks.reading.addresses.rows import Rows
from composer.checks.rule import Remark
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.sheet import Sheet

LEVEL = Level.WARNING

_UNREAD = frozenset(
    {
        *("noreply", "no-reply", "no_reply", "no.reply", "donotreply", "do-not-reply", "do_not_reply", "do.not.reply"),
        *("dontreply", "mailer-daemon", "mailerdaemon", "devnull", "dev-null", "nobody"),
    }
)
_OF_THE_SYSTEM = frozenset(
    {
        *("postmaster", "abuse", "hostmaster", "webmaster", "root", "noc", "usenet", "uucp", "ftp", "www"),
        *("spam", "spamtrap", "honeypot", "test", "example"),
    }
)


def check(sheet: Sheet) -> Iterator[Remark]:
    """Ask the lists for both kinds at once."""
    of_the_system: dict[str, Rows] = {}
    right = {word.casefold() for word in sheet.newsletter.checks.words}
    for recipient in sheet.audience.recipients.of_local_parts(_UNREAD | _OF_THE_SYSTEM):
        if recipient.key in right:
            continue
        if recipient.key.partition("@")[0] in _UNREAD:
            message = f"nobody reads what comes to {recipient.address}"
            yield Remark(recipient.place, message, "ask for the address of a person or a team, or delete the row")
        else:
            rows = of_the_system.setdefault(recipient.place.path, Rows(recipient.place))
            rows.add(recipient.address, recipient.place)
    for rows in of_the_system.values():
        belong = "belongs" if rows.count == 1 else "belong"
        message = f"{rows} {belong} to a mail system, and nobody reads a newsletter there"
        hint = "one complaint from there can stop the mail to all its colleagues; write to a person or a team instead"
        yield Remark(rows.place, message, hint)
