from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composer.errors import FindingsError, Place
from composer.render.templating import environment, fill, origins, packaged

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    folder = tmp_path / "templates"
    (folder / "sections").mkdir(parents=True)
    return folder


def write(templates: Path, name: str, text: str) -> None:
    (templates / name).write_text(text, "utf-8")


def refusal(templates: Path, name: str, **context: object) -> str:
    with pytest.raises(FindingsError) as refused:
        fill(name, templates, **context)
    (finding,) = refused.value.findings
    return str(finding)


def test_a_newsletters_own_template_comes_before_the_packaged_one(templates: Path) -> None:
    assert "Unsubscribe" in (packaged() / "footer.mjml").read_text("utf-8")
    write(templates, "footer.mjml", "mine")
    assert fill("footer.mjml", templates) == "mine"


def test_mjml_is_escaped_and_text_is_not(templates: Path) -> None:
    write(templates, "a.mjml", "{{ words }}|{{ words|attribute }}")
    write(templates, "a.txt", "{{ words }}")
    assert fill("a.mjml", templates, words="a & é") == "a &amp; é|a &#38; &#233;"
    assert fill("a.txt", templates, words="a & é") == "a & é"


def test_a_changed_template_is_read_again(templates: Path) -> None:
    write(templates, "a.txt", "one")
    assert fill("a.txt", templates) == "one"
    write(templates, "a.txt", "three")
    assert fill("a.txt", templates) == "three"
    assert environment(templates) is environment(templates)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a\n{{ nothing }}", 2, "'nothing' is undefined"),
        ("a\n\n{% if %}", 3, "Expected an expression, got 'end of statement block'"),
        ("{{ 1 / 0 }}", 1, "division by zero"),
        ("a\n{{ ''.__class__ }}", 2, "access to attribute '__class__' of 'str' object is unsafe."),
        ("a\n{{ words.append(1) }}", 2, "access to attribute 'append' of 'list' object is unsafe."),
        ("\n\n{% include 'sections/b.mjml' %}", 3, "there is no template sections/b.mjml"),
        ("{% include 'a.mjml' %}", 1, "maximum recursion depth exceeded"),
    ],
)
def test_every_mistake_is_a_finding_with_its_line(templates: Path, text: str, line: int, message: str) -> None:
    write(templates, "a.mjml", text)
    assert refusal(templates, "a.mjml", words=[]).startswith(f"templates/a.mjml:{line}:1: error: template: {message}")


def test_the_place_is_in_the_included_template(templates: Path) -> None:
    write(templates, "a.mjml", "{% include 'sections/b.mjml' %}")
    write(templates, "sections/b.mjml", "x\ny\n{{ nothing }}")
    assert refusal(templates, "a.mjml").startswith("templates/sections/b.mjml:3:1: ")


def test_a_misspelt_template_has_a_suggestion(templates: Path) -> None:
    write(templates, "a.mjml", "{% include 'footr.mjml' %}")
    assert "(did you mean 'footer.mjml'?)" in refusal(templates, "a.mjml")


def test_a_template_in_another_encoding_is_a_finding(templates: Path) -> None:
    (templates / "a.txt").write_bytes("é".encode("latin-1"))
    assert refusal(templates, "a.txt").startswith("templates/a.txt:1:1: error: template: 'utf-8' codec can't decode")


def test_text_is_traced_to_the_line_that_wrote_it(templates: Path) -> None:
    write(templates, "a.mjml", "{% from 'b.mjml' import b %}\none\n{% if True %}\n  {{ b() }}\n{% endif %}\nlast")
    write(templates, "b.mjml", "{% macro b() %}\nfirst\nsecond\n{% endmacro %}")
    text = fill("a.mjml", templates)
    origin = origins("a.mjml", templates)
    places = {word: origin.at(text.index(word)) for word in ("one", "first", "second", "last")}
    assert places == {
        "one": Place("templates/a.mjml", 2),
        "first": Place("templates/b.mjml", 2),
        "second": Place("templates/b.mjml", 3),
        "last": Place("templates/a.mjml", 6),
    }
