"""What stands in the way of the wrong mailing, as the programme manager meets it."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from composer.cli import main
from composer.errors import Exit
from tests.cli.conftest import change, set_guards
from tests.smtp_server import SmtpServer, drops_after_the_dot

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str]]

STALE = "stale_days: 36500"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> SmtpServer:
    """The newsletter's mail server, opened by `run`."""
    monkeypatch.setenv("COMPOSER_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("COMPOSER_SMTP_SECURITY", "none")
    return SmtpServer()


@pytest.fixture
def run(
    home: Path, server: SmtpServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """Runs one command while the server is there; its exit code and all that it said."""

    def command(*words: str) -> tuple[int, str]:
        async def scene() -> int:
            async with server:
                monkeypatch.setenv("COMPOSER_SMTP_PORT", str(server.port))
                return await asyncio.to_thread(main, list(words))

        capsys.readouterr()
        code = asyncio.run(scene())
        said = capsys.readouterr()
        return code, said.out + said.err

    return command


def next_issue(home: Path, number: int) -> None:
    text = (home / "issues" / "1.yaml").read_text(encoding="utf-8")
    text = text.replace("number: 1", f"number: {number}").replace("2025-03-14", f"2025-03-{14 + 7 * (number - 1)}")
    (home / "issues" / f"{number}.yaml").write_text(text, encoding="utf-8")


def deeds(run: Run, number: int = 1) -> list[str]:
    code, said = run("status", str(number), "--json")
    assert code == Exit.DONE
    return [deed["what"] for deed in json.loads(said)["deeds"]]


class TestStale:
    def test_an_issue_long_past_its_date_is_refused(self, home: Path, run: Run, server: SmtpServer) -> None:
        set_guards(home, "stale_days: 7")
        code, said = run("send", "1", "--yes")
        assert code == Exit.REFUSED
        assert re.search(r"nothing was sent: issue 1 is dated 14 March 2025, \d+ days before.*--stale-ok", said)
        assert server.connections == 0
        assert run("send", "1", "--dry-run")[0] == Exit.REFUSED

    def test_unless_told(self, home: Path, run: Run, server: SmtpServer) -> None:
        set_guards(home, "stale_days: 7")
        assert run("send", "1", "--yes", "--stale-ok")[0] == Exit.DONE
        assert len(server.messages) == 4
        _code, said = run("status", "1")
        assert "--stale-ok" in said

    def test_a_proof_and_the_sandbox_send_nothing_to_anybody(self, home: Path, run: Run) -> None:
        set_guards(home, "stale_days: 7")
        assert run("send", "1", "--proof", "me@example.org")[0] == Exit.DONE
        assert run("send", "1", "--sandbox", "--yes")[0] == Exit.DONE


class TestDifference:
    def test_many_fewer_people_than_last_time_are_refused_until_the_number_is_said(
        self, home: Path, run: Run, server: SmtpServer
    ) -> None:
        assert run("send", "1", "--yes")[0] == Exit.DONE
        next_issue(home, 2)
        [members, *_] = (home / "recipients").glob("members.csv")
        lines = members.read_text(encoding="utf-8-sig").splitlines()
        members.write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8")
        code, said = run("send", "2", "--yes")
        assert code == Exit.REFUSED
        assert "it would go to 3 people, 25 % fewer than issue 1 (4)" in said
        code, said = run("send", "2", "--yes", "--expect", "2")
        assert (code, "it would go to 3 people and not to 2" in said) == (Exit.REFUSED, True)
        assert len(server.messages) == 4
        assert run("send", "2", "--yes", "--expect", "3")[0] == Exit.DONE
        assert len(server.messages) == 7

    def test_a_segment_is_compared_with_itself(self, home: Path, run: Run) -> None:
        assert run("send", "1", "--segment", "leads", "--yes")[0] == Exit.DONE
        assert run("send", "1", "--yes")[0] == Exit.DONE
        next_issue(home, 2)
        assert run("send", "2", "--segment", "leads", "--yes")[0] == Exit.DONE
        assert run("send", "2", "--yes")[0] == Exit.DONE

    def test_what_was_planned_and_never_sent_is_no_measure(
        self, home: Path, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COMPOSER_SMTP_PORT", "1")
        assert main(["send", "1", "--yes"]) == Exit.TRY_AGAIN
        next_issue(home, 2)
        assert run("send", "2", "--segment", "leads", "--yes")[0] == Exit.DONE


class TestProof:
    def test_exactly_this_content_has_to_have_been_proved(self, home: Path, run: Run, server: SmtpServer) -> None:
        set_guards(home, f"proof: true, {STALE}")
        code, said = run("send", "1", "--yes")
        assert code == Exit.REFUSED
        assert "no proof of exactly this content has been sent" in said
        assert run("send", "1", "--proof", "me@example.org")[0] == Exit.DONE
        change(home / "issues" / "1.yaml", "title: ", "title: New ")
        assert run("send", "1", "--yes")[0] == Exit.REFUSED
        assert run("send", "1", "--proof", "me@example.org")[0] == Exit.DONE
        server.messages.clear()
        assert run("send", "1", "--yes")[0] == Exit.DONE
        assert len(server.messages) == 4
        assert deeds(run) == ["proof", "proof", "sending", "ended"]


class TestApproval:
    def test_without_one_nothing_leaves(self, home: Path, run: Run) -> None:
        set_guards(home, f"approval: true, {STALE}")
        code, said = run("send", "1", "--yes")
        assert code == Exit.REFUSED
        assert "nobody has approved it. Somebody who may has to look and say: composer approve 1" in said

    def test_with_one_it_leaves_and_the_name_stands_in_the_log(self, home: Path, run: Run, server: SmtpServer) -> None:
        set_guards(home, f"approval: true, {STALE}")
        code, said = run("approve", "1", "--by", "Morgan Ellis", "--yes")
        assert code == Exit.DONE
        assert re.search(r"Approved by Morgan Ellis: content [0-9a-f]{12}, audience [0-9a-f]{12}, 4 people", said)
        assert run("send", "1", "--yes")[0] == Exit.DONE
        assert len(server.messages) == 4
        assert "Morgan Ellis" in run("status", "1")[1]
        assert deeds(run) == ["approved", "sending", "ended"]

    @pytest.mark.parametrize(
        ("edit", "what"),
        [
            (("issues/1.yaml", "One page a week", "Two pages a week"), "content"),
            (("issues/standing/blocks.yaml", "body: ", "body: Changed. "), "content"),
            (("newsletter.yaml", "Harbour Notes", "Harbor Notes"), "content"),
            (("templates/footer.mjml", "<mj-text", '<mj-text padding-top="1px"'), "content"),
            (("recipients/members.csv", "Alex Moor", "Alexa Moor"), "audience"),
        ],
    )
    def test_any_edit_ends_it(self, home: Path, run: Run, edit: tuple[str, str, str], what: str) -> None:
        set_guards(home, f"approval: true, {STALE}")
        assert run("approve", "1", "--by", "Morgan Ellis", "--yes")[0] == Exit.DONE
        file, old, new = edit
        change(home / file, old, new)
        code, said = run("send", "1", "--yes")
        assert code == Exit.REFUSED
        assert f"its {what} changed after Morgan Ellis approved it" in said

    def test_an_edit_that_is_undone_changes_nothing(self, home: Path, run: Run) -> None:
        set_guards(home, f"approval: true, {STALE}")
        assert run("approve", "1", "--yes")[0] == Exit.DONE
        change(home / "recipients" / "members.csv", "Alex Moor", "Alexa Moor")
        change(home / "recipients" / "members.csv", "Alexa Moor", "Alex Moor")
        assert run("send", "1", "--yes")[0] == Exit.DONE

    def test_an_approval_for_a_segment_is_none_for_everybody(self, home: Path, run: Run) -> None:
        set_guards(home, f"approval: true, {STALE}")
        assert run("approve", "1", "--segment", "leads", "--yes")[0] == Exit.DONE
        assert run("send", "1", "--yes")[0] == Exit.REFUSED
        assert run("send", "1", "--segment", "leads", "--yes")[0] == Exit.DONE

    def test_only_who_may_approve_can(self, home: Path, run: Run) -> None:
        set_guards(home, f"approval: true, approvers: [Morgan Ellis], {STALE}")
        code, said = run("approve", "1", "--by", "Robin Tate", "--yes")
        assert code == Exit.REFUSED
        assert "Robin Tate may not approve" in said
        assert run("approve", "1", "--by", "Morgan Ellis", "--yes")[0] == Exit.DONE

    def test_an_issue_with_errors_cannot_be_approved(self, home: Path, run: Run) -> None:
        change(home / "issues" / "1.yaml", "\nupdates:", "\nudpates:")
        assert run("approve", "1", "--yes")[0] == Exit.REFUSED

    def test_without_a_terminal_it_is_not_given_unasked(self, home: Path, run: Run) -> None:
        code, said = run("approve", "1")
        assert (code, "nothing was approved: no terminal" in said) == (Exit.REFUSED, True)


class TestAppointment:
    def test_a_moment_long_past_does_not_make_an_old_issue_young(self, home: Path, run: Run) -> None:
        set_guards(home, "stale_days: 7")
        assert run("send", "1", "--yes", "--at", "2025-03-14 16:00")[0] == Exit.REFUSED

    def test_a_moment_that_has_come_is_now(self, home: Path, run: Run, server: SmtpServer) -> None:
        assert run("send", "1", "--yes", "--at", "2025-03-14 16:00")[0] == Exit.DONE
        assert len(server.messages) == 4

    def test_no_moment_sends_nothing(self, home: Path, run: Run, server: SmtpServer) -> None:
        assert run("send", "1", "--yes", "--at", "2025-03-30 01:30")[0] == Exit.USAGE
        assert server.connections == 0


class TestDoubt:
    def test_it_is_named_held_and_sent_again_only_when_told(self, home: Path, run: Run, server: SmtpServer) -> None:
        server.faults = (drops_after_the_dot(times=1),)
        code, said = run("send", "1", "--yes")
        assert code == Exit.REFUSED
        assert "1 in doubt" in said
        assert len(server.messages) == 4
        assert run("send", "1", "--yes")[0] == Exit.REFUSED
        assert len(server.messages) == 4
        assert run("send", "1", "--yes", "--in-doubt", "resend")[0] == Exit.DONE
        assert len(server.messages) == 5
        assert len(set(server.messages)) == 4

    def test_it_may_be_taken_as_arrived(self, home: Path, run: Run, server: SmtpServer) -> None:
        server.faults = (drops_after_the_dot(times=1),)
        assert run("send", "1", "--yes")[0] == Exit.REFUSED
        assert run("send", "1", "--yes", "--in-doubt", "assume-sent")[0] == Exit.DONE
        assert len(server.messages) == 4


class TestOptOut:
    def test_whoever_has_opted_out_gets_nothing_whatever_the_lists_say(
        self, home: Path, run: Run, server: SmtpServer
    ) -> None:
        from composer.ledger import Ledger, sqlite
        from composer.state import signing_key
        from composer.unsubscribe import Tokens
        from tests.delivery.conftest import SETTINGS

        tokens = Tokens(signing_key(home / "state", SETTINGS))
        with Ledger(sqlite(home / "state" / "ledger.db"), lambda: datetime.now(UTC)) as ledger:
            address = next(
                line for line in (home / "recipients" / "members.csv").read_text("utf-8-sig").split() if "@" in line
            )
            address = address.split(",")[0].casefold()
            ledger.opt_out(tokens.address_hash(address), "asked us to")
        assert run("send", "1", "--yes")[0] == Exit.DONE
        assert address not in {recipient.casefold() for recipient in server.recipients}
        assert "1 opted out" in run("status", "1")[1]


class TestDecisions:
    def test_a_decision_about_doubt_is_the_managers_and_stands_in_the_log(
        self, home: Path, run: Run, server: SmtpServer
    ) -> None:
        server.faults = (drops_after_the_dot(times=1),)
        assert run("send", "1", "--yes")[0] == Exit.REFUSED
        assert run("send", "1", "--yes", "--in-doubt", "assume-sent")[0] == Exit.DONE
        assert "--in-doubt assume-sent for 1" in run("status", "1")[1]

    def test_a_mailing_that_is_refused_decides_nothing(self, home: Path, run: Run, server: SmtpServer) -> None:
        server.faults = (drops_after_the_dot(times=1),)
        assert run("send", "1", "--yes")[0] == Exit.REFUSED
        change(home / "issues" / "1.yaml", "One page a week", "Two pages a week")
        assert run("send", "1", "--yes", "--in-doubt", "assume-sent")[0] == Exit.REFUSED
        assert "1 in doubt" in run("status", "1")[1]

    def test_what_is_left_of_a_plan_is_asked_about(self, home: Path, run: Run) -> None:
        assert run("send", "1", "--yes")[0] == Exit.DONE
        code, said = run("send", "1", "--as-planned", "--expect", "4", "--yes")
        assert (code, "leave out --expect" in said) == (Exit.USAGE, True)
        before = {path: path.stat().st_mtime_ns for path in (home / "out").rglob("*")}
        code, said = run("send", "1", "--as-planned", "--dry-run")
        assert (code, "nothing was written" in said) == (Exit.DONE, True)
        assert {path: path.stat().st_mtime_ns for path in (home / "out").rglob("*")} == before

    def test_a_sum_that_is_wrong_is_no_success(self, home: Path, run: Run) -> None:
        assert run("send", "1", "--yes")[0] == Exit.DONE
        with closing(sqlite3.connect(home / "state" / "ledger.db")) as connection, connection:
            connection.execute("DELETE FROM deliveries WHERE id = 2")
        assert run("status", "1")[0] == Exit.REFUSED
        assert run("status", "1", "--json")[0] == Exit.REFUSED


class TestSegments:
    def test_a_segment_sent_before_does_not_open_the_way_for_the_wrong_list(
        self, home: Path, run: Run, server: SmtpServer
    ) -> None:
        assert run("send", "1", "--yes")[0] == Exit.DONE
        next_issue(home, 2)
        members = home / "recipients" / "members.csv"
        more = "".join(f"more{number}@example.org,More,,\n" for number in range(20))
        members.write_text(members.read_text(encoding="utf-8-sig").rstrip("\n") + "\n" + more, encoding="utf-8")
        assert run("send", "2", "--segment", "leads", "--yes")[0] == Exit.DONE
        code, said = run("send", "2", "--yes")
        assert code == Exit.REFUSED
        assert "it would go to 24 people, 500 % more than issue 1 (4)" in said
