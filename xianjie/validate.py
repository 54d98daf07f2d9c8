"""Validation of ledgers against their Table Schemas, foreign keys included: one function, `validate`.

This is the only module that knows Frictionless. Whatever replaces it must give the same errors, in the same
order, for the same files; the tests compare with Frictionless itself.
"""

from __future__ import annotations

import copy
import csv
import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from xianjie.package import Ledger, Package

# Declared, because Frictionless otherwise guesses them from the first 100 lines of each file.
DIALECT = {
    "headerRows": [1],
    "csv": {
        "delimiter": ",",
        "lineTerminator": "\n",
        "quoteChar": '"',
        "doubleQuote": True,
        "skipInitialSpace": False,
    },
}
# What a schema says to people and to the other modules; copying it around takes Frictionless longer than small ledgers.
FOR_OTHERS = {
    *("title", "description", "example", "aliases", "privacy", "unit", "check", "from", "synonyms", "blank"),
    *("search", "derive", "inYear"),
}
CONSTRAINT = re.compile(r'constraint "(\w+)" is ')


@dataclass(frozen=True)
class CellError:
    """One error, in the words and positions of Frictionless.

    row counts records, the heading being 1 (a blank line is a record, a quoted line break is none);
    it is None where the file as a whole is wrong. For foreign and primary keys `fields` names all columns of the
    key, and field_number, field_name and cell are those of its first column, which Frictionless itself leaves out.
    """

    ledger: str
    type: str
    row: int | None
    field_number: int | None
    field_name: str | None
    cell: str
    note: str
    constraint: str | None = None
    fields: tuple[str, ...] = ()
    reference: str | None = None  # the ledger in which a foreign key found nothing


def validate(
    package: Package, tables: dict[str, Path] | None = None, only: Collection[str] | None = None
) -> list[CellError]:
    """Every error of the package's CSVs, without a cap, in the order of datapackage.json and of the rows.

    `tables` puts other CSVs (UTF-8, heading in row 1) in the place of the named ledgers' own, also as parents of
    foreign keys. `only` limits the validation to those ledgers; the others then are just parents.
    A CSV that is missing or not UTF-8 is one error of its own (scheme-error, encoding-error), of a parent too, and
    foreign keys that point at it are left out, so that the children's other errors can still be seen.
    """
    paths = {name: (tables or {}).get(name, ledger.path) for name, ledger in package.ledgers.items()}
    wanted = {name for name in package.ledgers if only is None or name in only}
    parents = {key.ledger for name in wanted for key in package[name].foreign_keys}
    concerned = [ledger for name, ledger in package.ledgers.items() if name in wanted | parents]
    broken: dict[str, CellError] = {}
    for ledger in concerned:
        if error := _unreadable(ledger.name, paths[ledger.name]) or _bad_schema(ledger):
            broken[ledger.name] = error
    errors: list[CellError] = []
    for ledger in concerned:
        if ledger.name in broken:
            errors.append(broken[ledger.name])
        elif ledger.name in wanted and not _is_only_heading(ledger, paths[ledger.name]):
            errors.extend(_ledger_errors(package, ledger, paths, broken))
    return errors


def _unreadable(name: str, path: Path) -> CellError | None:
    """Why the CSV can't be read as text, if so; for a wrong encoding `row` is the physical line."""
    try:
        data = path.read_bytes()
    except OSError as error:
        return CellError(name, "scheme-error", None, None, None, "", str(error.strerror or error))
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return CellError(name, "encoding-error", data.count(b"\n", 0, error.start) + 1, None, None, "", str(error))
    return None


def _is_only_heading(ledger: Ledger, path: Path) -> bool:
    """Whether the file is the schema's heading and nothing else, in which nothing can be wrong.

    Most ledgers of a young township are; Frictionless takes a tenth of a second to open each.
    """
    return path.read_bytes() == (",".join(ledger.columns) + "\n").encode()


def _bad_schema(ledger: Ledger) -> CellError | None:
    note = _schema_fault(json.dumps(ledger.schema, sort_keys=True))
    return CellError(ledger.name, "schema-error", None, None, None, "", note) if note is not None else None


@lru_cache(maxsize=512)
def _schema_fault(text: str) -> str | None:
    """What Frictionless has against a Table Schema, given as JSON; None where nothing."""
    from frictionless import FrictionlessException, Schema

    try:
        for field in Schema.from_descriptor(json.loads(text)).fields:
            field.create_cell_reader()
    except FrictionlessException as error:
        return "; ".join(reason.note for reason in error.reasons) or error.error.note
    except (re.error, TypeError, ValueError) as error:
        return str(error)
    return None


def _schema_without(ledger: Ledger, broken: Collection[str]) -> dict[str, Any]:
    """The Table Schema less the foreign keys into ledgers that can't be read, and less what validates nothing."""
    fields = [{key: raw[key] for key in raw if key not in FOR_OTHERS} for raw in ledger.schema["fields"]]
    schema = copy.deepcopy(ledger.schema | {"fields": fields})
    raw_keys = schema.get("foreignKeys", [])
    kept = [raw for raw, key in zip(raw_keys, ledger.foreign_keys, strict=True) if key.ledger not in broken]
    schema.pop("foreignKeys", None)
    return schema | ({"foreignKeys": kept} if kept else {})


def _ledger_errors(
    package: Package, ledger: Ledger, paths: dict[str, Path], broken: Collection[str]
) -> Iterator[CellError]:
    from frictionless import FrictionlessException, system
    from frictionless import Package as FrictionlessPackage

    def resource(each: Ledger, without: Collection[str]) -> dict[str, Any]:
        return {
            "name": each.name,
            "type": "table",
            "scheme": "file",
            "format": "csv",
            "encoding": "utf-8",
            "path": str(paths[each.name]),
            "dialect": copy.deepcopy(DIALECT),
            "schema": _schema_without(each, without),
        }

    others = dict.fromkeys(key.ledger for key in ledger.foreign_keys if key.ledger not in (ledger.name, *broken))
    descriptor = {
        "name": "ledgers",
        "resources": [
            resource(ledger, broken),
            *(resource(package[name], package.ledgers) for name in others if name in package.ledgers),
        ],
    }
    trusted = system.trusted
    # Absolute paths are "unsafe" to Frictionless unless trusted; its own context manager forgets to go back on errors.
    system.trusted = True
    try:
        report = FrictionlessPackage.from_descriptor(descriptor).get_resource(ledger.name).validate(limit_errors=0)
        found = [error for task in report.tasks for error in task.errors] + report.errors
    except FrictionlessException as error:
        found = error.to_errors()
    except csv.Error as error:
        yield CellError(ledger.name, "source-error", None, None, None, "", str(error))
        return
    finally:
        system.trusted = trusted
    yield from (_cell_error(ledger, error) for error in found)


def _cell_error(ledger: Ledger, error: Any) -> CellError:
    """A Frictionless error as ours, with the columns that it leaves out for keys."""
    fields: tuple[str, ...] = ()
    field_name = getattr(error, "field_name", None) or None
    field_number = getattr(error, "field_number", None)
    cell = getattr(error, "cell", None)
    reference = None
    if error.type == "foreign-key":
        fields = tuple(error.field_names)
        reference = error.reference_name or ledger.name
    elif error.type == "primary-key":
        fields = ledger.primary_key
    if fields:
        field_name = fields[0]
        field_number = ledger.columns.index(field_name) + 1
        cell = error.cells[field_number - 1] if len(error.cells) >= field_number else ""
    if cell is None:
        cell = getattr(error, "label", "")
    row = getattr(error, "row_number", None)
    if row is None and getattr(error, "row_numbers", None):
        row = error.row_numbers[0]
    constraint = CONSTRAINT.match(error.note)
    return CellError(
        ledger=ledger.name,
        type=error.type,
        row=row,
        field_number=field_number,
        field_name=field_name,
        cell=cell,
        note=error.note,
        constraint=constraint.group(1) if constraint and error.type == "constraint-error" else None,
        fields=fields,
        reference=reference,
    )
