"""Against a real Postfix: what its log makes us believe is what its queue holds."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from composer.maillog import Verdict, read, settle
from tests.maillog.client import ANSWERED, UNSENT, Client, message
from tests.postfix import Postfix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ONE_CLOCK = timedelta(milliseconds=50)
"""Relay and tests run on one machine, but a log's clock only moves with the kernel's ticks."""
BIG, SMALL = 60_000, 300
BATCHES = 6 * int(os.environ.get("COMPOSER_CRASHES", "1"))
AT_ONCE = 5


@pytest.fixture(scope="module")
def postfix(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postfix]:
    with Postfix(tmp_path_factory.mktemp("relay")) as postfix:
        yield postfix


def answered(client: Client, message_id: str) -> None:
    client.open_data()
    client.send(message(message_id, BIG))
    assert client.answer().startswith("250")
    client.leave()


def hung_up_behind_the_dot(client: Client, message_id: str) -> None:
    client.open_data()
    client.send(message(message_id, BIG))
    client.hang_up()


def reset_behind_the_dot(client: Client, message_id: str) -> None:
    client.open_data()
    client.send(message(message_id, SMALL))
    client.break_off()


def cut_in_the_body(client: Client, message_id: str) -> None:
    client.open_data()
    client.send(message(message_id, BIG)[: BIG // 2])
    client.hang_up()


def cut_before_the_message_id_was_read(client: Client, message_id: str) -> None:
    client.open_data()
    client.send(message(message_id, SMALL)[:200])
    client.hang_up()


def cut_before_the_dot(client: Client, message_id: str) -> None:
    client.open_data()
    client.send(message(message_id, BIG).removesuffix(b".\r\n"))
    client.hang_up()


def cut_inside_the_dot(client: Client, message_id: str) -> None:
    client.open_data()
    client.send(message(message_id, BIG).removesuffix(b"\n"))
    client.hang_up()


def cut_before_the_body(client: Client, message_id: str) -> None:
    client.open_data()
    client.hang_up()


def cut_before_data(client: Client, message_id: str) -> None:
    client.announce()
    client.hang_up()


def cut_before_the_recipient(client: Client, message_id: str) -> None:
    client.say("MAIL FROM:<update@example.org>")
    client.hang_up()


def cut_behind_another_message(client: Client, message_id: str) -> None:
    client.open_data()
    client.send(message("<sent@example.org>", BIG))
    client.answer()
    client.hang_up()


def cut_in_the_second_message(client: Client, message_id: str) -> None:
    client.open_data()
    client.send(message("<sent.too@example.org>", BIG))
    client.answer()
    cut_before_the_message_id_was_read(client, message_id)


def followed_at_once_by_the_next(client: Client, message_id: str) -> None:
    client.open_data()
    client.send(message(message_id, SMALL) + b"MAIL FROM:<update@example.org>\r\nRCPT TO:<morgan@example.org>\r\n")
    client.hang_up()


TAKEN = (answered, hung_up_behind_the_dot, followed_at_once_by_the_next)
CUT = (
    cut_in_the_body,
    cut_before_the_message_id_was_read,
    cut_before_the_dot,
    cut_inside_the_dot,
    cut_before_the_body,
    cut_before_data,
    cut_before_the_recipient,
    cut_behind_another_message,
    cut_in_the_second_message,
)
EITHER = (reset_behind_the_dot,)
"""The network may or may not bring the relay what came before the reset."""


def settled(postfix: Postfix) -> None:
    """Wait until no connection is open, and then for the log to go on."""
    opened = len(postfix.wait_for(r"smtpd\[\d+\]: connect from "))
    postfix.wait_for(r"smtpd\[\d+\]: disconnect from |smtpd pid \d+ killed by", opened)
    postfix.go_on()


def truth(postfix: Postfix, asked: Mapping[str, datetime]) -> dict[str, Verdict]:
    queued = postfix.queued()
    return {one: Verdict.ACCEPTED if one in queued else Verdict.NOT_ACCEPTED for one in asked}


def verdicts(postfix: Postfix, asked: Mapping[str, datetime]) -> dict[str, Verdict]:
    judgements = settle(read(postfix.log), asked, zone=UTC, skew=ONE_CLOCK)
    return {one: judgement.verdict for one, judgement in judgements.items()}


def test_wherever_a_connection_ends_the_log_says_what_the_queue_says(postfix: Postfix) -> None:
    begun: dict[str, datetime] = {}
    for scene in (*TAKEN, *CUT, *EITHER):
        client, message_id = Client(postfix.port), f"<{scene.__name__}@example.org>"
        begun[message_id] = datetime.now(UTC)
        scene(client, message_id)
    settled(postfix)
    found = verdicts(postfix, begun)
    assert found == truth(postfix, begun)
    assert {found[f"<{scene.__name__}@example.org>"] for scene in TAKEN} == {Verdict.ACCEPTED}
    assert {found[f"<{scene.__name__}@example.org>"] for scene in CUT} == {Verdict.NOT_ACCEPTED}


def place_to_die(chance: random.Random, octets: int) -> int:
    """Behind how many octets a client dies: at the end as often as on the way there, sometimes before or after."""
    return chance.choice([octets, octets, octets - chance.randint(1, 6), chance.randrange(octets), ANSWERED, UNSENT])


def killed(postfix: Postfix, message_id: str, chance: random.Random) -> subprocess.Popen[str]:
    size = chance.choice([SMALL, 5_000, BIG])
    stop = place_to_die(chance, len(message(message_id, size)))
    arguments = ("-m", "tests.maillog.client", str(postfix.port), message_id, str(size), str(stop))
    return subprocess.Popen([sys.executable, *arguments], stdout=subprocess.PIPE, text=True)


def test_of_many_killed_clients_none_is_judged_wrongly(postfix: Postfix) -> None:
    """Thirty, or as many times thirty as `COMPOSER_CRASHES` asks for; several at once."""
    chance = random.Random(653)
    begun: dict[str, datetime] = {}
    for batch in range(BATCHES):
        names = [f"<killed.{batch}.{number}@example.org>" for number in range(AT_ONCE)]
        for message_id, process in [(one, killed(postfix, one, chance)) for one in names]:
            said, _ = process.communicate()
            assert process.returncode == -signal.SIGKILL
            begun[message_id] = datetime.fromisoformat(said.strip())
    settled(postfix)
    assert verdicts(postfix, begun) == truth(postfix, begun)


def test_while_the_connection_is_open_nothing_is_known(postfix: Postfix) -> None:
    client, asked = Client(postfix.port), {"<slow@example.org>": datetime.now(UTC)}
    client.open_data()
    octets = message("<slow@example.org>", BIG)
    client.send(octets[: BIG // 2])
    postfix.wait_for("message-id=<slow@example.org>")
    postfix.go_on()
    assert verdicts(postfix, asked) == {"<slow@example.org>": Verdict.UNKNOWN}
    client.send(octets[BIG // 2 :])
    client.hang_up()
    settled(postfix)
    assert verdicts(postfix, asked) == truth(postfix, asked) == {"<slow@example.org>": Verdict.ACCEPTED}


def test_a_receiver_that_is_killed_has_accepted_nothing(postfix: Postfix) -> None:
    client, asked = Client(postfix.port), {"<orphan@example.org>": datetime.now(UTC)}
    client.open_data()
    client.send(message("<orphan@example.org>", BIG)[: BIG // 2])
    [named] = postfix.wait_for(r"cleanup\[\d+\]: (\w+): message-id=<orphan@example.org>")
    [receiver] = postfix.wait_for(rf"smtpd\[(\d+)\]: {named[1]}: client=")
    os.kill(int(receiver[1]), signal.SIGKILL)
    client.hang_up()
    settled(postfix)
    assert verdicts(postfix, asked) == truth(postfix, asked) == {"<orphan@example.org>": Verdict.NOT_ACCEPTED}


def test_a_rotation_in_the_middle_of_a_message_hides_nothing(postfix: Postfix) -> None:
    clients = {f"<{name}.rotated@example.org>": Client(postfix.port) for name in ("whole", "cut")}
    asked = dict.fromkeys(clients, datetime.now(UTC))
    for message_id, client in clients.items():
        client.open_data()
        client.send(message(message_id, BIG)[: BIG // 2])
        postfix.wait_for(f"message-id={message_id}")
    postfix.rotate()
    whole = next(iter(clients))
    clients[whole].send(message(whole, BIG)[BIG // 2 :])
    for client in clients.values():
        client.hang_up()
    postfix.wait_for(r"smtpd\[\d+\]: disconnect from ", len(clients))
    postfix.go_on()
    assert verdicts(postfix, asked) == truth(postfix, asked)
    assert {whole} == postfix.queued() & clients.keys()
    assert set(verdicts_of_the_newest_part(postfix, asked).values()) == {Verdict.UNKNOWN}


def verdicts_of_the_newest_part(postfix: Postfix, asked: Mapping[str, datetime]) -> dict[str, Verdict]:
    lines = postfix.log.read_text(encoding="utf-8").splitlines(keepends=True)
    return {one: judgement.verdict for one, judgement in settle(lines, asked, zone=UTC, skew=ONE_CLOCK).items()}
