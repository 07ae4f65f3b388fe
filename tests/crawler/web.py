"""A small web on the loopback: one server whose paths misbehave each in their own way, reached under many names."""

from __future__ import annotations

import io
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from pypdf import PdfWriter

from composer.crawler import Asker, Guard, Pace

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator

HOME = "127.0.0.1"
QUICK = Pace(overall_s=100, pause_s=0, again_s=0, longest_wait_s=0.1)
SHORT = replace(QUICK, read_s=0.3)
"""For servers that say nothing."""
PRIVATE = {
    "private.example.org": "10.0.0.1",
    "meta.example.org": "169.254.169.254",
    "mapped.example.org": "::ffff:10.0.0.1",
}


def pdf(pages: int) -> bytes:
    """A document of so many empty pages."""
    writer, out = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(100, 100)
    writer.write(out)
    return out.getvalue()


@dataclass
class Web:
    """The server's port, and every request that came: method, host, path."""

    port: int
    seen: list[tuple[str, str, str]] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    at_once: int = 0
    most_at_once: int = 0
    was_asked: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str = "/", host: str = "www.example.org", scheme: str = "http") -> str:
        """An address that leads to the server."""
        return f"{scheme}://{host}:{self.port}{path}"

    def asker(self, pace: Pace = QUICK, certificates: str | None = None) -> Asker:
        """One whose every name means the loopback, which is let through at the server's port."""
        guard = Guard(frozenset({(HOME, self.port)}))
        return Asker("Composer/test", guard, pace, self.lookup, certificates)

    @staticmethod
    def lookup(host: str, _port: int) -> tuple[str, ...]:
        """The addresses of a name."""
        return (PRIVATE.get(host, HOME),)


class Handler(BaseHTTPRequestHandler):
    """Answers by path."""

    web: Web
    protocol_version = "HTTP/1.1"
    is_counted = False
    answers: dict[str, Callable[[Handler], None]] = {}  # noqa: RUF012 - filled below, once

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        self.web.seen.append((self.command, self.headers["Host"].partition(":")[0], self.path))
        self.web.was_asked.set()
        self.web.agents.add(self.headers["User-Agent"])
        self.is_counted = True
        self.web.at_once += 1
        self.web.most_at_once = max(self.web.most_at_once, self.web.at_once)
        try:
            answer = self.answers.get(path)
            if answer:
                answer(self)
            else:
                self.say(404)
        except OSError:  # whoever asked has left
            self.close_connection = True
        finally:
            self.answered()

    do_HEAD = do_GET  # noqa: N815 - the name that http.server asks for

    def answered(self) -> None:
        """Count the request as over, once: before its last byte goes out, after which the next may come."""
        self.web.at_once -= self.is_counted
        self.is_counted = False

    def say(self, status: int, body: bytes = b"", **headers: str) -> None:
        """An answer; `content_type` is Content-Type."""
        self.send_response(status)
        for name, value in {"content_type": "text/html", "content_length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-").title(), value)
        self.answered()
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


def answer(path: str) -> Callable[[Callable[[Handler], None]], Callable[[Handler], None]]:
    def kept(function: Callable[[Handler], None]) -> Callable[[Handler], None]:
        Handler.answers[path] = function
        return function

    return kept


def _simple(status: int, body: bytes = b"", **headers: str) -> Callable[[Handler], None]:
    return lambda handler: handler.say(status, body, **headers)


Handler.answers |= {
    "/": _simple(200, b"hello"),
    "/page": _simple(200, b"hello"),
    "/gone": _simple(410),
    "/forbidden": _simple(403),
    "/broken": _simple(500),
    "/busy": _simple(503, retry_after="3600"),
    "/moved": _simple(301, location="/page"),
    "/moved-twice": _simple(308, location="/moved"),
    "/for-now": _simple(302, location="/page"),
    "/moved-for-now": _simple(301, location="/for-now"),
    "/moved-to-nothing": _simple(301, location="/nothing"),
    "/moved-to-utf8": _simple(301, location="/pag\u00e9".encode().decode("latin-1")),
    "/circle": _simple(302, location="/circle-2"),
    "/circle-2": _simple(302, location="/circle"),
    "/cookie-circle": _simple(302, location="/cookie-circle", set_cookie="seen=1"),
    "/to-private": _simple(302, location="http://private.example.org/"),
    "/to-password": _simple(302, location="http://me:secret@www.example.org/"),
    "/to-file": _simple(302, location="file:///etc/passwd"),
    "/to-nonsense": _simple(302, location="http://[::1"),
    "/nowhere": _simple(302),
    "/three.pdf": _simple(200, pdf(3), content_type="application/pdf"),
    "/download.pdf": _simple(200, pdf(2), content_type="application/octet-stream"),
    "/packed.pdf": _simple(200, pdf(2), content_type="application/pdf", content_encoding="gzip"),
    "/no.pdf": _simple(200, b"<html>Sign in first</html>", content_type="application/pdf"),
    "/torn.pdf": _simple(200, pdf(9)[:600], content_type="application/pdf"),
    "/large.pdf": _simple(200, b"%PDF-1.4", content_type="application/pdf", content_length=str(10**12)),
}


@answer("/no-head")
def _(handler: Handler) -> None:
    handler.say(405 if handler.command == "HEAD" else 200, b"hello")


@answer("/false-head")
def _(handler: Handler) -> None:
    handler.say(404 if handler.command == "HEAD" else 200, b"hello")


@answer("/once")
def _(handler: Handler) -> None:
    if len([path for _, _, path in handler.web.seen if path == "/once"]) == 1:
        handler.connection.close()
        handler.close_connection = True
    else:
        handler.say(200)


@answer("/hops")
def _(handler: Handler) -> None:
    number = int(handler.path.partition("?")[2])
    handler.say(301 if number else 200, location=f"/hops?{number - 1}")


@answer("/silent")
def _(handler: Handler) -> None:
    handler.connection.settimeout(3)
    handler.connection.recv(1)
    handler.close_connection = True


@answer("/deaf")
def _(handler: Handler) -> None:
    handler.connection.settimeout(100)
    handler.connection.recv(1)
    handler.close_connection = True


@answer("/nonsense")
def _(handler: Handler) -> None:
    handler.wfile.write(b"\x00\xff nonsense\r\n\r\n" * 3)
    handler.close_connection = True


@answer("/endless-headers")
def _(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n")
    handler.close_connection = True


@answer("/endless.pdf")
def _(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "application/pdf")
    handler.end_headers()
    handler.close_connection = True
    while handler.command == "GET":
        handler.wfile.write(b"%PDF-1.4\n" + b"0" * 1_000_000)


@contextmanager
def served(context: ssl.SSLContext | None = None) -> Iterator[Web]:
    """The web, for as long as it is asked."""

    class Ours(Handler):
        """Of this web alone."""

    server = ThreadingHTTPServer((HOME, 0), Ours)
    server.daemon_threads = True
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    Ours.web = web = Web(server.server_port)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
