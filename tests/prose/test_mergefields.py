import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composer.prose import merge_fields, shown, tokenise
from composer.prose.mergefields import sealed
from tests.prose.texts import ANY


def test_a_field_becomes_a_token_that_describes_itself() -> None:
    text = tokenise("Dear [[First_Name|colleague]],")
    (field,) = merge_fields(text)
    assert (field.name, field.fallback) == ("first_name", "colleague")
    assert re.fullmatch("[a-z0-9]+", field.token)
    assert text == f"Dear {field.token},"


@pytest.mark.parametrize(
    ("field", "name", "fallback"),
    [
        ("[[name]]", "name", ""),
        ("[[ name | dear friend ]]", "name", "dear friend"),
        ("[[name|a|b]]", "name", "a|b"),
        ("[[prénom|chère collègue 🙂]]", "prénom", "chère collègue 🙂"),
        ("[[[name|x]]](https://example.org)", "name", "x"),
    ],
)
def test_forms_of_a_field(field: str, name: str, fallback: str) -> None:
    assert [found[1:] for found in merge_fields(tokenise(field))] == [(name, fallback)]


@pytest.mark.parametrize("text", ["[[", "[[]]", "[[first name]]", "[[a|b\nc]]", "[a](b)", "[[a|[b]]", "\\[\\[a]]"])
def test_what_is_no_field_stays_as_it_is(text: str) -> None:
    assert tokenise(text) == text


def test_equal_fields_are_one_and_different_fallbacks_are_two() -> None:
    fields = merge_fields(tokenise("[[a|x]] [[b]] [[a|x]]"), tokenise("[[A|x]] [[a|y]]"))
    assert [field[1:] for field in fields] == [("a", "x"), ("b", ""), ("a", "y")]


@given(ANY)
def test_a_text_without_fields_reads_as_it_was_written(text: str) -> None:
    plain = text.replace("[[", "(")
    assert shown(tokenise(plain)) == plain
    assert all(field.name == "" for field in merge_fields(tokenise(plain)))


@given(st.text("mfz0123456789abcdef|[]n ").map(lambda text: text + tokenise("[[n|x]]") + text))
def test_words_that_look_like_a_token_are_not_taken_for_a_field(text: str) -> None:
    tokens = merge_fields(tokenise(text))
    assert [field for field in tokens if field.name == "" and "mf" in field.fallback]
    assert "n" not in {field.name for field in tokens} or "[[" in text


@given(st.lists(st.sampled_from(["[[a|x]]", "[[b]]", "mf", "6e", "7c", "z", "m", "f"])).map("".join))
def test_tokens_do_not_run_into_their_neighbours(text: str) -> None:
    expected = text.replace("[[a|x]]", "x").replace("[[b]]", "")
    assert shown(tokenise(text)) == expected


def test_a_token_spelled_with_character_references_is_made_harmless() -> None:
    token = tokenise("[[secret]]")
    (field,) = merge_fields(sealed(f"see {token}", source="see &#109;f…"))
    assert (field.name, field.fallback) == ("", token)
