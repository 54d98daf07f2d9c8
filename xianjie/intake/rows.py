"""Which rows of a table are data, and which are only there for people: totals, signatures, notes, blank rows."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from xianjie.intake.clean import clean, half_width
from xianjie.intake.grid import Grid, Number
from xianjie.intake.headings import Heading, spelled

BLANK, TOTAL, FOOTER, NOTES, SECTION, REPEATED, NUMBERING, EXAMPLE = (
    "空行",
    "合计行",
    "落款行",
    "说明行",
    "小标题行",
    "重复的表头行",
    "栏次行",
    "示例行",
)
_TOTAL = re.compile(
    r"(?:本页|本村|全村|本镇|全镇|累计|以上)?(?:合计|小计|总计|共计)(?:[:(0-9].*)?|.{1,10}(?:小计|合计)"
)
_SIGNER = (
    "填表人|填报人|制表人|制表|填表|审核人|审核|复核人|复核|审批人|经办人|负责人|单位负责人|主要负责人|分管领导|主管领导|"
    "村支书|村主任|驻村第一书记|联系人|联系电话|电话|填报单位|填报日期|填表日期|填报时间|填表时间|制表日期|日期|时间|"
    "签字|签章|盖章|单位盖章|公章"
)
_FOOTER = re.compile(rf"(?:{_SIGNER})(?:\([^()]*\))?:.*|\(?(?:盖章|公章|签字|签章)\)?")
_BARE_FOOTER = re.compile(rf"(?:{_SIGNER})(?:\([^()]*\))?")
_NOTES = re.compile(
    r"(?:填表说明|填报说明|填写说明|说明|备注|附注|注意事项|注)[0-9一二三]?(?:\([^()]*\))?(?::.*|[0-9][.、].*)?"
)
_SECTION = re.compile(r"(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]{1,3}\)).+")
_EXAMPLE = re.compile(r"\(?(?:示例|样例|范例|填写示例|例)\)?:?")


@dataclass
class Rows:
    """Row numbers of a table, all 1-based."""

    data: list[int] = field(default_factory=list)
    skipped: dict[str, list[int]] = field(default_factory=dict)  # kind -> rows

    def skip(self, kind: str, row: int) -> None:
        """Note that a row is not data."""
        self.skipped.setdefault(kind, []).append(row)


def _tight(cell: object) -> str:
    if isinstance(cell, str) and cell.isascii() and cell.isalnum():
        return cell
    return re.sub(r"\s+", "", half_width(clean(str(cell))[0]))


def sort_rows(grid: Grid, heading: Heading, serial_columns: Collection[int]) -> Rows:
    """Tell data from the rest. `serial_columns` (序号) alone do not make a row: templates are numbered beforehand."""
    rows = Rows()
    wide = {row: right - left + 1 for row, bottom, left, right in grid.merged if row == bottom}
    noted = False  # under 填表说明, every line of one cell is a note
    for row in range(heading.last + 1, len(grid.rows) + 1):
        cells = grid.rows[row - 1]
        filled = [(column, cell) for column, cell in enumerate(cells, start=1) if cell and not _is_space(cell)]
        if not any(column not in serial_columns for column, _ in filled):
            # A serial column may hold a signature line's or a note's only cell.
            words = [cell for _, cell in filled if isinstance(cell, str) and not re.fullmatch("[0-9]*", _tight(cell))]
            if not words:
                rows.skip(BLANK, row)
                continue
        kind = _kind(filled, row, heading, wide.get(row, 1), noted)
        noted = noted or kind == NOTES
        if kind:
            rows.skip(kind, row)
        else:
            rows.data.append(row)
    return rows


def _is_space(cell: object) -> bool:
    return isinstance(cell, str) and not cell[0].isalnum() and not clean(cell)[0]


def _tells(filled: list[tuple[int, object]], word: object) -> bool:
    """Whether a row that begins like a total has texts of its own: “合计3户未签约” with its measures is a problem."""
    texts = [cell for _, cell in filled if isinstance(cell, str) and cell != word and not re.search("[0-9=]", cell)]
    return len(texts) > 2


def _kind(filled: list[tuple[int, object]], row: int, heading: Heading, width: int, noted: bool) -> str | None:
    """Why a row is not data; None where it is."""
    first = _tight(filled[0][1])
    if first.isdigit() and len(filled) > 1:
        word = next((cell for _, cell in filled if not isinstance(cell, Number) and not _tight(cell).isdigit()), "")
    else:
        word = filled[0][1]
    if _TOTAL.fullmatch(_tight(word)) and not _tells(filled, word):
        return TOTAL
    if _FOOTER.fullmatch(first) or (_BARE_FOOTER.fullmatch(first) and len(filled) <= 4 and _few(filled, heading)):
        return FOOTER
    if _NOTES.fullmatch(first) and (":" in first or len(filled) == 1 or _few(filled, heading)):
        return NOTES
    if len(filled) == 1:
        if noted:
            return NOTES
        spread = width > max(2, len(heading.parts) // 2)
        if spread or _SECTION.fullmatch(first):
            return SECTION
    if _EXAMPLE.fullmatch(first):
        return EXAMPLE
    if len(filled) >= 2 and all(spelled(str(cell)) in map(spelled, heading.parts.get(c, ())) for c, cell in filled):
        return REPEATED
    if row == heading.last + 1 and len(filled) >= 3 and _consecutive([_tight(cell).strip("()") for _, cell in filled]):
        return NUMBERING
    return None


def _few(filled: list[tuple[int, object]], heading: Heading) -> bool:
    """Few cells for a table this wide."""
    return len(filled) * 2 <= len([column for column, parts in heading.parts.items() if parts]) or len(filled) == 1


def _consecutive(numbers: list[str]) -> bool:
    """甲 乙 1 2 3 …: the numbers of columns."""
    rest = [one for one in numbers if one not in "甲乙丙丁戊"]
    if len(rest) < 2 or not all(one.isascii() and one.isdigit() for one in rest):
        return False
    return [int(one) for one in rest] == list(range(int(rest[0]), int(rest[0]) + len(rest)))
