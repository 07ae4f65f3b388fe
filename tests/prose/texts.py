"""Contacts and texts that the tests of prose share: arbitrary ones, and well-formed ones whose words are known."""

from __future__ import annotations

from hypothesis import strategies as st

from composer.standing import Contact

ROBIN = Contact(id="robin-tate", role="Editor", name="Robin Tate", email="robin.tate@example.org")
PRIYA = Contact(id="priya-raman", role="Adviser", name="Priya Raman", phone="07700 900118")
SHY = Contact(id="shy-person", role="Adviser", name="Shy Person")
CONTACTS = {contact.id: contact for contact in (ROBIN, PRIYA, SHY)}

WORDS = r"w\d+|é🙂x\d+"

_MARKS = "[]()<>*_`#>-+!|\\&;:/.\n \t\"'~=1a\u00a0é🙂"
_FRAGMENTS = [
    "[[", "]]", "[[name]]", "[[name|friend]]", "mf6e616d657c78z", "\n\n", "\n> ", "\n- ", "\n1. ", "\n   ", "```\n",
    "### ", "[a](", "https://example.org/", "contact:robin-tate", "<b>", "<!--", "-->", "<mj-text>", "&#102;", "\\\n",
    "![", "**", "  \n", "\n---\n", "| a |\n|---|\n", "\x0b", "\x00", "\u2028", "a" * 90,
]  # fmt: skip

ANY = st.text() | st.text(_MARKS) | st.lists(st.sampled_from(_FRAGMENTS) | st.text(_MARKS, max_size=4)).map("".join)
"""Any text whatever, with a liking for what means something in Markdown."""

_word = st.integers(0, 999).map("w{}".format) | st.integers(0, 99).map("é🙂x{}".format)
_field = st.sampled_from(["[[first_name]]", "[[first_name|dear w1000 colleague]]"])
_plain = st.lists(_word | _field, min_size=1, max_size=12).map(" ".join)
_link = st.builds("[{}]({})".format, _plain, st.sampled_from(["https://example.org/a?b=1&c=2", "contact:robin-tate"]))
_strong = _plain.map("**{}**".format) | _plain.map("*{}*".format)
_breaks = st.sampled_from([" ", "\n", "\\\n"])
_sentence = st.lists(
    st.tuples(_plain | _link | _strong | _word.map("`{}`".format), _breaks), min_size=1, max_size=6
).map(lambda parts: "".join(part + gap for part, gap in parts).rstrip("\\\n "))
_heading = st.builds("{} {}".format, st.sampled_from(["#", "##", "###", "####", "######"]), _plain)


def _inside(mark: str, block: str) -> str:
    indent = " " * len(mark)
    return "\n".join((mark if not number else indent) + line for number, line in enumerate(block.split("\n")))


def _around(blocks: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    items = st.lists(blocks, min_size=1, max_size=3)
    return (
        items.map("\n\n".join)
        | items.map(lambda each: "\n".join(_inside("- ", item) for item in each))
        | items.map(lambda each: "\n\n".join(_inside(f"{n}. ", item) for n, item in enumerate(each, start=9)))
        | blocks.map(lambda block: "\n".join(f"> {line}" for line in block.split("\n")))
    )


DOCUMENTS = st.recursive(_sentence | _heading, _around, max_leaves=8)
"""Markdown as a careful editor writes it; its words are those that match `WORDS`."""
