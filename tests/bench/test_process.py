import sys

import pytest

from bench.process import run


def test_a_process_is_charged_for_all_its_threads_and_heard() -> None:
    program = """
import threading, time
def work():
    while time.process_time() < 0.2: pass
threads = [threading.Thread(target=work) for _ in range(2)]
[thread.start() for thread in threads], [thread.join() for thread in threads]
print('{"taken": 7}')
"""
    cost = run(sys.executable, "-c", program)
    assert cost.cpu_s >= 0.2
    assert cost.machine_s > 0.1
    assert cost.peak_kib > 1000
    assert cost.said == {"taken": 7}


def test_only_json_counts_as_said() -> None:
    assert run(sys.executable, "-c", "").said == {}
    assert run(sys.executable, "-c", "print('12 people')").said == {}


def test_a_process_that_fails_says_why() -> None:
    with pytest.raises(SystemExit, match=r"ended with 1: .*no such mailbox") as stopped:
        run(sys.executable, "-c", "raise SystemExit('no such mailbox')")
    assert sys.executable in str(stopped.value)
