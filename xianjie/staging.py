"""Replaces several files of a folder together: made aside, renamed last, put back if one of them will not go."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from xianjie.setuplock import try_lock

STAGE = ".build"  # a folder inside the target, so that renaming never crosses a file system
LOCK = ".build.lock"


class StagingError(Exception):
    """The files cannot be put in place; the text is a Chinese sentence."""


@contextmanager
def staged(target: Path, names: Sequence[str]) -> Iterator[Path]:
    """Give an empty folder in which to make the files `names`; on success they replace those in `target`.

    On any exception, Ctrl-C included, `target` keeps what it had. A process that is killed leaves the old files
    too, and a folder that the next one clears away. The last of `names` is the record of the others: it is taken
    away before the first of them is replaced and put in place after all, so that files which a kill separated are
    never taken for one build.
    """
    target.mkdir(parents=True, exist_ok=True)
    with _alone(target):
        stage = target / STAGE
        _clear(stage)
        stage.mkdir()
        try:
            yield stage
            for name in names:
                _flush(stage / name)
            _put_in_place(stage, target, names)
        finally:
            shutil.rmtree(stage, ignore_errors=True)


@contextmanager
def _alone(target: Path) -> Iterator[None]:
    """One build at a time; the lock ends with its process."""
    descriptor = os.open(target / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if not try_lock(descriptor):
            raise StagingError(f"另一个编译正在写 {target}，请等它结束后再试。")
        yield
    finally:
        os.close(descriptor)


def _clear(stage: Path) -> None:
    if stage.exists():
        try:
            shutil.rmtree(stage)
        except OSError:
            raise StagingError(f"上次编译留下的 {stage} 删不掉，请关闭正在使用它的程序后再试。") from None


def _flush(path: Path) -> None:
    with path.open("rb+") as handle:
        os.fsync(handle.fileno())


def _put_in_place(stage: Path, target: Path, names: Sequence[str]) -> None:
    old = stage / "old"
    old.mkdir()
    kept = [name for name in names if (target / name).exists()]
    for name in kept:
        _second_name(target / name, old / name)
    try:
        (target / names[-1]).unlink(missing_ok=True)
        for name in names:
            os.replace(stage / name, target / name)
    except BaseException as error:
        # Who is not in the stage any more has been moved; a Ctrl-C may come between a move and a note of it.
        waiting = [name for name in names if (stage / name).exists()]
        for name in names:
            if name in kept and (name not in waiting or name == names[-1]):
                os.replace(old / name, target / name)
            elif name not in waiting:
                (target / name).unlink(missing_ok=True)
        if isinstance(error, PermissionError):  # Windows does not replace a file that a program has open
            busy = Path(error.filename2 or error.filename or target / waiting[0]).name
            raise StagingError(
                f"{target / busy} 正被使用，换不成新的：请先停止 serve（或关闭打开它的程序）再编译。"
                "原来的文件没有改动。"
            ) from None
        raise


def _second_name(path: Path, copy: Path) -> None:
    """A hard link costs nothing; not every file system has them."""
    try:
        os.link(path, copy)
    except OSError:
        shutil.copy2(path, copy)
