"""Writing files so that nobody ever sees half of one."""

from __future__ import annotations

import csv
import errno
import io
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

_REASONS = {
    errno.EEXIST: "已经有同名的文件或文件夹",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOTDIR: "路径中间有一段是文件，不是文件夹",
    errno.EISDIR: "它是文件夹，不是文件",
    errno.ENOTEMPTY: "文件夹不是空的",
    errno.EACCES: "没有权限，或者正在别的程序里打开着",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘满了",
    errno.ENAMETOOLONG: "名称太长",
    errno.EMFILE: "打开的文件太多",
    errno.EIO: "磁盘出错",
}


def reason(error: OSError) -> str:
    """Why reading or writing failed, in Chinese; the system's own words where there are none."""
    return _REASONS.get(error.errno or 0) or f"系统的原话：{error.strerror or type(error).__name__}"


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """Give a temporary path in the same folder; on success flush it to disk and rename it onto `path`.

    On any exception, Ctrl-C included, the temporary file is removed and `path` stays as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        yield temporary
        with temporary.open("rb+") as handle:
            os.fsync(handle.fileno())
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file, atomically."""
    with beside(path) as temporary:
        temporary.write_bytes(data)


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 with the line ends that `text` has, atomically."""
    write_bytes(path, text.encode("utf-8"))


def csv_text(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """CSV as the package keeps it: LF, quotes only where needed; None is an empty cell."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return buffer.getvalue()


def write_csv(path: Path, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    """Write a ledger (UTF-8, no BOM, LF), atomically."""
    write_text(path, csv_text(columns, rows))
