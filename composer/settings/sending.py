"""The models of how a mailing leaves: the mail server, the signature, and what guards against the wrong mailing."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from composer.fields import Line, mistake
from composer.source import Model

Security = Literal["starttls", "tls", "none"]

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

_Seconds = Annotated[float, Field(gt=0, le=3600)]


class Timeouts(Model):
    """How long to wait for the server, in seconds (RFC 5321 §4.5.3.2).

    Shorter waits save nothing: whoever gives up before the answer to the final dot makes duplicates.
    """

    connect: _Seconds = Field(30, description="To connect, and to agree on encryption")
    command: _Seconds = Field(300, description="The answer to EHLO, AUTH, MAIL and RCPT")
    data: _Seconds = Field(120, description="The answer to DATA")
    body: _Seconds = Field(180, description="To send the message")
    dot: _Seconds = Field(600, description="The answer to the dot that ends the message")
    quit: _Seconds = Field(300, description="The answer to QUIT")


class Smtp(Model):
    """The mail server that takes our messages (a submission server, RFC 6409)."""

    host: Line = Field("localhost", description="The server's name")
    port: int = Field(587, ge=1, le=65535, description="587 for starttls, 465 for tls")
    security: Security = Field("starttls", description="none is allowed to this machine only")
    username: Line | None = Field(None, description="The password is in COMPOSER_SMTP_PASSWORD, never in a file")
    certificates: Line | None = Field(None, description="A PEM file of certificate authorities, for a private one")
    connections: int = Field(4, ge=1, le=50, description="How many connections at the same time")
    messages_per_connection: int | None = Field(None, ge=1, description="After so many a new one; left out: no limit")
    per_minute: int | None = Field(None, ge=1, description="The most messages in a minute; left out: no limit")
    per_minute_to_domain: int | None = Field(
        None, ge=1, description="The most messages in a minute to addresses of one domain; left out: no limit"
    )
    patience_hours: float = Field(24, gt=0, le=120, description="After so long whoever is still put off has failed")
    log: Line | None = Field(None, description="The log of a Postfix on this machine, by which doubt is settled")
    timeouts: Timeouts = Timeouts()

    @model_validator(mode="after")
    def _protected(self) -> Self:
        if self.security == "none" and self.host not in LOOPBACK:
            message = "without encryption, everybody on the way to {host} could read passwords and addresses"
            raise mistake("security", message, "write security: starttls or tls", host=self.host)
        return self


def _domain_name(name: str) -> str:
    if re.fullmatch(
        r"[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9])?)*", name, re.ASCII
    ):
        return name.lower()
    raise mistake("domain", "{name} is not the name of a domain", "write it as news.example.org", name=name)


DomainName = Annotated[Line, AfterValidator(_domain_name)]


class Dkim(Model):
    """The signature by which receivers know that a message is ours and unchanged (RFC 6376)."""

    selector: DomainName = Field(description="Names the key in the DNS: SELECTOR._domainkey.DOMAIN")
    domain: DomainName | None = Field(None, description="Whose signature it is; default the sender's domain")


class Guards(Model):
    """What has to be so before a mailing may leave; docs/sending.md says which the command line can overrule."""

    approval: bool = Field(default=False, description="Whether somebody has to say `composer approve N` first")
    approvers: tuple[Line, ...] = Field((), description="Who may approve; left out: anybody")
    proof: bool = Field(default=False, description="Whether a proof of exactly this content has to be sent first")
    difference_percent: int = Field(
        20, ge=0, le=100, description="By how much the number of people may differ from the last mailing's"
    )
    stale_days: int = Field(7, ge=0, description="How many days after its date an issue may still be sent")
    canary: bool = Field(default=True, description="Whether the first 1 % go alone, and stop the rest if 5 % fail")
