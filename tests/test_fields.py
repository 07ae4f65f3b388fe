"""The small types: what they take, and the sentence for what they refuse."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composer.fields import (
    Day,
    Length,
    Line,
    MailAddress,
    Markdown,
    Moment,
    MomentOrClock,
    Slug,
    Text,
    WebAddress,
)
from composer.source import Model, load


class One(Model):
    """A model with one field of each type."""

    day: Day | None = None
    moment: Moment | None = None
    end: MomentOrClock | None = None
    text: Text | None = None
    line: Line | None = None
    markdown: Markdown | None = None
    id: Slug | None = None
    length: Length | None = None
    url: WebAddress | None = None
    email: MailAddress | None = None


def read(name: str, typed: str) -> object:
    loaded = load(One, f"{name}: {typed}".encode(), "x")
    return getattr(loaded.value, name) if loaded.value else str(loaded.findings[0]).split("error: ")[1]


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_days_are_iso(day: date) -> None:
    assert read("day", day.isoformat()) == day


@given(st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31)))  # noqa: DTZ001 - local to the newsletter
def test_moments_have_minutes(moment: datetime) -> None:
    moment = moment.replace(second=0, microsecond=0)
    assert read("moment", moment.isoformat(" ", "minutes")) == moment
    assert read("end", moment.isoformat(timespec="minutes")) == moment
    assert read("end", f"{moment:%H:%M}") == moment.time()


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("moment", "2025-03-20", date(2025, 3, 20)),
        ("moment", "2025-03-20 09:00", datetime(2025, 3, 20, 9)),  # noqa: DTZ001 - local to the newsletter
        ("end", "16:30", time(16, 30)),
        ("line", "  words and more  ", "words and more"),
        ("text", "|\n  title\n  subtitle\n", "title\nsubtitle"),
        ("markdown", "|\n  words\n", "words\n"),
        ("id", "morgan-ellis-2", "morgan-ellis-2"),
        ("length", "2:44", "2:44"),
        ("length", "1:02:30", "1:02:30"),
        ("length", "45", "45"),
        ("url", "http://www.example.org/a?b=c#d", "http://www.example.org/a?b=c#d"),
        ("url", "https://www.example.org/über", "https://www.example.org/über"),
        ("url", "https://bücher.example.org:8443/", "https://bücher.example.org:8443/"),
        ("email", "Robin.Tate@EXAMPLE.org", "Robin.Tate@example.org"),
        ("email", "leads+x@example.co.uk", "leads+x@example.co.uk"),
        ("email", "robin@bücher.example.org", "robin@xn--bcher-kva.example.org"),
    ],
)
def test_taken(name: str, typed: str, value: object) -> None:
    assert read(name, typed) == value


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("day", "14 March 2025", "date: '14 March 2025' is not a date (write it as 2025-03-14)"),
        ("day", "2025-3-14", "date: '2025-3-14' is not a date (write it as 2025-03-14)"),
        ("day", "0205-03-14", "date: '0205-03-14' is not in a year of this newsletter's life (correct the year)"),
        ("day", "2025-02-29", "date: there is no day '2025-02-29' (look it up in a calendar)"),
        ("day", "٢٠٢٥-٠٣-١٤", "date: '٢٠٢٥-٠٣-١٤' is not a date (write it as 2025-03-14)"),
        (
            "day",
            "[2025-03-14]",
            'text: day must be text, but is read as a list, because of its [ or - (put the whole value in "quotes")',
        ),
        (
            "moment",
            "2025-03-20 9:00",
            "date: '2025-03-20 9:00' is not a date with a time (write it as 2025-03-20 09:00, or 2025-03-20 alone)",
        ),
        ("moment", "2025-03-20 24:00", "date: there is no time of day '24:00' (hours go from 00 to 23)"),
        (
            "end",
            "4pm",
            "date: '4pm' is not a date with a time (write it as 2025-03-20 16:30, or 16:30 on the same day)",
        ),
        ("line", "|\n  one\n  two\n", "one-line: line must stand on one line (join the lines)"),
        ("text", "' '", "empty: text is empty (write its value, or remove the line)"),
        (
            "id",
            "Morgan_Ellis",
            "id: 'Morgan_Ellis' is not an id, which has small letters, digits and single hyphens (write morgan-ellis)",
        ),
        ("url", "https://bücher..org", "url: 'https://bücher..org' is not a web address (it starts with https://)"),
        ("length", "1h", "length: '1h' is no running time (write 2:44, 1:02:30 or whole minutes, 45)"),
        ("length", "2:60", "length: '2:60' is no running time (write 2:44, 1:02:30 or whole minutes, 45)"),
        ("url", "www.example.org", "url: 'www.example.org' is not a web address (it starts with https://)"),
        ("url", "javascript:alert(1)", "url: 'javascript:alert(1)' is not a web address (it starts with https://)"),
        ("url", "https://", "url: 'https://' is not a web address (it starts with https://)"),
        ("url", "https://[::1", "url: 'https://[::1' is not a web address (it starts with https://)"),
        ("email", "robin.tate", "email: 'robin.tate' is not an email address (it has no @)"),
    ],
)
def test_refused(name: str, typed: str, sentence: str) -> None:
    assert read(name, typed) == sentence


@pytest.mark.parametrize(
    "bad", ["https://example.org/a b", 'https://example.org/"', "https://example.org/<a>", "https:\\\\example.org"]
)
def test_characters_that_no_address_holds(bad: str) -> None:
    assert "a web address cannot hold" in str(read("url", f"'{bad}'"))


@given(st.text(alphabet="abc123- _É", min_size=1).filter(str.strip))
def test_the_id_that_is_proposed_is_one(typed: str) -> None:
    answer = str(read("id", f"'{typed}'"))
    if "write" in answer:
        proposed = answer.rsplit("write ", 1)[1].rstrip(")").removeprefix("something like ")
        assert read("id", f"'{proposed}'") == proposed


def test_a_model_survives_its_own_json() -> None:
    text = "day: 2025-03-14\nmoment: 2025-03-20 09:00\nend: 16:30\nurl: https://www.example.org\n"
    one = load(One, text.encode(), "x").value
    assert one is not None
    assert One.model_validate_json(one.model_dump_json()) == one
    assert One.model_validate(one.model_dump()) == one
