"""The rules about lists: what they find, and at greater length what they leave alone."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from composer.checks import rule
from tests.checks.making import sheet

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "email,name,groups\n"
TWO_SEGMENTS = "everyone: {lists: [members]}\nleads: {lists: [members], where: {groups: Leads}}\n"
ONE_LEADER = f"{HEAD}kim@example.com,Kim Ash,Leads\n"
NO_LEADER = f"{HEAD}kim@example.com,Kim Ash,Managers\n"

READ = """
    info office admin enquiries contact hello head headteacher reception news sales support team duty.desk comms press
    safeguarding safeguarding.team early.help families mash lscp security marketing
    testa example.kim abusereferrals noreply.kim kim.root postmaster.general webmasters
"""
"""What stands in front of the @ of mailboxes that people read, and what only looks like the others."""


def remarks(root: Path, code: str, changed: dict[str, str]) -> list[str]:
    found = rule(code)
    assert found is not None
    return [f"{one.place}: {one.message}" for one in sorted(set(found.check(sheet(root / "letter", changed))))]


def listed(*addresses: str) -> dict[str, str]:
    return {"members.csv": HEAD + "".join(f"{address},,Leads\n" for address in addresses)}


class TestUnseenItem:
    def test_news_a_reminder_and_a_line_are_each_named(self, tmp_path: Path) -> None:
        old = (
            "updates: [{title: An old note, body: A text., audience: [leads]}]\n"
            "tools: [{date: 2025-03-05, line: Old slides, audience: [leads]}]\n"
        )
        new = (
            "updates: [{title: A note, body: A text., audience: [leads]}, {title: For all, body: A text.}]\n"
            "tools: [{date: 2025-03-12, line: New slides, audience: [leads]}]\n"
        )
        files = {"members.csv": NO_LEADER, "segments.yaml": TWO_SEGMENTS, "issues/652.yaml": old, "issue.yaml": new}
        lines = remarks(tmp_path, "unseen-item", {**files, "issues/652.yaml": f"number: 652\ndate: 2025-03-07\n{old}"})
        assert [line.partition(": ")[2] for line in lines] == [
            "nobody will see this reminder: nobody is in leads",
            "nobody will see this item: nobody is in leads",
            "nobody will see this line: nobody is in leads",
        ]
        assert remarks(tmp_path, "unseen-item", {**files, "members.csv": ONE_LEADER}) == []

    def test_an_item_that_somebody_sees_is_left_alone(self, tmp_path: Path) -> None:
        new = "updates: [{title: A note, body: A text., audience: [leads, everyone]}]\n"
        files = {"members.csv": NO_LEADER, "segments.yaml": TWO_SEGMENTS, "issue.yaml": new}
        assert remarks(tmp_path, "unseen-item", files) == []

    def test_a_list_that_cannot_be_read_is_reported_as_such_and_not_here(self, tmp_path: Path) -> None:
        segments = "everyone: {lists: [members]}\nleads: {lists: [others], where: {groups: Leads}}\n"
        new = "updates: [{title: A note, body: A text., audience: [leads]}]\n"
        for code in ("unseen-item", "empty-segment"):
            assert remarks(tmp_path, code, {"segments.yaml": segments, "issue.yaml": new}) == []


class TestListChange:
    @pytest.mark.parametrize(
        ("mailed", "said"),
        [
            ("", []),
            ("everybody: {number: 652, people: 2}", []),
            ("everybody: {number: 652, people: 0}", []),
            ("leads: {number: 652, people: 2}", []),
            ("gone: {number: 652, people: 2}", []),
            ("everybody: {number: 652, people: 1}", ["1:1: there are 2 people, 100 % more than got issue 652 (1)"]),
            (
                "leads: {number: 651, people: 3}",
                ["2:1: there are 2 people in leads, 33 % fewer than got issue 651 (3)"],
            ),
        ],
    )
    def test_so_many_are_compared_with_so_many(self, tmp_path: Path, mailed: str, said: list[str]) -> None:
        files = {"ledger.yaml": mailed} if mailed else {}
        assert remarks(tmp_path, "list-change", files) == [f"recipients/segments.yaml:{line}" for line in said]

    @pytest.mark.parametrize(("people", "is_said"), [(80, False), (81, True), (120, False), (121, True)])
    def test_up_to_the_limit_nothing_is_said(self, tmp_path: Path, people: int, *, is_said: bool) -> None:
        files = listed(*(f"reader{number}@example.com" for number in range(people)))
        files["ledger.yaml"] = "everybody: {number: 652, people: 100}"
        assert bool(remarks(tmp_path, "list-change", files)) == (is_said if people > 100 else people < 80)


class TestRoleAddress:
    def test_mailboxes_that_people_read_are_left_alone(self, tmp_path: Path) -> None:
        assert remarks(tmp_path, "role-address", listed(*(f"{word}@example.com" for word in READ.split()))) == []

    def test_each_that_is_never_read_is_named_whatever_its_capitals(self, tmp_path: Path) -> None:
        lines = remarks(
            tmp_path, "role-address", listed("NoReply@example.com", "kim@example.com", "do-not-reply@example.com")
        )
        assert lines == [
            "recipients/members.csv:2:1: nobody reads what comes to NoReply@example.com",
            "recipients/members.csv:4:1: nobody reads what comes to do-not-reply@example.com",
        ]

    def test_those_of_the_mail_system_are_one_finding_for_each_list(self, tmp_path: Path) -> None:
        files = listed(*(f"{word}@example.com" for word in ("abuse", "root", "test", "www", "hostmaster")))
        files |= {"segments.yaml": "everyone: {lists: [members, others]}\n", "others.csv": "email\nabuse@example.net\n"}
        those = "abuse@example.com, root@example.com (line 3), test@example.com (line 4) and 2 more"
        nobody = "to a mail system, and nobody reads a newsletter there"
        assert remarks(tmp_path, "role-address", files) == [
            f"recipients/members.csv:2:1: {those} belong {nobody}",
            f"recipients/others.csv:2:1: abuse@example.net belongs {nobody}",
        ]

    def test_whoever_is_in_no_segment_gets_nothing_anyway(self, tmp_path: Path) -> None:
        files = {
            "members.csv": f"{HEAD}abuse@example.com,,\n",
            "segments.yaml": "a: {lists: [members], where: {groups: B}}",
        }
        assert remarks(tmp_path, "role-address", files) == []

    def test_an_address_that_is_known_to_be_right_is_left_alone(self, tmp_path: Path) -> None:
        words = {"newsletter.yaml": "checks: {words: [test@example.com]}\n"}
        assert remarks(tmp_path, "role-address", listed("Test@example.com") | words) == []


class TestMistypedAddress:
    def test_the_rows_of_a_domain_are_named_together(self, tmp_path: Path) -> None:
        files = listed("kim@gmial.com", "sol@example.com", *(f"r{number}@gmial.com" for number in range(4)))
        those = "kim@gmial.com, r0@gmial.com (line 4), r1@gmial.com (line 5) and 2 more"
        said = f"recipients/members.csv:2:1: gmial.com looks mistyped: {those}"
        assert remarks(tmp_path, "mistyped-address", files) == [said]

    def test_one_beside_many_is_named_and_two_are_not(self, tmp_path: Path) -> None:
        many = [f"r{number}@harbourside.example.com" for number in range(5)]
        one = remarks(tmp_path, "mistyped-address", listed(*many, "kim@harbouside.example.com"))
        assert one == ["recipients/members.csv:7:1: harbouside.example.com looks mistyped: kim@harbouside.example.com"]
        two = listed(*many, "kim@harbouside.example.com", "sol@harbouside.example.com")
        assert remarks(tmp_path, "mistyped-address", two) == []
        assert remarks(tmp_path, "mistyped-address", listed(*many[:4], "kim@harbouside.example.com")) == []

    def test_a_domain_that_is_known_to_be_right_is_left_alone(self, tmp_path: Path) -> None:
        words = {"newsletter.yaml": "checks: {words: [Gmial.com]}\n"}
        assert remarks(tmp_path, "mistyped-address", listed("kim@gmial.com") | words) == []

    def test_what_readers_are_given_is_held_against_the_same(self, tmp_path: Path) -> None:
        issue = """
        updates:
          - title: Places
            body: |
              Write to kim@harbour.gov.co.uk, [Sol](mailto:sol@gmial.com) or desk@harbouside.example.com.
              Not to gmial.com, @gmial, kim@ymail.com or sol@harbourside.example.com.
        """
        contact = "{id: kim, role: Lead, name: Kim Ash, email: Kim@Nhs.ent, phone: 07700 900111}"
        files = listed(*(f"r{number}@harbourside.example.com" for number in range(5)))
        files |= {"issue.yaml": dedent(issue).lstrip(), "contacts.yaml": f"- {contact}\n", "networks.yaml": "[]"}
        assert remarks(tmp_path, "mistyped-address", files) == [
            "issues/653.yaml:6:16: the domain harbour.gov.co.uk looks mistyped",
            "issues/653.yaml:6:40: the domain gmial.com looks mistyped",
            "issues/653.yaml:6:70: the domain harbouside.example.com looks mistyped",
            "issues/standing/contacts.yaml:1:47: the domain nhs.ent looks mistyped",
        ]

    def test_what_an_earlier_issue_said_is_not_told_again(self, tmp_path: Path) -> None:
        old = "number: 652\ndate: 2025-03-07\nupdates: [{title: Places, body: Write to kim@gmial.com.}]\n"
        assert remarks(tmp_path, "mistyped-address", {"issues/652.yaml": old}) == []
