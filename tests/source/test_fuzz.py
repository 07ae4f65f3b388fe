"""Whatever the bytes, `load` answers with a value or with findings, never with an exception."""

from hypothesis import given, settings
from hypothesis import strategies as st

from composer.issue import Issue
from composer.source import Loaded, load
from tests.source.samples import ISSUE

PIECES = [
    ": ",
    "- ",
    "{",
    "}",
    "[",
    "]",
    "#",
    " #4",
    "&a ",
    "*a ",
    "!t ",
    "!!int ",
    "|",
    ">",
    "|2-\n",
    "'",
    '"',
    "\\",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "? ",
    "<<: ",
    "---\n",
    "...\n",
    "%YAML 1.1\n",
    "%TAG ! x\n",
    "@",
    "`",
    "{{",
    "}}",
    ",",
    "~",
    "\u00a0",
    "\ufeff",
    "\u2028",
    "\x85",
    "\0",
    "\x07",
    '"\\ud83c"',
    '"\\U00110000"',
    '"\\x"',
    "é",
    "\U0001f389",
    "number",
    "updates:\n",
    "  - title: x\n",
    "    body: |\n",
    " " * 60,
    "[" * 60,
]


def answers(loaded: Loaded[Issue]) -> bool:
    lines = loaded.places.raw.count(b"\n") + loaded.places.raw.count(b"\r") + 1
    assert (loaded.value is None) == bool(loaded.findings)
    for finding in loaded.findings:
        assert 1 <= finding.place.line <= lines
        assert finding.place.column >= 1
        assert finding.message.isprintable()
        assert "Input should" not in finding.message
        assert "{name}" not in finding.message
    return True


@given(st.binary(max_size=200))
def test_any_bytes(raw: bytes) -> None:
    assert answers(load(Issue, raw, "issue.yaml"))


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    assert answers(load(Issue, text.encode(errors="surrogatepass"), "issue.yaml"))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_any_heap_of_signs(text: str) -> None:
    assert answers(load(Issue, text.encode(), "issue.yaml"))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, len(ISSUE)), st.integers(0, 12), st.sampled_from(["", *PIECES])),
        min_size=1,
        max_size=4,
    )
)
def test_any_change_to_a_good_file(changes: list[tuple[int, int, str]]) -> None:
    text = ISSUE
    for start, length, new in changes:
        text = text[:start] + new + text[start + length :]
    assert answers(load(Issue, text.encode(), "issue.yaml"))


def test_nesting_without_end() -> None:
    for text in ("[" * 20_000, "{a: " * 5_000, "- " * 5_000, "a:\n" + "".join(" " * n + "a:\n" for n in range(1, 400))):
        [finding] = load(Issue, text.encode(), "issue.yaml").findings
        assert finding.code in {"depth", "size"}
