"""Makes a block device's file of a disk: one file in a file system of its own, served from this process.

The kernel speaks to it in the protocol of FUSE (version 7.31, `linux/fuse.h`); a loop device on the file is a drive
that can be mounted. What a file system writes to the drive comes here as WRITE, and the cache flushes by which it makes
things last come as FSYNC, because that is how the loop device hands them on. Nothing is cached in between: the loop
device writes through.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
import threading
from enum import IntEnum
from typing import TYPE_CHECKING

from tests.survival.disks import SECTOR

if TYPE_CHECKING:
    from pathlib import Path

    from tests.survival.disks import Disk

NAME = "disk"
"""What the file is called."""

_FILE = 2
_HEADER = struct.Struct("<IIQQIIIHH")
"""Of a request: its length, what is asked, its number, the node that it is about, and who asks."""
_OUTCOME = struct.Struct("<IiQ")
"""Of an answer: its length, the error, the request's number."""
_ATTRIBUTES = struct.Struct("<6Q10I")
_WHERE = struct.Struct("<QQI")
"""Of READ and WRITE: the open file, the offset, the size."""
_WRITE_BYTES = 40
"""The length of what stands before the data of a WRITE."""
_MOST_BYTES = 128 * 1024
_BIG_WRITES = 1 << 5
_LONG_S = 3600
"""For so long the kernel need not ask again."""


class Request(IntEnum):
    """What the kernel asks of a file system; everything else it can do without."""

    LOOKUP = 1
    FORGET = 2
    GETATTR = 3
    SETATTR = 4
    OPEN = 14
    READ = 15
    WRITE = 16
    RELEASE = 18
    FSYNC = 20
    FLUSH = 25
    INIT = 26
    DESTROY = 38
    BATCH_FORGET = 42


class Drive:
    """Shows a disk as the one file of a file system, until that is unmounted."""

    def __init__(self, disk: Disk, folder: Path) -> None:
        self._disk = disk
        self._kernel = os.open("/dev/fuse", os.O_RDWR)
        options = f"fd={self._kernel},rootmode=40000,user_id=0,group_id=0".encode()
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.mount(b"disk", os.fsencode(folder), b"fuse", 0, options):
            raise OSError(ctypes.get_errno(), "the disk cannot be mounted")
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def join(self) -> None:
        """Wait for the end, which comes with the unmounting."""
        self._thread.join()
        os.close(self._kernel)

    def _serve(self) -> None:
        while (request := self._next()) is not None:
            _, code, unique, node, *_ = _HEADER.unpack_from(request)
            if code not in {Request.FORGET, Request.BATCH_FORGET}:
                error, body = self._outcome(code, node, request[_HEADER.size :])
                os.write(self._kernel, _OUTCOME.pack(_OUTCOME.size + len(body), -error, unique) + body)

    def _next(self) -> bytes | None:
        """The next request, or None when the file system was unmounted."""
        while True:
            try:
                return os.read(self._kernel, _MOST_BYTES + 4096)
            except OSError as error:
                if error.errno == errno.ENODEV:
                    return None
                if error.errno != errno.ENOENT:  # that one was withdrawn
                    raise

    def _outcome(self, code: int, node: int, body: bytes) -> tuple[int, bytes]:
        """The error, or 0, and what is answered."""
        try:
            return 0, self._answer(code, node, body)
        except OSError as error:
            return error.errno or errno.EIO, b""

    def _answer(self, code: int, node: int, body: bytes) -> bytes:
        match code:
            case Request.READ:
                _, offset, size = _WHERE.unpack_from(body)
                return self._disk.read(offset, size)
            case Request.WRITE:
                _, offset, size = _WHERE.unpack_from(body)
                self._disk.write(offset, body[_WRITE_BYTES : _WRITE_BYTES + size])
                return struct.pack("<2I", size, 0)
            case Request.FSYNC:
                self._disk.flush()
                return b""
            case _:
                return self._formality(code, node)

    def _formality(self, code: int, node: int) -> bytes:
        match code:
            case Request.INIT:
                return struct.pack("<4I2H2I2H8I", 7, 31, _MOST_BYTES, _BIG_WRITES, 8, 8, _MOST_BYTES, 1, *(0,) * 10)
            case Request.LOOKUP:
                return struct.pack("<4Q2I", _FILE, 0, _LONG_S, _LONG_S, 0, 0) + self._attributes(_FILE)
            case Request.GETATTR | Request.SETATTR:
                return struct.pack("<Q2I", _LONG_S, 0, 0) + self._attributes(node)
            case Request.OPEN:
                return struct.pack("<Q2I", 0, 0, 0)
            case Request.RELEASE | Request.FLUSH | Request.DESTROY:
                return b""
            case _:
                raise OSError(errno.ENOSYS, "not offered")

    def _attributes(self, node: int) -> bytes:
        size, mode = (len(self._disk), 0o100600) if node == _FILE else (0, 0o40700)
        return _ATTRIBUTES.pack(node, size, size // SECTOR, *(0,) * 6, mode, 1, 0, 0, 0, 4096, 0)
