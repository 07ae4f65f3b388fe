from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from composer.audience import Audience, read
from composer.errors import Finding, Level, UsageError, has_errors

if TYPE_CHECKING:
    from pathlib import Path

MEMBERS = """\
email,name,organisation,groups
ann@example.org,Ann Lee,Kent,AD Education; Early Help
bo@example.org,Bo Moor,Surrey,AD Education
cy@example.org,Cy Tate,  KENT ,
"""
CONSULTANTS = "email;name\ndi@example.org;Di Orr\nbo@example.org;Bo Moor\n"
SEGMENTS = """\
everyone: {lists: [members, consultants]}
ad-education: {lists: [members], where: {groups: ad education}}
not-kent: {lists: [members, consultants], except: {Organisation: kent}}
"""


def written(folder: Path, segments: str | None = SEGMENTS, **lists: str) -> tuple[Audience, tuple[Finding, ...]]:
    for name, text in (lists or {"members": MEMBERS, "consultants": CONSULTANTS}).items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    if segments is not None:
        (folder / "segments.yaml").write_text(segments, encoding="utf-8")
    return read(folder)


def members(audience: Audience, segment: str) -> list[str]:
    return [recipient.address.split("@")[0] for recipient in audience.within(segment).recipients]


def sentences(findings: tuple[Finding, ...]) -> list[str]:
    return [str(finding) for finding in findings]


def test_everybody_is_in_the_segments_that_name_them(tmp_path: Path) -> None:
    audience, findings = written(tmp_path)
    assert findings == ()
    assert audience.segments == {"everyone", "ad-education", "not-kent"}
    assert members(audience, "everyone") == ["di", "bo", "ann", "cy"]
    assert members(audience, "ad-education") == ["bo", "ann"]
    assert members(audience, "not-kent") == ["di", "bo"]
    assert audience.unreached == 0


def test_equal_memberships_are_one_object(tmp_path: Path) -> None:
    audience, _ = written(tmp_path)
    assert len({id(recipient.segments) for recipient in audience.recipients}) == len(
        {recipient.segments for recipient in audience.recipients}
    )


def test_a_repeated_row_is_a_warning_of_the_audience_and_no_finding_about_the_lists(tmp_path: Path) -> None:
    audience, findings = written(tmp_path)
    assert findings == ()
    assert [finding.place.path for finding in audience.duplicates] == ["recipients/members.csv"]


def test_several_columns_all_have_to_match_and_any_exception_is_enough(tmp_path: Path) -> None:
    segments = """\
both: {lists: [members], where: {groups: [Early Help, AD Education], organisation: Kent}}
neither: {lists: [members], except: {groups: Early Help, organisation: [Surrey, Medway]}}
"""
    audience, findings = written(tmp_path, segments, members=MEMBERS)
    assert members(audience, "both") == ["ann"]
    assert members(audience, "neither") == ["cy"]
    assert sentences(findings) == [
        (
            "recipients/segments.yaml:2:81: warning: segment: nobody has 'Medway' under organisation"
            " (known are Kent, Surrey)"
        )
    ]


def test_who_is_in_no_segment_gets_nothing_and_is_counted(tmp_path: Path) -> None:
    audience, findings = written(tmp_path, "kent: {lists: [members], where: {organisation: Kent}}\n")
    assert members(audience, "kent") == ["ann", "cy"]
    assert len(audience.recipients) == 2
    assert audience.unreached == 2
    assert sentences(findings) == [
        (
            "recipients/consultants.csv:1:1: warning: segment: no segment names this list"
            " (name consultants in the lists of a segment, or delete the file)"
        )
    ]


@pytest.mark.parametrize(
    ("segments", "expected"),
    [
        (
            "a: {lists: [membres]}",
            "recipients/segments.yaml:1:13: error: segment: there is no list membres.csv (did you mean 'members'?)",
        ),
        (
            "a: {lists: [members], where: {organization_name: Kent}}",
            (
                "recipients/segments.yaml:1:31: error: segment: no list has a column 'organization_name'"
                " (did you mean 'organisation'?)"
            ),
        ),
        (
            "a: {lists: [members], where: {groups: [AD Education, AD Eduction]}}",
            (
                "recipients/segments.yaml:1:54: warning: segment: nobody has 'AD Eduction' under groups"
                " (did you mean 'AD Education'?)"
            ),
        ),
    ],
)
def test_what_does_not_fit_the_lists_is_named_with_its_line(tmp_path: Path, segments: str, expected: str) -> None:
    _, findings = written(tmp_path, segments, members=MEMBERS)
    assert expected in sentences(findings)


def test_a_segment_that_nobody_is_in_is_empty_unless_one_of_its_lists_is_missing(tmp_path: Path) -> None:
    nobody = "where: {organisation: Surrey, groups: Early Help}"
    segments = f"a: {{lists: [members]}}\nb: {{lists: [members], {nobody}}}\nc: {{lists: [membres]}}\n"
    audience, _ = written(tmp_path, segments, members=MEMBERS)
    assert audience.empty == {"b"}
    assert audience.within("a").empty == {"b"}


def test_the_lists_are_asked_for_domains_and_for_what_stands_in_front_of_them(tmp_path: Path) -> None:
    members = MEMBERS + "Ann@Kent.example.com,,,\nem@kent.example.com,,,\n"
    audience, _ = written(tmp_path, "leads: {lists: [members], where: {groups: AD Education}}", members=members)
    everybody = audience.recipients
    assert list(everybody.domains()) == [("example.org", 3), ("kent.example.com", 2)]
    assert list(everybody.domains(3)) == [("example.org", 3)]
    assert [one.address for one in everybody.at_domains({"example.org"})] == ["ann@example.org", "bo@example.org"]
    assert [one.address for one in everybody.of_local_parts({"ann", "em"})] == ["ann@example.org"]
    assert list(everybody.at_domains(())) == list(everybody.of_local_parts({"postmaster"})) == []


@pytest.mark.parametrize(
    "segments", ["", "a: {}\n", "a: {lists: []}\n", "A B: {lists: [members]}\n", "a: {lsts: [members]}\n"]
)
def test_a_segments_file_with_mistakes_reaches_nobody(tmp_path: Path, segments: str) -> None:
    audience, findings = written(tmp_path, segments, members=MEMBERS)
    assert has_errors(findings)
    assert list(audience.recipients) == []
    assert audience.unreached == 3
    assert {finding.place.path for finding in findings} == {"recipients/segments.yaml"}


def test_a_missing_segments_file_is_one_clear_error(tmp_path: Path) -> None:
    _, findings = written(tmp_path, None)
    assert sentences(findings) == [
        (
            "recipients/segments.yaml:1:1: error: segment: there is no such file, so nobody gets anything"
            " (write one with a line such as  everyone: {lists: [members]})"
        )
    ]


def test_a_missing_folder_is_no_traceback(tmp_path: Path) -> None:
    audience, findings = read(tmp_path / "nowhere")
    assert list(audience.recipients) == []
    assert has_errors(findings)


def test_a_broken_list_is_one_error_and_its_segments_are_not_blamed(tmp_path: Path) -> None:
    audience, findings = written(tmp_path, members="PK\x03\x04", consultants=CONSULTANTS)
    assert [(finding.place.path, finding.level) for finding in findings] == [("recipients/members.csv", Level.ERROR)]
    assert members(audience, "not-kent") == ["di", "bo"]


def test_an_unreadable_list_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "old.csv").mkdir()
    _, findings = written(tmp_path)
    assert "recipients/old.csv:1:1: error: list: the list is a folder, not a file" in "".join(sentences(findings))


def test_a_spreadsheets_lock_file_is_no_list(tmp_path: Path) -> None:
    (tmp_path / "~$members.csv").write_bytes(b"\0")
    (tmp_path / ".~lock.members.csv").write_bytes(b"\0")
    _, findings = written(tmp_path)
    assert findings == ()


def test_an_unknown_segment_is_refused_with_the_nearest(tmp_path: Path) -> None:
    audience, _ = written(tmp_path)
    with pytest.raises(
        UsageError, match=r"there is no segment 'everbody' in segments.yaml \(did you mean 'everyone'\?\)"
    ):
        audience.within("everbody")


@pytest.mark.parametrize("where", ["where", "except"])
def test_a_column_that_no_list_has_is_one_error_and_its_words_are_not_blamed(tmp_path: Path, where: str) -> None:
    _, findings = written(tmp_path, f"a: {{lists: [members], {where}: {{post: [Chair, Clerk]}}}}", members=MEMBERS)
    assert [finding.message for finding in findings if finding.level is Level.ERROR] == ["no list has a column 'post'"]
    assert not [finding for finding in findings if "nobody has" in finding.message]


def test_a_name_beside_an_address_is_kept_where_no_list_has_a_column_for_it(tmp_path: Path) -> None:
    audience, _ = written(tmp_path, "a: {lists: [members]}", members="email\nDi Orr <di@example.org>\n")
    (recipient,) = audience.recipients
    assert recipient.fields == {"email": "di@example.org", "name": "Di Orr", "first_name": "Di"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.parametrize("name", ["members.csv", "segments.yaml"])
def test_a_pipe_is_named_and_not_waited_for(tmp_path: Path, name: str) -> None:
    if name != "segments.yaml":
        (tmp_path / "segments.yaml").write_text(SEGMENTS, encoding="utf-8")
    os.mkfifo(tmp_path / name)
    _, findings = read(tmp_path)
    assert "is a device, not a file" in next(line for line in sentences(findings) if name in line)
