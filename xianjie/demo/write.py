"""A made township onto the disk, as a whole package: beside its place first, so that nobody sees half of one."""

from __future__ import annotations

import csv
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from xianjie.demo.days import AS_OF
from xianjie.demo.model import Township
from xianjie.demo.standards import DemoError
from xianjie.demo.tables import rows
from xianjie.files import write_csv, write_text
from xianjie.package import Ledger, Package

COPIED = ("schemas", "audits", "views", "public", "coverage", "metadata.yml")
TRUTH = "truth.csv"


def check_place(package: Package, out: Path) -> None:
    """Refuse a folder that holds anything but a demo: a real township's ledgers must never be written over."""
    if out == package.root or package.root.is_relative_to(out):
        raise DemoError(f"示范乡镇不能写到数据包自己的文件夹 {out}，会盖掉台账；请用 --out 另选一个文件夹。")
    if out.exists() and not out.is_dir():
        raise DemoError(f"{out} 是一个文件，不是文件夹；请用 --out 另选一个文件夹。")
    if out.is_dir() and any(out.iterdir()) and not _is_demo(out):
        raise DemoError(f"{out} 里已经有别的文件，不是以前生成的示范乡镇；请用 --out 另选一个空文件夹。")


def _is_demo(folder: Path) -> bool:
    try:
        return "demo" in json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False


@contextmanager
def _replacing(out: Path) -> Iterator[Path]:
    """A folder beside `out`, whose entries take the place of those of the same name in `out` when all is written."""
    out.parent.mkdir(parents=True, exist_ok=True)
    beside = out.with_name(f".{out.name}.{os.getpid()}.tmp")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir()
    try:
        yield beside
        out.mkdir(exist_ok=True)
        for entry in sorted(beside.iterdir()):
            place = out / entry.name
            if place.is_dir():
                shutil.rmtree(place)
            os.replace(entry, place)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def copy_all_but_ledgers(package: Package, out: Path) -> None:
    """Put what a package consists of beside its ledgers and their index into the folder `out`."""
    ignored = shutil.ignore_patterns("__pycache__", ".*", "*.tmp")
    for name in COPIED:
        source = package.root / name
        if source.is_dir():
            shutil.copytree(source, out / name, ignore=ignored)
        elif source.is_file():
            shutil.copyfile(source, out / name)


def write_ledger(ledger: Ledger, out: Path, made: Iterable[dict[str, Any]]) -> int:
    """Stream rows into a ledger's CSV (UTF-8, LF, the schema's columns); gives back how many there were.

    Millions of payments never stand in memory at once, which is why this is not `files.write_csv`. The folder is
    still beside its place, so the file needs no renaming of its own.
    """
    path = out / ledger.relative_path
    path.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(ledger.columns)
        for row in made:
            writer.writerow([row.get(column) for column in ledger.columns])
            count += 1
    return count


def write_package(package: Package, town: Township, out: Path, step: Any) -> dict[str, int]:
    """Write everything; `step(name)` is called before each ledger. Gives back how many rows each ledger has."""
    made = rows(town)
    counts: dict[str, int] = {}
    with _replacing(out) as folder:
        copy_all_but_ledgers(package, folder)
        for name, ledger in package.ledgers.items():
            step(ledger.title)
            if name in made:
                counts[name] = write_ledger(ledger, folder, made[name])
            else:  # the reference ledgers, as the package has them
                (folder / ledger.relative_path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ledger.path, folder / ledger.relative_path)
        write_csv(folder / TRUTH, ["audit", "对象"], town.truth())
        descriptor = package.descriptor | {"as_of": AS_OF, "demo": {"persons": town.persons, "seed": town.seed}}
        write_text(folder / "datapackage.json", json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n")
    return counts
