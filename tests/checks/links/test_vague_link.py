"""Words that do not say where a link leads, better ones, and what was meant as a link and is none."""

from pathlib import Path

from composer.checks.links.vague_link import check
from composer.checks.reading.addresses.linkwords import better, is_long_address, is_vague
from tests.checks.making import sheet

VAGUE = """
here|Here|click here|Click here.|read more|Read more…|more|this link|link|this page|the website|website|download|PDF
more information|For more information|learn more|find out more|see here|available here|can be found here|(pdf 32 pages)
pdf, 3 pages|→|click here to read more|more details|further information|via this link|download the pdf|view|details
Click on this link|Link to document|the following page|online here|#
"""
TELLING = """
Full report|Report|Robin|Read the report here|our website|Register here|Download the toolkit|Explainer|Full text
example.org|robin.tate@example.org|07700 900111|More from Robin Tate|More in Common|Information Commissioner
Details of the event|Link workers|Hereford|Now and Then|More about kinship|Watch the film|Listen to the episode
View from the bridge|Slides|Annex A|Form 7|Information sharing|It takes a village|Hereafter|Summary (pdf, 3 pages)
Open access|For you|Right to read
"""


def each(lines: str) -> list[str]:
    return [words for line in lines.strip().split("\n") for words in line.split("|")]


def test_words_that_point_and_name_nothing() -> None:
    assert [words for words in each(VAGUE) if not is_vague(words)] == []


def test_words_that_name_something() -> None:
    assert [words for words in each(TELLING) if is_vague(words)] == []


def test_an_address_that_nobody_can_remember() -> None:
    assert is_long_address("https://www.example.org/a?b=1")
    assert is_long_address("www.example.org/publications/2025/the-whole-report")
    easy = [
        "https://example.org",
        "www.example.org",
        "https://www.example.org/adopt/",
        "example.org/a/b/c",
        "the report",
    ]
    assert not any(map(is_long_address, easy))


def test_better_words_come_from_the_same_sentence() -> None:
    wanted = {
        "The full report is {} (pdf 32 pages)": "The full report",
        "An answer came. The council\u2019s answer is {}": "The council\u2019s answer",
        "You can read the transcription {}.": "read the transcription",
        "{} to read the summary.": "Read the summary",
        "The slides can be found {}": "The slides",
        "It grew, and the summary is {}.": "the summary",
        "{}": "",
        "More {}": "",
    }
    for sentence, words in wanted.items():
        start = sentence.index("{}")
        assert better(sentence.replace("{}", "here"), start, start + 4) == words, sentence


def remarks(root: Path, body: str) -> list[str]:
    text = "\n".join(f"      {line}" for line in body.split("\n"))
    issue = f"updates:\n  - title: A home for all\n    body: |\n{text}\n"
    return [
        f"{remark.place.line}:{remark.place.column} {remark.hint}"
        for remark in check(sheet(root, {"issue.yaml": issue}))
    ]


def test_places_and_hints(tmp_path: Path) -> None:
    body = "Carers wrote it. The full report\nis [here](https://www.example.org/report). Also <https://www.example.org/a/b/c>,"
    assert remarks(tmp_path / "letter", body) == [
        "7:11 link the words that name it: [The full report](…)",
        "7:56 write what is there: [A home for all](https://www.example.org/a/b/c)",
    ]


def test_what_was_meant_as_a_link(tmp_path: Path) -> None:
    body = "Read it at https://www.example.org/report (from Friday).\n\nThe report is here (pdf 4 pages)."
    assert remarks(tmp_path / "letter", body) == [
        "6:18 write [A home for all](https://www.example.org/report)",
        "8:21 link the words that name it: [The report](…)",
    ]


def test_an_address_where_no_link_can_be(tmp_path: Path) -> None:
    event = "{start: 2025-03-20 10:00, place: 'Teams, https://www.example.org/meet'}"
    changed = {"issue.yaml": f"updates:\n  - title: A seminar\n    body: A text.\n    event: {event}\n"}
    [remark] = check(sheet(tmp_path / "letter", changed))
    assert (remark.place.line, remark.hint) == (6, "put it under url:, or into the body")


def test_sentences_that_happen_to_hold_such_words(tmp_path: Path) -> None:
    body = """The summer holidays are here. We are here to help. What is found here and elsewhere is much the same.
The [report](https://www.example.org/a) is here. Click here and there.

    https://www.example.org/code"""
    assert remarks(tmp_path / "letter", body) == []


def test_reminders_were_looked_at_when_they_were_news(tmp_path: Path) -> None:
    earlier = "updates:\n  - {title: A film, remind: 3, body: 'See [here](https://www.example.org/film).'}\n"
    changed = {"issues/652.yaml": earlier, "issue.yaml": "updates:\n  - {title: A text, body: A text.}\n"}
    assert list(check(sheet(tmp_path / "letter", changed))) == []
