import re
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree
from mjml import mjml2html
from premailer import Premailer

from composer import prose
from composer.prose.hypertext import attribute
from tests.prose.texts import ANY, CONTACTS, DOCUMENTS, WORDS

ALLOWED = {*"p h4 h5 h6 ul ol li blockquote em strong a code pre br hr".split()}  # noqa: SIM905
HREF = re.compile(r"(https?|mailto|tel):|mf[0-9a-f]+z")


def html(markdown: str, top_heading: int = 4) -> str:
    return prose.html(markdown, CONTACTS, top_heading=top_heading)


def tree(fragment: str) -> etree._Element:
    return etree.fromstring(f"<text>{fragment}</text>")


@given(ANY)
@example("> " * 500 + "x")
@example("*" * 601 + "x" + "*" * 601)
@example("[" * 3000)
@example("&#12; &#xfffe; \x01")
@example("[a <https://example.org> b](https://example.com)")
@example("[x](javascript:alert(1)) [y](data:text/html,z) [z](//example.org)")
def test_any_text_gives_well_formed_html_of_known_tags(text: str) -> None:
    for fragment in (html(text), prose.inline_html(text, CONTACTS)):
        for element in tree(fragment).iterdescendants():
            assert element.tag in ALLOWED
            assert set(element.attrib) <= {"href", "start"}
            assert HREF.match(element.get("href", "tel:"))
            assert element.tag != "a" or not list(element.iterdescendants("a"))


@pytest.mark.parametrize(
    ("markdown", "printed"),
    [
        ("a\nb", "<p>a b</p>"),
        ("**a**\n*b*", "<p><strong>a</strong> <em>b</em></p>"),
        ("a\\\nb  \nc", "<p>a<br />b<br />c</p>"),
        ("- a\n- b", "<ul><li>a</li>\n<li>b</li></ul>"),
        ("3. a\n4. b", '<ol start="3"><li>a</li>\n<li>b</li></ol>'),
        ("> a", "<blockquote><p>a</p></blockquote>"),
        ("<b>a</b>", "<p>&lt;b&gt;a&lt;/b&gt;</p>"),
        ("<div>\na", "<p>&lt;div&gt;\na</p>"),
        ("```sh\na < b\n```", "<pre><code>a &lt; b\n</code></pre>"),
        ("![a *b*](c.png)", "<p>a <em>b</em></p>"),
        ("a\n\n---\n\nb", "<p>a</p>\n<hr />\n<p>b</p>"),
        ("[R](contact:robin-tate)", '<p><a href="mailto:robin.tate@example.org">R</a></p>'),
        ("[P](contact:priya-raman)", '<p><a href="tel:07700900118">P</a></p>'),
        ("[S](contact:shy-person) [N](contact:nobody)", "<p>S N</p>"),
        ("[a](javascript:b)", "<p>a</p>"),
        ("[a](https://example.org/?b=1&c='d')", '<p><a href="https://example.org/?b=1&#38;c=&#39;d&#39;">a</a></p>'),
        ("<a@example.org>", '<p><a href="mailto:a@example.org">a@example.org</a></p>'),
    ],
)
def test_markdown_as_html(markdown: str, printed: str) -> None:
    assert html(markdown) == printed


def test_a_sentence_has_no_paragraph_around_it() -> None:
    assert prose.inline_html("# On *Monday*\n[it](https://example.org)\n", CONTACTS) == (
        '# On <em>Monday</em> <a href="https://example.org">it</a>'
    )


@pytest.mark.parametrize(
    ("markdown", "levels"),
    [
        ("### a\n### b", "44"),
        ("# a\n### b\n###### c", "456"),
        ("### a\n# b", "44"),
        ("# a\n## b\n### c\n#### d\n# e", "45664"),
        ("a\n===\n\nb\n---", "45"),
    ],
)
def test_headings_start_where_they_are_told_and_skip_no_level(markdown: str, levels: str) -> None:
    assert "".join(re.findall(r"<h(\d)>", html(markdown))) == levels


@given(DOCUMENTS, st.integers(3, 5))
def test_no_heading_skips_a_level(markdown: str, top: int) -> None:
    levels = [top - 1, *map(int, re.findall(r"<h(\d)>", html(markdown, top)))]
    assert all(top <= level <= before + 1 for before, level in pairwise(levels))


@given(st.text())
def test_an_attribute_is_printable_ascii_and_reads_as_it_was_written(value: str) -> None:
    written = attribute(value)
    assert re.fullmatch("[ -~]*", written)
    assert not set("<>\"'\\") & set(written)
    assert re.fullmatch(r"([^&]|&#\d+;)*", written)
    read = etree.fromstring(f'<a b="{written}"/>').get("b")
    assert read == re.sub("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", value)


def through_the_libraries(fragment: str) -> str:
    """The fragment as it comes out of the real MJML and premailer."""
    source = f"<mjml><mj-body><mj-section><mj-column><mj-text>{fragment}</mj-text>"
    made = mjml2html(f"{source}</mj-column></mj-section></mj-body></mjml>", fonts={})
    return str(Premailer(made, allow_network=False, disable_validation=True).transform())


@given(DOCUMENTS)
def test_the_libraries_run_no_words_together_and_lose_no_field(markdown: str) -> None:
    fragment = html(markdown)
    page = through_the_libraries(fragment)
    body = page[page.index("<body") :]
    assert words(re.sub("<[^>]*>", "", body)) == words("".join(map(str, tree(fragment).itertext())))
    assert prose.merge_fields(body) == prose.merge_fields(fragment)


def words(text: str) -> list[str]:
    return re.findall(rf"{WORDS}|mf[0-9a-f]+z|\s", re.sub(r"\s+", " ", unescape(text)).strip())


def test_a_field_works_everywhere_and_survives_the_libraries() -> None:
    markdown = """
### For [[first_name|you]]

*Dear* **[[first_name|colleague]]**, [your page, [[first_name]]](https://example.org/?to=[[key]]) or
[leave]([[unsubscribe_link]]) or write to [[[desk]]](mailto:[[desk]]@example.org)
"""
    page = through_the_libraries(html(markdown))
    names = [(field.name, field.fallback) for field in prose.merge_fields(page)]
    assert names == [
        ("first_name", "you"),
        ("first_name", "colleague"),
        ("key", ""),
        ("first_name", ""),
        ("unsubscribe_link", ""),
        ("desk", ""),
    ]
    tokens = {(field.name, field.fallback): field.token for field in prose.merge_fields(page)}
    assert f'href="https://example.org/?to={tokens["key", ""]}"' in page
    assert f'href="{tokens["unsubscribe_link", ""]}"' in page
    assert f'href="mailto:{tokens["desk", ""]}@example.org"' in page


def test_a_token_spelled_in_the_text_is_no_field() -> None:
    token = prose.tokenise("[[secret]]")
    for written in (token, f"&#109;{token[1:]}", f"m\\\n{token[1:]}", f"`{token}`"):
        fields = prose.merge_fields(html(written), prose.text(written, CONTACTS, 72))
        assert "secret" not in {field.name for field in fields}
