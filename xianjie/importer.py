"""`import`: submissions that pass every check go into csv/, all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from xianjie.check import examine
from xianjie.files import beside, csv_text, write_bytes
from xianjie.merge import Counts
from xianjie.package import Package
from xianjie.report import Report


@dataclass
class Entry:
    """What one table did to its ledger."""

    file: str
    sheet: str | None
    ledger: str
    title: str
    relative_path: str
    counts: Counts

    @property
    def line(self) -> str:
        """残疾人证.csv → 残疾人证（csv/base/….csv）：新增 40 行，更新 0 行，相同 0 行。"""
        name = f"{self.file}「{self.sheet}」" if self.sheet else self.file
        counts = f"新增 {self.counts.new} 行，更新 {self.counts.changed} 行，相同 {self.counts.same} 行"
        return f"{name} → {self.title}（{self.relative_path}）：{counts}。"


@dataclass
class ImportResult:
    """The check's report and, where it was passed, what was written."""

    report: Report
    entries: list[Entry] = field(default_factory=list)
    written: list[Path] = field(default_factory=list)  # ledgers that changed

    @property
    def lines(self) -> list[str]:
        """Sentences for the person at the keyboard, one a table."""
        if not self.report.valid:
            return ["没有登记：有一个文件不通过，csv/ 就一点也不改。"]
        return [entry.line for entry in self.entries]


def import_files(package: Package, paths: Sequence[Path], ledger: str | None = None) -> ImportResult:
    """Check the files and, if all are valid, put their rows into the package's CSVs.

    Rows with a known key change in place, new ones are appended in file order, columns that a file does not have
    keep their values; the same files again change nothing. Raises MergeError as check_files does, and OSError
    where a ledger cannot be written: then all ledgers are as they were.
    """
    examination = examine(package, paths, ledger)
    result = ImportResult(examination.report)
    if not examination.report.valid:
        return result
    contents: dict[Path, bytes] = {}
    for merged in examination.merged.values():
        own = [one for one in examination.submissions if one.ledger.name == merged.ledger.name]
        for submission, counts in zip(own, merged.counts, strict=True):
            result.entries.append(
                Entry(
                    submission.file,
                    submission.sheet,
                    merged.ledger.name,
                    merged.ledger.title,
                    merged.ledger.relative_path,
                    counts,
                )
            )
        if merged.is_changed:
            contents[merged.ledger.path] = csv_text(merged.ledger.columns, merged.rows).encode("utf-8")
    write_together(contents)
    result.written = list(contents)
    return result


def write_together(contents: dict[Path, bytes]) -> None:
    """Write several files: all are finished beside their places before the first is renamed.

    If a rename fails (a file open in Excel, on Windows), those already renamed get their old content back.
    """
    before = {path: path.read_bytes() if path.exists() else None for path in contents}
    try:
        with ExitStack() as stack:
            for path, data in contents.items():
                stack.enter_context(beside(path)).write_bytes(data)
    except BaseException:
        for path, data in before.items():
            if data is None:
                path.unlink(missing_ok=True)
            elif path.read_bytes() != data:
                write_bytes(path, data)
        raise
