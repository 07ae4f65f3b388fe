from __future__ import annotations

import asyncio
import socket
import ssl
import subprocess
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composer.courier import Courier, Kind, Outcome, Stage
from composer.courier.outcome import judged, unanswered
from composer.errors import ComposerError, TryAgainError
from composer.message import Message
from composer.settings import Smtp, Timeouts
from tests.smtp_server import (
    OFFERS,
    Fault,
    SmtpServer,
    answers,
    answers_421,
    cannot_check_logins,
    defers_recipient,
    drops_after_the_dot,
    drops_at,
    drops_before_the_dot,
    is_busy,
    never_answers,
    refuses_connection,
    refuses_login,
    refuses_sender,
    refuses_starttls,
    rejects_recipient,
    says_nothing,
)
from tests.tools import needs, on_the_wire

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
    from pathlib import Path

DATA = b"Subject: news\r\n\r\nTwo lines\r\n.one with a dot\r\n..and one with two\r\n"
IMPATIENT = Timeouts(connect=0.3, command=0.3, data=0.3, body=0.15, dot=0.15, quit=0.3)


def message_to(address: str, data: bytes = DATA) -> Message:
    return Message("bounces+token@example.org", address, "<653.token@example.org>", on_the_wire(data))


def patient(smtp: Smtp, timeouts: Timeouts | None) -> Smtp:
    return smtp.model_copy(update={"timeouts": timeouts or smtp.timeouts})


MORGAN, ROBIN = message_to("morgan@example.org"), message_to("robin@example.org")


async def begin() -> None:
    """The ledger's mark, where the test does not look at it."""


def run(test: Callable[[], Awaitable[None]]) -> None:
    async def within() -> None:
        async with asyncio.timeout(20):
            await test()

    asyncio.run(within())


def deliver(
    *messages: Message, faults: tuple[Fault, ...] = (), timeouts: Timeouts | None = None, offers: Sequence[str] = OFFERS
) -> tuple[SmtpServer, list[Outcome]]:
    """Hand these over on one connection, opened again whenever it is lost."""
    server, outcomes = SmtpServer(*faults, offers=offers), []

    async def test() -> None:
        async with server, Courier(patient(server.smtp, timeouts)) as courier:
            for message in messages:
                if not courier.is_open:
                    await courier.open()
                outcomes.append(await courier.deliver(message, begin))

    run(test)
    return server, outcomes


def test_a_message_arrives_to_the_last_byte_under_its_envelope() -> None:
    server, outcomes = deliver(MORGAN)
    assert outcomes == [Outcome(Kind.ACCEPTED, 250, "2.0.0 Taken", Stage.DOT)]
    (received,) = server.messages
    assert (received.sender, received.recipient) == ("bounces+token@example.org", "morgan@example.org")
    assert received.data == DATA


@given(st.lists(st.sampled_from([b".", b"..", b"", b"x", b".\t"]), max_size=6))
def test_dots_at_the_start_of_lines_arrive_as_they_were(lines: list[bytes]) -> None:
    data = b"\r\n".join([*lines, b""])
    server, _ = deliver(message_to("b@example.org", data or b"x\r\n"))
    assert server.messages[0].data == (data or b"x\r\n")


def test_one_connection_serves_many_messages_and_is_taken_leave_of() -> None:
    server, _ = deliver(MORGAN, ROBIN)
    assert server.connections == 1
    assert server.verbs == ["EHLO", "MAIL", "RCPT", "DATA", "MAIL", "RCPT", "DATA", "QUIT"]


def test_the_greeting_tells_nothing_of_this_machine_but_its_address() -> None:
    server, _ = deliver()
    assert server.commands[0] == "EHLO [127.0.0.1]"


@pytest.mark.parametrize(
    ("fault", "kind", "stage", "code"),
    [
        (defers_recipient("morgan@example.org"), Kind.DEFERRED, Stage.RECIPIENT, 450),
        (rejects_recipient("morgan@example.org"), Kind.REJECTED, Stage.RECIPIENT, 550),
        (answers("MAIL", "452 4.3.1 Disk full"), Kind.DEFERRED, Stage.MAIL, 452),
        (answers("DATA", "451 4.3.0 Later"), Kind.DEFERRED, Stage.DATA, 451),
        (answers("DATA", "554 5.5.1 No valid recipients"), Kind.REJECTED, Stage.DATA, 554),
        (answers(".", "452 4.3.1 Disk full"), Kind.DEFERRED, Stage.DOT, 452),
        (answers(".", "554 5.6.0 Spam"), Kind.REJECTED, Stage.DOT, 554),
    ],
)
def test_a_refusal_is_this_recipients_alone_and_the_connection_goes_on(
    fault: Fault, kind: Kind, stage: Stage, code: int
) -> None:
    fault.times = 1
    server, (first, second) = deliver(MORGAN, ROBIN, faults=(fault,))
    assert (first.kind, first.stage, first.code) == (kind, stage, code)
    assert not first.connection_lost
    assert not first.pauses_run
    assert second.kind is Kind.ACCEPTED
    assert server.connections == 1
    assert server.recipients == ["robin@example.org"]


@pytest.mark.parametrize("at", ["MAIL", "RCPT", "DATA"])
def test_a_connection_lost_before_the_message_is_harmless(at: Stage) -> None:
    server, (first, second) = deliver(MORGAN, MORGAN, faults=(drops_at(at, times=1),))  # type: ignore[arg-type]
    assert first == Outcome(Kind.DEFERRED, None, "the connection was lost", Stage(at), connection_lost=True)
    assert second.kind is Kind.ACCEPTED
    assert server.recipients == ["morgan@example.org"]


def test_a_connection_lost_while_the_message_is_on_its_way_leaves_doubt() -> None:
    server, (outcome,) = deliver(MORGAN, faults=(drops_before_the_dot(),))
    assert outcome == Outcome(Kind.IN_DOUBT, None, "the connection was lost", Stage.DOT, connection_lost=True)
    assert server.recipients == []


def test_a_connection_lost_after_the_dot_leaves_the_same_doubt_though_the_message_was_taken() -> None:
    server, (outcome,) = deliver(MORGAN, faults=(drops_after_the_dot(),))
    assert outcome == Outcome(Kind.IN_DOUBT, None, "the connection was lost", Stage.DOT, connection_lost=True)
    assert server.recipients == ["morgan@example.org"]


def test_a_server_that_falls_silent_at_the_dot_leaves_doubt() -> None:
    _, (outcome,) = deliver(MORGAN, faults=(never_answers("."),), timeouts=IMPATIENT)
    assert outcome == Outcome(Kind.IN_DOUBT, None, "no answer in time", Stage.DOT, connection_lost=True)


def test_a_server_that_falls_silent_before_is_only_slow() -> None:
    _, (outcome,) = deliver(MORGAN, faults=(never_answers("RCPT"),), timeouts=IMPATIENT)
    assert outcome == Outcome(Kind.DEFERRED, None, "no answer in time", Stage.RECIPIENT, connection_lost=True)


@pytest.mark.parametrize("at", ["MAIL", "RCPT", "DATA", "."])
def test_a_server_that_closes_down_is_come_back_to(at: Stage) -> None:
    server, (first, second) = deliver(MORGAN, MORGAN, faults=(answers_421(at, times=1),))  # type: ignore[arg-type]
    assert first == Outcome(Kind.DEFERRED, 421, "4.3.2 Closing down", Stage(at), connection_lost=True)
    assert second.kind is Kind.ACCEPTED
    assert server.recipients == ["morgan@example.org"]


@pytest.mark.parametrize(
    "fault",
    [
        refuses_sender(),
        refuses_sender("530 5.7.0 Authentication required"),
        refuses_sender("530 Log in first"),
        refuses_sender("552 5.3.4 Too big"),
        refuses_sender("500 What?"),
        answers("RCPT", "550 5.7.515 Access denied, sending domain does not meet the required authentication level"),
        answers(".", "550 5.7.515 Access denied, sending domain does not meet the required authentication level"),
    ],
)
def test_an_answer_that_is_about_us_pauses_the_run_and_is_nobodys_bounce(fault: Fault) -> None:
    _, (outcome,) = deliver(MORGAN, faults=(fault,))
    assert outcome.kind is Kind.DEFERRED
    assert outcome.pauses_run


@pytest.mark.parametrize(("at", "kind"), [("RCPT", Kind.DEFERRED), (".", Kind.IN_DOUBT)])
@pytest.mark.parametrize("reply", ["hello", "2x0 Ok", "354 Go on"])
def test_an_answer_that_makes_no_sense_counts_as_none(at: Stage, kind: Kind, reply: str) -> None:
    _, (outcome,) = deliver(MORGAN, faults=(answers(at, reply),))  # type: ignore[arg-type]
    assert (outcome.kind, outcome.stage, outcome.connection_lost) == (kind, Stage(at), True)


@given(st.sampled_from(Stage), st.integers(min_value=-1, max_value=999), st.text())
def test_every_reply_has_an_outcome(stage: Stage, code: int, reply: str) -> None:
    outcome = judged(stage, code, reply)
    assert outcome.reply.isprintable()
    assert len(outcome.reply) <= 500
    assert (outcome.kind is Kind.ACCEPTED) == (code // 100 == 2 and stage is Stage.DOT and not outcome.pauses_run)
    if outcome.kind is Kind.REJECTED:
        assert code // 100 == 5
        assert not outcome.pauses_run
    if outcome.kind is Kind.IN_DOUBT:
        assert stage is Stage.DOT
        assert outcome.connection_lost
    assert (unanswered(stage, reply).kind is Kind.IN_DOUBT) == (stage is Stage.DOT)


@pytest.mark.parametrize("offers", [OFFERS, ()])
def test_nothing_of_the_message_leaves_before_the_intent_is_on_the_disk(offers: Sequence[str]) -> None:
    """The commands may be said meanwhile, and the recipient agreed to."""
    server = SmtpServer(offers=offers)

    async def test() -> None:
        async with server, Courier(server.smtp) as courier:
            written = asyncio.get_running_loop().create_future()
            delivery = asyncio.create_task(courier.deliver(MORGAN, lambda: written))
            while "DATA" not in server.verbs:  # noqa: ASYNC110 - it sets no event
                await asyncio.sleep(0.001)
            await asyncio.sleep(0.05)
            assert courier.stage is Stage.DATA
            assert server.octets == 0
            written.set_result(None)
            assert (await delivery).kind is Kind.ACCEPTED

    run(test)


def test_an_intent_that_cannot_be_written_stops_the_message() -> None:
    server = SmtpServer()

    async def disk_is_full() -> None:
        raise OSError("disk full")

    async def test() -> None:
        async with server, Courier(server.smtp) as courier:
            with pytest.raises(OSError, match="disk full"):
                await courier.deliver(MORGAN, disk_is_full)
            assert not courier.is_open

    run(test)
    assert server.recipients == []
    assert server.octets == 0


def test_after_a_refusal_the_next_transaction_begins_anew() -> None:
    server, (first, second) = deliver(ROBIN, MORGAN, faults=(rejects_recipient("robin@example.org"),))
    assert (first.kind, second.kind) == (Kind.REJECTED, Kind.ACCEPTED)
    assert server.verbs == ["EHLO", "MAIL", "RCPT", "DATA", "RSET", "MAIL", "RCPT", "DATA", "QUIT"]


def test_commands_come_in_one_group_where_the_server_takes_groups_and_one_by_one_elsewhere() -> None:
    grouped, _ = deliver(MORGAN, ROBIN)
    single, outcomes = deliver(MORGAN, ROBIN, offers=())
    assert {outcome.kind for outcome in outcomes} == {Kind.ACCEPTED}
    assert grouped.commands == single.commands
    assert grouped.groups == [1, 3, 3, 1]
    assert single.groups == [1, 1, 1, 1, 1, 1, 1, 1]


def test_where_data_is_agreed_to_for_nobody_a_lone_dot_ends_it() -> None:
    """RFC 2920 §3.1: some servers say 354 although they have refused every recipient."""
    agrees = Fault("RCPT", "550 5.1.1 No such user", about="<robin@", goes_on=True)
    server, (first, second) = deliver(ROBIN, MORGAN, faults=(agrees,))
    assert (first.kind, first.stage, first.code) == (Kind.REJECTED, Stage.RECIPIENT, 550)
    assert second.kind is Kind.ACCEPTED
    assert server.recipients == ["robin@example.org", "morgan@example.org"]  # the first is an empty message to nobody
    assert server.messages[0].data == b""


def test_what_a_server_says_unasked_is_never_taken_for_an_answer() -> None:
    server, (first, second, third) = deliver(
        MORGAN, ROBIN, MORGAN, faults=(answers(".", "250 2.0.0 Taken\r\n421 4.4.2 Idle too long", times=1),)
    )
    assert first.kind is Kind.ACCEPTED
    assert second.kind in {Kind.ACCEPTED, Kind.DEFERRED}  # opened anew, or noticed only when it was spoken to
    assert third.kind is Kind.ACCEPTED
    assert server.recipients.count("robin@example.org") == (second.kind is Kind.ACCEPTED)


def test_the_size_is_announced_and_one_that_is_too_large_is_not_even_tried() -> None:
    server, (outcome,) = deliver(MORGAN, offers=["PIPELINING", "SIZE 1000"])
    assert outcome.kind is Kind.ACCEPTED
    assert any(command.endswith(f"SIZE={len(MORGAN.wire)}") for command in server.commands)
    with pytest.raises(ComposerError, match="takes messages of at most 1,024 bytes, and this one has 1,519: nobody"):
        deliver(message_to("morgan@example.org", b"Subject: x\r\n\r\n" + b"y" * 1500), offers=["SIZE 1024"])


def test_a_message_cut_off_on_its_way_is_harmless_while_its_dot_has_not_left() -> None:
    """The system takes a few megabytes at most from a server that reads nothing, and the dot comes behind them."""
    huge = message_to("morgan@example.org", b"Subject: x\r\n\r\n" + b"y" * 64_000_000 + b"\r\n")
    server, (outcome,) = deliver(huge, faults=(drops_before_the_dot(),))
    assert outcome == Outcome(Kind.DEFERRED, None, "the connection was lost", Stage.DATA, connection_lost=True)
    assert server.recipients == []


def test_a_cancelled_delivery_leaves_no_connection_that_could_mix_up_answers() -> None:
    server = SmtpServer(never_answers("."))

    async def test() -> None:
        async with server, Courier(server.smtp) as courier:
            delivery = asyncio.create_task(courier.deliver(MORGAN, begin))
            await asyncio.sleep(0.1)
            delivery.cancel()
            with pytest.raises(asyncio.CancelledError):
                await delivery
            assert not courier.is_open

    run(test)


def test_a_closed_courier_defers_without_a_word() -> None:
    async def test() -> None:
        outcome = await Courier(Smtp(host="127.0.0.1", security="none")).deliver(MORGAN, begin)
        assert outcome == Outcome(Kind.DEFERRED, None, "the connection is closed", Stage.IDLE, connection_lost=True)

    run(test)


# Opening: everything that forbids going on, and the sentence that the manager reads.


def refusal(server: SmtpServer, *, password: str | None = None, **smtp: object) -> str:
    """The sentence with which opening a connection to this server fails, and its exit code in front."""
    sentence = ""

    async def test() -> None:
        nonlocal sentence
        async with server:
            settings = server.smtp.model_copy(update=smtp)
            with pytest.raises(ComposerError) as caught:
                await Courier(patient(settings, IMPATIENT), password).open()
            sentence = f"{caught.value.exit_code} {caught.value}".replace(str(server.port), "PORT")

    run(test)
    return sentence


def test_a_server_that_is_not_there_may_be_there_later() -> None:
    async def test() -> None:
        async with SmtpServer() as server:
            gone = server.smtp
        with pytest.raises(
            TryAgainError, match=rf"127\.0\.0\.1:{gone.port} cannot be reached; check smtp\.host and smtp\.port"
        ):
            await Courier(gone).open()

    run(test)


@pytest.mark.parametrize("host", ["nowhere.invalid", "a..b", "x" * 70])
def test_a_name_that_nobody_has_may_be_known_later(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def knows_nobody(name: str, *_: object, **__: object) -> None:
        name.encode("idna")
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    async def test() -> None:
        with pytest.raises(TryAgainError, match=r":587 cannot be found under this name; check smtp\.host"):
            await Courier(Smtp(host=host)).open()

    monkeypatch.setattr(socket, "getaddrinfo", knows_nobody)
    run(test)


def test_a_server_that_turns_everybody_away_is_the_wrong_one() -> None:
    assert refusal(SmtpServer(refuses_connection())) == (
        "1 the mail server 127.0.0.1:PORT turned us away (554 5.3.2 No service here); check smtp.host and smtp.port"
    )


def test_a_busy_server_is_come_back_to() -> None:
    assert refusal(SmtpServer(is_busy())) == (
        "75 the mail server 127.0.0.1:PORT is not ready (421 4.3.2 Too many connections); try again later"
    )


def test_a_server_that_says_nothing_is_given_up() -> None:
    assert refusal(SmtpServer(says_nothing())).startswith("75 the mail server 127.0.0.1:PORT did not answer in time;")


def test_a_server_that_hangs_up_is_come_back_to() -> None:
    assert refusal(SmtpServer(drops_at("EHLO"))).startswith("75 the mail server 127.0.0.1:PORT closed the connection;")
    assert refusal(SmtpServer(drops_at("CONNECT"))).startswith(
        "75 the mail server 127.0.0.1:PORT closed the connection;"
    )


def test_without_starttls_nothing_is_said_to_a_server_least_of_all_the_password() -> None:
    server = SmtpServer(password="secret")
    assert refusal(server, password="secret", username="composer", security="starttls").startswith(
        "1 the mail server 127.0.0.1:PORT offers no STARTTLS, so nothing was sent to it;"
    )
    assert server.verbs == ["EHLO"]


def test_security_none_is_for_this_machine_only_whatever_the_settings_say() -> None:
    async def test() -> None:
        with pytest.raises(
            ComposerError, match=r"smtp\.security: none would send the newsletter to mail\.example\.org"
        ):
            await Courier(Smtp.model_construct(host="mail.example.org", security="none")).open()

    run(test)


def test_a_refused_login_says_where_the_password_comes_from() -> None:
    sentence = "1 the mail server 127.0.0.1:PORT refused the login of composer (535 5.7.8 {}); "
    sentence += "check smtp.username and COMPOSER_SMTP_PASSWORD"
    wrong = SmtpServer(password="secret")
    assert refusal(wrong, password="wrong", username="composer") == sentence.format("Wrong password")
    strict = SmtpServer(refuses_login(), password="secret")
    assert refusal(strict, password="secret", username="composer") == sentence.format(
        "Authentication credentials invalid"
    )


def test_a_login_that_cannot_be_checked_now_may_be_later() -> None:
    server = SmtpServer(cannot_check_logins(), password="secret")
    assert refusal(server, password="secret", username="composer").startswith(
        "75 the mail server 127.0.0.1:PORT is not ready (454"
    )


def test_a_user_name_needs_a_password_and_a_server_that_asks_for_it() -> None:
    assert refusal(SmtpServer(password="secret"), username="composer") == (
        "1 there is no password for composer; set COMPOSER_SMTP_PASSWORD"
    )
    assert "offers no login that we know" in refusal(SmtpServer(), password="secret", username="composer")


def test_the_right_password_opens() -> None:
    server = SmtpServer(password="secret")

    async def test() -> None:
        async with server, Courier(server.smtp.model_copy(update={"username": "composer"}), "secret") as courier:
            assert (await courier.deliver(MORGAN, begin)).kind is Kind.ACCEPTED

    run(test)


# TLS, with an authority that was made for the test.


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the certificate and key of 127.0.0.1, and those of another server."""
    needs("openssl")
    folder = tmp_path_factory.mktemp("certificates")
    for name, alternative in (("here", "IP:127.0.0.1"), ("elsewhere", "DNS:mail.example.org")):
        command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        command += ["-days", "2", "-subj", f"/CN={name}", "-addext", f"subjectAltName={alternative}"]
        command += ["-keyout", str(folder / f"{name}.key"), "-out", str(folder / f"{name}.pem")]
        subprocess.run(command, check=True, capture_output=True)
    return folder


def tls(certificates: Path, name: str = "here") -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificates / f"{name}.pem", certificates / f"{name}.key")
    return context


@asynccontextmanager
async def private(server: SmtpServer, certificates: Path) -> AsyncIterator[Courier]:
    async with server:
        changes = {
            "security": "tls" if server.implicit_tls else "starttls",
            "username": "composer",
            "certificates": str(certificates / "here.pem"),
        }
        async with Courier(server.smtp.model_copy(update=changes), "secret") as courier:
            yield courier


@pytest.mark.parametrize("implicit", [True, False])
def test_over_tls_the_password_and_the_message_arrive(certificates: Path, implicit: bool) -> None:  # noqa: FBT001 - a case
    server = SmtpServer(tls=tls(certificates), implicit_tls=implicit, password="secret")

    async def test() -> None:
        async with private(server, certificates) as courier:
            assert (await courier.deliver(MORGAN, begin)).kind is Kind.ACCEPTED

    run(test)
    assert server.messages[0].data == DATA
    opening = ["EHLO"] if implicit else ["EHLO", "STARTTLS", "EHLO"]
    assert server.verbs == [*opening, "AUTH", "MAIL", "RCPT", "DATA", "QUIT"]


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_that_nobody_vouches_for_is_not_trusted(certificates: Path, security: str) -> None:
    server = SmtpServer(tls=tls(certificates), implicit_tls=security == "tls", password="secret")
    sentence = refusal(server, security=security, username="composer", password="secret")
    assert sentence.startswith(
        "1 the mail server 127.0.0.1:PORT shows a certificate that cannot be trusted (self-signed"
    )
    assert "smtp.certificates" in sentence
    assert "AUTH" not in server.verbs


def test_the_certificate_of_another_server_is_not_trusted(certificates: Path) -> None:
    server = SmtpServer(tls=tls(certificates, "elsewhere"))
    sentence = refusal(server, security="starttls", certificates=str(certificates / "elsewhere.pem"))
    assert "certificate that cannot be trusted (IP address mismatch" in sentence


def test_starttls_that_is_offered_and_then_refused_is_come_back_to(certificates: Path) -> None:
    server = SmtpServer(refuses_starttls(), tls=tls(certificates))
    assert refusal(server, security="starttls").startswith("75 the mail server 127.0.0.1:PORT is not ready (454 4.7.0")


def test_tls_on_a_port_without_it_names_the_two_settings() -> None:
    assert refusal(SmtpServer(), security="tls").startswith(
        "1 the mail server 127.0.0.1:PORT does not speak TLS as expected; check smtp.security and smtp.port"
    )


@pytest.mark.parametrize("content", [None, "not a certificate"])
def test_a_file_without_certificates_is_named(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "authority.pem"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    assert refusal(SmtpServer(), security="tls", certificates=str(path)).startswith(
        f"1 newsletter.yaml: smtp.certificates: {path} is not a PEM file of certificates"
    )
