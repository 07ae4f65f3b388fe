"""`check --online`: the crawler made ready, and what it did as the end of a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer import __version__
from composer.cli.clock import utc_now

if TYPE_CHECKING:
    from composer.cli.desk import Desk
    from composer.crawler import Crawler


def crawler(desk: Desk) -> Crawler:
    """A crawler that says whose it is, and remembers in `state/cache/`."""
    from composer.crawler import Asker, Crawler  # noqa: PLC0415 - 40 ms, for those who ask

    archive = desk.settings.archive_url or ""
    whose = f"; +{archive}" if archive and archive.isascii() else ""
    asker = Asker(f"Mozilla/5.0 (compatible; Composer/{__version__}{whose})")
    return Crawler(asker, desk.home.state / "cache", utc_now())


def asked(web: Crawler | None) -> str:
    """How many links were asked for: "; 12 links asked for, 30 known from before"; "" where nobody asked."""
    if web is None:
        return ""
    links = "1 link" if web.asked == 1 else f"{web.asked} links"
    return f"; {links} asked for" + (f", {web.recalled} known from before" if web.recalled else "")
