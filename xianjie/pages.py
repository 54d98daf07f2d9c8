"""What pages of ours on the internal site have in common: only reading, and Datasette's own permissions."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from datasette.utils.asgi import Forbidden, Response

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
View = Callable[[Any, Any], Awaitable[Any]]


def reading(view: View, *tables: str) -> View:
    """The view for GET and HEAD, and for who may see the site's database and these tables or views of it."""

    async def answer(datasette: Any, request: Any) -> Any:
        if request.method not in ("GET", "HEAD"):
            return Response.text("只能用 GET 查看。\n", status=405)
        kind = datasette.site.kind
        rules: list[Any] = [("view-table", (kind, table)) for table in tables]
        visible, _ = await datasette.check_visibility(
            request.actor, permissions=[*rules, ("view-database", kind), "view-instance"]
        )
        if not visible:
            raise Forbidden("view-database")
        return await view(datasette, request)

    return answer
