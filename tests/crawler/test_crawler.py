"""The crawler against a small web that misbehaves in every way we could think of."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from composer.checks import Visit
from composer.crawler import Asker, Crawler, Pace
from composer.crawler.cache import FILE
from composer.crawler.names import looked_up
from composer.crawler.target import FaultError, Target, target
from tests.crawler.web import HOME, QUICK, SHORT, served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.crawler.web import Web

NOW = datetime(2025, 3, 14, 9, 0, tzinfo=UTC)
TWICE = [("HEAD", 1), ("GET", 1)]


@pytest.fixture
def web() -> Iterator[Web]:
    with served() as web:
        yield web


def crawled(web: Web, folder: Path, *paths: str, now: datetime = NOW, pace: Pace = QUICK) -> list[Visit]:
    """The visits of these paths, with addresses told as paths."""
    crawler = Crawler(web.asker(pace), folder, now)
    visits = crawler([web.url(path) for path in paths]).values()
    return [
        replace(
            visit,
            url=visit.url.removeprefix(web.url("")),
            final_url=visit.final_url.removeprefix(web.url("")),
            fault=visit.fault.replace(web.url(""), ""),
        )
        for visit in visits
    ]


def test_pages_and_their_statuses(web: Web, tmp_path: Path) -> None:
    known = {"/page": 200, "/nothing": 404, "/gone": 410, "/forbidden": 403, "/broken": 500, "/busy": 503}
    known |= {"/no-head": 200, "/false-head": 200, "/once": 200, "/nowhere": 302}
    assert crawled(web, tmp_path, *known) == [Visit(path, status) for path, status in known.items()]
    assert web.agents == {"Composer/test"}


def test_redirections(web: Web, tmp_path: Path) -> None:
    paths = (
        "/moved",
        "/moved-twice#part",
        "/for-now",
        "/moved-for-now",
        "/moved-to-nothing",
        "/hops?5",
        "/moved-to-utf8",
    )
    assert crawled(web, tmp_path, *paths) == [
        Visit("/moved", 200, "/page", is_permanent=True),
        Visit("/moved-twice#part", 200, "/page#part", is_permanent=True),
        Visit("/for-now", 200, "/page"),
        Visit("/moved-for-now", 200, "/page"),
        Visit("/moved-to-nothing", 404, "/nothing", is_permanent=True),
        Visit("/hops?5", 200, "/hops?0", is_permanent=True),
        Visit("/moved-to-utf8", 404, "/pagé", is_permanent=True),
    ]


def test_redirections_that_lead_nowhere(web: Web, tmp_path: Path) -> None:
    wanted = {
        "/hops?6": "is redirected in a circle or without end",
        "/circle": "is redirected in a circle or without end",
        "/cookie-circle": "",
        "/to-private": "is redirected to http://private.example.org/, which leads into a private network",
        "/to-password": "is redirected to http://me:secret@www.example.org/, which holds a user name or password",
        "/to-file": "is redirected to file:///etc/passwd, which cannot be asked for",
        "/to-nonsense": "is redirected to what is no address",
    }
    assert {visit.url: visit.fault for visit in crawled(web, tmp_path, *wanted)} == wanted
    assert {host for _, host, _ in web.seen} == {"www.example.org"}


def test_a_name_that_means_a_private_address_is_not_asked(web: Web, tmp_path: Path) -> None:
    urls = [web.url(host=name) for name in ("private.example.org", "meta.example.org", "mapped.example.org")]
    visits = Crawler(web.asker(), tmp_path, NOW)(urls)
    assert {visit.fault for visit in visits.values()} == {"leads into a private network"}
    assert web.seen == []


def test_what_is_not_asked_for(web: Web, tmp_path: Path) -> None:
    wanted = {
        "http://me:secret@www.example.org/": "holds a user name or password",
        "http://www.example.org:22/": "",
        f"http://127.0.0.2:{web.port}/": "leads into a private network",
        "http://exa mple.org/": "cannot be asked for",
        f"http://{'a' * 64}.example.org/": "",
        "http://[::1/": "cannot be asked for",
        "https://www.example.org:999999/": "cannot be asked for",
        "gopher://www.example.org/": "cannot be asked for",
    }
    asker = replace(web.asker(), lookup=looked_up)
    assert {url: visit.fault for url, visit in Crawler(asker, tmp_path, NOW)(wanted).items()} == wanted
    assert web.seen == []


def test_servers_that_do_not_answer(web: Web, tmp_path: Path) -> None:
    silent, nonsense, headers = crawled(web, tmp_path, "/silent", "/nonsense", "/endless-headers", pace=SHORT)
    assert silent == Visit("/silent", fault="did not answer in time")
    assert (nonsense.status, nonsense.fault) == (None, "")
    assert (headers.status, headers.fault) == (None, "")
    assert [method for method, _, path in web.seen if path == "/silent"] == ["HEAD", "GET"]


def test_a_closed_port_and_a_name_without_an_address(web: Web, tmp_path: Path) -> None:
    with served() as closed:
        pass
    shut = Crawler(closed.asker(), tmp_path, NOW)([closed.url()])
    assert [visit.fault for visit in shut.values()] == ["refuses every connection"]

    def unknown(host: str, _port: int) -> tuple[str, ...]:
        raise FaultError(f"has a host that does not exist, {host}")

    nobody = Crawler(replace(web.asker(), lookup=unknown), tmp_path, NOW)([web.url()])
    assert [visit.fault for visit in nobody.values()] == ["has a host that does not exist, www.example.org"]


def test_pages_of_documents(web: Web, tmp_path: Path) -> None:
    wanted = {
        "/three.pdf": 3,
        "/download.pdf": 2,
        **dict.fromkeys(["/packed.pdf", "/no.pdf", "/torn.pdf", "/large.pdf", "/endless.pdf", "/page"]),
    }
    assert {visit.url: visit.pages for visit in crawled(web, tmp_path, *wanted)} == wanted


def test_one_request_at_a_time_for_one_host_and_no_page_read(web: Web, tmp_path: Path) -> None:
    crawled(web, tmp_path, *(f"/page?{number}" for number in range(20)))
    assert web.most_at_once == 1
    assert [method for method, _, _ in web.seen] == ["HEAD"] * 20


def test_a_host_that_is_silent_twice_is_left(web: Web, tmp_path: Path) -> None:
    visits = crawled(web, tmp_path, "/silent?1", "/page", "/silent?2", "/silent?3", "/gone", pace=SHORT)
    assert [visit.fault for visit in visits] == [silence := "did not answer in time", "", silence, silence, ""]
    assert [visit.status for visit in visits] == [None, 200, None, None, None]


def test_a_name_is_looked_up_once(web: Web, tmp_path: Path) -> None:
    asked = []

    def unknown(host: str, _port: int) -> tuple[str, ...]:
        asked.append(host)
        raise FaultError("has a host that does not exist")

    urls = [web.url(f"/{number}") for number in range(5)]
    visits = Crawler(replace(web.asker(), lookup=unknown), tmp_path, NOW)(urls)
    assert {visit.fault for visit in visits.values()} == {"has a host that does not exist"}
    assert asked == ["www.example.org"]


def test_hosts_side_by_side(web: Web, tmp_path: Path) -> None:
    urls = [web.url("/silent", host=f"site-{number}.example.org") for number in range(6)]
    visits = Crawler(web.asker(SHORT), tmp_path, NOW)(urls)
    assert {visit.fault for visit in visits.values()} == {"did not answer in time"}
    assert web.most_at_once > 1


def test_when_the_time_is_over_the_rest_is_unknown(web: Web, tmp_path: Path) -> None:
    hasty = Crawler(web.asker(replace(QUICK, overall_s=0.2)), tmp_path, NOW)
    urls = [web.url("/silent"), web.url("/gone")]
    assert hasty(urls) == {url: Visit(url) for url in urls}
    assert not (tmp_path / FILE).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to one process")
def test_ctrl_c_waits_for_nobody(web: Web, tmp_path: Path) -> None:
    program = f"""
import datetime, pathlib
from composer.crawler import Asker, Crawler, Guard
asker = Asker("x", Guard(frozenset({{("{HOME}", {web.port})}})))
Crawler(asker, pathlib.Path({str(tmp_path)!r}), datetime.datetime.now(datetime.UTC))(["http://{HOME}:{web.port}/deaf"])
"""
    child = subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.PIPE)
    assert web.was_asked.wait(60)
    child.send_signal(signal.SIGINT)
    _, said = child.communicate(timeout=60)
    assert said.rstrip().endswith(b"KeyboardInterrupt")
    assert child.returncode != 0


def test_answers_are_remembered_for_a_while(web: Web, tmp_path: Path) -> None:
    paths = ("/page", "/gone", "/moved", "/nonsense", "/three.pdf")
    first = crawled(web, tmp_path, *paths)
    web.seen.clear()
    assert crawled(web, tmp_path, *paths, now=NOW + timedelta(minutes=59)) == first
    assert {path for _, _, path in web.seen} == {"/nonsense"}
    crawled(web, tmp_path, *paths, now=NOW + timedelta(hours=23))
    assert {path for _, _, path in web.seen} == {"/nonsense", "/gone"}
    crawled(web, tmp_path, "/moved", now=NOW + timedelta(hours=25))
    assert "/moved" in {path for _, _, path in web.seen}
    web.seen.clear()
    crawled(web, tmp_path, "/moved", now=NOW - timedelta(days=2))  # a clock that was put right
    assert web.seen != []


@pytest.mark.parametrize("damage", [b"", b"\n\n", b"nonsense", b"\xff" * 99, b"0" * 64 + b" {}"])
def test_a_damaged_memory_is_no_memory(damage: bytes, web: Web, tmp_path: Path) -> None:
    crawled(web, tmp_path, "/page", "/gone")
    lines = (tmp_path / FILE).read_bytes().split(b"\n")
    (tmp_path / FILE).write_bytes(b"\n".join([damage, lines[0][:-1], *lines[1:]]))
    web.seen.clear()
    assert {visit.status for visit in crawled(web, tmp_path, "/page", "/gone")} == {200, 410}
    assert len({path for _, _, path in web.seen}) == 1


def test_where_nothing_can_be_kept(web: Web, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file where the folder should be", encoding="utf-8")
    [visit] = crawled(web, tmp_path / "file", "/page")
    assert visit.status == 200


def test_nothing_is_remembered_of_a_machine_that_is_cut_off(web: Web, tmp_path: Path) -> None:
    with served() as closed:
        pass
    Crawler(closed.asker(), tmp_path, NOW)([closed.url("/a"), closed.url("/b")])
    assert not (tmp_path / FILE).exists()


def test_it_counts_what_it_did(web: Web, tmp_path: Path) -> None:
    crawled(web, tmp_path, "/page")
    crawler = Crawler(web.asker(), tmp_path, NOW)
    crawler([web.url("/page"), web.url("/gone"), web.url("/gone")])
    assert (crawler.asked, crawler.recalled) == (1, 1)


@given(some.text(max_size=60))
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_address_is_worth_a_traceback(text: str) -> None:
    guard = Asker("x").guard
    for url in (text, f"http://{text}", f"https://www.example.org/{text}", f"https://www.example.org:{text}"):
        with suppress(FaultError):
            assert target(url, guard).path.startswith("/")


def test_the_request_names_the_host_and_no_more(web: Web) -> None:
    plain = target("http://www.EXAMPLE.org./a b?c=é#d", web.asker().guard)
    assert plain == Target(is_secure=False, host="www.example.org", port=80, path="/a%20b?c=%C3%A9")
    assert plain.authority == "www.example.org"
    assert target("https://[2606:4700::1]/", web.asker().guard).authority == "[2606:4700::1]"
    assert target(f"https://{HOME}:{web.port}/", web.asker().guard).authority == f"{HOME}:{web.port}"
