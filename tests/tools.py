"""Programs that some tests need and a user's machine may lack; and bytes made ready for the wire."""

import os
import shutil

import pytest


def needs(program: str) -> None:
    """Skip the test where `program` is missing; under continuous integration a missing program is a failure."""
    if shutil.which(program) is None:
        missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing(f"{program} is not on this machine")


def on_the_wire(data: bytes) -> bytes:
    """Any data as it follows the 354: dots stuffed, and the line with the dot behind it (RFC 5321 §4.5.2)."""
    lines = data if data.endswith(b"\r\n") else data + b"\r\n"
    return (b"\r\n" + lines).replace(b"\r\n.", b"\r\n..")[2:] + b".\r\n"
