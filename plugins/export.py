"""Every .csv of the site, complete (xianjie.export): tables and views with their filters, single rows, typed SQL.

Permissions and SQL are Datasette's own: its views are asked for the query that they would have run.
"""

import asyncio

from datasette import hookimpl
from datasette.utils import derive_named_parameters, sqlite_timelimit, tilde_decode, validate_sql_select
from datasette.utils.asgi import BadRequest, Forbidden, NotFound, Request, Response
from datasette.utils.sqlite import sqlite3
from datasette.views.row import RowView
from datasette.views.table import TableView

from xianjie.export import CsvDownload, without_limit
from xianjie.pages import TIME_LIMIT_MS
from xianjie.questions import check_table

# What only belongs to one page of the table.
PAGING = ("_next", "_size", "_labels", "_label", "_stream", "_dl", "_shape", "_facet", "_facet_size")
NAME = r"(?P<database>[^\/\.]+)"


def whole(request):
    """The same request without paging, counting and facets."""
    kept = [
        part
        for part in request.query_string.split("&")
        if part and part.partition("=")[0] not in PAGING and not part.startswith(("_facet_", "_nofacet", "_nocount"))
    ]
    query = "&".join([*kept, "_nofacet=1", "_nocount=1", "_size=1"])
    return Request({**request.scope, "query_string": query.encode("latin-1")}, request.receive)


def read(datasette, name, sql, parameters, table, title, head):
    """Run the query on a connection of its own and write the file; a thread's work."""
    database = datasette.get_database(name)
    connection = database.connect()
    try:
        datasette._prepare_connection(connection, name)
        with sqlite_timelimit(connection, TIME_LIMIT_MS):
            cursor = connection.execute(sql, parameters)
            columns = [column[0] for column in cursor.description]
            # A table without a primary key is listed with SQLite's own row number, which is no column of the ledger.
            hidden = table is not None and columns[0] == "rowid" and not _has_rowid_column(connection, table)
            rows = (tuple(row)[1:] for row in cursor) if hidden else cursor
            return CsvDownload(f"{title}.csv", columns[1:] if hidden else columns, rows, head)
    finally:
        connection.close()


def _has_rowid_column(connection, table):
    return any(row[1] == "rowid" for row in connection.execute("select * from pragma_table_info(?)", [table]))


async def download(datasette, request, name, sql, parameters, title, table=None):
    """The complete result as a response."""
    head = request.method == "HEAD"
    return await asyncio.to_thread(read, datasette, name, sql, parameters, table, title, head)


def known_database(datasette, request):
    """The name of the database in the address; the whole of it must be spelt right."""
    try:
        return datasette.get_database(route=tilde_decode(request.url_vars["database"])).name
    except KeyError:
        raise NotFound("Database not found") from None


async def table_csv(datasette, request):
    """A table or a view. A canned query has a page of its own (plugins/audits.py), which can say why it is empty."""
    name, table = known_database(datasette, request), tilde_decode(request.url_vars["table"])
    if await datasette.get_canned_query(name, table, request.actor):
        raise NotFound("Table not found")
    await check_table(datasette, request, name, table)
    answer = await TableView(datasette).data(whole(request))
    if isinstance(answer, Response):  # a filter form that Datasette first turns into plain filters
        return answer
    data = answer[0]
    if data.get("error"):
        raise BadRequest(data["error"])
    query = data["query"]
    sql, title = without_limit(query["sql"]), datasette.site.title_of(table)
    return await download(datasette, request, name, sql, query["params"], title, table)


async def row_csv(datasette, request):
    """One row."""
    known_database(datasette, request)
    table = tilde_decode(request.url_vars["table"])
    answer = await RowView(datasette).data(whole(request))
    data = answer[0]
    title = f"{datasette.site.title_of(table)}-{'-'.join(data['primary_key_values'])}.csv"
    return CsvDownload(title, data["columns"], data["rows"], request.method == "HEAD")


async def sql_csv(datasette, request):
    """What somebody has typed."""
    name, sql = known_database(datasette, request), request.args.get("sql")
    if not sql:
        raise BadRequest("没有写要运行的 SQL。")
    visible, _ = await datasette.check_visibility(request.actor, permissions=[("view-database", name), "view-instance"])
    if not visible:
        raise Forbidden("view-database")
    await datasette.ensure_permissions(request.actor, [("execute-sql", name)])
    validate_sql_select(sql)
    names = await derive_named_parameters(datasette.get_database(name), sql)
    parameters = {parameter: request.args.get(parameter) or "" for parameter in names}
    return await download(datasette, request, name, sql, parameters, "查询结果")


def only_reading(view):
    """The view for GET and HEAD; errors of SQLite are the visitor's."""

    async def reading(datasette, request):
        if request.method not in ("GET", "HEAD"):
            return Response.text("只能用 GET 下载。\n", status=405)
        try:
            return await view(datasette, request)
        except sqlite3.DatabaseError as error:
            raise BadRequest(str(error)) from None

    return reading


@hookimpl
def register_routes():
    """After those of audits, which have CSVs of their own, and before plugins/questions.py and Datasette's own."""
    return [
        (rf"/{NAME}\.csv$", only_reading(sql_csv)),
        (rf"/{NAME}/(?P<table>[^\/\.]+)\.csv$", only_reading(table_csv)),
        (rf"/{NAME}/(?P<table>[^/]+?)/(?P<pks>[^/]+?)\.csv$", only_reading(row_csv)),
    ]
