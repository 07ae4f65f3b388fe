"""Addresses that are wrong, hide another or carry somebody's key; and those that only look so."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as some

from composer.checks.links import bad_address, disguised_link, insecure_link, malformed_link, shortener, tracking
from composer.checks.reading.addresses.clicktags import without_clicktags
from composer.checks.reading.addresses.mailaddress import broken
from composer.checks.reading.addresses.rewritten import hidden
from composer.checks.reading.addresses.webaddress import cut, host, host_fault
from tests.checks.making import sheet

RULES = (malformed_link, insecure_link, shortener, tracking, disguised_link, bad_address)


def said(root: Path, *links: str) -> list[str]:
    """What the rules say of these links, or of texts, each an entry of a list."""
    body = "\n".join(f"      - {link}" for link in links)
    whole = sheet(root, {"issue.yaml": f"updates:\n  - title: Links\n    body: |\n{body}\n"})
    found = []
    for module in RULES:
        code = module.__name__.rpartition(".")[2].replace("_", "-")
        found += [f"{remark.place.line - 5} {code}: {remark.hint}" for remark in module.check(whole)]
    return sorted(found)


def linked(*urls: str) -> list[str]:
    return [f"[words](<{url}>)" for url in urls]


def test_addresses_that_lead_nowhere(tmp_path: Path) -> None:
    wrong = linked(
        "https://https://www.example.org/a",
        "https://http//www.example.org/a",
        "https://wwww.example.org/a",
        "https://www.example.org/a%20",
        "https://www.example.org/a).",
        "https://www.example.org/a)",
        "https://localhost:8000/a",
        "https://files.corp/a",
        "http://192.168.1.4/a",
        "https://www.example,org/a",
        "https://harbour-my.sharepoint.com/:b:/g/personal/robin_tate/Ea1",
        "https://harbour.sharepoint.com/:w:/r/sites/letter/a.docx",
        "https://outlook.office.com/mail/id/AAQ",
        "mailto:robin.tate@example.org; morgan@example.org",
        "mailto:robin.tate@@example.org",
        "tel:office",
    )
    found = said(tmp_path / "letter", *wrong)
    assert [line.partition(" ")[0] for line in found] == sorted(str(number) for number in range(1, 17))
    assert {line.partition(" ")[2].partition(":")[0] for line in found} == {"malformed-link"}
    assert found[0] == "1 malformed-link: write https://www.example.org/a"


def test_brackets_that_print_as_brackets(tmp_path: Path) -> None:
    wrong = ("[mail](mailto:jo smith@example.org)", "[the plan] (https://www.example.org/plan)")
    right = ("[the plan](https://www.example.org/plan) (https://www.example.net)", "[see] (as we said)")
    issue = "".join(f"  - {{title: Item {at}, body: '{text}'}}\n" for at, text in enumerate((*wrong, *right)))
    found = malformed_link.check(sheet(tmp_path / "letter", {"issue.yaml": f"updates:\n{issue}"}))
    assert [remark.message for remark in found] == [
        f"{text} is no link and prints as these characters" for text in (repr(each)[1:-1] for each in wrong)
    ]


def test_addresses_that_only_look_wrong(tmp_path: Path) -> None:
    right = linked(
        "https://web.archive.org/web/2020/https://www.example.org/a",
        "https://en.wikipedia.org/wiki/Example_Inc.",
        "https://en.wikipedia.org/wiki/Home_(film)",
        "https://www.example.org/a?q=x&b=2#c",
        "https://www.example.org:8443/a",
        "https://müller.example.org/",
        "https://ww2.example.org/a",
        "https://harbour.sharepoint.com/sites/public/a.pdf",
        "https://[[unit]].example.org/a",
        "mailto:robin.tate@example.org,morgan@example.org?subject=A%20place",
        "mailto:robin.tate@example.org",
        "tel:+447700900113",
        "contact:robin-tate",
    )
    texts = ["Ask robin@www.example.org.", "[www.example.org](https://www.example.org)", "See [[unsubscribe_link]]"]
    assert said(tmp_path / "letter", *right, *texts) == []


def test_words_that_are_another_address(tmp_path: Path) -> None:
    found = said(
        tmp_path / "letter",
        "[www.example.com](https://www.example.org/a)",
        "[robin@example.org](mailto:morgan@example.org)",
        "[example.org](https://www.example.org/a)",
        "[book.example.org](https://example.org/book)",
        "[report.pdf](https://example.org/book)",
        "[Harbour.com](https://example.org/book)",
        "[Robin@Example.org](mailto:robin@example.org?subject=Hello)",
        "[Robin Tate](mailto:robin@example.org)",
    )
    hint = "disguised-link: correct the one that is wrong"
    assert found == [f"1 {hint}", f"2 {hint}"]


def test_tracking_is_taken_out_and_nothing_else() -> None:
    wanted = {
        "https://a.org/a?utm_source=a&b=c": "https://a.org/a?b=c",
        "https://a.org/a?utm_source=a": "https://a.org/a",
        "https://a.org/?a=1#utm_source=2": "https://a.org/?a=1",
        "https://a.org/?mc_cid=1&MC_EID=2#top": "https://a.org/#top",
        "https://youtu.be/abc?si=xx&t=3": "https://youtu.be/abc?t=3",
    }
    assert {url: without_clicktags(url)[0] for url in wanted} == wanted
    for url in (
        "https://a.org/a#b",
        "https://a.org/?page=2&ref=x",
        "https://a.org/?fbclid",
        "https://a.org/?si=2",
        "a?b",
    ):
        assert without_clicktags(url) == (url, ())


def test_the_newsletters_own_counting_is_its_own(tmp_path: Path) -> None:
    own = linked("https://www.example.org/a?utm_source=letter", "https://www.example.net/a?utm_source=letter")
    assert said(tmp_path / "letter", *own) == ["2 tracking: write https://www.example.net/a"]


def test_the_address_inside_another() -> None:
    wanted = {
        "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.example.org%2Fa&data=05": "/a",
        "https://urldefense.com/v3/__https://www.example.org/b__;!!abc$": "/b",
        "https://urldefense.com/v3/__https://www.example.org/*b__;4oCZ!!abc$": None,
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__www.example.org_c-2Dd&d=Dw": "/c-d",
        "https://www.google.com/url?q=https://www.example.org/e&sa=D": "/e",
        "https://links-1.govdelivery.com/CL0/https:%2F%2Fwww.example.org%2Ff/1/0101/abc": "/f",
        "https://protect.checkpoint.com/v2/___https://www.example.org/g___.YzJ": "/g",
        "https://secure-web.cisco.com/1abc/https%3A%2F%2Fwww.example.org%2Fh": "/h",
        "https://www.google.com/url?q=nonsense": None,
        "https://protect-eu.mimecast.com/s/abc": None,
        "https://tinyurl.com/abc": None,
    }
    for url, path in wanted.items():
        found = hidden(url)
        assert found is not None, url
        assert found.real == (f"https://www.example.org{path}" if path else ""), url
    for url in (
        "https://bit.ly", "https://youtu.be/x", "https://www.google.com/maps?q=x", "https://notbit.ly/x",
        "https://example.us2.list-manage.com/subscribe?u=1", "https://community.mimecast.com/page", "https://forms.gle/x",
    ):  # fmt: skip
        assert hidden(url) is None, url


@given(some.text(max_size=80))
def test_whatever_stands_where_an_address_belongs(text: str) -> None:
    for url in (text, f"https://{text}", f"https://www.example.org/{text}", f"https://bit.ly/{text}"):
        hidden(url)
        host_fault(host(url))
        better, names = without_clicktags(url)
        assert bool(names) == (better != url)
        assert without_clicktags(better)[1] == ()
        assert len(cut(url)) <= 60
    list(broken(text))


def test_hosts() -> None:
    wrong = "localhost 10.1.1.1 127.0.0.1 169.254.169.254 ::1 intranet server x.local a..b a,b.org example.c0m -a.org"
    assert [name for name in wrong.split() if not host_fault(name)] == []
    right = "www.example.org 8.8.8.8 müller.de xn--mller-kva.de my_site.example.org example.org. t.co 2606:4700::1111"
    assert [name for name in ["", *right.split()] if host_fault(name)] == []


def test_email_addresses_that_are_none() -> None:
    wrong = """Email robin.tate@example for a place|write to name@@example.org|name @ example.org|name@example,org
robin.tate@example,co.uk today|robin@ example.org|robin.tate @example.org|robin@example..org|robin@.example.org
robin.@example.org|robin@example. org|Contact robin@school.local today|robin@example.org@example.org
write to robin@work"""
    assert [text for line in wrong.split("\n") for text in line.split("|") if not list(broken(text))] == []


def test_what_has_an_at_sign_and_is_no_wrong_address() -> None:
    right = """follow @example|3 @ £5|Learning@Work|a@example.org, b@example.org|a@example.org,b@example.org|tea @ 3pm
a@example.org/b@example.org|robin@example.org.|(robin@example.org)|robin@example.org's|robin@example.org\u2019s answer
robin@example.org—ask|https://www.youtube.com/@name|https://example.org/@user/x.y|@user@example.org|Meet @ the office
Follow us @harbour.org.uk|see @name.bsky.social|robin@example.org, who|email: robin@example.org; or|INFO@EXAMPLE.ORG
robin_tate@example.gov.uk|o'neill@example.org|“robin@example.org”|robin+x@example.org|mailto:robin@example.org
robin@example.org? Yes|name@council.gov.uk.|50 places @ 10am|Work@Home and Play@School|play@home week
Book tickets @ example.co.uk|Find us @ example.org"""
    found = {text: list(broken(text)) for line in right.split("\n") for text in line.split("|")}
    assert {text: what for text, what in found.items() if what} == {}


def test_the_finding_points_at_the_very_word() -> None:
    [(index, typed, why)] = broken("Write to (robin.tate@example,org), please.")
    assert (index, typed, why) == (10, "robin.tate@example,org", "there is a comma where the dot belongs")
