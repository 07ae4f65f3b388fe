from __future__ import annotations

import os
from time import perf_counter
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
        ("\n{% raw %}\n{{ first_name }}{% endraw %}", 3, "{{ would reach the reader"),
        ("{{ 1 / 0 }}", 1, "division by zero"),
        ("a\n{{ ''.__class__ }}", 2, "access to attribute '__class__' of 'str' object is unsafe."),
        ("a\n{{ words.append(1) }}", 2, "access to attribute 'append' of 'list' object is unsafe."),
        ("\n\n{% include 'sections/b.mjml' %}", 3, "there is no template sections/b.mjml"),
        ("{% include 'a.mjml' %}", 1, "templates include one another without end"),
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
    (templates / "a.txt").write_bytes("a\né".encode("latin-1"))
    (templates / "b.txt").write_text("{% include 'a.txt' %}", encoding="utf-8")
    assert refusal(templates, "b.txt") == "templates/a.txt:2:1: error: template: the template is not saved as UTF-8"


def test_a_byte_order_mark_is_not_printed(templates: Path) -> None:
    (templates / "a.txt").write_text("a", encoding="utf-8-sig")
    assert fill("a.txt", templates) == "a"


def test_a_folder_in_a_templates_place_is_named(templates: Path) -> None:
    (templates / "footer.mjml").mkdir()
    assert refusal(templates, "footer.mjml").endswith(
        "footer.mjml:1:1: error: template: the template is a folder, not a file"
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_named_and_not_waited_for(templates: Path) -> None:
    os.mkfifo(templates / "footer.mjml")
    assert refusal(templates, "footer.mjml").endswith("the template is a device, not a file")


@pytest.mark.parametrize("text", ["a\nb\x07", "a\n{{ bell }}", "a\n\0", "a\n{{ '\\x1b' }}", "\nb\x85"])
def test_a_control_character_is_refused_where_it_is_printed(templates: Path, text: str) -> None:
    (templates / "a.txt").write_bytes(text.encode())
    assert refusal(templates, "a.txt", bell="\a").startswith(
        "templates/a.txt:2:1: error: template: an invisible control character (U+00"
    )


@pytest.mark.parametrize(
    "text",
    [
        "{{ '%0999999999d' % 1 }}",
        "{{ '%*d' % (999999999, 1) }}",
        "{{ '%(a)0999999999d' % {'a': 1} }}",
        "{{ '%.999999999f'|format(1) }}",
        "{{ '{:>999999999}'.format(1) }}",
        "{{ '{:>{}}'.format(1, 999999999) }}",
        "{{ '{a:>999999999}'.format_map({'a': 1}) }}",
        "{{ 'a'.center(999999999) }}",
        "{{ 'a'|center(999999999) }}",
        "{{ 'a'|indent(999999999, first=True) }}",
        "{{ 'a' * 999999999 }}",
        "{{ [1] * 999999999 }}",
        "{{ ('a' * 900000) * 900000 }}",
        "{{ 9 ** 999999999 }}",
        "{{ lipsum(999) }}",
        "{% for n in range(10001) %}{% endfor %}",
        "{% for n in range(9999) %}{% for n in range(9999) %}xxxxxxxxxx{% endfor %}{% endfor %}",
        "{% include 'a.txt' %}",
        "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
    ],
)
def test_what_would_take_all_time_or_memory_is_refused_soon(templates: Path, text: str) -> None:
    write(templates, "a.txt", text)
    before = perf_counter()
    assert refusal(templates, "a.txt").startswith("templates/a.txt:1:1: error: template: ")
    assert perf_counter() - before < 5


def test_lines_are_traced_even_where_compiled_templates_are_kept(templates: Path) -> None:
    (templates.parent / "newsletter.yaml").touch()
    write(templates, "a.txt", "a\n\nb")
    assert fill("a.txt", templates) == "a\n\nb"
    assert origins("a.txt", templates).at(3) == Place("templates/a.txt", 3)


def test_ordinary_formats_are_let_through(templates: Path) -> None:
    write(
        templates,
        "a.txt",
        "{{ '%-12s|' % 'a' }}{{ '{:>3} in 2025'.format(7) }}{{ '100%% of %d'|format(2025) }}{{ 3 * 999999999 }}",
    )
    assert fill("a.txt", templates) == "a           |  7 in 2025100% of 20252999999997"


def test_a_misspelt_field_is_named_as_the_template_names_it(templates: Path) -> None:
    write(templates, "a.txt", "{{ place.colum }}")
    message = refusal(templates, "a.txt", place=Place("a"))
    assert message.endswith(": place has no 'colum'; did you mean 'column'?")


@pytest.mark.parametrize(("text", "tag"), [("{% if %}", "{% … %}"), ("{{ 1 + }}", "{{ … }}")])
def test_what_is_not_complete_is_said(templates: Path, text: str, tag: str) -> None:
    write(templates, "a.txt", text)
    assert refusal(templates, "a.txt").endswith(f"(a {tag} here is not complete)")


def test_a_folder_whose_name_is_no_text(tmp_path: Path) -> None:
    home = tmp_path / "b\udcc3\udca4se"
    try:
        (home / "templates").mkdir(parents=True)
    except OSError:
        pytest.skip("names are text on this system")
    (home / "newsletter.yaml").touch()
    write(home / "templates", "a.txt", "{{ 6 * 7 }}")
    assert fill("a.txt", home / "templates") == "42"


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
