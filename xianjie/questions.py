"""What a visitor may ask of a table or a query by its address; Datasette answers some mistakes with an error of its
own, and others with an empty table, which looks like a clean ledger."""

from __future__ import annotations

import json
from typing import Any

from datasette.app import Datasette
from datasette.filters import Filters
from datasette.utils.asgi import BadRequest, NotFound, Request

SHAPES = ("arrays", "objects", "array", "object", "arrayfirst")
LISTS = ("in", "notin")
LOOKUPS = frozenset(key for key, _, _ in Filters([]).lookups())
NUMBERS = ("_timelimit", "_facet_size")


def check_options(request: Request, keyed: bool) -> None:
    """Options that tables, rows and queries have in common; BadRequest with a Chinese sentence.

    `keyed` says whether the rows have a primary key by which JSON can name them.
    """
    for name in NUMBERS:
        for value in request.args.getlist(name):
            if not (value.isascii() and value.isdigit() and 0 < int(value) < 10**9):
                raise BadRequest(f"{name} 要写成正整数，现在是“{value}”。")
    shape = request.args.get("_shape")
    if shape is not None and shape not in SHAPES:
        raise BadRequest(f"_shape 只能写 {'、'.join(SHAPES)}，现在是“{shape}”。")
    if shape == "object" and not keyed:
        raise BadRequest("这里的行没有主键，_shape 不能写 object，请写 objects。")


async def check_table(datasette: Datasette, request: Request, database: str, table: str) -> None:
    """The options and filters for a table or view; BadRequest with a Chinese sentence. An unknown table passes."""
    site = datasette.get_database(database)
    is_table = await site.table_exists(table)
    if not is_table and not await site.get_view_definition(table):
        return
    columns = await site.table_columns(table)
    keys = await site.primary_keys(table)
    check_options(request, bool(keys))
    known = {*columns, "rowid"} if is_table and not keys else set(columns)
    for name in request.args:
        # The same distinction as Datasette's own, between options and filters.
        if name.startswith("_") and "__" not in name:
            continue
        for value in request.args.getlist(name):
            _check_filter(name, value, known)
    following = request.args.get("_next")
    if following and not is_table and not (following.isascii() and following.isdigit()):
        raise BadRequest(f"没有“{following}”这一页。")
    for value in request.args.getlist("_through"):
        await _check_through(site, table, value)


def _check_filter(name: str, value: str, columns: set[str]) -> None:
    column, joined, lookup = name.rpartition("__")
    if not joined:
        column, lookup = name, "exact"
    if column not in columns:
        raise BadRequest(f"没有“{column}”这一列，不能按它筛选。")
    if lookup not in LOOKUPS:
        raise BadRequest(f"不认识“{lookup}”这种筛选，可以用 {'、'.join(sorted(LOOKUPS))}。")
    if lookup in LISTS and value.startswith("["):
        items = _json(value)
        if not isinstance(items, list) or not all(isinstance(item, (str, int, float)) for item in items):
            raise BadRequest(f'{name} 要写成用逗号隔开的值，或者 ["甲", "乙"] 这样，现在是“{value}”。')


async def _check_through(site: Any, table: str, value: str) -> None:
    data = _json(value)
    wanted = ("table", "column", "value")
    if not isinstance(data, dict) or not all(isinstance(data.get(name), (str, int, float)) for name in wanted):
        raise BadRequest('_through 要写成 {"table": "台账", "column": "列", "value": "值"} 这样。')
    is_table = await site.table_exists(str(data["table"]))
    if not is_table or str(data["column"]) not in await site.table_columns(str(data["table"])):
        raise NotFound(f"_through 里的台账“{data['table']}”没有“{data['column']}”这一列。")
    if all(key["other_table"] != table for key in await site.foreign_keys_for_table(str(data["table"]))):
        raise BadRequest(f"_through 里的台账“{data['table']}”没有引用这张表。")


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None
