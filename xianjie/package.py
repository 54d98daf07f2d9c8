"""The data package: datapackage.json and its Table Schemas, read once into plain objects.

Everything else in the project asks these objects for names, titles, code lists and keys; nothing repeats them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any


class PackageError(Exception):
    """The package itself cannot be read; the text is a Chinese sentence for the person at the keyboard."""


@dataclass(frozen=True)
class Field:
    """One column of a ledger, as its Table Schema describes it."""

    name: str
    type: str
    title: str
    description: str
    example: str
    privacy: str  # public, internal or sensitive
    unit: str | None
    aliases: tuple[str, ...]  # other headings that clerks write
    constraints: dict[str, Any]
    check: str | None  # a doubt to raise: id_number, disability_certificate, bank_card, uscc
    header_labels: tuple[str, ...]  # labels above the heading (填报单位, 时间 …) that may give the value ("from")
    synonyms: dict[str, str]  # other spellings of a code: what is written -> the code
    blank: tuple[str, ...]  # words that mean an empty cell here (长期, 至今)
    search: bool  # goes into the full-text index
    derive: dict[str, str] | None  # e.g. {"deadline": "整改时限", "year": "填报日期"}
    in_year: bool  # its days lie in the year that the table is about, which may complete 7月5日 ("inYear")

    @property
    def required(self) -> bool:
        return bool(self.constraints.get("required"))

    @property
    def enum(self) -> list[str] | None:
        return self.constraints.get("enum")


@dataclass(frozen=True)
class ForeignKey:
    """fields of this ledger -> reference_fields of `ledger` (its own name for a self-reference)."""

    fields: tuple[str, ...]
    ledger: str
    reference_fields: tuple[str, ...]


@dataclass(frozen=True)
class Numbering:
    """How a missing 编号 is made, and when a row without one is a row that is registered already.

    It is where all columns agree except those in `changes`; a value in `proof` that both have is enough by itself.
    """

    field: str
    prefix: str
    sources: tuple[str, ...]  # what a row is about ("from"): the 编号 is prefix + a digest of these
    changes: frozenset[str]  # may be another one the next time, and the row is still the same
    proof: tuple[str, ...]


@dataclass(frozen=True)
class Ledger:
    """One resource of the package."""

    name: str
    area: str
    title: str
    description: str
    path: Path  # absolute path of the CSV
    relative_path: str  # as written in datapackage.json, with forward slashes
    schema: dict[str, Any]  # the Table Schema as read
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    aliases: tuple[str, ...]  # other names of the ledger in file names and titles
    key: tuple[str, ...]  # what a row is about; not always unique
    numbering: Numbering | None
    label: str | None  # the column that names a row to people
    order: tuple[tuple[str, str], ...]  # pairs of columns of which the second does not lie before the first
    alike: tuple[str, ...]  # two rows that agree in these are probably one thing with its key miswritten

    @cached_property
    def by_name(self) -> dict[str, Field]:
        return {field.name: field for field in self.fields}

    @property
    def columns(self) -> list[str]:
        return [field.name for field in self.fields]

    @property
    def forms(self) -> dict[str, list[str]]:
        """Official forms that are filled in from this ledger, by title, with their columns in order."""
        return self.schema.get("forms", {})


@dataclass(frozen=True)
class Package:
    """A folder with datapackage.json."""

    root: Path
    title: str
    as_of: str  # default 截止日期, YYYY-MM-DD
    ledgers: dict[str, Ledger]  # by name, in the order of datapackage.json
    descriptor: dict[str, Any]

    def __getitem__(self, name: str) -> Ledger:
        return self.ledgers[name]


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise PackageError(f"找不到 {path.name}（{path}）。请用 --package 指定含 datapackage.json 的文件夹。") from None
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise PackageError(f"{path} 不是有效的 JSON：{error}。") from None


def _field(raw: dict[str, Any]) -> Field:
    return Field(
        name=raw["name"],
        type=raw.get("type", "string"),
        title=raw.get("title", raw["name"]),
        description=raw.get("description", ""),
        example=raw.get("example", ""),
        privacy=raw.get("privacy", "sensitive"),  # unmarked is never published
        unit=raw.get("unit"),
        aliases=tuple(raw.get("aliases", ())),
        constraints=raw.get("constraints", {}),
        check=raw.get("check"),
        header_labels=tuple(raw.get("from", ())),
        synonyms=raw.get("synonyms", {}),
        blank=tuple(raw.get("blank", ())),
        search=bool(raw.get("search")),
        derive=raw.get("derive"),
        in_year=bool(raw.get("inYear")),
    )


def _names(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _numbering(raw: dict[str, Any]) -> Numbering:
    changes, proof = frozenset(raw.get("changes", ())), tuple(raw.get("proof", ()))
    return Numbering(raw["field"], raw["prefix"], tuple(raw["from"]), changes, proof)


def _ledger(root: Path, resource: dict[str, Any]) -> Ledger:
    schema = resource["schema"]
    if isinstance(schema, str):
        schema = _json(root / schema)
    return Ledger(
        name=resource["name"],
        area=Path(resource["path"]).parent.name,
        title=resource.get("title") or schema.get("title") or resource["name"],
        description=schema.get("description", ""),
        path=root / resource["path"],
        relative_path=resource["path"],
        schema=schema,
        fields=tuple(_field(raw) for raw in schema["fields"]),
        primary_key=_names(schema.get("primaryKey", [])),
        foreign_keys=tuple(
            ForeignKey(
                fields=_names(fk["fields"]),
                ledger=fk["reference"]["resource"] or resource["name"],
                reference_fields=_names(fk["reference"]["fields"]),
            )
            for fk in schema.get("foreignKeys", [])
        ),
        aliases=tuple(schema.get("aliases", ())),
        key=tuple(schema.get("key", ())),
        numbering=_numbering(schema["number"]) if "number" in schema else None,
        label=schema.get("label"),
        order=tuple((start, end) for start, end in schema.get("order", ())),
        alike=tuple(schema.get("alike", ())),
    )


def load_package(root: Path | str = ".") -> Package:
    """Read datapackage.json and every schema under `root`.

    Raises PackageError with a Chinese sentence where a file is missing, unreadable or lacks what is needed.
    """
    root = Path(root).resolve()
    descriptor = _json(root / "datapackage.json")
    try:
        ledgers = {resource["name"]: _ledger(root, resource) for resource in descriptor["resources"]}
        return Package(root, descriptor.get("title", descriptor["name"]), descriptor["as_of"], ledgers, descriptor)
    except (KeyError, TypeError) as error:
        raise PackageError(f"{root / 'datapackage.json'} 或它的 schemas 里缺少 {error}。") from None
