"""The whole build: validate, compile, audit, publish; and what of an earlier build can still be used."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from xianjie.audits import load_audits
from xianjie.check import check_package
from xianjie.compile import ProgressCall, compile_internal, load, new_database, no_progress
from xianjie.dictionary import as_json, internal_words, load_dictionary, public_words
from xianjie.dictionary_book import workbook
from xianjie.files import reason, write_bytes, write_text
from xianjie.fingerprint import fingerprint
from xianjie.metadata import MetadataError, dumped, internal_metadata, public_metadata
from xianjie.outcome import write_findings
from xianjie.package import Package
from xianjie.public import PublicError, compile_public
from xianjie.report import Report
from xianjie.run import FAILED, STATUSES, Result, run_audits
from xianjie.staging import StagingError, staged

INTERNAL, PUBLIC = "internal.db", "public.db"
INTERNAL_WORDS, PUBLIC_WORDS = "internal-metadata.yml", "public-metadata.yml"
INTERNAL_DICTIONARY, PUBLIC_DICTIONARY = "internal-dictionary.json", "public-dictionary.json"  # for the sites
DICTIONARY = "dictionary.xlsx"  # for people
RECORD = "build.json"  # what the build was made from
OUTPUTS = (
    *(INTERNAL, PUBLIC, INTERNAL_WORDS, PUBLIC_WORDS),
    *(INTERNAL_DICTIONARY, PUBLIC_DICTIONARY, DICTIONARY, RECORD),
)


class BuildError(Exception):
    """The build cannot be written; the text is a Chinese sentence."""


@dataclass(frozen=True)
class BuildResult:
    """What a build came to; `dist` was written only if it is `valid`."""

    dist: Path
    report: Report  # of the validation
    results: list[Result] = field(default_factory=list)  # of the audits
    public_tables: list[str] = field(default_factory=list)

    @property
    def valid(self) -> bool:
        """Whether the ledgers passed the validation."""
        return self.report.exit_code == 0

    @property
    def failed_audits(self) -> list[str]:
        """Names of the audits that 出错."""
        return [result.name for result in self.results if result.status == FAILED]

    @property
    def summary(self) -> str:
        """What was written and found, in a few Chinese lines."""
        tasks = self.report.tasks
        lines = [f"已编译 {len(tasks)} 本台账、{sum(task.rows for task in tasks):,} 行，写入 {self.dist}。"]
        count = Counter(result.status for result in self.results)
        findings = sum(len(result.findings) for result in self.results)
        parts = [f"{status} {count[status]} 项" for status in STATUSES if count[status]]
        if parts:
            lines.append(f"审计 {len(self.results)} 项：{'，'.join(parts)}；共 {findings:,} 条疑点。")
        lines += [
            f"  {result.name}（{result.audit.title}）{result.status}：{result.message}"
            for result in self.results
            if result.status not in ("有疑点", "无疑点")
        ]
        if self.report.warnings:
            lines.append(f"校验有 {len(self.report.warnings):,} 处疑问，用 python build.py check 查看。")
        return "\n".join(lines)


def build(package: Package, dist: Path, as_of: str | None = None, progress: ProgressCall = no_progress) -> BuildResult:
    """Validate the package, compile both databases, run every audit, and put the result into `dist`.

    `as_of` (YYYY-MM-DD) takes the place of the package's own 截止日期. All files are made aside and renamed
    together at the end: an invalid package, a failure or a kill leaves the earlier build as it was. Two builds of
    the same input give the same bytes. Raises exceptions with a Chinese sentence: AuditError, CompileError,
    PublicError, MetadataError, BuildError.
    """
    package = replace(package, as_of=as_of or package.as_of)
    record = _record(package)
    audits = load_audits(package)
    progress("校验台账", 0, 1)
    report = check_package(package, package.as_of)
    progress("校验台账", 1, 1)
    if report.exit_code:
        return BuildResult(dist, report)
    try:
        with staged(dist, OUTPUTS) as stage:
            compile_internal(package, stage / INTERNAL, progress=progress)
            results = _audit(package, stage / INTERNAL, list(audits.values()), progress)
            columns = compile_public(package, stage / INTERNAL, stage / PUBLIC, progress)
            write_text(stage / INTERNAL_WORDS, dumped(internal_metadata(package, audits)))
            write_text(stage / PUBLIC_WORDS, dumped(public_metadata(package, columns)))
            progress("编写数据字典", 0, 1)
            pages = load_dictionary(package, audits)
            write_text(stage / INTERNAL_DICTIONARY, as_json(internal_words(pages)))
            write_text(stage / PUBLIC_DICTIONARY, as_json(public_words(pages, package, columns)))
            write_bytes(stage / DICTIONARY, workbook(package, pages))
            progress("编写数据字典", 1, 1)
            write_text(stage / RECORD, json.dumps(record, ensure_ascii=False, indent=2) + "\n")
    except StagingError as error:
        raise BuildError(str(error)) from None
    except sqlite3.OperationalError as error:  # a full or failing disk
        raise BuildError(f"写数据库失败：{error}。原来的文件没有改动。") from None
    return BuildResult(dist, report, results, sorted(columns))


def _record(package: Package) -> dict[str, str]:
    return {"fingerprint": fingerprint(package), "as_of": package.as_of}


def _audit(package: Package, path: Path, audits: list, progress: ProgressCall) -> list[Result]:
    connection = new_database(path)
    try:
        connection.execute("BEGIN")
        progress("运行审计", done := 0, len(audits))

        def step() -> None:
            nonlocal done
            done += 1
            progress("运行审计", done, len(audits))

        results = run_audits(connection, audits, package.as_of, step=step)
        write_findings(connection, results, package.as_of)
        connection.execute("COMMIT")
        return results
    finally:
        connection.close()


def is_stale(package: Package, dist: Path) -> bool:
    """Whether `dist` lacks a file, or was built from other ledgers, schemas, audits or another program."""
    if not all((dist / name).is_file() for name in OUTPUTS):
        return True
    try:
        record = json.loads((dist / RECORD).read_text(encoding="utf-8"))
    except ValueError:
        return True
    return not isinstance(record, dict) or record.get("fingerprint") != fingerprint(package)


def open_for_audit(
    package: Package,
    dist: Path,
    progress: ProgressCall = no_progress,
    notice: Callable[[str], None] | None = None,
) -> sqlite3.Connection:
    """A read-only connection to the package's compiled ledgers, building `dist` first where it is stale.

    Where that cannot be (the package is invalid, or `dist` cannot be written) the ledgers are compiled into a
    temporary database, as far as they load, and `dist` stays as it was; `notice` is told why in a Chinese sentence.
    Raises CompileError for ledgers that do not even load.
    """
    if is_stale(package, dist):
        reason = _why_not_built(package, dist, progress)
        if reason:
            if notice is not None:
                notice(reason)
            return _temporary(package, progress)
    connection = sqlite3.connect(f"{(dist / INTERNAL).resolve().as_uri()}?mode=ro", uri=True)
    connection.execute("PRAGMA query_only = ON")
    return connection


def _why_not_built(package: Package, dist: Path, progress: ProgressCall) -> str:
    """Build; the reason as a sentence if there is nothing built, else an empty string."""
    try:
        result = build(package, dist, progress=progress)
    except (BuildError, MetadataError, PublicError) as error:
        return f"{error}审计在临时的数据库上进行。"
    except OSError as error:
        return f"不能写入 {dist}（{reason(error)}），审计在临时的数据库上进行。"
    if not result.valid:
        return (
            f"台账有 {len(result.report.errors):,} 处错误（用 python build.py check 查看），"
            "审计在临时的数据库上进行，结果可能不全。"
        )
    return ""


def _temporary(package: Package, progress: ProgressCall) -> sqlite3.Connection:
    connection = new_database("")
    try:
        load(connection, package, keys=False, progress=progress)
    except BaseException:
        connection.close()
        raise
    connection.execute("PRAGMA query_only = ON")
    return connection
