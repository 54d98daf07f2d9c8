"""Writes what Datasette shows: metadata.yml's own words, completed from the schemas, audits, views and public/."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from xianjie.audits import Audit, load_views
from xianjie.compile import searchable
from xianjie.macros import DATE_PARAMETER, VILLAGE_PARAMETER
from xianjie.package import Field, Ledger, Package
from xianjie.public_tables import PublicTable, load_public

SITES = ("internal", "public")
# What FTS5 keeps beside an index; hidden with it.
_FTS_PARTS = ("", "_data", "_idx", "_content", "_docsize", "_config")


# Who may see what is not a matter of words: one `allow` on a table opens it whatever the site says.
_NOT_FOR_HAND = {"allow", "allow_sql", "databases", "queries"}


class MetadataError(Exception):
    """metadata.yml cannot be used; the text is a Chinese sentence."""


class _Dumper(yaml.SafeDumper):
    """SQL as a block that people can read."""


def _as_block(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _as_block)


def dumped(metadata: dict[str, Any]) -> str:
    """The metadata as YAML text, keys in the order in which they were put in."""
    return yaml.dump(metadata, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1000)


def read_words(package: Package) -> dict[str, Any]:
    """metadata.yml as written; MetadataError when it is missing, broken, or names a table that there is not."""
    path = package.root / "metadata.yml"
    try:
        words = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise MetadataError(f"找不到 metadata.yml（{path}）。") from None
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"第{mark.line + 1}行" if mark else ""
        raise MetadataError(f"metadata.yml {where}不是有效的 UTF-8 编码的 YAML。") from None
    parts = [words.get(site) or {} for site in SITES] if isinstance(words, dict) else [None]
    if not all(isinstance(part, dict) and isinstance(part.get("tables") or {}, dict) for part in parts):
        raise MetadataError("metadata.yml 应当有 internal 和 public 两部分，各写 title、description 和 tables。")
    for part in (words, *parts):
        for key in _NOT_FOR_HAND & set(part):
            raise MetadataError(f"metadata.yml 里不要写 {key}，它由编译程序写。")
    return words


def internal_metadata(package: Package, audits: Mapping[str, Audit]) -> dict[str, Any]:
    """Datasette's metadata for internal.db: only root, every table described, every audit a canned query."""
    tables: dict[str, dict[str, Any]] = {}
    for ledger in package.ledgers.values():
        tables[ledger.name] = _ledger_entry(ledger, ledger.fields)
        if searchable(ledger):
            tables[ledger.name] |= {"fts_table": f"{ledger.name}_fts", "fts_pk": "rowid"}
    for view in load_views(package).values():
        tables[view.name] = {"title": view.title}
    for ledger in package.ledgers.values():
        if searchable(ledger):
            tables |= {f"{ledger.name}_fts{part}": {"hidden": True} for part in _FTS_PARTS}
    made = ["findings", "audit_results"]
    metadata = _merged(package, "internal", tables, made)
    metadata["allow"] = {"id": "root"}
    metadata["allow_sql"] = {"id": "root"}
    metadata["databases"]["internal"]["queries"] = {
        audit.name: {
            "title": audit.title,
            "sql": audit.findings_sql,
            "params": [DATE_PARAMETER, VILLAGE_PARAMETER],
            "hide_sql": True,
        }
        for audit in audits.values()
    }
    return metadata


def public_metadata(package: Package, columns: Mapping[str, list[str]]) -> dict[str, Any]:
    """Datasette's metadata for public.db, whose tables have these `columns`; nobody may send SQL to it."""
    tables = {table.name: _public_entry(table, columns[table.name]) for table in load_public(package)}
    metadata = _merged(package, "public", tables, [])
    metadata["allow_sql"] = False
    return metadata


def _merged(package: Package, site: str, tables: dict[str, dict[str, Any]], made: list[str]) -> dict[str, Any]:
    """The words of metadata.yml over what the build knows about the tables (and those that it makes itself)."""
    words = read_words(package)
    own = dict(words.get(site) or {})
    for name, entry in (own.pop("tables", None) or {}).items():
        if name not in tables and name not in made:
            # A package may have fewer ledgers than the shipped one; what is said about the others waits for them.
            continue
        if not isinstance(entry, dict) or _NOT_FOR_HAND & set(entry):
            raise MetadataError(f"metadata.yml 里 {site} 的 {name} 应写 title、facets 等，不写谁可以看。")
        _check_columns(site, name, entry, tables.get(name, {}).get("columns"))
        tables[name] = {**tables.get(name, {}), **entry}
    shared = {key: value for key, value in words.items() if key not in SITES}
    return {**shared, **own, "databases": {site: {"tables": tables}}}


def _check_columns(site: str, name: str, entry: dict[str, Any], described: dict[str, str] | None) -> None:
    used = [*entry.get("facets", []), *(entry[key] for key in ("sort", "sort_desc", "label_column") if key in entry)]
    for column in used:
        if described is not None and column not in described:
            # Datasette answers every visit of the table with an error otherwise.
            raise MetadataError(f"metadata.yml 里 {site} 的 {name} 用到“{column}”，这张表没有这一列。")


def _ledger_entry(ledger: Ledger, fields: tuple[Field, ...]) -> dict[str, Any]:
    names = [field.name for field in fields]
    entry: dict[str, Any] = {"title": ledger.title, "description": ledger.description}
    if ledger.label in names:
        entry["label_column"] = ledger.label
    entry["columns"] = {field.name: _described(field) for field in fields}
    return entry


def _described(field: Field) -> str:
    return f"{field.description}单位：{field.unit}。" if field.unit else field.description


def _public_entry(table: PublicTable, columns: list[str]) -> dict[str, Any]:
    shown = tuple(field for name in columns for field in table.fields if field.name == name)
    if table.ledger is not None:
        entry = _ledger_entry(table.ledger, shown)
    else:
        entry = {"columns": {field.name: _described(field) for field in shown} | table.notes}
    return {**entry, "title": table.title, "description": table.description}
