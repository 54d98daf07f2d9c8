"""SQLite's table definitions, made from the Table Schemas."""

from __future__ import annotations

from xianjie.package import Field, Ledger

# Table Schema's type -> SQLite's; every other type is TEXT, identifiers above all.
STORED_AS = {"integer": "INTEGER", "year": "INTEGER", "number": "REAL"}


def quoted(name: str) -> str:
    """The name as an SQL identifier."""
    escaped = name.replace('"', '""')
    return f'"{escaped}"'


def listed(names: tuple[str, ...] | list[str]) -> str:
    """Names as a comma-separated list of SQL identifiers."""
    return ", ".join(map(quoted, names))


def stored_type(field: Field) -> str:
    """The SQLite type of a field's column."""
    return STORED_AS.get(field.type, "TEXT")


def create_table(ledger: Ledger, keys: bool = True) -> str:
    """The CREATE TABLE statement of a ledger: STRICT, foreign keys declared, nothing NOT NULL but the key.

    Without `keys` the table takes repeated and empty keys too: for data that is looked at though it is invalid.
    Code lists and bounds are not repeated as CHECKs: the validator has proved the values, and CHECKs make loading
    several times slower.
    """
    lines = []
    for field in ledger.fields:
        line = f"{quoted(field.name)} {stored_type(field)}"
        if keys and ledger.primary_key == (field.name,):
            line += " PRIMARY KEY"
        elif keys and field.constraints.get("unique"):
            line += " UNIQUE"
        lines.append(line)
    if keys and len(ledger.primary_key) > 1:
        lines.append(f"PRIMARY KEY ({listed(ledger.primary_key)})")
    for foreign in ledger.foreign_keys:
        target = f"{quoted(foreign.ledger)} ({listed(foreign.reference_fields)})"
        lines.append(f"FOREIGN KEY ({listed(foreign.fields)}) REFERENCES {target}")
    body = ",\n  ".join(lines)
    return f"CREATE TABLE {quoted(ledger.name)} (\n  {body}\n) STRICT"


def indexes(ledger: Ledger, keys: bool = True) -> list[str]:
    """CREATE INDEX statements for joins: foreign keys, identity numbers and what a row is about (`key`).

    A list of columns with which another index begins, or that the table itself keeps unique, gets none of its own;
    a table made without `keys` keeps nothing unique.
    """
    unique = {(field.name,) for field in ledger.fields if field.constraints.get("unique")}
    unique |= {ledger.primary_key} if ledger.primary_key else set()
    wanted = {ledger.key} if ledger.key else set()
    wanted |= {foreign.fields for foreign in ledger.foreign_keys}
    wanted |= {(field.name,) for field in ledger.fields if field.check == "id_number"}
    wanted = wanted - unique if keys else wanted | unique
    wanted = {columns for columns in wanted if not any(_begins(other, columns) for other in wanted | unique)}
    return [
        f"CREATE INDEX {quoted('_'.join((ledger.name, *columns)))} ON {quoted(ledger.name)} ({listed(columns)})"
        for columns in sorted(wanted)
    ]


def _begins(longer: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    return len(longer) > len(shorter) and longer[: len(shorter)] == shorter
