"""The data dictionary: what each column of each ledger means, and what it is used for.

What audits and public tables read is what SQLite reports (xianjie.reads); keys and forms are what the schemas say,
and what tells a person, a row or a village apart is a key too. A column that nothing uses is marked so: somebody has
to fill it in.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from xianjie.audits import Audit, Workbench
from xianjie.identifiers import BESIDE
from xianjie.intake.references import KNOWN_BY
from xianjie.package import Field, Ledger, Package
from xianjie.public_tables import PublicTable, load_public
from xianjie.reads import reads_of, reads_of_public

TYPES = {
    "string": "文字",
    "integer": "整数",
    "number": "数字",
    "date": "日期",
    "yearmonth": "年月",
    "year": "年份",
}
PUBLIC_WORDS = ("name", "title", "description", "example", "unit", "codes", "type")
PRIVACY = {"public": "公开", "internal": "内部", "sensitive": "敏感"}
UNUSED = "没有用到"
MUST, NUMBERED = "必填", "空着登记时编"


@dataclass(frozen=True)
class Column:
    """One column of a ledger and its uses."""

    field: Field
    numbered: bool  # an empty cell gets a number when the row is registered
    keys: tuple[str, ...]  # sentences: of which key it is part, what is made from it or told by it
    forms: tuple[str, ...]  # e.g. 附件1第2列
    tables: tuple[PublicTable, ...]  # public tables that read it
    audits: tuple[Audit, ...]  # audits that read it, by code

    @property
    def used(self) -> bool:
        """Whether any audit, form, key or public table uses it."""
        return bool(self.keys or self.forms or self.tables or self.audits)

    @property
    def must(self) -> str:
        """Whether a clerk has to fill it in, as one reads it: 必填, 可留空登记时编, or nothing."""
        if not self.field.required:
            return ""
        return NUMBERED if self.numbered else MUST

    @property
    def other_uses(self) -> list[str]:
        """Its uses but for the audits, as short phrases."""
        return [*self.keys, *self.forms, *(f"公开表“{table.title}”" for table in self.tables)]

    @property
    def kind(self) -> str:
        """Type and limits, as one reads them."""
        limits = self.field.constraints
        parts = [TYPES.get(self.field.type, self.field.type)]
        parts += [
            f"{word}{limits[key]}" for key, word in (("minimum", "不小于"), ("maximum", "不大于")) if key in limits
        ]
        return "，".join([*parts, "不能重复"] if limits.get("unique") else parts)


@dataclass(frozen=True)
class Page:
    """One ledger."""

    ledger: Ledger
    columns: tuple[Column, ...]
    audits: tuple[Audit, ...]  # that read any of it, or count its rows

    @property
    def unused(self) -> list[str]:
        """Names of the columns that nothing uses."""
        return [column.field.name for column in self.columns if not column.used]


def load_dictionary(package: Package, audits: Mapping[str, Audit]) -> dict[str, Page]:
    """A page for each ledger, by name; `audits` are all that count as a use."""
    readers: dict[tuple[str, str], list[Audit]] = defaultdict(list)
    for audit in sorted(audits.values(), key=lambda audit: audit.code):
        for place in reads_of(audit):
            readers[place].append(audit)
    shown: dict[tuple[str, str], list[PublicTable]] = defaultdict(list)
    workbench = next((audit.workbench for audit in audits.values()), None) or Workbench(package)
    for table in load_public(package):
        for place in reads_of_public(table, workbench):
            shown[place].append(table)
    keys = _keys(package)
    pages = {}
    for name, ledger in package.ledgers.items():
        columns = tuple(
            Column(
                field,
                ledger.numbering is not None and ledger.numbering.field == field.name,
                tuple(keys[name, field.name]),
                tuple(_forms(ledger, field.name)),
                tuple(shown[name, field.name]),
                tuple(readers[name, field.name]),
            )
            for field in ledger.fields
        )
        everyone = {audit.code: audit for (other, _), found in readers.items() if other == name for audit in found}
        pages[name] = Page(ledger, columns, tuple(everyone[code] for code in sorted(everyone)))
    return pages


def _keys(package: Package) -> dict[tuple[str, str], list[str]]:
    """(ledger, column) -> what it does in keys, numbers and dates that are made."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    pointing: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name, ledger in package.ledgers.items():
        for column in ledger.key:
            found[name, column].append("一行的编号" if ledger.primary_key == (column,) else "认一行靠它")
        for column in ledger.primary_key:
            if column not in ledger.key:
                found[name, column].append("一行的编号")
        for foreign in ledger.foreign_keys:
            for own, other in zip(foreign.fields, foreign.reference_fields, strict=True):
                found[name, own].append(f"对应台账“{package[foreign.ledger].title}”的“{other}”")
                if foreign.ledger != name:
                    pointing[foreign.ledger, other].add(name)
        if ledger.numbering:
            for column in ledger.numbering.sources:
                found[name, column].append(f"“{ledger.numbering.field}”空着时由它编出")
            for column in ledger.numbering.proof:
                found[name, column].append(f"“{ledger.numbering.field}”空着时凭它认出登记过的一行")
        for field in ledger.fields:
            for source in (field.derive or {}).values():
                found[name, source].append(f"“{field.name}”空着时由它推出")
            for beside in BESIDE.get(field.check or "", ()):
                if beside in ledger.by_name:
                    found[name, beside].append(f"核对“{field.name}”时要看它")
            person = field.name.removesuffix("身份证号") + "姓名"
            if field.name.endswith("身份证号") and person in ledger.by_name:
                found[name, person].append(f"与“{field.name}”一起认人")
        for column in KNOWN_BY.get(name, ()):
            if column in ledger.by_name:
                found[name, column].append("报表里写名称时据此认出")
    for place, names in pointing.items():
        found[place].append(f"{len(names)} 本台账用它对应")
    return found


def _forms(ledger: Ledger, column: str) -> Iterable[str]:
    return [f"{form}第{columns.index(column) + 1}列" for form, columns in ledger.forms.items() if column in columns]


def internal_words(pages: Mapping[str, Page]) -> dict[str, Any]:
    """What the internal site shows: every ledger, in the package's order."""
    shown = {}
    for name, page in pages.items():
        shown[name] = (page.ledger.title, page.ledger.description, page, page.columns)
    return _words(shown)


def public_words(pages: Mapping[str, Page], package: Package, columns: Mapping[str, list[str]]) -> dict[str, Any]:
    """What the public site shows: of each ledger that is published there, the columns that its table has.

    What a column means and looks like, but nothing of the office's work: no audits, no headings of clerks, no uses.
    `columns` are those of public.db's tables.
    """
    shown = {}
    for table in load_public(package):
        if table.ledger is not None:
            page = pages[table.ledger.name]
            own = tuple(column for column in page.columns if column.field.name in columns[table.name])
            shown[table.name] = (table.title, table.description, page, own)
    words = _words(shown)
    for page in words["pages"].values():
        page["audits"] = []
        page["columns"] = [{name: column[name] for name in PUBLIC_WORDS} for column in page["columns"]]
    return words | {"audits": {}}


def _words(shown: Mapping[str, tuple[str, str, Page, tuple[Column, ...]]]) -> dict[str, Any]:
    audits = {
        audit.name: {"code": audit.code, "title": audit.title}
        for _, _, page, columns in shown.values()
        for audit in (*page.audits, *(audit for column in columns for audit in column.audits))
    }
    pages = {
        name: {
            "title": title,
            "area": page.ledger.area,
            "description": description,
            "audits": [audit.name for audit in page.audits],
            "columns": [_column_words(column) for column in columns],
        }
        for name, (title, description, page, columns) in shown.items()
    }
    return {"audits": dict(sorted(audits.items())), "pages": pages}


def _column_words(column: Column) -> dict[str, Any]:
    field = column.field
    return {
        "name": field.name,
        "title": field.title,
        "description": field.description,
        "example": field.example,
        "unit": field.unit,
        "codes": field.enum or [],
        "must": column.must,
        "type": column.kind,
        "aliases": list(field.aliases),
        "privacy": PRIVACY[field.privacy],
        "audits": [audit.name for audit in column.audits],
        "uses": column.other_uses,
        "used": column.used,
    }


def as_json(words: Mapping[str, Any]) -> str:
    """The words as the build writes them for a site."""
    return json.dumps(words, ensure_ascii=False, indent=1) + "\n"
