"""What stands above a heading (and below the table): 填报单位：保贤村, 时间：2024.8.1, the title, 单位：万元."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from xianjie.intake.clean import clean, half_width
from xianjie.intake.grid import Grid
from xianjie.intake.headings import unit_line
from xianjie.notes import cell_address
from xianjie.package import Package

# Labels that no ledger asks for; they end the value of the label before them.
_OTHERS = (
    *("填报单位", "填报人", "填表人", "制表人", "制表单位", "制表日期", "审核人", "复核人", "负责人", "单位负责人"),
    *(
        "主要负责人",
        "经办人",
        "联系人",
        "联系电话",
        "电话",
        "填报日期",
        "填表日期",
        "填报时间",
        "填表时间",
        "时间",
        "日期",
    ),
    *("单位", "金额单位", "计量单位", "主管部门", "编制单位", "报送单位", "盖章", "公章", "签字"),
)


@dataclass
class Labels:
    """The told values of one table."""

    values: dict[str, tuple[str, str]] = field(default_factory=dict)  # label -> (value, address)
    titles: list[str] = field(default_factory=list)  # lines above the heading that are no labels
    factor: Decimal = Decimal(1)  # from 单位：万元


def label_pattern(package: Package) -> re.Pattern[str]:
    """Finds every known label with its colon; a label may be spaced out (专  班：) and have （盖章） after it."""
    known = {label for ledger in package.ledgers.values() for item in ledger.fields for label in item.header_labels}
    spaced = [
        r"\s*".join(map(re.escape, label)) for label in sorted({*known, *_OTHERS}, key=lambda one: (-len(one), one))
    ]
    return re.compile(rf"({'|'.join(spaced)})\s*(?:\([^()]{{0,8}}\)\s*)?(:|$)")


def _value(text: str) -> str:
    text = re.sub(r"\(?(?:盖章|公章|签章|签字)\)?\s*$", "", text.strip(" \t\n;；,，。"))
    return re.sub(r"\([^()]{0,4}章\)", "", text).strip()


def _line(cells: list[tuple[int, str]], row: int, pattern: re.Pattern[str], labels: Labels) -> None:
    """One line's cells (column, text): takes its labels, keeps the rest as titles."""
    for index, (column, text) in enumerate(cells):
        plain = half_width(text)
        found = [one for one in pattern.finditer(plain) if one.group(2) or one.start() == 0]
        if not found or (not found[0].group(2) and found[0].start()):
            labels.titles.append(text)
            continue
        if plain[: found[0].start()].strip():
            labels.titles.append(plain[: found[0].start()].strip())
        for position, one in enumerate(found):
            end = found[position + 1].start() if position + 1 < len(found) else len(plain)
            value = _value(plain[one.end() : end])
            place = column
            if not value and position + 1 == len(found) and index + 1 < len(cells):
                after, following = cells[index + 1]
                if not pattern.match(half_width(following)) and not re.fullmatch(r"\(.*章\)", half_width(following)):
                    value, place = _value(half_width(following)), after
            label = re.sub(r"\s+", "", one.group(1))
            if value:
                labels.values.setdefault(label, (value, cell_address(row, place) or ""))


def read_labels(package: Package, grid: Grid, above: int, below: Iterable[int]) -> Labels:
    """Labels and titles from the rows above row `above`, then from the rows `below` (签名 lines under the table)."""
    labels = Labels()
    pattern = label_pattern(package)
    for row in [*range(1, above), *below]:
        texts = ((column, clean(str(cell))[0]) for column, cell in enumerate(grid.rows[row - 1], start=1))
        cells = [(column, text) for column, text in texts if text]
        if row < above:
            for _, text in cells:
                labels.factor = unit_line(text) or labels.factor
            _line(cells, row, pattern, labels)
        else:
            signed = Labels()  # a footer's words are no title
            _line(cells, row, pattern, signed)
            for label, told in signed.values.items():
                labels.values.setdefault(label, told)
    return labels
