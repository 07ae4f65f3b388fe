from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from composer.message import folding, quoting
from tests.message.making import parsed, spaceless

PRINTABLE = st.characters(exclude_categories=["C", "Z"]) | st.just(" ")


@given(name=st.text(PRINTABLE, max_size=80), subject=st.text(PRINTABLE, max_size=150))
@example(name="Ж" * 80, subject="😀" * 150)
@example(name="é" * 80, subject="x" + "é" * 149)
def test_names_and_subjects_read_as_if_the_email_package_had_written_them(name: str, subject: str) -> None:
    name, subject = (" ".join(words.replace("=?", "").split()) for words in (name, subject))
    theirs = EmailMessage()
    theirs["To"] = Address(name, addr_spec="morgan@example.org")
    theirs["Subject"] = subject
    ours = parsed(folding.mailbox("To", name, "morgan@example.org") + folding.header("Subject", subject) + b"\r\n")
    assert ours["Subject"] == theirs["Subject"]
    (our_mailbox,), (their_mailbox,) = ours["To"].addresses, theirs["To"].addresses
    assert our_mailbox.addr_spec == their_mailbox.addr_spec
    assert spaceless(our_mailbox.display_name) == spaceless(their_mailbox.display_name)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_header_lines_are_folded_at_78_columns_where_there_is_a_place_to_fold(words: str) -> None:
    words = quoting.one_line(words)
    lines = (folding.header("Subject", words) + folding.mailbox("To", words, "m@example.org")).split(b"\r\n")
    assert all(len(line) <= 78 for line in lines)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300), st.integers(50, 75))
def test_no_encoded_word_is_too_long_and_none_ends_inside_a_character(words: str, first: int) -> None:
    encoded = list(folding.encoded_words(words, first=first))
    assert len(encoded[0]) <= first
    assert all(len(word) <= 75 for word in encoded)
    for word in encoded:
        message = parsed(f"Subject: {word}\r\n\r\n".encode("ascii"))
        assert "\ufffd" not in message["Subject"] or "\ufffd" in words
        assert not message["Subject"].defects


@pytest.mark.parametrize("value", ["a\r\nb", "a\nb", "a\tb", "\0", "\x7f", "\x85", "\u2028", "\u2029", "=?", "\ud800"])
def test_a_header_holds_no(value: str) -> None:
    assert not folding.is_header_safe(value)


@given(st.text())
def test_what_is_safe_is_on_one_line_and_no_encoded_word(value: str) -> None:
    is_printable = all(character >= " " and not "\x7f" <= character <= "\x9f" for character in value)
    is_one_line = is_printable and len(value.splitlines()) <= 1
    assert folding.is_header_safe(value) == (is_one_line and "=?" not in value)
