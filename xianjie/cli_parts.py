"""What the commands of the command line share: where things are, the options that several have, how results leave."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from xianjie.package import Package, load_package

PATH = click.Path(path_type=Path)


def say(text: str) -> None:
    """A message for the person at the keyboard: stderr, so that machine formats have stdout to themselves."""
    click.echo(text, err=True)


def with_locations(command: Callable[..., Any]) -> Callable[..., Any]:
    """--package and --dist are global, and understood after the command as well."""
    for option in (
        click.option("--dist", "own_dist", type=PATH, hidden=True),
        click.option("--package", "own_package", type=PATH, hidden=True),
    ):
        command = option(command)
    return command


class Locations:
    """Where the package and its build are; the package is read only when a command needs it."""

    def __init__(self, package: Path, dist: Path) -> None:
        self.package_path = package
        self.dist = dist

    def resolve(self, own_package: Path | None, own_dist: Path | None) -> tuple[Package, Path]:
        return load_package(own_package or self.package_path), (own_dist or self.dist).resolve()


def printed(content: str | bytes, out: Path | None) -> None:
    """Send a result to `out` (written beside, renamed) or to stdout."""
    data = content if isinstance(content, bytes) else content.encode("utf-8")
    if out is None:
        whole = not data or data.endswith(b"\n") or isinstance(content, bytes)
        sys.stdout.buffer.write(data if whole else data + b"\n")
        sys.stdout.buffer.flush()
        return
    from xianjie.files import write_bytes

    write_bytes(out, data)
    say(f"已写入 {out}")


def _day(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    from xianjie.run import is_day

    if value is not None and not is_day(value):
        raise click.BadParameter(f"“{value}”不是日期，请写成 2024-12-15 这样")
    return value


AS_OF = click.option(
    "--as-of", callback=_day, metavar="YYYY-MM-DD", help="截止日期，默认用 datapackage.json 的 as_of。"
)
