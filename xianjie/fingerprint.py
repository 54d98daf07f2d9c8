"""Tells whether a build still belongs to its inputs: a digest of every file that can change its result."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from xianjie.package import Package

# Beside the ledgers: what the package says about itself and how it is compiled.
_PATTERNS = ("datapackage.json", "metadata.yml", "schemas/**/*.json", "audits/*/*.sql", "views/*.sql", "public/*.sql")


def fingerprint(package: Package) -> str:
    """64 hex digits over the package's files and the program's own; the same in any folder."""
    total = hashlib.sha256(_program().encode())
    for name, path in _inputs(package):
        content = path.read_bytes() if path.is_file() else b""
        total.update(f"{name}\0{hashlib.sha256(content).hexdigest()}\n".encode())
    return total.hexdigest()


def _inputs(package: Package) -> Iterator[tuple[str, Path]]:
    found = {path.relative_to(package.root).as_posix(): path for p in _PATTERNS for path in package.root.glob(p)}
    found |= {ledger.relative_path: ledger.path for ledger in package.ledgers.values()}
    yield from sorted(found.items())


@cache
def _program() -> str:
    """The program's own digest: of the code that this process runs, whatever is changed on the disk meanwhile."""
    folder = Path(__file__).resolve().parent
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        total.update(
            f"{path.relative_to(folder).as_posix()}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode()
        )
    return total.hexdigest()
