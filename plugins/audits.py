"""/internal/<audit>: the page, the CSV, the JSON and the XLSX of an audit, for the date and village asked for.

In place of Datasette's canned query, which cannot say that a standard is missing, and which cuts its CSV and JSON.
So every spelling of the address that Datasette would take for the canned query has to lead here.
"""

import asyncio

from datasette import hookimpl
from datasette.renderer import json_renderer
from datasette.utils import tilde_decode
from datasette.utils.asgi import Forbidden, NotFound, Response

from xianjie.audit_page import DATE, VILLAGE, BadRequest, answer, asked, file_name
from xianjie.export import CsvDownload, refusal
from xianjie.links import finding_cell, spelt
from xianjie.pages import CONFLICT, may_see, on_own_connection, only_reading, xlsx
from xianjie.questions import check_options
from xianjie.results import render

FORMS = (None, "csv", "json", "xlsx")


def ask(datasette, audit, as_of, village):
    """The answer, read on a connection of its own; a thread's work."""
    return on_own_connection(datasette, lambda connection: answer(datasette.site, connection, audit, as_of, village))


def as_csv(datasette, request, reply):
    """All findings; a sentence where an empty table would be taken for a clean one."""
    if not reply.answered:
        return refusal(f"{reply.audit.title}：{reply.result.status}。{reply.sentence}", CONFLICT)
    return CsvDownload(file_name(datasette.site, reply), reply.columns, reply.rows, request.method == "HEAD")


def as_xlsx(datasette, reply):
    """The same workbook as `audit --format xlsx`: a summary with the status, and all findings."""
    if not reply.answered:
        return refusal(f"{reply.audit.title}：{reply.result.status}。{reply.sentence}", CONFLICT)
    name = file_name(datasette.site, reply).removesuffix(".csv") + ".xlsx"
    return xlsx(name, render([reply.result], "xlsx"))


def as_json(request, reply):
    """All findings, in Datasette's form (_shape=arrays, objects, array), with the status beside them."""
    data = {
        "ok": reply.answered,
        "audit": reply.audit.name,
        "title": reply.audit.title,
        "status": reply.result.status,
        "population": reply.result.population,
        DATE: reply.as_of,
        VILLAGE: reply.village,
        "message": reply.sentence,
        "columns": reply.columns,
        "rows": [list(row) for row in reply.rows],
        "truncated": False,
    }
    if not reply.answered:
        return Response.json({**data, "error": reply.sentence}, status=CONFLICT)
    return json_renderer(request.args, data, "query")


async def as_page(datasette, request, audit, as_of, village, reply=None, mistake=None):
    """The page; with a mistake in the form it says which, above the form."""
    site = datasette.site
    shown = reply.rows[: datasette.setting("max_returned_rows")] if reply else []
    rows = [
        [finding_cell(site, audit.subject, column, value) for column, value in zip(reply.columns, row, strict=True)]
        for row in shown
    ]
    context = {
        "database": site.kind,
        "audit": audit,
        "as_of": as_of,
        "village": village,
        "reply": reply,
        "mistake": mistake,
        "rows": rows,
    }
    page = await datasette.render_template("audit.html", context, request=request, view_name="audit")
    return Response.html(page, status=400 if mistake else 200)


async def audit_view(datasette, request):
    """Answer for the audit named in the address."""
    site, form = datasette.site, request.url_vars["format"]
    audit = site.audits[tilde_decode(request.url_vars["audit"])]
    if not await may_see(datasette, request.actor, *await query_rules(datasette, request.actor, audit.name)):
        raise Forbidden("view-query")
    if form not in FORMS:
        raise NotFound(f"审计没有“.{form}”这种格式，只有网页、.csv、.xlsx 和 .json。")
    if form == "json":
        check_options(request, keyed=False)
    try:
        as_of, village = asked(site, request.args)
    except BadRequest as mistake:
        if form in ("csv", "xlsx"):
            return refusal(str(mistake), 400)
        if form == "json":
            return Response.json({"ok": False, "error": str(mistake), "status": 400}, status=400)
        given = (request.args.get(DATE) or "", request.args.get(VILLAGE) or "")
        return await as_page(datasette, request, audit, *given, mistake=str(mistake))
    reply = await asyncio.to_thread(ask, datasette, audit, as_of, village)
    if form == "csv":
        return as_csv(datasette, request, reply)
    if form == "xlsx":
        return await asyncio.to_thread(as_xlsx, datasette, reply)
    if form == "json":
        return as_json(request, reply)
    return await as_page(datasette, request, audit, as_of, village, reply)


async def query_rules(datasette, actor, name):
    """The permissions to see an audit: Datasette's for a canned query."""
    kind = datasette.site.kind
    query = (await datasette.get_canned_queries(kind, actor)).get(name)
    return [("view-query", (kind, name))] if query else []


@hookimpl(tryfirst=True)
def register_routes(datasette):
    """One address for every audit, whatever its ending; none on the public site, which has no audits."""
    site = datasette.site
    if not site.audits:
        return []
    names = "|".join(map(spelt, site.audits))
    return [(rf"/{spelt(site.kind)}/(?P<audit>{names})(\.(?P<format>[^/]*))?$", only_reading(audit_view))]
