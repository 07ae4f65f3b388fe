from datetime import date
from functools import partial

from composer import prose
from composer.edition import Edition, Entry, Origin
from composer.issue import Issue, Masthead
from composer.source import Places, load
from composer.standing import Block, NetworkGroup, Standing
from tests.prose.texts import CONTACTS

EMPTY_EDITION = partial(
    Edition,
    number=653,
    date=date(2025, 3, 14),
    title="Update no 653",
    subject="Update no 653",
    preheader="",
    masthead=Masthead(),
    intro=None,
    sections=(),
    blocks=(),
    updates=(),
    networks=(),
    reading=(),
    contacts=(),
)

ISSUE = """\
number: 653
date: 2025-03-14
subject: "[[broken"
intro: |
  Good morning,
  [Robin](contact:robin)
updates:
  - title: Dear [[you
    publication: {date: 2025-02-27, line: "On Monday [it](it.html) appeared"}
    body: |
      One

      ![Two](two.png)
reminders:
  edit:
    old-news:
      body: |
        <b>New</b> text
tools:
  - {date: 2025-03-05, line: "The [slides]() are here"}
  - {by: "[[name]]", date: 2025-03-05, title: "[[name]]", url: "https://example.org/[[name]]"}
"""


def test_findings_stand_in_their_places() -> None:
    loaded = load(Issue, ISSUE.encode(), "issues/653.yaml")
    found = [(f.place.line, f.code) for f in prose.findings(loaded, CONTACTS)]
    assert sorted(found) == [
        (3, "merge-field"),
        (6, "contact"),
        (8, "merge-field"),
        (9, "link-relative"),
        (13, "picture"),
        (18, "html"),
        (18, "html"),
        (20, "link-target"),
        (21, "merge-field"),
        (21, "merge-field"),
        (21, "merge-field"),
    ]


def test_an_issue_that_cannot_be_read_has_no_findings_of_its_prose() -> None:
    assert prose.findings(load(Issue, b"number: x", "issues/653.yaml"), CONTACTS) == ()


NETWORKS = b"""\
- heading: Dates
  networks:
    - name: A
    - name: B
      note: see [[
      meetings: [{start: 2025-03-21, place: "[[b]]"}]
"""


def test_standing_texts_are_read_too() -> None:
    blocks = load(tuple[Block, ...], b"- section: intro\n  body: |\n    a\n    [b]()\n", "blocks.yaml")
    networks = load(tuple[NetworkGroup, ...], NETWORKS, "networks.yaml")
    assert blocks.value
    assert networks.value
    contacts = Places("contacts.yaml", b"")
    standing = Standing((), networks.value, blocks.value, contacts, networks.places, blocks.places)
    found = [(f.place.path, f.place.line, f.code) for f in prose.standing_findings(standing)]
    assert found == [
        ("networks.yaml", 5, "merge-field"),
        ("networks.yaml", 6, "merge-field"),
        ("blocks.yaml", 4, "link-target"),
    ]


def test_a_reminder_is_read_again_with_the_contacts_of_today() -> None:
    old = b"number: 651\ndate: 2025-02-28\nupdates:\n  - title: Old\n    body: |\n      Ask\n      [Al](contact:al)\n"
    loaded = load(Issue, old, "issues/651.yaml")
    assert loaded.value
    entry = Entry(loaded.value.updates[0], 651, date(2025, 2, 28), Origin(loaded.places, ("updates", 0)))
    (finding,) = prose.reminder_findings(EMPTY_EDITION(reminders=(entry,)))
    assert str(finding.place) == "issues/651.yaml:7:7"
    assert finding.message == "there is no contact 'al'"


def test_braces_of_other_programs_are_told_at_their_line() -> None:
    text = (
        ISSUE.split("subject", maxsplit=1)[0] + 'intro: |\n  Good morning,\n  dear {{ first_name }}\nsubject: "{{x}}"\n'
    )
    loaded = load(Issue, text.encode(), "issues/653.yaml")
    found = [str(finding).partition(" (")[0] for finding in prose.findings(loaded, CONTACTS)]
    assert sorted(found) == [
        "issues/653.yaml:5:3: error: merge-field: {{ would reach the reader",
        "issues/653.yaml:6:10: error: merge-field: {{ would reach the reader",
    ]
