"""An error of the engine, as a sentence for the person who filled in the table. The words stand in messages.json."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from xianjie.notes import ERROR, WARNING, Note, cell_address, place
from xianjie.package import Field, Ledger, Package
from xianjie.validate import CellError

LONGEST = 60  # characters of a value that a sentence shows
SAME_AS = re.compile(r"the same as in the row at position (\d+)")
# Errors whose sentence speaks of the file or the heading row, not of one cell.
WITHOUT_CELL = {"blank-row", "missing-label", "extra-label", "incorrect-label", "blank-label", "duplicate-label"}

Remedy = Callable[[Field, str, "str | None", str], tuple[str, str]]


@dataclass(frozen=True)
class Spot:
    """Where the person finds the cell: positions and words of the file as sent."""

    file: str
    sheet: str | None = None
    row: int | None = None
    field_number: int | None = None
    heading: str = ""
    cell: str = ""
    other: str = ""  # the row with which this one collides
    source: str = ""  # a value without a column of its own: where it was taken from
    count: int = 1


@cache
def messages() -> dict[str, Any]:
    """The templates by error type, as messages.json has them."""
    return json.loads(Path(__file__).with_name("messages.json").read_text(encoding="utf-8"))


def title_of(note: Note) -> str:
    """Two to six characters that name the kind of a note: the heading of an annotation or a group."""
    words = messages()
    template = words["errors"].get(note.type) or words["warnings"].get(note.type)
    if template:
        return template["title"]
    if note.type in words["titles"]:
        return words["titles"][note.type]
    if note.type.startswith("doubt"):
        return words["warnings"]["doubt"]["title"]
    return {ERROR: "错误", WARNING: "警告"}.get(note.severity, "已自动规整")


def remedies(package: Package) -> Remedy:
    """intake's remedy_for, asked only once for equal cells: it looks up names in the package's files."""
    from xianjie.intake import remedy_for

    known: dict[tuple[str, str, str | None, str], tuple[str, str]] = {}

    def remedy(field: Field, error_type: str, constraint: str | None, value: str) -> tuple[str, str]:
        key = (field.name, error_type, constraint, value)
        if key not in known:
            known[key] = remedy_for(field, error_type, constraint, value, package)
        return known[key]

    return remedy


def earlier_row(error: CellError) -> int | None:
    """The row in the table, counted as Frictionless does, that a repeated key repeats."""
    found = SAME_AS.search(error.note)
    return int(found.group(1)) if found else None


def error_note(ledger: Ledger, error: CellError, spot: Spot, remedy: Remedy) -> Note:
    """The note with its sentence. `spot.cell` is the value as sent, which is what the reader sees in the file."""
    field = ledger.by_name.get(error.field_name or "")
    kind = _kind(error)
    templates = messages()["errors"]
    template = templates.get(kind) or templates["other"]
    words = {
        "place": _place(error, spot),
        "cell": shown(spot.cell),
        "field": error.field_name or "",
        "number": error.field_number,
        "note": error.note,
        "other": spot.other,
        "source": spot.source,
        "count": spot.count,
        "columns": "、".join(ledger.columns),
        "area": ledger.area,
        "ledger": ledger.name,
        "cause": "",
    }
    if "remedy" in template or field is None:
        advice = template.get("remedy", templates["other"]["remedy"]).format(**words)
    else:
        words["cause"], advice = remedy(field, error.type, error.constraint, spot.cell)
    words["remedy"] = advice
    message = messages()["filled"] if spot.source else template["message"]
    return Note(
        severity=ERROR,
        type=error.type,
        message=message.format(**words),
        file=spot.file,
        sheet=spot.sheet,
        row=spot.row,
        field_number=spot.field_number,
        field_name=error.field_name,
        cell=spot.cell,
        address=cell_address(spot.row, spot.field_number),
        remedy=advice,
        count=spot.count,
        sensitive=_is_sensitive(field, kind, spot.cell),
    )


def _is_sensitive(field: Field | None, kind: str, cell: str) -> bool:
    """Whether a sentence may repeat something about a person; of a cell in no known column nobody can tell."""
    if kind not in messages()["errors"] or kind == "other":
        return True  # the engine's own words
    return bool(cell) and kind not in WITHOUT_CELL and (field is None or field.privacy == "sensitive")


def warning_note(kind: str, note_type: str, spot: Spot, cause: str = "", field: Field | None = None) -> Note:
    """A doubt about a cell of the package, or about the file; `kind` names the template."""
    template = messages()["warnings"][kind]
    where = place(spot.file, spot.sheet, spot.row, spot.field_number, spot.heading)
    return Note(
        severity=WARNING,
        type=note_type,
        message=template["message"].format(place=where, cell=shown(spot.cell), cause=cause, remedy=template["remedy"]),
        file=spot.file,
        sheet=spot.sheet,
        row=spot.row,
        field_number=spot.field_number,
        field_name=field.name if field else None,
        cell=spot.cell,
        address=cell_address(spot.row, spot.field_number),
        remedy=template["remedy"],
        sensitive=field is not None and field.privacy == "sensitive",
    )


def shown(value: str) -> str:
    """A value inside a sentence: on one line, and not longer than a sentence can bear."""
    text = " ".join(value.split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _kind(error: CellError) -> str:
    """The template's name: the type, or more exactly the constraint where there is one for it."""
    if error.type == "primary-key" and earlier_row(error) is None:
        return "primary-key-blank"
    if error.constraint in messages()["errors"]:
        return error.constraint
    return error.type


def _place(error: CellError, spot: Spot) -> str:
    if spot.source or error.field_number is None or error.type in WITHOUT_CELL:
        row = None if spot.source else spot.row
        return place(spot.file, spot.sheet, row) + ("" if row else " ")
    return place(spot.file, spot.sheet, spot.row, spot.field_number, spot.heading)
