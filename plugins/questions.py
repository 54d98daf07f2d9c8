"""Databases, tables and rows of Datasette, once what is asked of them has been looked at (xianjie.questions)."""

from datasette import hookimpl
from datasette.utils import tilde_decode
from datasette.utils.asgi import Response
from datasette.views.database import DatabaseView
from datasette.views.row import RowView
from datasette.views.table import TableView

from xianjie.links import spelt
from xianjie.questions import check_options, check_table

ENDING = r"(\.(?P<format>(?!csv$|db$)\w+))?$"  # CSVs are plugins/export.py's


def looked_at(view):
    """Datasette's view behind the checks; these pages are only ever read."""

    async def looking(datasette, request, send):
        if request.method not in ("GET", "HEAD"):
            return Response.text("只能用 GET 查看。\n", status=405)
        table, row = request.url_vars.get("table"), "pks" in request.url_vars
        if table and not row:
            await check_table(datasette, request, datasette.site.kind, tilde_decode(table))
        else:
            check_options(request, keyed=row)
        return await view.as_view(datasette)(request, send)

    return looking


@hookimpl(trylast=True)
def register_routes(datasette):
    """With Datasette's own patterns, before its own routes and after those of audits and CSVs."""
    database = rf"/(?P<database>{spelt(datasette.site.kind)})"
    return [
        (database + ENDING, looked_at(DatabaseView)),
        (rf"{database}/(?P<table>[^\/\.]+){ENDING}", looked_at(TableView)),
        (rf"{database}/(?P<table>[^/]+?)/(?P<pks>[^/]+?){ENDING}", looked_at(RowView)),
    ]
