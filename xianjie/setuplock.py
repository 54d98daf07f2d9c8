"""A lock between processes that set up the same folder. Standard library, Python 3.8 syntax.

The operating system holds it, not the file's existence: it ends with its process, however that ends, so
there are no stale locks to recognise.
"""

from __future__ import annotations

import contextlib
import errno
import os
import time
from pathlib import Path
from typing import Iterator

from xianjie.bootstrap import SetupError, say

BUSY = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


def try_lock(descriptor: int) -> bool:
    """Take the lock if it is free. A file system without locks counts as free: better that than no setup."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in BUSY
    return True


@contextlib.contextmanager
def setup_lock(path: Path, patience: float = 1800.0, pause: float = 0.3) -> Iterator[int]:
    """Hold the lock while the block runs; wait up to `patience` seconds for whoever has it.

    Gives the lock's file descriptor: a child process that inherits it goes on holding the lock after its
    parent was killed.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        deadline = time.monotonic() + patience
        waiting = False
        while not try_lock(descriptor):
            if not waiting:
                say("另一个命令正在安装，等待它完成……")
                waiting = True
            if time.monotonic() > deadline:
                raise SetupError("另一个命令的安装一直没有完成，请结束它后重试")
            time.sleep(pause)
        yield descriptor
    finally:
        os.close(descriptor)  # gives the lock up; the file stays, for removing it would let two hold "the" lock
