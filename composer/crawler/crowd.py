"""All links of an issue: hosts side by side in a few threads, the links of one host one after another."""

from __future__ import annotations

import queue
import threading
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from composer.checks import Visit
from composer.crawler.cache import recall, remember
from composer.crawler.documents import MOST_BYTES, pages_of
from composer.crawler.hops import Arrival, Traveller
from composer.crawler.names import Names
from composer.crawler.pace import Turns
from composer.crawler.target import FaultError, target

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

    from composer.crawler.asking import Asker
    from composer.crawler.target import Target

_THREADS = 8
_PATIENCE = 2
_GLANCE_S = 0.1
"""The longest that Ctrl-C waits: a wait without end cannot be interrupted on Windows."""


@dataclass(slots=True)
class Crawler:
    """A `composer.checks.Web`: asks for addresses, and remembers the answers in a folder."""

    asker: Asker
    folder: Path
    now: datetime
    """The moment, aware, by which the memory goes."""
    asked: int = 0
    """How many addresses were asked for."""
    recalled: int = 0
    """How many were known from before."""

    def __call__(self, urls: Iterable[str]) -> Mapping[str, Visit]:
        """Each address with its visit."""
        wanted = tuple(dict.fromkeys(urls))
        known = recall(self.folder, self.now)
        new = [url for url in wanted if url not in known]
        asker = replace(self.asker, lookup=Names(self.asker.lookup))
        round_ = _Round(Traveller(asker, Turns(asker.pace.pause_s)))
        visits = round_.made(new)
        self.asked, self.recalled = self.asked + len(new), self.recalled + len(wanted) - len(new)
        if any(visit.status for visit in visits.values()):  # else it is this machine that is cut off
            settled = [visit for url, visit in visits.items() if url in round_.settled and _says_something(visit)]
            remember(self.folder, settled, known, self.now)
        return {url: known[url].visit if url in known else visits.get(url, Visit(url)) for url in wanted}


def _says_something(visit: Visit) -> bool:
    return bool(visit.status or visit.fault)


@dataclass(slots=True)
class _Round:
    """One round of questions; the threads that are late when it ends are left behind and end with the program."""

    traveller: Traveller
    visits: dict[str, Visit] = field(default_factory=dict)
    settled: set[str] = field(default_factory=set)
    """The addresses of which nothing more is to be known."""
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _is_over: threading.Event = field(default_factory=threading.Event)
    _ends_at: float = 0.0

    def made(self, urls: Iterable[str]) -> dict[str, Visit]:
        """What is known of these addresses in the end."""
        hosts = self._by_host(urls)
        self._ends_at = time.monotonic() + self.traveller.asker.pace.overall_s
        threads = [
            threading.Thread(target=self._work, args=(hosts,), daemon=True) for _ in range(min(_THREADS, hosts.qsize()))
        ]
        for thread in threads:
            thread.start()
        try:
            for thread in threads:
                while thread.is_alive() and time.monotonic() < self._ends_at:
                    thread.join(_GLANCE_S)
        finally:
            self._is_over.set()
        with self._lock:
            return dict(self.visits)

    def _by_host(self, urls: Iterable[str]) -> queue.SimpleQueue[tuple[str, ...]]:
        """Groups of addresses, the largest first; what cannot be asked for is settled at once."""
        groups: dict[str, list[str]] = {}
        for url in urls:
            try:
                groups.setdefault(target(url, self.traveller.asker.guard).host, []).append(url)
            except FaultError as fault:
                self._settle(Visit(url, fault=fault.why))
        hosts: queue.SimpleQueue[tuple[str, ...]] = queue.SimpleQueue()
        for group in sorted(groups.values(), key=len, reverse=True):
            hosts.put(tuple(group))
        return hosts

    def _work(self, hosts: queue.SimpleQueue[tuple[str, ...]]) -> None:
        while not self._is_over.is_set():
            try:
                group = hosts.get_nowait()
            except queue.Empty:
                return
            self._ask(group)

    def _ask(self, group: tuple[str, ...]) -> None:
        """First where every address leads, then how long the documents are. A host that is silent twice is left."""
        documents: list[Arrival] = []
        silent = 0
        for url in group:
            if self._is_over.is_set() or silent == _PATIENCE:
                break
            arrival = self._arrived(url)
            self._settle(arrival.visit, is_final=arrival.pdf is None)
            silent = silent + 1 if arrival.is_silent else 0
            if arrival.pdf:
                documents.append(arrival)
        for arrival in documents:
            if arrival.pdf and not self._is_over.is_set():
                pages = self._counted(arrival.pdf)
                self._settle(replace(arrival.visit, pages=pages), is_final=not self._is_over.is_set())

    def _arrived(self, url: str) -> Arrival:
        try:
            return self.traveller.arrive(url)
        except Exception:  # noqa: BLE001 - no server's nonsense is worth the editor's check
            return Arrival(Visit(url))

    def _counted(self, pdf: Target) -> int | None:
        asker = self.traveller.asker
        try:
            with self.traveller.turns.at(pdf.host):
                answer = asker.ask("GET", pdf, most_bytes=MOST_BYTES, until=self._ends_at)
            return pages_of(answer.body, within_s=asker.pace.count_s) if answer.body else None
        except Exception:  # noqa: BLE001 - as above
            return None

    def _settle(self, visit: Visit, *, is_final: bool = True) -> None:
        with self._lock:
            self.visits[visit.url] = visit
            if is_final:
                self.settled.add(visit.url)
