"""What a reader reads, and where each letter of it was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composer.prose import BlockKind, read_markdown, read_words
from composer.prose.mergefields import shown

if TYPE_CHECKING:
    from composer.prose.reading import Block

TEXT = """\
Dear [[first_name|colleague]], see **the *new* plan** at [our `page`](https://a.example.org/x_(1)) (June 2024)
and <https://b.example.org>; R&amp;D \\*star\\*.

### A heading

- one [two](mailto:x@example.org)h
  continued
- three

> a quote
> goes on
"""


def typed(block: Block, markdown: str) -> str:
    """The characters that were typed for the block's own."""
    return "".join(markdown[offset] for offset in block.offsets[:-1])


def test_the_blocks_are_what_is_read() -> None:
    assert [(block.kind, block.text) for block in read_markdown(TEXT)] == [
        (
            BlockKind.PARAGRAPH,
            "Dear colleague, see the new plan at our page (June 2024) and https://b.example.org; R&D *star*.",
        ),
        (BlockKind.HEADING, "A heading"),
        (BlockKind.ITEM, "one twoh continued"),
        (BlockKind.ITEM, "three"),
        (BlockKind.QUOTE, "a quote goes on"),
    ]


def test_every_letter_knows_where_it_was_typed() -> None:
    for block in read_markdown(TEXT):
        assert typed(block, TEXT).replace("\n", " ") == block.text
        assert len(block.offsets) == len(block.text) + 1


def test_links_are_ranges_of_the_text() -> None:
    first, bare = read_markdown(TEXT)[0].anchors
    text = read_markdown(TEXT)[0].text
    assert (text[first.start : first.end], first.href, first.is_bare) == (
        "our page",
        "https://a.example.org/x_(1)",
        False,
    )
    assert (text[bare.start : bare.end], bare.href, bare.is_bare) == (
        "https://b.example.org",
        "https://b.example.org",
        True,
    )


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("[a](https://x.example.org/a)(b)", "a(b)"),
        ("[a][r] and\n\n[r]: https://x.example.org/and", "a and"),
        ("**[a](https://x.example.org)** b", "a b"),
        ("&pound;5 &#38; *6*", "£5 & 6"),
        ("one  \ntwo\\\nthree", "one two three"),
        ("Title\n=====", "Title"),
        ("1. first\n   > quoted", "first"),
        ("[[ name | dear friend ]]!", "dear friend!"),
    ],
)
def test_markup_is_passed_over(markdown: str, text: str) -> None:
    block = read_markdown(markdown)[0]
    assert block.text == text
    if "&" not in markdown:
        assert typed(block, markdown).replace("\n", " ").split() == text.split()


def test_a_field_without_a_fallback_is_somebodys_own_words() -> None:
    [block] = read_markdown("Dear [[name]], hello")
    assert (block.text, block.offsets[5]) == ("Dear …, hello", 5)


def test_the_place_of_a_word_behind_a_link_is_its_own() -> None:
    markdown = "See [the plan](https://x.example.org/friday) on Friday."
    [block] = read_markdown(markdown)
    assert block.offsets[block.text.index("Friday")] == markdown.index("Friday")


def test_code_is_a_block_of_its_own_kind() -> None:
    assert [block.kind for block in read_markdown("a\n\n```\nx = 1\n```\n")] == [BlockKind.PARAGRAPH, BlockKind.CODE]


def test_words_that_are_no_markdown_keep_their_stars() -> None:
    block = read_words("A *star* for [[first_name|you]]\nand a subtitle")
    assert (block.text, block.kind) == ("A *star* for you and a subtitle", BlockKind.LINE)
    assert read_words("x [[a|b]] y").offsets == (0, 1, 6, 9, 10, 11)


@given(st.text(alphabet="ab *_[]()<>`#>-\\&;!|\n\u00e9", max_size=60))
def test_any_text_can_be_read_and_no_place_is_outside_it(markdown: str) -> None:
    for block in (*read_markdown(markdown), *read_markdown(markdown, sentence=True), read_words(markdown)):
        assert len(block.offsets) == len(block.text) + 1
        assert all(0 <= offset <= len(markdown) for offset in block.offsets)
        assert all(0 <= anchor.start <= anchor.end <= len(block.text) for anchor in block.anchors)


@given(st.lists(st.sampled_from(["Friday", "14", "March", "(draft)", "plan,", "£5"]), min_size=1, max_size=8))
def test_plain_words_stand_where_they_stand(words: list[str]) -> None:
    markdown = " ".join(words)
    [block] = read_markdown(f"x {markdown}")
    assert block.text == shown(f"x {markdown}")
    assert list(block.offsets[:-1]) == list(range(len(markdown) + 2))
