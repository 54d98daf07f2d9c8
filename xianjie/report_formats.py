"""Renderings of a report for machines, for GitHub, for a browser and for Excel."""

from __future__ import annotations

import html
import io
import json
from pathlib import Path
from typing import Any

from xianjie.books import new_book
from xianjie.notes import ERROR, REPAIR, WARNING, Note
from xianjie.report import HEADINGS, Report, Task, discreet, headline
from xianjie.sentences import title_of

COLUMNS = [  # heading, width
    ("级别", 10),
    ("文件", 28),
    ("工作表", 14),
    ("单元格", 8),
    ("行", 6),
    ("列名", 16),
    ("填的是", 24),
    ("种类", 14),
    ("问题", 70),
    ("怎么改", 44),
]
STYLE = """
body{font:16px/1.6 "Microsoft YaHei","PingFang SC","Noto Sans CJK SC",sans-serif;margin:2em auto;max-width:72em;
padding:0 1em;color:#222}
h1{font-size:1.4em}h2{font-size:1.1em;margin:2em 0 .5em}
table{border-collapse:collapse;width:100%}
th,td{border:1px solid #ccc;padding:.3em .6em;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{background:#f3f3f3;white-space:nowrap}td.at{white-space:nowrap}
.error td.kind{color:#b00020}.warning td.kind{color:#8a5a00}.repair td.kind{color:#555}
.verdict{padding:.6em 1em;border-left:.4em solid #b00020;background:#fbf1f2}
.verdict.valid{border-color:#1b7a3d;background:#f0f8f2}
@media print{body{margin:0;max-width:none}tr{break-inside:avoid}}
"""


def json_report(report: Report) -> str:
    """A Frictionless report: each error has sheet, address and remedy too, warnings and repairs stand beside."""
    tasks = [_task(task) for task in report.tasks]
    whole = {
        "valid": report.valid,
        "stats": report.stats,
        "warnings": [],
        "errors": [],
        "tasks": tasks,
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _task(task: Task) -> dict[str, Any]:
    return {
        "name": task.name or "unknown",
        "type": "table",
        "title": task.title,
        "valid": not task.errors,
        "place": task.path.as_posix(),
        "sheet": task.sheet,
        "labels": task.labels,
        "stats": {
            "errors": len(task.errors),
            "warnings": len(task.warnings),
            "repairs": sum(note.count for note in task.repairs),
            "fields": len(task.labels),
            "rows": task.rows,
        },
        "errors": [_note(note) for note in task.errors],
        "warnings": [_note(note) for note in task.warnings],
        "repairs": [_note(note) for note in task.repairs],
    }


def _note(note: Note) -> dict[str, Any]:
    return {
        "type": note.type,
        "title": title_of(note),
        "description": title_of(note),
        "message": note.message,
        "note": note.remedy,
        "tags": _tags(note),
        "rowNumber": note.row,
        "fieldNumber": note.field_number,
        "fieldName": note.field_name,
        "cell": note.cell,
        "sheet": note.sheet,
        "address": note.address,
        "remedy": note.remedy,
        "count": note.count,
    }


def _tags(note: Note) -> list[str]:
    """What Frictionless calls the part of a table that an error is about."""
    if note.type.endswith(("-label", "-header")):
        return ["#table", "#header", "#label"]
    if note.row is None:
        return []
    return ["#table", "#row", "#cell"] if note.field_number else ["#table", "#row"]


def github(report: Report) -> str:
    """Workflow commands that GitHub shows beside the lines, errors first (it shows only some), and nothing else."""
    lines = []
    for severity in (ERROR, WARNING):
        for task in report.tasks:
            for note in task.notes:
                if note.severity == severity:
                    lines.append(_annotation(task, note) + "\n")
    return "".join(lines)


def _annotation(task: Task, note: Note) -> str:
    properties = {"file": _from_here(task.path), "line": str(task.line_of(note.row))}
    if note.field_number:
        properties["col"] = str(note.field_number)
    properties["title"] = title_of(note)
    command = "error" if note.severity == ERROR else "warning"
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{command} {listed}::{_data(discreet(note))}"


def _from_here(path: Path) -> str:
    """The path from the working folder, which is the repository's root in a workflow."""
    try:
        return path.resolve().relative_to(Path.cwd().resolve()).as_posix()
    except ValueError:
        return path.as_posix()


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


def html_page(report: Report) -> str:
    """One page without anything from outside: the verdict, then a table of notes for each table."""
    state = "verdict valid" if report.valid else "verdict"
    parts = [f'<h1>台账校验报告</h1>\n<p class="{state}">{html.escape(report.verdict)}</p>']
    for task in report.tasks:
        if task.notes or report.submitted:
            parts.append(f"<h2>{html.escape(headline(task))}</h2>")
        if task.notes:
            rows = "\n".join(_html_row(note) for notes in (task.errors, task.warnings, task.repairs) for note in notes)
            head = "<tr><th>级别</th><th>单元格</th><th>问题</th></tr>"
            parts.append(f"<table>\n<thead>{head}</thead>\n<tbody>\n{rows}\n</tbody>\n</table>")
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>台账校验报告</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        + "\n".join(parts)
        + "\n</body>\n</html>\n"
    )


def _html_row(note: Note) -> str:
    at = note.address or (f"第{note.row}行" if note.row else "")
    return (
        f'<tr class="{note.severity}"><td class="kind">{HEADINGS[note.severity]}</td>'
        f'<td class="at">{html.escape(at)}</td><td>{html.escape(note.message)}</td></tr>'
    )


def workbook(report: Report) -> bytes:
    """An Excel workbook with one row a note, to be worked off; values stay text."""
    buffer = io.BytesIO()
    with new_book(buffer, title="台账校验报告") as book:
        sheet = book.add_worksheet("校验结果")
        bold = book.add_format({"bold": True, "bg_color": "#F3F3F3", "border": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for column, (heading, width) in enumerate(COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, heading, bold)
        line = 0
        for severity in (ERROR, WARNING, REPAIR):
            for task in report.tasks:
                for note in task.notes:
                    if note.severity == severity:
                        line += 1
                        for column, value in enumerate(_cells(note)):
                            sheet.write(line, column, value, wrapped)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(line, 1), len(COLUMNS) - 1)
        sheet.write_string(line + 2, 0, report.verdict)
    return buffer.getvalue()


def _cells(note: Note) -> list[str | int | None]:
    return [
        HEADINGS[note.severity],
        note.file,
        note.sheet,
        note.address,
        note.row,
        note.field_name,
        note.cell,
        title_of(note),
        note.message,
        note.remedy,
    ]
