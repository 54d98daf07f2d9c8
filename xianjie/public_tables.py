"""Reads public/*.sql: each file one table of public.db."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from xianjie.package import Field, Ledger, Package

KINDS = ("rows", "counts")
_WORDS = ("title", "description", "kind", "ledger", "by")
_COMMENT = re.compile(r"^--\s*([^:：\s]+)\s*[:：]\s*(.*?)\s*$")


class PublicError(Exception):
    """public.db must not or cannot be made; the text is a Chinese sentence."""


@dataclass(frozen=True)
class PublicTable:
    """One file of public/: what it says about itself, and its SELECT."""

    name: str
    title: str
    description: str
    kind: str  # rows or counts
    fields: tuple[Field, ...]  # rows: the ledger's public columns; counts: the public columns that group
    ledger: Ledger | None  # rows: whose rows these are
    sources: dict[str, Ledger]  # counts: the ledger that each grouping column's texts come from
    notes: dict[str, str]  # counts: what each counting column says
    sql: str


def load_public(package: Package) -> list[PublicTable]:
    """Every table of public/*.sql, by name; PublicError for one that does not say what it needs to."""
    return [_table(package, path) for path in sorted((package.root / "public").glob("*.sql"))]


def _table(package: Package, path: Path) -> PublicTable:
    where = f"public/{path.name}"
    said: dict[str, str] = {}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        raise PublicError(f"{where} 不是 UTF-8 编码，请另存为 UTF-8。") from None
    for line in lines:
        found = _COMMENT.match(line)
        if not found:
            break
        said[found[1]] = found[2]
    missing = [word for word in ("title", "description", "kind") if not said.get(word)]
    if missing:
        raise PublicError(f"{where} 开头的说明缺 {'、'.join(missing)}，写成“-- {missing[0]}: …”。")
    if not re.fullmatch(r"[a-z][a-z0-9_]*", path.stem):
        raise PublicError(f"{where} 的文件名只能用小写英文、数字和下划线。")
    fields: list[Field] = []
    sources: dict[str, Ledger] = {}
    ledger = None
    if said["kind"] == "rows":
        ledger = _ledger(package, said.get("ledger", ""), where)
        fields = [field for field in ledger.fields if field.privacy == "public"]
    elif said["kind"] == "counts":
        for column in filter(None, (part.strip() for part in said.get("by", "").split(","))):
            name, _, field_name = column.partition(".")
            field = _ledger(package, name, where).by_name.get(field_name)
            if field is None or field.privacy != "public":
                raise PublicError(f"{where} 的 by 写了 {column}，它不是标为 public 的列。")
            fields.append(field)
            sources[field_name] = package[name]
    else:
        raise PublicError(f"{where} 的 kind 是“{said['kind']}”，只能是 {' 或 '.join(KINDS)}。")
    notes = {word: text for word, text in said.items() if word not in _WORDS}
    if notes and ledger is not None:
        raise PublicError(f"{where} 的说明里有不认识的“{next(iter(notes))}”。")
    return PublicTable(
        name=path.stem,
        title=said["title"],
        description=said["description"],
        kind=said["kind"],
        fields=tuple(fields),
        ledger=ledger,
        sources=sources,
        notes=notes,
        sql="\n".join(lines),
    )


def _ledger(package: Package, name: str, where: str) -> Ledger:
    if name not in package.ledgers:
        raise PublicError(f"{where} 里的台账“{name}”不存在。")
    return package[name]
