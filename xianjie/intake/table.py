"""One grid with its heading -> a Submission: columns, rows, normalised values and notes."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

from xianjie.identifiers import doubts_of
from xianjie.intake import dates, fill, say
from xianjie.intake.cells import Context, Normal, fits, is_person_name, is_scientific, normaliser
from xianjie.intake.choose import Choice
from xianjie.intake.clean import clean, half_width, is_missing, plain
from xianjie.intake.grid import Grid, Number, Raw
from xianjie.intake.headings import factor_in, spelled
from xianjie.intake.labels import Labels, read_labels
from xianjie.intake.references import References
from xianjie.intake.rows import FOOTER, Rows, sort_rows
from xianjie.intake.submission import Submission, SubmittedColumn, SubmittedRow
from xianjie.notes import ERROR, REPAIR, WARNING, cell_address
from xianjie.package import Field, Package

_SERIAL = {"序号", "序", "序列", "行号", "项次", "no", "no.", "NO", "NO.", "No", "No."}


def build(
    package: Package, file: str, grid: Grid, choice: Choice, references: References, used: Counter[str]
) -> Submission:
    """Normalise one table. `used` counts the 编号 made so far in the same file."""
    heading = choice.heading
    submission = Submission(file, grid.sheet, choice.ledger, grid.encoding, (heading.first, heading.last))
    serial = {column for column, parts in heading.parts.items() if parts and spelled(parts[-1]) in _SERIAL}
    rows = sort_rows(grid, heading, serial)
    submission.skipped = rows.skipped
    _columns(submission, grid, choice, rows, serial)
    if _damaged(submission, grid, rows):
        submission.refused = True
        return submission
    labels = read_labels(package, grid, heading.first, rows.skipped.get(FOOTER, ()))
    texts = [(title, "标题") for title in labels.titles]
    texts = [(grid.sheet or "", "工作表名"), *texts, (file.rsplit(".", 1)[0], "文件名")]
    contexts = _contexts(submission, grid, choice, references, labels, texts)
    _values(submission, grid, rows, contexts)
    _overflow(submission, grid, choice, rows)
    fill.fill(submission, references, labels, texts)
    derived = fill.derive(submission)
    fill.number(submission, used)
    _say_missing(submission, derived)
    _say_rows(submission, grid, rows)
    _doubts(submission, package.as_of)
    return submission


def _columns(submission: Submission, grid: Grid, choice: Choice, rows: Rows, serial: set[int]) -> None:
    """Columns, with an error for two on one field and a warning for each that the ledger does not know."""
    taken: dict[str, int] = {}
    for number, parts in choice.heading.parts.items():
        heading = "/".join(parts)
        if grid.sheet is None and number > _heading_width(choice):
            break  # in a CSV these are rows with too many cells, not columns
        found = choice.heading.matches.get(number)
        has_data = any(grid.at(row, number) != "" for row in rows.data)
        if found and found.field.name in taken:
            first = cell_address(choice.heading.last, taken[found.field.name])
            text = f"和 {first} 都是「{found.field.name}」，同一项内容只能有一列"
            remedy = "请删去或改名其中一列"
            name = found.field.name
            say.heading_note(
                submission, ERROR, "duplicate-label", text, remedy, column=(number, heading), field_name=name
            )
            found = None
        elif found:
            taken[found.field.name] = number
        elif number in serial:
            text = "是序号，不登记"
            say.heading_note(submission, WARNING, "extra-label", text, column=(number, heading))
        elif parts or has_data:
            known = f"不是「{submission.ledger.title}」的项目，这一列没有登记" if parts else "这一列没有表头，没有登记"
            remedy = "要登记的请照模板改表头，不要的可以不管"
            say.heading_note(submission, WARNING, "extra-label", known, remedy, column=(number, heading))
        if parts or has_data:
            submission.columns.append(SubmittedColumn(found.field if found else None, heading, number))


def _heading_width(choice: Choice) -> int:
    return max((number for number, parts in choice.heading.parts.items() if parts), default=0)


def _overflow(submission: Submission, grid: Grid, choice: Choice, rows: Rows) -> None:
    """Rows of a CSV with more cells than the heading (blank ones: than the other rows).

    A comma inside a value has moved all that follow.
    """
    if grid.sheet is not None:
        return
    width = _heading_width(choice)
    lengths = Counter(len(grid.rows[row - 1]) for row in (choice.heading.last, *rows.data))
    usual = max(width, lengths.most_common(1)[0][0])
    for row in rows.data:
        cells = grid.rows[row - 1]
        beyond = [str(cell) for cell in cells[width:] if clean(str(cell))[0]]
        # Where the last cells of a row are blank, it is a blank one that is pushed out.
        if not beyond and len(cells) <= usual:
            continue
        surplus = f"比表头多出{len(beyond)}格" if beyond else f"比别的行多出{len(cells) - usual}格（是空的）"
        text = f"{surplus}，多半是内容里有逗号，把后面的格子挤到了右边"
        remedy = "请给含逗号的内容加上双引号，或去掉逗号" + ("" if beyond else "；没有挤动的请删去行末多余的逗号")
        say.row_error(submission, row, width + 1, "extra-cell", (*beyond, "")[0], text, remedy)
        submission.reported.update((row, name) for name in submission.ledger.columns)


def _damaged(submission: Submission, grid: Grid, rows: Rows) -> bool:
    """Whether Excel has destroyed a column of ID numbers: over 1 %, and at least 3, in 000 or too long a number."""
    for column in submission.columns:
        if not column.field or column.field.check != "id_number":
            continue
        total = bad = 0
        for row in rows.data:
            raw = grid.at(row, column.number)
            text = half_width(clean(str(raw))[0])
            if not text or is_missing(text):
                continue
            total += 1
            lossy = isinstance(raw, Number) and raw.lossy
            bad += lossy or is_scientific(text) or bool(re.fullmatch("[0-9]{15}000", text))
        if bad >= 3 and bad * 100 > total:
            text = (
                f"{total}个号码里有{bad}个已被 Excel 改坏（变成了科学计数法，或者末三位变成000），"
                "原来的数字已经丢失，无法恢复，整个文件不能接收"
            )
            remedy = (
                "请从原来的系统重新导出：先把这一列设为“文本”格式，再填写或粘贴身份证号；"
                "导出的 CSV 不要用 Excel 打开后再保存"
            )
            submission.notes.clear()
            say.heading_note(
                submission,
                ERROR,
                "damaged-ids",
                text,
                remedy,
                column=(column.number, column.heading),
                field_name=column.field.name,
                count=bad,
            )
            return True
    return False


def _year(labels: Labels, texts: list[tuple[str, str]]) -> str | None:
    """The year that the ledger is about, where its surroundings name just one."""
    stated = {year for label, (value, _) in labels.values.items() if "年度" in label for year in dates.years_in(value)}
    years = stated or {year for text, _ in texts for year in dates.years_in(text)}
    return years.pop() if len(years) == 1 else None


def _contexts(
    submission: Submission,
    grid: Grid,
    choice: Choice,
    references: References,
    labels: Labels,
    texts: list[tuple[str, str]],
) -> dict[str, Context]:
    """What holds for each field's column."""
    year = _year(labels, texts)
    contexts: dict[str, Context] = {}
    for column in submission.columns:
        if column.field:
            stated = factor_in(choice.heading.parts[column.number])
            names = references.of(submission.ledger, column.field)
            factor = (labels.factor if stated is None else stated) if column.field.unit == "元" else Decimal(1)
            contexts[column.field.name] = Context(factor, year, grid.date1904, names if names and names.keys else None)
    return contexts


def _merged(submission: Submission, grid: Grid, rows: Rows, repairs: say.Repairs) -> dict[tuple[int, int], Raw]:
    """Cells that a range merged over several rows speaks for. An amount merged so may be a total: an error."""
    fields = {column.number: column.field for column in submission.columns if column.field}
    data = set(rows.data)
    spread: dict[tuple[int, int], Raw] = {}
    for top, bottom, column, _ in grid.merged:
        item, raw = fields.get(column), grid.at(top, column)
        below = [row for row in range(top + 1, bottom + 1) if row in data]
        if top <= submission.heading_rows[1] or item is None or raw == "" or not below:
            continue
        if item.unit == "元":
            cause = f"合并了{bottom - top + 1}行，分不清是每行各有这么多，还是合起来这么多"
            say.cell_error(submission, top, item.name, str(raw), ("merged-cell", cause, "请取消合并，每行写各自的金额"))
            submission.reported.update((row, item.name) for row in below)
            continue
        for row in below:
            spread[row, column] = raw
            repairs.add(item.name, "merged", row, "", str(raw))
    return spread


def _values(submission: Submission, grid: Grid, rows: Rows, contexts: dict[str, Context]) -> None:
    """Fill submission.rows; errors of Excel become notes, repairs are gathered."""
    repairs = say.Repairs()
    spread = _merged(submission, grid, rows, repairs)
    columns = [
        (column.number, column.field.name, normaliser(submission.ledger, column.field, contexts[column.field.name]))
        for column in submission.columns
        if column.field
    ]
    empty = dict.fromkeys(submission.ledger.columns, "")
    nothing = Normal("")
    for number in rows.data:
        values, originals = dict(empty), {}
        cells = grid.rows[number - 1]
        width = len(cells)
        for column, name, normalise in columns:
            raw = cells[column - 1] if column <= width else ""
            if spread and raw == "":
                raw = spread.get((number, column), "")
            if raw == "":
                originals[name] = ""
                continue
            found = normalise(raw)
            written = str(raw)
            originals[name] = written
            values[name] = found.value
            if found is nothing:
                continue
            for kind in found.kinds:
                repairs.add(name, kind, number, written, found.value)
            if found.error:
                say.cell_error(submission, number, name, written, found.error)
        submission.rows.append(SubmittedRow(number, values, originals))
    details = {
        f"{name}/unit": f"（表上的单位是{_unit(context.factor)}，每个数乘以{plain(context.factor)}）"
        for name, context in contexts.items()
        if context.factor != 1
    }
    repairs.say(submission, details)


def _unit(factor: Decimal) -> str:
    return {100: "百元", 1000: "千元", 10000: "万元", 100000000: "亿元"}[int(factor)]


def _say_missing(submission: Submission, derived: set[str]) -> None:
    """Columns that are not there and that nothing filled."""
    ledger = submission.ledger
    done = {column.field.name for column in submission.columns if column.field}
    done |= set(submission.filled) | derived | submission.missing
    if ledger.numbering:
        done.add(ledger.numbering.field)
    for item in ledger.fields:
        if item.name in done:
            continue
        if item.required:
            names = "、".join((item.name, *item.aliases[:3]))
            remedy = f"请加上这一列；已经有的，表头请写成：{names} 之一"
            text = f"没有「{item.name}」这一列，它是必填的"
            say.heading_note(submission, ERROR, "missing-label", text, remedy, field_name=item.name)
            submission.missing.add(item.name)
        else:
            text = f"没有「{item.name}」这一列，新登记的行这一项空着，已登记的行保留原来的内容"
            say.heading_note(submission, WARNING, "missing-label", text, field_name=item.name)


def _say_rows(submission: Submission, grid: Grid, rows: Rows) -> None:
    for kind, numbers in rows.skipped.items():
        text = f"{say.row_list(numbers)}是{kind}，没有读入（共{len(numbers)}行）"
        say.table_note(submission, REPAIR, "skipped-rows", text, numbers)
    if not submission.rows:
        say.table_note(submission, WARNING, "no-data", "只有表头，没有数据")
    if grid.hidden:
        say.table_note(submission, WARNING, "hidden-sheet", "这张工作表是隐藏的，其中的数据也读入了，请核对是否需要")
    hidden = [row for row in rows.data if row in grid.hidden_rows]
    if hidden:
        text = f"{say.row_list(hidden)}是隐藏的，也读入了，请核对是否需要"
        say.table_note(submission, WARNING, "hidden-rows", text, hidden)
    for column in submission.columns:
        if column.field and column.number in grid.hidden_columns:
            say.heading_note(
                submission,
                WARNING,
                "hidden-column",
                "是隐藏的列，也读入了",
                "请核对是否需要",
                column=(column.number, column.heading),
                field_name=column.field.name,
            )


def _doubts(submission: Submission, as_of: str) -> None:
    """Warnings on identifiers, and on names in which a rare character was lost."""
    judged: list[Field] = [item for item in submission.ledger.fields if item.check or is_person_name(item)]
    for row in submission.rows:
        for item in judged:
            value = row.values[item.name]
            if not value or (row.number, item.name) in submission.reported:
                continue
            if not item.check:
                if re.search("[?？□■�\ue000-\uf8ff]", value):
                    doubt = "里有问号或方框，多半是生僻字没有存下来，请照证件补上"
                    say.cell_warning(submission, "doubt-name", row.number, item.name, value, doubt)
            elif fits(item, value):
                doubt = doubts_of(item.check, value, row.values, as_of)
                if doubt:
                    kind = f"doubt-{item.check.replace('_', '-')}"
                    say.cell_warning(submission, kind, row.number, item.name, value, doubt)
