"""What a check found: tasks (one a table) with errors, warnings and repairs, and its five renderings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from xianjie.notes import ERROR, REPAIR, WARNING, Note, place

FORMATS = ("text", "json", "github", "html", "xlsx")
SHOWN = 20  # notes of one kind and table that the text shows; the other formats have them all
HEADINGS = {ERROR: "错误", WARNING: "警告", REPAIR: "已自动规整"}


@dataclass
class Task:
    """One table that was looked at: a ledger of the package, a CSV or a sheet as sent, or a file nobody could read."""

    name: str  # the ledger's name; "" where it could not be told
    title: str
    path: Path
    file: str  # as sentences name it
    sheet: str | None = None
    rows: int = 0
    labels: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    lines: list[int] | None = None  # of a CSV: physical line (1-based) of each record
    unreadable: bool = False

    def __post_init__(self) -> None:
        # What concerns the table comes first, then row by row as one goes through the file.
        self.notes.sort(key=lambda note: (note.row or 0, note.field_number or 0))

    def _of(self, severity: str) -> list[Note]:
        return [note for note in self.notes if note.severity == severity]

    @property
    def errors(self) -> list[Note]:
        return self._of(ERROR)

    @property
    def warnings(self) -> list[Note]:
        return self._of(WARNING)

    @property
    def repairs(self) -> list[Note]:
        return self._of(REPAIR)

    def line_of(self, row: int | None) -> int:
        """The physical line on which a row stands; it differs from the row where cells have line breaks."""
        if row is None:
            return 1
        return self.lines[row - 1] if self.lines and row <= len(self.lines) else row


@dataclass
class Report:
    """The result of a check."""

    tasks: list[Task]
    submitted: bool  # files sent in by a clerk, or the package itself

    def _all(self, severity: str) -> list[Note]:
        return [note for task in self.tasks for note in task.notes if note.severity == severity]

    @property
    def errors(self) -> list[Note]:
        return self._all(ERROR)

    @property
    def warnings(self) -> list[Note]:
        return self._all(WARNING)

    @property
    def repairs(self) -> list[Note]:
        return self._all(REPAIR)

    @property
    def valid(self) -> bool:
        return not self.errors

    @property
    def exit_code(self) -> int:
        """0 valid, warnings allowed; 1 invalid; 2 where a file could not be read."""
        if any(task.unreadable for task in self.tasks):
            return 2
        return 0 if self.valid else 1

    @property
    def stats(self) -> dict[str, int]:
        """How many tables, rows, errors, warnings and repaired cells there are."""
        return {
            "tasks": len(self.tasks),
            "rows": sum(task.rows for task in self.tasks),
            "errors": len(self.errors),
            "warnings": len(self.warnings),
            "repairs": sum(note.count for note in self.repairs),
        }

    @property
    def verdict(self) -> str:
        """The last line: whether it passed, and the figures."""
        stats = self.stats
        tables = f"{stats['tasks']} 张表" if self.submitted else f"{stats['tasks']} 个台账"
        figures = f"{tables}、{stats['rows']} 行，{stats['errors']} 个错误，{stats['warnings']} 个警告"
        if self.valid:
            return f"通过：{figures}。"
        return f"不通过：{figures}。" + ("请照上面逐条改正后重新提交。" if self.submitted else "请照上面逐条改正。")


def render(report: Report, format: str) -> str | bytes:
    """The report as text, json, github, html (str) or xlsx (bytes). Raises ValueError for any other format.

    Whoever corrects a table needs the values, so all of them show them, but github: that ends in a log.
    """
    from xianjie import report_formats

    renderers = {
        "text": text,
        "json": report_formats.json_report,
        "github": report_formats.github,
        "html": report_formats.html_page,
        "xlsx": report_formats.workbook,
    }
    if format not in renderers:
        raise ValueError(f"unknown format {format!r}")
    return renderers[format](report)


def headline(task: Task) -> str:
    """A table with its ledger and figures: 残疾人证-云周村.csv（残疾人证，40 行）：2 个错误，1 个警告。"""
    name = f"{task.file}「{task.sheet}」" if task.sheet else task.file
    about = f"（{task.title}，{task.rows} 行）" if task.title else ""
    figures = [f"{len(task.errors)} 个错误", f"{len(task.warnings)} 个警告"]
    if task.repairs:
        figures.append(f"自动规整 {sum(note.count for note in task.repairs)} 处")
    return f"{name}{about}：{'，'.join(figures)}"


def discreet(note: Note) -> str:
    """The sentence for places where others read along, like the output of a build: the cell, but nothing in it.

    Of numbers in other sentences (of persons and cards: 15 digits and more, of phones: 11) only the beginning is left,
    but all of a village code (12).
    """
    from xianjie.sentences import title_of

    if note.sensitive:
        where = place(note.file, note.sheet, note.row, note.field_number, note.field_name or "")
        return f"{where}{title_of(note)}，内容涉及个人，不在这里显示，用 python build.py check 查看。"
    return re.sub(r"(?<![0-9])([0-9]{6})(?:[0-9]{8,}[0-9Xx]|[0-9]{5})(?![0-9])", r"\1……", note.message)


def text(report: Report, sentence: Callable[[Note], str] = lambda note: note.message) -> str:
    """The report for a terminal: by table, up to SHOWN notes of a kind, then how many more there are."""
    lines: list[str] = []
    for task in report.tasks:
        if not task.notes and not report.submitted:
            continue
        lines.append(headline(task))
        for severity, notes in ((ERROR, task.errors), (WARNING, task.warnings), (REPAIR, task.repairs)):
            if notes:
                lines.append(f"  {HEADINGS[severity]}")
                lines.extend(f"    {line}" for line in _limited(notes, sentence))
        lines.append("")
    lines.append(report.verdict)
    return "\n".join(lines) + "\n"


def _limited(notes: Iterable[Note], sentence: Callable[[Note], str]) -> Iterator[str]:
    """Sentences in the file's order, without those that exceed SHOWN of their kind; then the count of the rest."""
    from xianjie.sentences import title_of

    seen: Counter[str] = Counter()
    titles: dict[str, str] = {}
    for note in notes:
        seen[note.type] += 1
        titles[note.type] = title_of(note)
        if seen[note.type] <= SHOWN:
            yield sentence(note)
    for kind, count in seen.items():
        if count > SHOWN:
            yield f"……另有 {count - SHOWN} 条同类（{titles[kind]}）没有列出，全部见 --format xlsx 或 html。"
