"""/-/reconciliation: the national system against the ledgers, on the internal site; .csv and .xlsx are complete."""

import asyncio
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from datasette import hookimpl
from datasette.utils import sqlite_timelimit
from datasette.utils.asgi import Response
from markupsafe import Markup

from xianjie.export import CsvDownload, refusal
from xianjie.links import PERSON, linked, table_url
from xianjie.pages import CONFLICT, TIME_LIMIT_MS, on_own_connection, reading, xlsx
from xianjie.reconciliation import (
    AMISS,
    COLUMNS,
    COMPARISON,
    EVERYTHING,
    FIELD,
    GROUP,
    GROUPS,
    ONLINE,
    UNKNOWN_VILLAGE,
    VILLAGE,
    Comparison,
    Filters,
    ReconciliationError,
    asked,
)
from xianjie.reconciliation_book import TITLE, workbook

ADDRESS = "/-/reconciliation"
AUDIT = "system_mismatch"  # lists what is amiss here
READ = (COMPARISON, "system_records", "households", "persons")  # who may not see one of them, may not see this


@dataclass
class Answer:
    """What the page shows."""

    villages: list[dict[str, Any]]
    fields: list[dict[str, Any]]
    uncompared: list[Any]
    exported_on: str | None
    count: int
    rows: list[tuple[Any, ...]] = field(default_factory=list)


def comparing(datasette, work):
    """What `work` makes of the comparison, on a connection of its own; for a thread."""

    def limited(connection):
        with sqlite_timelimit(connection, TIME_LIMIT_MS):
            return work(Comparison(connection))

    return on_own_connection(datasette, limited)


def address(filters, ending="", **changed):
    """The address of the page with these filters, some of them changed; "" leaves one out."""
    arguments = {
        VILLAGE: filters.villages[0] if filters.villages else "",
        GROUP: "" if filters.group == AMISS else filters.group,
        FIELD: filters.field,
        **changed,
    }
    query = urlencode({name: value for name, value in arguments.items() if value})
    return f"{ADDRESS}{ending}" + (f"?{query}" if query else "")


def cell(site, row, column):
    """A cell of the list: persons, households and villages lead to their pages."""
    value = row[column]
    if value is None or value == "":
        return Markup('<span class="blank">—</span>')
    if column == "对象" and row[GROUP] != ONLINE:
        if row["对象类型"] == "人":
            return linked(site, PERSON, value)
        return Markup('<a href="{}">{}</a>').format(table_url(site, "households", {"系统户编号": value}), value)
    return linked(site, column, value) or value


def file_name(site, filters, ending):
    """What a download is called: the village and the group are part of it."""
    village = filters.villages[0] if filters.villages else ""
    parts = [
        TITLE,
        site.villages.get(village, village and "村不详"),
        "" if filters.group == EVERYTHING else filters.group,
    ]
    return "-".join(part for part in (*parts, filters.field) if part) + ending


async def page(datasette, request):
    """The page; with a mistake in the address, or without any export of the system, it says so."""
    site, mistake, answer, status = datasette.site, None, None, 200
    filters = Filters(group=AMISS)
    most = datasette.setting("max_returned_rows")

    def work(comparison):
        return Answer(
            comparison.by_village(),
            comparison.by_field(),
            comparison.uncompared(),
            comparison.exported_on(),
            comparison.count(filters),
            list(comparison.rows(filters, most)),
        )

    try:
        filters = asked(request.args, site.villages)
    except ReconciliationError as error:
        mistake, status = str(error), 400
    if not mistake:
        try:
            answer = await asyncio.to_thread(comparing, datasette, work)
        except ReconciliationError as error:
            mistake = str(error)
    named = [dict(zip(COLUMNS, row, strict=True)) for row in answer.rows] if answer else []
    shown = [column for column in COLUMNS if column != "村名"]
    context = {
        "database": site.kind,
        "filters": filters,
        "village": filters.villages[0] if filters.villages else "",
        "groups": GROUPS,
        "choices": (AMISS, *GROUPS, EVERYTHING),
        "unknown_village": UNKNOWN_VILLAGE,
        "answer": answer,
        "mistake": mistake,
        "address": lambda ending="", **changed: address(filters, ending, **changed),
        "columns": shown,
        "rows": [[cell(site, row, column) for column in shown] for row in named],
        "audit": site.audits.get(AUDIT),
    }
    html = await datasette.render_template("reconciliation.html", context, request=request)
    return Response.html(html, status=status)


def download(make):
    """The view of a file that `make(comparison, site, filters, head)` gives; a sentence where there is none."""

    async def answer(datasette, request):
        site, head = datasette.site, request.method == "HEAD"
        try:
            filters = asked(request.args, site.villages)
        except ReconciliationError as error:
            return refusal(str(error), 400)
        try:
            return await asyncio.to_thread(comparing, datasette, lambda made: make(made, site, filters, head))
        except ReconciliationError as error:
            return refusal(str(error), CONFLICT)

    return answer


def as_csv(comparison, site, filters, head):
    """All rows that the filters leave."""
    return CsvDownload(file_name(site, filters, ".csv"), COLUMNS, comparison.rows(filters), head)


def as_xlsx(comparison, site, filters, head):
    """All four groups, of the village or of all."""
    name = file_name(site, Filters(filters.villages), ".xlsx")
    return xlsx(name, b"" if head else workbook(comparison, filters.villages))


@hookimpl(tryfirst=True)
def register_routes(datasette):
    """On the internal site only; the gate lets them through."""
    if not datasette.site.internal:
        return []
    return [
        (rf"{ADDRESS}$", reading(page, *READ)),
        (rf"{ADDRESS}\.csv$", reading(download(as_csv), *READ)),
        (rf"{ADDRESS}\.xlsx$", reading(download(as_xlsx), *READ)),
    ]
