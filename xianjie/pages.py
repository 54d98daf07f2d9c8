"""What the site's own pages have in common: only reading, permissions, a connection, how a workbook leaves."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from datasette.utils.asgi import Forbidden, Response

from xianjie.export import disposition

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CONFLICT = 409  # asked well, but cannot be answered in this state of the data
TIME_LIMIT_MS = 60_000  # the project's own questions may take longer than what somebody types in
View = Callable[[Any, Any], Awaitable[Any]]
T = TypeVar("T")


async def may_see(datasette: Any, actor: Any, *rules: Any) -> bool:
    """Whether the visitor may see the site's database, and what these of Datasette's permissions are about."""
    visible, _ = await datasette.check_visibility(
        actor, permissions=[*rules, ("view-database", datasette.site.kind), "view-instance"]
    )
    return bool(visible)


def table_rules(datasette: Any, *tables: str) -> list[Any]:
    """The permissions to see tables or views of the site's database."""
    return [("view-table", (datasette.site.kind, table)) for table in tables]


def only_reading(view: View) -> View:
    """The view for GET and HEAD."""

    async def answer(datasette: Any, request: Any) -> Any:
        if request.method not in ("GET", "HEAD"):
            return Response.text("只能用 GET 查看。\n", status=405)
        return await view(datasette, request)

    return answer


def reading(view: View, *tables: str) -> View:
    """The view for GET and HEAD, and for who may see the site's database and these tables or views of it."""

    async def answer(datasette: Any, request: Any) -> Any:
        if not await may_see(datasette, request.actor, *table_rules(datasette, *tables)):
            raise Forbidden("view-database")
        return await view(datasette, request)

    return only_reading(answer)


def on_own_connection(datasette: Any, work: Callable[[sqlite3.Connection], T]) -> T:
    """What `work` makes of the site's database, on a connection of its own; for a thread."""
    database = datasette.get_database(datasette.site.kind)
    connection = database.connect()
    try:
        datasette._prepare_connection(connection, database.name)
        return work(connection)
    finally:
        connection.close()


def xlsx(name: str, data: bytes) -> Response:
    """A workbook to be saved under this name."""
    headers = {"content-disposition": disposition(name), "cache-control": "no-store"}
    return Response(data, headers=headers, content_type=XLSX)
