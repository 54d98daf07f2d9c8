"""The door of intake: a file -> its submissions."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from xianjie.intake import say, table
from xianjie.intake.choose import Choice, choose
from xianjie.intake.grid import Grid
from xianjie.intake.headings import outlines
from xianjie.intake.read import read_grids
from xianjie.intake.references import load_references
from xianjie.intake.submission import IntakeError, Submission
from xianjie.notes import WARNING
from xianjie.package import Ledger, Package


def read_submissions(package: Package, path: Path, ledger_name: str | None = None) -> list[Submission]:
    """Read a CSV, XLSX or XLS file: one Submission for each table in it that is a ledger.

    Sheets without a heading (填表说明, code lists) are left out and named in a warning of the first submission.
    Raises IntakeError with a Chinese sentence where the file cannot be read or its ledger cannot be told.
    """
    path = Path(path)
    only = _ledger(package, ledger_name)
    grids = [grid for grid in read_grids(path) if any(cell != "" for row in grid.rows for cell in row)]
    if not grids:
        raise IntakeError(f"{path.name} 里没有内容。请检查是不是交错了文件。")
    references = load_references(package)
    used: Counter[str] = Counter()
    submissions: list[Submission] = []
    left: list[Grid] = []
    for grid in grids:
        choice = _choice(package, path.name, grid, only)
        if choice:
            submissions.append(table.build(package, path.name, grid, choice, references, used))
        else:
            left.append(grid)
    if not submissions:
        raise IntakeError(_no_heading(path.name, grids, only))
    for grid in left:
        # Said on the sheet itself, so that nobody takes its silence for having been read.
        text = f"工作表「{grid.sheet}」里没有找到台账的表头，没有读入（是说明或代码表的可以不管）"
        say.table_note(submissions[0], WARNING, "sheet-not-read", text)
    return submissions


def _ledger(package: Package, name: str | None) -> Ledger | None:
    if name is None:
        return None
    found = package.ledgers.get(name) or next((one for one in package.ledgers.values() if one.title == name), None)
    if found is None:
        known = "、".join(f"{one.name}（{one.title}）" for one in package.ledgers.values())
        raise IntakeError(f"没有叫“{name}”的台账。可用的有：{known}。")
    return found


def _titles(grid: Grid) -> list[str]:
    """Lines of one cell at the top: a heading has several, and data stands under a heading."""
    lines = ([str(cell) for cell in row if cell != ""] for row in grid.rows[:5])
    return [line[0] for line in lines if len(line) == 1]


def _choice(package: Package, file: str, grid: Grid, only: Ledger | None) -> Choice | None:
    """The ledger and heading of a grid; None where it has no heading. Raises IntakeError where it is not clear."""
    names = [file.rsplit(".", 1)[0], grid.sheet or "", *_titles(grid)]
    choices = choose(package, outlines(grid), names, only)
    if len(choices) > 1:
        listed = "、".join(f"{one.ledger.name}（{one.ledger.title}）" for one in choices)
        sheet = f"「{grid.sheet}」" if grid.sheet else ""
        raise IntakeError(
            f"{file}{sheet} 看不出是哪个台账，可能是：{listed}。"
            f"请用 --ledger 指明，如 --ledger {choices[0].ledger.name}，或者把台账名称写进文件名。"
        )
    return choices[0] if choices else None


def _no_heading(file: str, grids: list[Grid], only: Ledger | None) -> str:
    if only:
        columns = "、".join(only.columns[:6])
        return f"{file} 里找不到「{only.title}」的表头。表头应有：{columns} 等列。请检查表头，或者是不是交错了文件。"
    return (
        f"{file} 里找不到任何台账的表头。请检查表头有没有写、是不是交错了文件；"
        "表头和模板不同的，请用 --ledger 指明是哪个台账。"
    )
