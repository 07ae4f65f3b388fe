"""One request: to an address that was checked, so that a name cannot come to mean another between look and leap."""

from __future__ import annotations

import re
import ssl
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Timeout
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError, ReadTimeoutError, SSLError

from composer.crawler.guard import Guard
from composer.crawler.names import looked_up
from composer.crawler.pace import Pace
from composer.crawler.target import FaultError, checked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from urllib3 import BaseHTTPResponse

    from composer.crawler.names import Lookup
    from composer.crawler.target import Target

_TRIED = 2
"""Of the addresses that a host has."""
_PIECE = 64 * 1024
_DEEPEST = 8
_CERTIFICATE = {10: "has a certificate that has run out", 62: "has the certificate of another site"}
"""By OpenSSL's X509_V_ERR number. A chain with a gap is filled by browsers, so nothing is said of others."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said."""

    status: int
    location: str = ""
    kind: str = ""
    """The media type alone, in lower case."""
    retry_after_s: float = 0.0
    sets_cookie: bool = False
    body: bytes | None = None
    """None: not wanted, larger than wanted, or packed."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Sends requests under one name, at one pace, past one guard."""

    agent: str
    guard: Guard = field(default_factory=Guard)
    pace: Pace = field(default_factory=Pace)
    lookup: Lookup = looked_up
    certificates: str | None = None
    """A file of authorities to trust instead of the machine's own."""

    def ask(self, method: str, to: Target, *, most_bytes: int = 0, until: float | None = None) -> Answer:
        """One answer, its body if it has at most `most_bytes` and is here by then (monotonic). Raises `FaultError`."""
        addresses = checked(to, self.guard, self.lookup)[:_TRIED]
        for last, address in enumerate(addresses, 1 - len(addresses)):
            try:
                with self._opened(method, to, address) as response:
                    return _answer(response, most_bytes, until)
            except FaultError as fault:
                if not fault.may_pass or last == 0:
                    raise
        raise FaultError

    @contextmanager
    def _opened(self, method: str, to: Target, address: str) -> Iterator[BaseHTTPResponse]:
        with self._pool(to, address) as pool:
            try:
                response = pool.urlopen(
                    method,
                    to.path,
                    headers=self._headers(to),
                    retries=False,
                    redirect=False,
                    preload_content=False,
                    decode_content=False,
                )
                with closing(response):
                    yield response
            except (HTTPError, OSError, ValueError) as error:
                raise _fault(error) from None

    def _pool(self, to: Target, address: str) -> HTTPConnectionPool:
        timeout = Timeout(connect=self.pace.connect_s, read=self.pace.read_s)
        if not to.is_secure:
            return HTTPConnectionPool(address, to.port, timeout=timeout)
        return HTTPSConnectionPool(
            address,
            to.port,
            timeout=timeout,
            cert_reqs="CERT_REQUIRED",
            ca_certs=self.certificates,
            server_hostname=to.host,
        )

    def _headers(self, to: Target) -> dict[str, str]:
        return {
            "Host": to.authority,
            "User-Agent": self.agent,
            "Accept": "*/*",
            "Accept-Encoding": "identity",  # so nothing is ever unpacked
            "Connection": "close",
        }


def _answer(response: BaseHTTPResponse, most_bytes: int, until: float | None) -> Answer:
    headers = response.headers
    is_plain = headers.get("Content-Encoding", "identity").strip().lower() in {"", "identity"}
    wanted = most_bytes if is_plain and response.status == 200 else 0  # noqa: PLR2004 - OK (RFC 9110 §15.3.1)
    return Answer(
        status=response.status,
        location=_as_utf8(headers.get("Location", "").strip()),
        kind=headers.get("Content-Type", "").partition(";")[0].strip().lower(),
        retry_after_s=_seconds(headers.get("Retry-After", "")),
        sets_cookie="Set-Cookie" in headers,
        body=_body(response, wanted, until) if wanted else None,
    )


def _body(response: BaseHTTPResponse, most_bytes: int, until: float | None) -> bytes | None:
    if int(_seconds(response.headers.get("Content-Length", ""))) > most_bytes:
        return None
    body = bytearray()
    while piece := response.read1(_PIECE):
        body += piece
        if len(body) > most_bytes or (until is not None and time.monotonic() > until):
            return None
    return bytes(body)


def _seconds(text: str) -> float:
    """A whole number as a header tells it; 0 for anything else."""
    return float(text) if re.fullmatch(r"\d{1,15}", text.strip(), re.ASCII) else 0.0


def _as_utf8(header: str) -> str:
    """A header's value as it was meant, without what a terminal obeys; the library reads its bytes as Latin-1."""
    meant = header.encode("latin-1", "replace").decode("utf-8", "replace")
    return "".join(letter for letter in meant if letter.isprintable())


def _fault(error: Exception) -> FaultError:
    """What a failed connection says of the link."""
    causes = list(islice(_causes(error), _DEEPEST))
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes):
        return FaultError("refuses every connection", may_pass=True)
    if isinstance(error, NewConnectionError):  # no way there from this machine
        return FaultError(may_pass=True)
    if isinstance(error, ConnectTimeoutError | ReadTimeoutError | TimeoutError):
        return FaultError("did not answer in time", may_pass=True)
    if isinstance(error, SSLError):
        codes = [cause.verify_code for cause in causes if isinstance(cause, ssl.SSLCertVerificationError)]
        return FaultError(_CERTIFICATE.get(codes[0], "") if codes else "")
    return FaultError(may_pass=True)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__ or (error.args[0] if _wraps(error) else None)


def _wraps(error: BaseException) -> bool:
    return bool(error.args) and isinstance(error.args[0], BaseException)
