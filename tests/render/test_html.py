"""The HTML that arrives, looked at as a checker of accessibility looks at it."""

from __future__ import annotations

import binascii
import re
from dataclasses import replace
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from composer import render
from composer.errors import FindingsError
from composer.issue import Masthead
from composer.prose import shown, tokenise
from composer.prose.markdown import printable
from composer.render.inline import addresses, words
from composer.render.templating import packaged
from composer.standing import Contact
from tests.render.pictures import picture
from tests.render.test_text import CONFERENCE, EDITION, MORGAN, NEWS, NEWSLETTER, entry

if TYPE_CHECKING:
    from pathlib import Path

    from composer.edition import Edition

ILLUSTRATED = replace(
    EDITION,
    subject="Update for [[first_name|colleague]]",
    preheader="What is new, [[first_name|colleague]]",
    masthead=Masthead.model_validate({"image": {"file": "sea.png", "alt": 'The "sea" — café'}, "strapline": "News"}),
    updates=(
        entry(NEWS | {"image": {"file": "desk.png", "alt": "Two people at a desk"}}),
        entry({"title": "A < B & C", "body": "> quoted\n\n### Why\n\n#### And how\n\n1. one\n2. two"}, contact=MORGAN),
        entry({"title": "A ring away"}, contact=Contact(id="zoe", role="Lead", name="Zoë", phone="07700 900111")),
    ),
)


def rendered(edition: Edition = ILLUSTRATED, templates: Path | None = None) -> render.Email:
    return render.render(edition, NEWSLETTER, templates or packaged(), lambda _file: picture(size=(1200, 600)))


@pytest.fixture(scope="module")
def email() -> render.Email:
    return rendered()


@pytest.fixture(scope="module")
def page(email: render.Email) -> etree._Element:
    return etree.fromstring(email.html, etree.HTMLParser())


def found(page: etree._Element, path: str) -> list[etree._Element]:
    result = page.xpath(path)
    assert isinstance(result, list)
    return [element for element in result if isinstance(element, etree._Element)]


def said(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def words_of(element: etree._Element) -> list[str]:
    return words(etree.tostring(element, encoding="unicode"))


def test_the_page_and_every_child_of_its_body_say_their_language(page: etree._Element) -> None:
    for element in (page, *found(page, "/html/body/*")):
        assert (element.get("lang"), element.get("dir")) == ("en-GB", "ltr")


def test_the_title_is_specific(page: etree._Element) -> None:
    assert [said(title) for title in found(page, "//title")] == ["Update no 653 · Friday Update"]


def test_there_is_one_first_heading_and_no_level_is_skipped(page: etree._Element) -> None:
    levels = [int(str(heading.tag)[1]) for heading in found(page, "//h1|//h2|//h3|//h4|//h5|//h6")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_tables_that_only_lay_out_say_so(page: etree._Element) -> None:
    assert [table.get("class") for table in found(page, "//table[not(@role='presentation')]")] == ["contacts"]


def test_the_table_of_contacts_has_a_caption_and_headings(page: etree._Element) -> None:
    (table,) = found(page, "//table[@class='contacts']")
    assert said(found(table, "caption")[0]) == "Whom to ask, in alphabetical order"
    assert {heading.get("scope") for heading in found(table, ".//th")} == {"col", "row"}
    assert " ".join(words_of(found(table, "tbody/tr")[0])).startswith(
        "Morgan Ellis Workforce Network Lead, South East Programme"
    )


def test_pictures_have_words_and_whole_sizes_and_fit(page: etree._Element) -> None:
    pictures = [(img.get("alt"), img.get("width"), img.get("height")) for img in found(page, "//img")]
    assert pictures == [('The "sea" — café', "600", "300"), ("Two people at a desk", "552", "276")]


def test_the_preheader_comes_first_and_is_not_white_on_white(email: render.Email) -> None:
    assert words(email.html[email.html.index("<body") :])[:4] == ["What", "is", "new,", email.fields[0].token]
    assert "color:#ffffff" not in email.html[email.html.index("<body") : email.html.index("What is new")]


def test_links_say_where_they_lead_and_lead_there(page: etree._Element, email: render.Email) -> None:
    links = {said(link): link.get("href", "") for link in found(page, "//a")}
    assert links["Staffing in 2024: The figures"] == "https://example.org/staffing"
    assert links["Full report"] == "https://example.org/full.pdf"
    assert links["Morgan Ellis"] == "mailto:morgan.ellis@example.org"
    assert links["Zoë"] == "tel:07700900111"
    assert shown(links["Unsubscribe from Friday Update"]) == ""
    assert links["Unsubscribe from Friday Update"] in {field.token for field in email.fields}
    assert links["Earlier issues of Friday Update"] == "https://www.example.org/updates"
    assert all(links)


def test_an_event_says_its_weekday_and_has_a_button_to_tap(page: etree._Element) -> None:
    (event,) = found(page, "//table[@class='event']")
    assert "Thursday 20 March 2025, 9am to 4:30pm Derby Register for this event" in " ".join(words_of(event))
    (button,) = found(event, ".//td[@class='button']")
    assert (button.get("height"), button.get("bgcolor")) == ("44", "#0c6170")
    (link,) = found(button, "a")
    assert link.get("aria-label") == "Register for this event: Early years conference"


def test_reminders_say_where_they_come_from(page: etree._Element) -> None:
    reminder = f"First in Update no 651 {CONFERENCE['title']}"
    assert reminder in " ".join(words_of(found(page, "//div[@class='quiet']")[0]))


def test_html_and_text_lead_to_the_same_places(email: render.Email) -> None:
    web = {address for address in addresses(email.html) if address.startswith("https://")}
    assert web == set(re.findall(r"https://[^\s>]+", email.text))


def test_html_says_what_the_text_says(email: render.Email) -> None:
    text = re.sub(r"https://\S+|\S+@\S+", "", shown(email.text))
    in_html, in_text = (set(re.findall(r"\w+", said)) for said in (shown(" ".join(words(email.html))), text))
    assert in_text - in_html <= {"When", "Where", "Earlier"}


def test_fields_are_those_of_subject_preheader_and_both_bodies(email: render.Email) -> None:
    assert [field.name for field in email.fields] == ["first_name", "first_name", "unsubscribe_link"]
    assert email.subject == f"Update for {email.fields[0].token}"


def test_what_authors_type_is_not_markup(email: render.Email) -> None:
    assert "A &lt; B &amp; C</h3>" in email.html


PRINTED = st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")


@settings(max_examples=60, deadline=None)
@given(st.text(PRINTED, min_size=1).filter(str.strip))
def test_whatever_a_title_holds_arrives_as_it_is_read(title: str) -> None:
    edition = replace(EDITION, updates=(entry({"title": "x"}),), reminders=())
    item = edition.updates[0].item.model_copy(update={"title": title})
    html = rendered(replace(edition, updates=(replace(edition.updates[0], item=item),))).html
    assert "".join(words(printable(escape(tokenise(title).strip())))) in "".join(words(html))


def test_styles_of_the_dark_and_of_telephones_survive(email: render.Email) -> None:
    assert '<meta name="color-scheme" content="light dark">' in email.html
    assert len(re.findall(r"<style[^>]*>[^<]*prefers-color-scheme:dark[^<]*\[data-ogsc\]", email.html)) == 1
    assert "max-width:479px" in email.html
    assert "!important" in email.html
    assert "data-premailer" not in email.html


def test_styles_are_at_most_16_kb_and_nothing_is_fetched_for_them(email: render.Email) -> None:
    sheets = "".join(re.findall(r"<style.*?</style>", email.html, re.DOTALL))
    assert len(sheets) < 8 * 1024
    assert "@import" not in email.html
    assert "<link" not in email.html


def test_nothing_of_the_workshop_is_left(email: render.Email) -> None:
    for trace in ("<mj-", "{{", "{%", "\ue000"):
        assert trace not in email.html


def test_forty_items_stay_below_what_gmail_hides() -> None:
    item = NEWS | {"body": f"{NEWS['body']}\n\n{'A sentence of ordinary length about something. ' * 8}"}
    edition = replace(ILLUSTRATED, updates=(entry(item),) * 24, reminders=(entry(item, 652, MORGAN),) * 16)
    assert len(binascii.b2a_qp(rendered(edition).html.encode())) < 100 * 1024


def test_an_empty_issue_is_a_page_too() -> None:
    bare = replace(EDITION, intro=None, blocks=(), updates=(), reminders=(), networks=(), reading=(), contacts=())
    email = rendered(replace(bare, masthead=Masthead()))
    assert "Update no 653" in email.html
    assert "<h2" not in email.html


def test_a_broken_picture_forbids_the_email() -> None:
    with pytest.raises(FindingsError, match="is no PNG, JPEG or GIF"):
        render.render(ILLUSTRATED, NEWSLETTER, packaged(), lambda _file: b"")


def test_a_draft_has_all_words_and_names_what_is_wrong() -> None:
    draft = render.draft(ILLUSTRATED, NEWSLETTER, packaged(), lambda _file: b"")
    assert len(draft.findings) == 2
    assert words(draft.email.html) == words(rendered().html)


def test_a_fault_in_mjml_is_found_in_the_template_that_wrote_it(tmp_path: Path) -> None:
    (tmp_path / "sections").mkdir()
    (tmp_path / "sections" / "tools.mjml").write_text("{# mine #}\n<mj-section>\n  <mj-txt>a</mj-txt>\n</mj-section>")
    with pytest.raises(FindingsError) as refused:
        rendered(templates=tmp_path)
    assert [finding.place.line for finding in refused.value.findings] == [3]
    assert str(refused.value.findings[0].place).endswith("/sections/tools.mjml:3:1")
