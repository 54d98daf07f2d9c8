"""`build.py export KIND`: what can be exported. A kind is one entry in KINDS; its work stands in its own module."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from xianjie.files import write_bytes
from xianjie.package import Package


class ExportError(Exception):
    """Nothing was exported; the text is a Chinese sentence."""


@dataclass(frozen=True)
class Request:
    """What was asked for."""

    package: Package
    dist: Path  # the build, made anew first where a kind reads the database and it is stale
    out: Path
    names: tuple[str, ...] = ()  # of what the kind says; blank: all
    notice: Callable[[str], None] = lambda _sentence: None  # told what the person at the keyboard should know


@dataclass(frozen=True)
class Kind:
    """One thing that can be exported: a file, or a folder of files."""

    title: str  # Chinese
    endings: tuple[str, ...]  # of its file; none: it writes a folder
    named: str  # what NAME names, in Chinese; "" where it takes none
    make: Callable[[Request], dict[str, bytes]]  # name of each file in the folder -> its bytes; of one file: ""


def _coverage(request: Request) -> dict[str, bytes]:
    from xianjie.audits import load_audits
    from xianjie.coverage_book import workbook

    return {"": workbook(request.package, load_audits(request.package))}


def _dictionary(request: Request) -> dict[str, bytes]:
    from xianjie.audits import load_audits
    from xianjie.dictionary import load_dictionary
    from xianjie.dictionary_book import workbook

    return {"": workbook(request.package, load_dictionary(request.package, load_audits(request.package)))}


def _methods(request: Request) -> dict[str, bytes]:
    from xianjie.audits import load_audits
    from xianjie.method_files import files

    audits = load_audits(request.package)
    for name in request.names:
        _known(name, audits, "审计")
    return files(request.package, audits, request.names)


def _reconciliation(request: Request) -> dict[str, bytes]:
    from xianjie.build import open_for_audit
    from xianjie.progress import Progress
    from xianjie.reconciliation import Comparison, Filters
    from xianjie.reconciliation_book import as_csv, workbook

    with Progress() as progress:
        connection = open_for_audit(request.package, request.dist, progress=progress, notice=request.notice)
    try:
        villages = [str(code) for (code,) in connection.execute("select 村代码 from villages order by 村代码")]
        for name in request.names:
            _known(name, villages, "村，要写村代码")
        comparison = Comparison(connection)
        if request.out.suffix.lower() == ".csv":
            return {"": as_csv(comparison, Filters(request.names)).encode("utf-8")}
        return {"": workbook(comparison, request.names)}
    finally:
        connection.close()


KINDS = {
    "coverage": Kind("条款覆盖", (".xlsx",), "", _coverage),
    "dictionary": Kind("数据字典", (".xlsx",), "", _dictionary),
    "reconciliation": Kind("线上线下核对", (".xlsx", ".csv"), "村代码", _reconciliation),
    "methods": Kind("计算机审计方法", (), "审计", _methods),
}


def export(kind: str, request: Request) -> str:
    """Write what was asked for, whole files only; gives a Chinese sentence that says what was written.

    Everything is made before the first file is written, so that a failure leaves what was there. Raises ExportError.
    """
    asked, out = KINDS[kind], request.out
    if request.names and not asked.named:
        raise ExportError(f"{kind}（{asked.title}）总是全部导出，后面不写名称。")
    if asked.endings:
        if out.is_dir():
            raise ExportError(f"{out} 是文件夹；请用 --out 写明文件名，如 {out / (kind + asked.endings[0])}。")
        if out.suffix.lower() not in asked.endings:
            raise ExportError(f"{kind} 的文件名要以 {' 或 '.join(asked.endings)} 结尾，写的是“{out.name}”。")
    elif out.exists() and not out.is_dir():
        raise ExportError(f"{kind} 写出许多文件，--out 要写一个文件夹，{out} 是文件。")
    made = asked.make(request)
    for name, data in made.items():
        write_bytes(out / name if name else out, data)
    return f"已写入 {out}" + ("" if asked.endings else f"，共 {len(made)} 个文件") + "。"


def _known(name: str, known: Iterable[str], what: str) -> None:
    """Raises ExportError with the nearest names where `name` is none of the known."""
    known = list(known)
    if name not in known:
        near = difflib.get_close_matches(name, known, n=3)
        raise ExportError(f"没有名为“{name}”的{what}" + (f"，是不是 {'、'.join(near)}？" if near else "。"))
