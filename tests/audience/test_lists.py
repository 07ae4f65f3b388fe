from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composer.audience.lists import Entry, column_name, opened
from composer.audience.person import first_name
from composer.audience.roll import Roll
from composer.errors import Finding, Level

HEADING = "email,name,organisation,groups\r\n"


def roll(*lists: str) -> Roll:
    found = Roll()
    for number, text in enumerate(lists, start=1):
        found.add(f"list{number}", text.encode(), f"recipients/list{number}.csv")
    return found


def fields(text: str) -> dict[str, str]:
    (person,) = roll(text).people
    return person.fields


def only_finding(text: str) -> str:
    found = roll(text)
    (finding,) = found.findings + found.refused
    return str(finding)


def test_a_row_becomes_fields_without_the_empty_ones() -> None:
    assert fields(HEADING + "Ann@example.org, Ann  Lee ,,AD Education;QA Network\r\n") == {
        "email": "Ann@example.org",
        "name": "Ann Lee",
        "first_name": "Ann",
        "groups": "AD Education;QA Network",
    }


@pytest.mark.parametrize("heading", ["E-mail", "Email address", " EMAIL ", "e-mail Address", "\u200bMail\u00a0"])
def test_the_email_column_is_known_by_many_names(heading: str) -> None:
    assert column_name(heading) == "email"


def test_a_heading_of_several_words_can_be_a_merge_field() -> None:
    assert column_name(" Job title ") == "job_title"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "recipients/list1.csv:1:1: error: list: the list is empty"),
        ("\r\n,,,\r\n", "recipients/list1.csv:1:1: error: list: the list is empty"),
        ("name,post\r\nAnn,x\r\n", "recipients/list1.csv:1:1: error: list: there is no email column (the headings are"),
        (
            "a@example.org\r\nb@example.org\r\n",
            "recipients/list1.csv:1:1: error: list: there is no email column (the first",
        ),
        ("email,Notes,notes\r\n", "recipients/list1.csv:1:13: error: list: there are 2 columns notes"),
        ("email,e-mail\r\n", "recipients/list1.csv:1:7: error: list: there are 2 columns email"),
        ('email,"na"me\r\n', "recipients/list1.csv:1:1: error: list: the quotation marks in the heading row"),
        ("PK\x03\x04", "recipients/list1.csv:1:1: error: list: this is an Excel workbook (xlsx), not a CSV file"),
        (HEADING + ',"x\r\n', "recipients/list1.csv:2:1: error: list: a quotation mark opens a cell here"),
        (HEADING + '"x"y,z\r\n', "recipients/list1.csv:2:1: warning: row: text follows a quotation mark"),
        (HEADING + ",Ann\r\n", "recipients/list1.csv:2:1: warning: address: the row has no address"),
        (HEADING + "x@y,Ann\r\n", "recipients/list1.csv:2:1: warning: address: 'x@y' is not an address: "),
        ("name,email\r\nAnn,x@y\r\n", "recipients/list1.csv:2:5: warning: address: 'x@y'"),
        ("name,email\r\nAnn\r\n", "recipients/list1.csv:2:1: warning: address: the row has no address"),
        (
            "email,name\r\na@example.org,Lee, Ann\r\n",
            "recipients/list1.csv:2:19: warning: row: there are 3 cells under 2 headings (put a cell",
        ),
        (
            HEADING + 'a@example.org,"x\ny\x08z"\r\n',
            "recipients/list1.csv:3:2: warning: row: the control character U+0008 may not stand in a list",
        ),
        (
            HEADING + "a@example.org,x\u2028y\r\n",
            "recipients/list1.csv:2:16: warning: row: the control character U+2028",
        ),
        (HEADING + "a@example.org,=?utf-8?q?x?=\r\n", "recipients/list1.csv:2:15: warning: row: '=?' may not stand"),
    ],
)
def test_says_where_what_and_what_to_do(text: str, expected: str) -> None:
    found = only_finding(text)
    assert found.startswith(expected)
    assert found.endswith(")")


def test_names_every_refused_row_at_once_and_keeps_the_others() -> None:
    found = roll(HEADING + "x\r\nann@example.org\r\n\r\ny\r\n")
    assert [finding.place.line for finding in found.refused] == [2, 5]
    assert [person.key for person in found.people] == ["ann@example.org"]


def test_a_list_that_breaks_off_keeps_what_came_before() -> None:
    found = roll(HEADING + 'ann@example.org\r\nbo@example.org,"Bo\r\n')
    assert [person.key for person in found.people] == ["ann@example.org"]
    assert [finding.level for finding in found.findings] == [Level.ERROR]


def test_short_rows_and_trailing_empty_columns_are_tolerated() -> None:
    assert fields("email,name,,\r\nann@example.org,Ann Lee,,,,\r\n")["name"] == "Ann Lee"
    assert fields("email,name\r\nann@example.org\r\n") == {"email": "ann@example.org"}


def test_a_line_break_inside_a_cell_is_a_space() -> None:
    assert (
        fields('email,post\r\nann@example.org,"14 Harbour Lane\r\nDownhaven"\r\n')["post"]
        == "14 Harbour Lane Downhaven"
    )


def test_a_display_name_fills_an_empty_name() -> None:
    assert fields(HEADING + "Ann Lee <ann@example.org>\r\n")["name"] == "Ann Lee"
    assert fields(HEADING + "Ann Lee <ann@example.org>,A. Lee\r\n")["name"] == "A. Lee"


@given(*[st.text(st.characters(codec="utf-8", exclude_characters="\0"))] * 3)
def test_no_field_can_end_a_header_line(name: str, organisation: str, groups: str) -> None:
    cells = ",".join('"' + cell.replace('"', '""') + '"' for cell in (name, organisation, groups))
    found = opened((HEADING + "ann@example.org," + cells).encode(), "recipients/list1.csv")
    assert not isinstance(found, Finding)
    for entry in found.entries():
        if isinstance(entry, Entry):
            for value in entry.fields.values():
                assert len(value.splitlines()) == 1
                assert value == value.strip()
                assert "=?" not in value


def test_a_person_on_two_lists_is_one_with_everything_that_is_known() -> None:
    found = roll(
        HEADING + "Ann@example.org,Ann Lee,,AD Education; Early Help\r\n",
        'email;name;organisation;groups;role\r\nann@Example.org;A. Lee;Kent;"early help;QA";Chair\r\n',
    )
    (person,) = found.people
    assert person.address == "Ann@example.org"
    assert person.lists == {"list1", "list2"}
    assert str(person.place) == "recipients/list1.csv:2:1"
    assert person.fields == {
        "email": "Ann@example.org",
        "name": "Ann Lee",
        "first_name": "Ann",
        "organisation": "Kent",
        "groups": "AD Education; Early Help; QA",
        "role": "Chair",
    }
    assert [str(finding) for finding in found.duplicates] == [
        (
            "recipients/list2.csv:2:1: warning: duplicate: ann@example.org stands at recipients/list1.csv:2:1 already"
            " (that row counts; this one fills its empty cells and adds its groups)"
        )
    ]


def test_a_duplicate_within_a_list_merges_too() -> None:
    found = roll(HEADING + "ann@example.org\r\nANN@EXAMPLE.ORG,Ann Lee\r\n")
    (person,) = found.people
    assert person.fields["first_name"] == "Ann"
    assert len(found.duplicates) == 1


def test_the_columns_are_those_of_all_lists_and_what_follows_from_a_name() -> None:
    found = roll(HEADING, "email,Job title\r\n")
    assert found.columns == {"email", "name", "organisation", "groups", "job_title", "first_name"}


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Zoë Nowak", "Zoë"),
        ("Anne-Marie Moor", "Anne-Marie"),
        ("D'Arcy Moor", "D'Arcy"),
        ("Morgan", "Morgan"),
        ("Dr Ann Lee", None),
        ("Mrs. Ann Lee", None),
        ("CLLR Ann Lee", None),
        ("Prof Lee", None),
        ("A Lee", None),
        ("A. Lee", None),
        ("Lee, Ann", None),
        ("info@example.org", None),
        ("", None),
    ],
)
def test_the_first_name_is_the_first_word_of_the_name_if_it_is_a_name(name: str, first: str | None) -> None:
    assert first_name(name) == first


def test_a_first_name_column_has_the_last_word_even_when_empty() -> None:
    assert "first_name" not in fields("email,name,First name\r\nann@example.org,Ann Lee,\r\n")
    assert fields("email,name,Forename\r\nann@example.org,Alexandra Lee,Sandy\r\n")["first_name"] == "Sandy"
    found = roll(HEADING + "ann@example.org,Alexandra Lee\r\n", "email,first_name\r\nann@example.org,Sandy\r\n")
    ann = found.people.of_address("ann@example.org")
    assert ann is not None
    assert ann.fields["first_name"] == "Sandy"
