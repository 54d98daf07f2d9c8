"""Several files of a folder are replaced together or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from xianjie.staging import LOCK, STAGE, StagingError, staged

NAMES = ("a.db", "b.db", "record.json")


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in sorted(folder.rglob("*")) if path.is_file() and path.name != LOCK}


def make(folder: Path, text: str) -> None:
    with staged(folder, NAMES) as stage:
        for name in NAMES:
            (stage / name).write_text(text)


@pytest.fixture
def old(tmp_path):
    make(tmp_path / "dist", "old")
    return tmp_path / "dist"


def refuse(monkeypatch, target: Path, error: BaseException, after: bool = False) -> None:
    """Let the replacement of `target` by a new file fail, or (`after`) be the last thing that happens."""
    original = os.replace

    def replace(source, destination):
        hit = Path(destination) == target and Path(source).parent.name == STAGE
        if hit and not after:
            raise error
        original(source, destination)
        if hit:
            raise error

    monkeypatch.setattr(os, "replace", replace)


def test_new_files_take_the_place_of_old_ones(old):
    make(old, "new")
    assert contents(old) == dict.fromkeys(NAMES, "new")
    assert sorted(path.name for path in old.iterdir()) == sorted([*NAMES, LOCK])


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, SystemExit])
def test_a_failure_while_making_them_leaves_the_old_ones(old, error):
    with pytest.raises(error), staged(old, NAMES) as stage:
        (stage / "a.db").write_text("new")
        raise error
    assert contents(old) == dict.fromkeys(NAMES, "old")
    assert not (old / STAGE).exists()


def test_a_file_that_was_not_made_leaves_the_old_ones(old):
    with pytest.raises(FileNotFoundError), staged(old, NAMES) as stage:
        (stage / "a.db").write_text("new")
    assert contents(old) == dict.fromkeys(NAMES, "old")


@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize("busy", NAMES)
def test_a_file_in_use_is_named_and_all_old_ones_come_back(old, monkeypatch, busy, links):
    if not links:
        monkeypatch.setattr(os, "link", lambda *_: (_ for _ in ()).throw(OSError("not supported")))
    refuse(monkeypatch, old / busy, PermissionError(13, "Access is denied", "x", 5, str(old / busy)))
    with pytest.raises(StagingError, match="请先停止 serve") as caught:
        make(old, "new")
    assert busy in str(caught.value)
    assert contents(old) == dict.fromkeys(NAMES, "old")


def test_a_record_that_cannot_be_taken_away_is_named_too(old, monkeypatch):
    original = Path.unlink

    def unlink(path, missing_ok=False):
        if path == old / "record.json":
            raise PermissionError(13, "Access is denied", str(path))
        original(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink)
    with pytest.raises(StagingError, match="请先停止"):
        make(old, "new")
    assert contents(old) == dict.fromkeys(NAMES, "old")


@pytest.mark.parametrize("last", NAMES)
def test_ctrl_c_amid_renaming_brings_the_old_ones_back(old, monkeypatch, last):
    refuse(monkeypatch, old / last, KeyboardInterrupt(), after=True)
    with pytest.raises(KeyboardInterrupt):
        make(old, "new")
    assert contents(old) == dict.fromkeys(NAMES, "old")


def test_a_first_build_that_fails_amid_renaming_leaves_nothing(tmp_path, monkeypatch):
    refuse(monkeypatch, tmp_path / "dist" / "b.db", OSError(28, "No space left on device"))
    with pytest.raises(OSError, match="No space"):
        make(tmp_path / "dist", "new")
    assert contents(tmp_path / "dist") == {}


def test_what_a_killed_process_left_is_cleared_away(old):
    (old / STAGE / "old").mkdir(parents=True)
    (old / STAGE / "a.db").write_text("half")
    make(old, "new")
    assert contents(old) == dict.fromkeys(NAMES, "new")
    assert not (old / STAGE).exists()


def test_one_at_a_time(old):
    with pytest.raises(StagingError, match="另一个编译正在写"), staged(old, NAMES), staged(old, NAMES):
        pass
    assert contents(old) == dict.fromkeys(NAMES, "old")
