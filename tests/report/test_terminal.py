from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from composer.ledger import Deed, State
from composer.report import Summary, summarise
from composer.report.terminal import SHOWN, lines, show
from tests.report.ledgers import MOMENT, Case, opened, write
from tests.report.zones import LONDON

if TYPE_CHECKING:
    import pytest


def shown(path: Path, *, width: int = 100, folder: Path | None = None) -> str:
    """What a terminal of this width shows of a ledger."""
    out = StringIO()
    with opened(path) as ledger:
        summary = summarise(ledger, 653)
        assert summary is not None
        show(summary, Console(file=out, force_terminal=True, width=width, color_system=None), LONDON, folder)
    return out.getvalue()


def test_every_failed_deferred_and_doubtful_address_is_named_with_the_servers_words(summary: Summary) -> None:
    text = list(lines(summary, LONDON))
    assert "failed: cat@example.com: 550 5.1.1 [red]No such user (13 Jun 16:02:00)" in text
    assert "deferred: dot@example.com: 450 4.2.1 Busy (13 Jun 16:02:00)" in text
    assert "in doubt: eve@example.com: the connection was lost (13 Jun 16:02:00)" in text


def test_domains_segments_and_the_log_have_their_lines(summary: Summary) -> None:
    text = list(lines(summary, LONDON))
    assert "domain example.org: 2 sent" in text
    assert "segment kent: 1 sent" in text
    assert text[-1] == "log: 13 Jun 16:02:00: robin on desk: sending: to everybody"


def test_a_pipe_gets_plain_lines_and_a_terminal_gets_tables(summary: Summary) -> None:
    piped, terminal = StringIO(), StringIO()
    show(summary, Console(file=piped, width=40), LONDON)
    assert piped.getvalue().splitlines() == list(lines(summary, LONDON))
    show(summary, Console(file=terminal, force_terminal=True, width=100, color_system=None), LONDON)
    table = terminal.getvalue()
    for words in ("550 5.1.1 [red]No such user", "cat@example.com", "1 in doubt", "─", "approved everybody, 8 people"):
        assert words in table


def test_only_the_largest_domains_are_shown(path: Path) -> None:
    write(path, (Case(f"p{number}@council-{number % 20}.example.org", State.SENT) for number in range(30)))
    assert shown(path).count("example.org") == 12
    assert "… and 8 more domains: composer status 653 --json" in shown(path)
    with opened(path) as ledger:
        summary = summarise(ledger, 653)
        assert summary is not None
        assert "… and 8 more domains: composer status 653 --json" in list(lines(summary, LONDON))


def test_a_terminal_gets_the_first_addresses_and_is_told_where_the_others_are(path: Path) -> None:
    write(path, (Case(f"p{number}@example.org", State.FAILED) for number in range(1434)))
    text = shown(path, folder=Path("out/653"))
    assert text.count("@example.org") == SHOWN == 200
    assert "1,434 failed" in text
    assert f"… and 1,234 more: {Path('out/653/failed.csv')}" in text
    assert "… and 1,234 more: composer status 653" in shown(path)


def test_a_pipe_gets_all_of_them(path: Path) -> None:
    write(path, (Case(f"p{number}@example.org", State.FAILED) for number in range(1434)))
    with opened(path) as ledger:
        summary = summarise(ledger, 653)
        assert summary is not None
        assert sum(line.startswith("failed: ") for line in lines(summary, LONDON)) == 1434


def test_an_address_is_shown_in_full_however_narrow_the_terminal(path: Path) -> None:
    write(path, [Case(f"{'very' * 12}@example.com", State.FAILED)])
    assert "…" not in shown(path, width=50)


def test_no_word_of_a_stranger_steers_the_terminal_or_makes_a_line_of_its_own(path: Path) -> None:
    words = "no\x1b[2J\x1b]0;title\x07 user\nDone: nobody is left.\u202e"
    log = [Deed(653, MOMENT, "robin\x1b[31m", "desk\nDone", "noted", words)]
    write(path, [Case("a\x1b[1m@example.org", State.FAILED, words, 550, frozenset({"se\x9bg\nment"}))], log=log)
    with opened(path) as ledger:
        summary = summarise(ledger, 653)
        assert summary is not None
        text = list(lines(summary, LONDON))
    assert all(line.isprintable() for line in text)
    assert sum(line.startswith("Done") for line in text) == 1  # it is done, and says so itself
    assert all(line.isprintable() for line in shown(path).splitlines())


def test_it_can_be_shown_as_it_is(summary: Summary, capsys: pytest.CaptureFixture[str]) -> None:
    summary.show(LONDON)
    assert capsys.readouterr().out.splitlines() == list(lines(summary, LONDON))
