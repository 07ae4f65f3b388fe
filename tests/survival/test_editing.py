"""Something is edited between a kill and the next run: people get what the others got, or the run says why not."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from composer.render.templating import packaged
from tests.home.making import write
from tests.survival.accounts import Account, copies
from tests.survival.fates import Fate
from tests.survival.letters import wordings
from tests.survival.mailings import TRY_AGAIN, Mailing
from tests.survival.newsletters import newsletter
from tests.survival.records import Peer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PEOPLE = 60
CONNECTIONS = 2
SENT = 30
VARIANTS = 2
GONE = "reader58@example.org"
"""The last in their turn."""
BLOCKS = "- {section: intro, body: The office is closed on Mondays.}\n"


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of one file."""

    path: str
    old: str
    new: str

    def make(self, home: Path) -> None:
        file = home / self.path
        text = file.read_text(encoding="utf-8")
        assert self.old in text
        write(home, self.path, text.replace(self.old, self.new))

    def undo(self, home: Path) -> None:
        Edit(self.path, self.new, self.old).make(home)


CONTENT = {
    "issue": Edit("issues/1.yaml", "along the harbour wall again", "along the harbour wall tomorrow"),
    "template": Edit("templates/footer.mjml", "{{ ", "Again: {{ "),
    "standing file": Edit("issues/standing/blocks.yaml", "on Mondays", "on Tuesdays"),
    "settings": Edit("newsletter.yaml", "1 Quay Street", "2 Quay Street"),
}
LISTS = {
    "name": Edit("recipients/members.csv", "Reader ", "Reader 0"),
    "newcomer": Edit(
        "recipients/members.csv", "email,name,groups\n", "email,name,groups\nnew@example.org,Reader 99,\n"
    ),
    "somebody less": Edit("recipients/members.csv", f"{GONE},", f"# {GONE},"),
}


@pytest.fixture
def mailing(tmp_path: Path) -> Iterator[Mailing]:
    """A mailing that was killed when a half was sent, and the server let the last ones wait for their answers."""
    keep = tmp_path / "kept"
    keep.mkdir()
    with Peer(tmp_path / "record.jsonl", trouble=1, only=Fate.SILENT, after=SENT, keep=keep) as peer:
        home = newsletter(tmp_path / "home", PEOPLE, peer.port, connections=CONNECTIONS)
        shutil.copytree(str(packaged()), home / "templates")
        write(home, "issues/standing/blocks.yaml", BLOCKS)
        mailing = Mailing(home, peer, PEOPLE)
        mailer = mailing.begin()
        peer.until(lambda: len(mailing.taken) == SENT + CONNECTIONS)
        mailer.kill()
        peer.calm_down()
        assert mailing.judge().states["sent"] == SENT
        yield mailing


def kept(mailing: Mailing) -> list[str]:
    assert mailing.peer.keep
    return wordings(mailing.peer.keep)


def is_refused(mailing: Mailing, sentence: str) -> None:
    """Nobody is sent anything, and the manager is told why and what to do."""
    taken = len(mailing.taken)
    mailer = mailing.begin()
    assert mailer.wait() == 1
    assert sentence in mailer.said
    assert "--as-planned" in mailer.said
    mailing.judge()
    assert len(mailing.taken) == taken


@pytest.mark.parametrize("edit", CONTENT.values(), ids=CONTENT.keys())
def test_other_content_is_refused_or_what_was_planned_goes_out(mailing: Mailing, edit: Edit) -> None:
    before = set(kept(mailing))
    edit.make(mailing.home)
    is_refused(mailing, "issue 1 has changed since sending began")
    mailing.finish("--as-planned")
    assert set(copies(mailing.taken).values()) == {1}
    assert len(set(kept(mailing))) == VARIANTS
    assert set(kept(mailing)) >= before


@pytest.mark.parametrize("name", LISTS)
def test_other_lists_are_refused_or_the_planned_ones_count(mailing: Mailing, name: str) -> None:
    LISTS[name].make(mailing.home)
    is_refused(mailing, "the lists have changed since sending of issue 1 began")
    mailer = mailing.begin("--as-planned")
    assert mailer.wait() == 1, "the doubts are still there"
    mailing.peer.settle()
    account = Account.of(mailing.home)
    gone = {GONE} if name == "somebody less" else set()
    assert account.adds_up
    assert (account.waiting, account.states["excluded"]) == (0, len(gone))
    assert {one.recipient for one in mailing.taken} == set(mailing.everybody) - gone
    assert len(set(kept(mailing))) == VARIANTS


def test_what_is_undone_was_never_done(mailing: Mailing) -> None:
    edit = CONTENT["issue"]
    edit.make(mailing.home)
    is_refused(mailing, "issue 1 has changed since sending began")
    edit.undo(mailing.home)
    mailing.finish()
    assert len(set(kept(mailing))) == VARIANTS
    assert set(copies(mailing.taken).values()) == {1}


def test_a_plan_that_no_server_has_heard_of_is_made_anew(tmp_path: Path) -> None:
    keep = tmp_path / "kept"
    keep.mkdir()
    with Peer(tmp_path / "record.jsonl", keep=keep) as peer:
        mailing = Mailing(newsletter(tmp_path / "home", PEOPLE, 1), peer, PEOPLE)
        assert mailing.begin().wait() == TRY_AGAIN
        assert mailing.judge().waiting == PEOPLE
        CONTENT["issue"].make(mailing.home)
        Edit("newsletter.yaml", "port: 1,", f"port: {peer.port},").make(mailing.home)
        mailing.finish()
    assert len(set(kept(mailing))) == VARIANTS
    assert all("along the harbour wall tomorrow" in wording for wording in kept(mailing))
