"""A machine that keeps a newsletter's state on a disk whose power can be cut; needs root, FUSE and a loop device."""

from __future__ import annotations

import os
import subprocess
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.survival.drives import NAME, Drive
from tests.tools import needs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.survival.disks import Disk

_SIZE_BYTES = 16 * 1024 * 1024


def require_root() -> None:
    """Skip the test where file systems cannot be mounted."""
    if os.geteuid():
        pytest.skip("only root may mount a file system")


def require_devices() -> None:
    """Skip the test where no block device can be made of a file, as in most containers."""
    require_root()
    for device in ("/dev/fuse", "/dev/loop-control"):
        if not os.access(device, os.R_OK | os.W_OK):
            pytest.skip(f"{device} is not to be had here")
    needs("mkfs.ext4")
    needs("losetup")


def formatted(folder: Path) -> bytes:
    """An empty file system (ext4, as it comes)."""
    image = folder / "image"
    image.write_bytes(bytes(_SIZE_BYTES))
    _run("mkfs.ext4", "-q", "-E", "lazy_itable_init=0", str(image))
    return image.read_bytes()


@contextmanager
def running(disk: Disk, state: Path) -> Iterator[None]:
    """Meanwhile the folder `state` is on the disk; its journal is played back first, as after a power cut."""
    state.mkdir(exist_ok=True)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        drive = Drive(disk, folder)
        stack.callback(drive.join)
        stack.callback(_run, "umount", str(folder))
        device = _run("losetup", "--show", "--find", str(folder / NAME))
        stack.callback(_run, "losetup", "--detach", device)
        _run("mount", device, str(state))
        stack.callback(_run, "umount", str(state))
        yield


def _run(*command: str) -> str:
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert not ended.returncode, (command, ended.stderr)
    return ended.stdout.strip()
