"""Values that no cell gives: from labels, titles and names (from), from another column (derive), and made 编号."""

from __future__ import annotations

import hashlib
import re
from collections import Counter

from xianjie.intake import dates
from xianjie.intake.cells import Context, fits, normaliser
from xianjie.intake.clean import comparable
from xianjie.intake.labels import Labels
from xianjie.intake.references import Names, References, closest, find, resolve
from xianjie.intake.say import heading_note, row_list
from xianjie.intake.submission import Submission
from xianjie.notes import ERROR, REPAIR, WARNING
from xianjie.package import Field

Told = list[tuple[str, str]]  # (value, where it was told)


def _from_labels(submission: Submission, item: Field, labels: Labels, names: Names | None) -> tuple[Told, Told]:
    """(usable values, values that say nothing for this field), with where they stand."""
    usable: Told = []
    useless: Told = []
    normalise = normaliser(submission.ledger, item, Context())
    for label in item.header_labels:
        if label not in labels.values:
            continue
        written, address = labels.values[label]
        where = f"{address} 的“{label}：{written}”"
        if names:
            key = resolve(names, written) or find(names, written)
        else:
            value = normalise(written).value
            key = value if fits(item, value) else None
        (usable if key else useless).append((key or written, where))
    return usable, useless


def _from_texts(item: Field, texts: list[tuple[str, str]], names: Names | None) -> Told:
    told: Told = []
    for text, where in texts:
        if names:
            key = find(names, text)
        elif item.type == "year":
            years = dates.years_in(text)
            key = years.pop() if len(years) == 1 else None
        else:
            key = None
        if key:
            told.append((key, f"{where}“{text}”"))
    return told


def fill(submission: Submission, references: References, labels: Labels, texts: list[tuple[str, str]]) -> None:
    """Fill absent columns, and blank cells of required ones, from what the table's surroundings tell."""
    present = {column.field.name for column in submission.columns if column.field}
    for item in submission.ledger.fields:
        if not item.header_labels:
            continue
        absent = item.name not in present
        blank = [row for row in submission.rows if not row.values[item.name]]
        if not absent and (not item.required or not blank):
            continue
        names = references.of(submission.ledger, item)
        names = names if names and names.keys else None
        usable, useless = _from_labels(submission, item, labels, names)
        others = _from_texts(item, texts, names)
        # A title's year is the ledger's; the day of filling in (时间) may lie in another one.
        stated = [one for one in usable if "年度" in one[1]] if item.type == "year" else usable
        told = stated + others + [one for one in usable if one not in stated]
        if told:
            value, where = told[0]
            # The day of filling in may lie in another year than the table's.
            _say_conflict(submission, item, stated + others)
            submission.filled[item.name] = (value, where)
            for row in blank:
                row.values[item.name] = value
            title = f"（{names.titles[value]}）" if names and names.titles.get(value, value) != value else ""
            text = f"「{item.name}」按{where}填为“{value}”{title}，共{len(blank)}行"
            heading_note(submission, REPAIR, "filled", text, field_name=item.name, count=len(blank))
        elif absent and item.required:
            _say_untold(submission, item, useless, names)


def _say_conflict(submission: Submission, item: Field, told: Told) -> None:
    other = next((one for one in told if one[0] != told[0][0]), None)
    if other:
        text = f"「{item.name}」按{told[0][1]}填写，但{other[1]}说的是另一个"
        heading_note(submission, WARNING, "conflicting-labels", text, "请核对", field_name=item.name)


def _say_untold(submission: Submission, item: Field, useless: Told, names: Names | None) -> None:
    label = item.header_labels[0]
    cause = f"没有「{item.name}」这一列，表头上方和文件名也没有写明"
    sample = min(names.titles.items())[1] if names and names.titles else item.example
    if useless:
        written, where = useless[0]
        cause = f"没有「{item.name}」这一列，{where}也看不出是什么"
        near = closest(names, written) if names else None
        if near:
            cause, sample = f"{cause}（是不是“{near}”？）", near
    remedy = f"请加上这一列，或者在表头上方写明“{label}：{sample}”"
    heading_note(submission, ERROR, "missing-label", cause, remedy, field_name=item.name)
    submission.missing.add(item.name)


def derive(submission: Submission) -> set[str]:
    """Work out dates from deadlines in words; the fields that were derived."""
    derived: set[str] = set()
    for item in submission.ledger.fields:
        if not item.derive or "deadline" not in item.derive:
            continue
        source, told = item.derive["deadline"], item.derive["year"]
        count, without_year = 0, []
        for row in submission.rows:
            if not row.values[item.name]:
                value = dates.deadline_date(row.values[source], row.values[told])
                if value:
                    row.values[item.name] = value
                    count += 1
                elif dates.lacks_year(row.values[source], row.values[told]):
                    without_year.append(row.number)
        _say_without_year(submission, item, without_year)
        if count:
            derived.add(item.name)
            text = f"「{item.name}」按「{source}」和「{told}」的年份推算，共{count}行"
            heading_note(submission, REPAIR, "derived", text, field_name=item.name, count=count)
    return derived


def _say_without_year(submission: Submission, item: Field, rows: list[int]) -> None:
    """Deadlines that name a day of no year: without a date nobody is ever told that they have passed."""
    if not rows or not item.derive:
        return
    source, told = item.derive["deadline"], item.derive["year"]
    labels = submission.ledger.by_name[told].header_labels
    text = f"「{source}」没有写年份，{row_list(rows)}的「{item.name}」空着，查不出是否超期（共{len(rows)}行）"
    where = f"在表头上方写明“{labels[0]}：2024年7月20日”这样" if labels else f"填上「{told}」"
    remedy = f"请{where}，或者把时限写成“2024年8月15日前”这样"
    column = submission.column_of(source)
    place = (column.number, column.heading) if column else None
    heading_note(submission, WARNING, "no-year", text, remedy, column=place, field_name=item.name, count=len(rows))


def _set_serials_aside(submission: Submission, name: str) -> None:
    """A column headed only “编号” that holds 1, 2, 3 … is a serial: as a key it would overwrite other tables' rows."""
    column = next((one for one in submission.columns if one.field and one.field.name == name), None)
    given = [row.values[name] for row in submission.rows if row.values[name]]
    if not column or not given or column.heading.endswith(name):
        return
    if all(re.fullmatch("[0-9]{1,4}", value) for value in given):
        for row in submission.rows:
            row.values[name] = ""
        text = f"填的是1、2、3这样的序号，不作为「{name}」登记"
        place = (column.number, column.heading)
        heading_note(submission, WARNING, "serial-number", text, column=place, field_name=name)


def number(submission: Submission, used: Counter[str]) -> None:
    """Assign a missing 编号: prefix and 10 hex digits of what the row is about, the same every time.

    `used` counts the numbers made so far in the whole file: equal rows get -2, -3 in their order.
    """
    numbering = submission.ledger.numbering
    if not numbering:
        return
    _set_serials_aside(submission, numbering.field)
    count = 0
    for row in submission.rows:
        if row.values[numbering.field]:
            continue
        parts = [submission.ledger.name]
        fields = submission.ledger.by_name
        parts += [comparable(fields[name], row.values[name]) for name in numbering.sources]
        made = numbering.prefix + hashlib.sha256("\x1f".join(parts).encode("utf-8")).hexdigest()[:10]
        used[made] += 1
        row.values[numbering.field] = made if used[made] == 1 else f"{made}-{used[made]}"
        submission.numbered.add(row.number)
        count += 1
    if count:
        sources = "、".join(numbering.sources)
        text = f"「{numbering.field}」没有填，按{sources}编号，共{count}行（已经登记的沿用原来的编号）"
        heading_note(submission, REPAIR, "numbered", text, field_name=numbering.field, count=count)
