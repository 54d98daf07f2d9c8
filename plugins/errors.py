"""Error pages in Chinese, and an error log without anybody's data in it.

Datasette prints a traceback with the text of the error, and where rich is installed with all local variables.
"""

import sys
import traceback
from pathlib import Path

from datasette import hookimpl
from datasette.database import QueryInterrupted
from datasette.utils import InvalidSql
from datasette.utils.asgi import Base400, Response
from datasette.utils.sqlite import sqlite3
from datasette.views.base import DatasetteError

from xianjie.export import refusal
from xianjie.site import SiteError

TITLES = {400: "请求有误", 403: "没有权限", 404: "没有找到", 405: "不能这样请求", 500: "出错了"}


def log(exception):
    """One line on stderr: kind and place, nothing that came from a ledger or a visitor."""
    frames = traceback.extract_tb(exception.__traceback__)
    places = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames[-3:]))
    print(f"站点出错：{type(exception).__name__}（{places}）", file=sys.stderr, flush=True)


def asked_path(request):
    """The path that the visitor asked for, also where the gate has sent him elsewhere."""
    return (request.scope.get("asked") or request.path).split("?")[0]


async def respond(datasette, request, message, status, title=None):
    """The error as JSON, as plain text (for .csv and .xlsx) or as a page, by what was asked for."""
    translate = datasette.jinja_env.filters["zh_error"]
    sentence, path = translate(message), asked_path(request)
    if path.endswith(".json"):
        body = {"ok": False, "error": sentence, "status": status, "title": title or TITLES.get(status)}
        return Response.json(body, status=status)
    if path.endswith((".csv", ".xlsx")):
        return refusal(sentence, status)
    context = {
        "title": title or TITLES.get(status, TITLES[500]),
        "status": status,
        "error": sentence,
        "login": message == "login",
    }
    return Response.html(await datasette.render_template("error.html", context, request=request), status=status)


@hookimpl(tryfirst=True)
def forbidden(datasette, request, message):
    """403 in Chinese; who is not logged in reads how to log in."""
    title = "需要登录" if message == "login" or "token" in message else None
    return lambda: respond(datasette, request, message, 403, title)


@hookimpl(tryfirst=True)
def handle_exception(datasette, request, exception):
    """Every other error."""

    async def inner():
        if isinstance(exception, Base400):
            return await respond(datasette, request, exception.args[0] if exception.args else "404", exception.status)
        if isinstance(exception, DatasetteError):
            status = 400 if exception.status == 500 else exception.status  # a bad _sort is the visitor's mistake
            return await respond(datasette, request, exception.message, status)
        if isinstance(exception, QueryInterrupted):
            return await respond(datasette, request, "interrupted", 400)
        if isinstance(exception, (sqlite3.DatabaseError, InvalidSql)):
            return await respond(datasette, request, str(exception), 400)
        if isinstance(exception, SiteError):
            return await respond(datasette, request, str(exception), 500)
        log(exception)
        return await respond(datasette, request, "站点出现没有预料到的错误，请把操作步骤告诉管理人员。", 500)

    return inner
