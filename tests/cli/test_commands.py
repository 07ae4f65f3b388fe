"""The command line as its users meet it: what it prints, what it writes, and its exit codes."""

import asyncio
import json
import re
from pathlib import Path

import pytest

from composer.cli import main
from composer.errors import Exit
from tests.cli.conftest import change
from tests.smtp_server import SmtpServer

ROOT = Path(__file__).resolve().parents[2]


class TestCheck:
    def test_a_new_newsletter_has_no_mistake(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["check"]) == 0
        assert capsys.readouterr().out.endswith("issue 1: no findings\n")

    def test_a_finding_is_one_line_with_its_place_and_the_exit_code_is_1(
        self, home: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        change(home / "issues" / "1.yaml", "\nupdates:", "\nudpates:")
        assert main(["check", "1"]) == 1
        first, *_ = capsys.readouterr().out.splitlines()
        assert re.fullmatch(r"issues/1\.yaml:\d+:1: error: unknown: .*updates.*", first)

    def test_findings_as_json(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        change(home / "issues" / "1.yaml", "\nupdates:", "\nudpates:")
        assert main(["check", "--format", "json"]) == 1
        [finding, *_] = json.loads(capsys.readouterr().out)
        assert finding["path"] == "issues/1.yaml"
        assert set(finding) == {"path", "line", "column", "level", "code", "message", "hint"}

    def test_findings_as_github_annotations(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        change(home / "issues" / "1.yaml", "\nupdates:", "\nudpates:")
        main(["check", "--format", "github"])
        assert capsys.readouterr().out.startswith("::error file=issues/1.yaml,line=")

    def test_a_broken_settings_file_is_findings_too(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        change(home / "newsletter.yaml", "sender:", "sneder:")
        assert main(["check", "--format", "json"]) == 1
        assert {finding["path"] for finding in json.loads(capsys.readouterr().out)} == {"newsletter.yaml"}

    def test_an_issue_that_does_not_exist(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["check", "99"]) == 2
        assert "issues/99.yaml does not exist" in capsys.readouterr().err

    def test_contacts_that_cannot_be_read_are_not_said_to_be_missing(
        self, home: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        change(home / "issues" / "standing" / "contacts.yaml", "role:", "rolle:")
        assert main(["check"]) == 1
        mistake, count = capsys.readouterr().out.splitlines()
        assert mistake.startswith("issues/standing/contacts.yaml:")
        assert count == "issue 1: 1 error"

    @pytest.mark.parametrize(
        ("file", "text", "said"),
        [
            ("issues/1.yaml", "updates: [\n", "issues/1.yaml"),
            ("issues/1.yaml", "\x00\x01\x02", "issues/1.yaml"),
            ("issues/standing/contacts.yaml", "- id: [", "issues/standing/contacts.yaml"),
            ("templates/layout.mjml", "<mjml>{{ nonsense }}</mjml>", "templates/layout.mjml:1:"),
            ("templates/layout.mjml", "{% if %}", "templates/layout.mjml:1:"),
            ("templates/layout.mjml", "<mjml><mj-body><mj-nonsense></mj-body></mjml>", "templates/layout.mjml:1:"),
            ("templates/sections/updates.mjml", "{{ 1 / 0 }}", "templates/sections/updates.mjml:1:"),
            ("templates/layout.txt", "{{ edition.nonsense }}", "templates/layout.txt:1:"),
            ("recipients/segments.yaml", "everyone: {lists: [nobody]}", "recipients/segments.yaml:1:"),
        ],
    )
    def test_bad_input_is_a_finding_and_never_a_traceback(
        self, home: Path, capsys: pytest.CaptureFixture[str], file: str, text: str, said: str
    ) -> None:
        (home / file).write_text(text, encoding="utf-8")
        assert main(["check", "1"]) == 1
        assert said in capsys.readouterr().out


class TestBuild:
    def test_every_variant_has_its_page_text_and_message(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["build", "1", "--out", "built"]) == 0
        assert {path.name for path in (home / "built" / "everyone").iterdir()} >= {
            "email.html",
            "email.txt",
            "message.eml",
        }
        assert str(Path("built", "everyone", "email.html")) in capsys.readouterr().out

    def test_a_folder_that_cannot_be_written(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (home / "built").write_text("a file", encoding="utf-8")
        assert main(["build", "1", "--out", "built"]) == 1
        assert re.search(r"built/everyone cannot be written: .*; name another with --out DIR", capsys.readouterr().err)

    def test_a_mistake_builds_nothing(self, home: Path) -> None:
        change(home / "issues" / "1.yaml", "\nupdates:", "\nudpates:")
        assert main(["build", "1", "--out", "built"]) == 1
        assert not (home / "built").exists()

    def test_a_missing_picture_is_told_where_it_is_named(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        for picture in (home / "issues" / "standing" / "images").iterdir():
            picture.unlink()
        assert main(["build", "1"]) == 1
        assert re.search(r"^\S+\.yaml:\d+:\d+: error: ", capsys.readouterr().out)

    def test_a_variant_that_is_no_more_leaves_no_page(self, home: Path) -> None:
        main(["build", "1", "--out", "built"])
        change(home / "issues" / "1.yaml", "audience: [leads]", "# for all")
        (home / "built" / "notes").mkdir()
        assert (home / "built" / "leads" / "email.html").is_file()
        main(["build", "1", "--out", "built"])
        assert {path.name for path in (home / "built").iterdir()} == {"everyone", "notes"}


class TestSend:
    def test_the_sandbox_keeps_every_message_and_an_inbox(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["send", "--sandbox", "--yes"]) == 0
        out = capsys.readouterr().out
        assert (home / "out" / "1" / "index.html").is_file()
        assert len([*(home / "out" / "1").glob("*.eml")]) == 4
        assert "index.html" in out
        assert main(["status", "--sandbox", "--json"]) == 0

    def test_a_dry_run_writes_nothing(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        before = {path for path in home.rglob("*") if "cache" not in path.parts}
        assert main(["send", "1", "--dry-run"]) == 0
        assert "nothing was sent" in capsys.readouterr().out
        assert {path for path in home.rglob("*") if "cache" not in path.parts} - before <= {home / "state"}

    def test_an_issue_that_is_not_of_today_is_remarked_on(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["send", "1", "--dry-run"]) == 0
        plan = " ".join(capsys.readouterr().out.split())
        assert re.search(r"\(\d+ days ago: what has expired since is still in it\)", plan)

    def test_without_a_terminal_nothing_is_sent_unasked(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["send", "1", "--sandbox"]) == 1
        assert "--yes" in capsys.readouterr().err

    def test_a_mailing_needs_its_number(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["send", "--yes"]) == 2
        assert "which issue?" in capsys.readouterr().err

    def test_an_unknown_segment(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["send", "1", "--segment", "everyon", "--sandbox", "--yes"]) == 2
        assert "did you mean 'everyone'?" in capsys.readouterr().err

    @pytest.mark.parametrize("option", ["--segment", "--proof"])
    def test_an_option_left_empty_is_never_a_mailing_to_everybody(
        self, home: Path, capsys: pytest.CaptureFixture[str], option: str
    ) -> None:
        assert main(["send", "1", option, "", "--sandbox", "--yes"]) == 2
        assert "4 sent" not in capsys.readouterr().out

    def test_a_number_that_no_file_can_have(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit, match="2"):
            main(["check", "9" * 5000])
        assert "is not an issue's number" in capsys.readouterr().err

    def test_nobody_on_the_lists(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        for file in (home / "recipients").glob("*.csv"):
            [heading, *_] = file.read_text(encoding="utf-8-sig").splitlines()
            file.write_text(f"{heading}\n", encoding="utf-8")
        assert main(["send", "1", "--sandbox", "--yes"]) == 1
        assert "nobody would get issue 1" in capsys.readouterr().err

    def test_a_server_that_is_not_there_loses_nobody(
        self, home: Path, no_server: None, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["send", "1", "--yes"]) == 75
        assert "127.0.0.1:1" in capsys.readouterr().err

    def test_somebody_taken_out_of_a_segment_is_not_sent_to_as_one_of_it(
        self, home: Path, no_server: None, capsys: pytest.CaptureFixture[str]
    ) -> None:
        send = ["send", "1", "--segment", "leads", "--yes"]
        assert main(send) == 75
        change(home / "recipients" / "members.csv", "Alex Moor,North Team,Leads", "Alex Moor,North Team,")
        assert main(send) == 75
        capsys.readouterr()
        main(["status", "1", "--json"])
        segments = json.loads(capsys.readouterr().out)["segments"]
        assert {name: states["planned"] for name, states in segments.items()} == {"everyone": 2, "leads": 1}

    def test_a_segment_is_done_though_others_wait(
        self, home: Path, no_server: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def scene() -> int:
            async with SmtpServer() as server:
                monkeypatch.setenv("COMPOSER_SMTP_PORT", str(server.port))
                return await asyncio.to_thread(main, ["send", "1", "--segment", "leads", "--yes"])

        assert main(["send", "1", "--yes"]) == 75
        assert asyncio.run(scene()) == 0

    def test_going_on_as_planned_with_an_unknown_segment(
        self, home: Path, no_server: None, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["send", "1", "--yes"]) == 75
        assert main(["send", "1", "--as-planned", "--segment", "leds", "--yes"]) == 2
        assert "did you mean 'leads'?" in capsys.readouterr().err


class TestSendAgain:
    """A mailing that was begun, and what may follow it."""

    @pytest.fixture
    def begun(self, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
        """Planned, to a server that is not there."""
        monkeypatch.setenv("COMPOSER_SMTP_HOST", "127.0.0.1")
        monkeypatch.setenv("COMPOSER_SMTP_PORT", "1")
        monkeypatch.setenv("COMPOSER_SMTP_SECURITY", "none")
        assert main(["send", "1", "--yes"]) == Exit.TRY_AGAIN
        capsys.readouterr()
        return home

    def test_what_is_left_of_a_frozen_plan_is_shown(self, begun: Path, capsys: pytest.CaptureFixture[str]) -> None:
        change(begun / "issues" / "1.yaml", "\nupdates:", "\nudpates:")
        assert main(["send", "1", "--as-planned", "--dry-run"]) == Exit.DONE
        out = capsys.readouterr().out
        assert "4 planned = 4 still to send" in out
        assert "nothing was sent" in out

    def test_there_is_no_frozen_plan_of_what_was_never_planned(
        self, home: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["send", "1", "--as-planned", "--yes"]) == Exit.REFUSED
        assert "nothing of issue 1 is planned" in capsys.readouterr().err

    def test_a_proof_goes_to_one_address_whatever_the_segments(
        self, home: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["send", "1", "--proof", "me@example.org", "--segment", "leads"]) == Exit.USAGE
        assert "leave out --segment" in capsys.readouterr().err


class TestElsewhere:
    def test_a_closed_output_is_no_bug(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sys.stdout", None)
        assert main(["check"]) == 0

    def test_init_never_touches_what_is_there(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["init", str(home)]) == 2
        assert str(home.name) in capsys.readouterr().err

    def test_new_writes_the_next_issue_that_checks_clean(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["new"]) == 0
        assert (home / "issues" / "2.yaml").is_file()
        assert "issues/2.yaml" in capsys.readouterr().out
        assert main(["check", "2"]) == 0

    def test_config_shows_where_a_setting_comes_from_and_no_secret(
        self, home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COMPOSER_SMTP_PASSWORD", "wonderful-secret")
        monkeypatch.setenv("COMPOSER_SMTP_HOST", "mail.example.org")
        assert main(["config"]) == 0
        out = capsys.readouterr().out
        assert "wonderful-secret" not in out
        assert "mail.example.org" in out

    def test_outside_any_newsletter(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        assert main(["check"]) == 2
        assert "composer init" in capsys.readouterr().err

    def test_status_of_what_was_never_sent(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["status", "1"]) == 1
        assert "issue 1" in capsys.readouterr().err

    def test_the_samples_check_without_an_error(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(ROOT)
        for issue in sorted(ROOT.glob("issues/*.yaml")):
            assert main(["check", issue.stem]) == 0, capsys.readouterr().out

    def test_a_bug_says_so(
        self, home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*_: object) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr("composer.galley.check", broken)
        assert main(["check"]) == 3
        assert "this is a bug in Composer" in capsys.readouterr().err
