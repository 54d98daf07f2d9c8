"""What the front page shows: every audit with its result, by area, and every ledger with its size."""

import re

from datasette import hookimpl
from datasette.database import QueryInterrupted
from datasette.utils.sqlite import sqlite3

COUNT_LIMIT_MS = 1000


async def audit_results(datasette):
    """Rows of audit_results by area, in the order of the areas; {} where no build has written them."""
    site = datasette.site
    try:
        rows = await datasette.execute(site.kind, "select * from audit_results order by 代码")
    except sqlite3.OperationalError:
        return {}
    results = [dict(row) for row in rows if row["审计"] in site.audits]
    return grouped(site, results, lambda result: result["领域"])


async def ledgers(datasette):
    """Every ledger of the site with title, description and number of rows, by area."""
    site, counts = datasette.site, await datasette.get_database(datasette.site.kind).table_counts(COUNT_LIMIT_MS)
    listed = [
        {
            "name": name,
            "title": site.title_of(name),
            "description": site.tables.get(name, {}).get("description") or ledger.description,
            "area": ledger.area,
            "count": counts.get(name),
        }
        for name, ledger in site.ledgers.items()
        if name in counts
    ]
    return grouped(site, listed, lambda ledger: ledger["area"])


def grouped(site, items, area_of):
    """Items by the Chinese name of their area, areas in the site's order."""
    order = [*site.areas, *sorted({area_of(item) for item in items} - set(site.areas))]
    groups = {site.areas.get(area, area): [item for item in items if area_of(item) == area] for area in order}
    return {name: group for name, group in groups.items() if group}


def why(site, result):
    """The reason that an audit gave for having no result, ledgers by their Chinese names."""
    text = result["说明"] or ""
    for name in sorted(site.ledgers, key=len, reverse=True):
        text = re.sub(rf"\b{name}\b", site.title_of(name), text, flags=re.ASCII)
    return text


def other_tables(datasette, counts):
    """Tables of the site that are no ledgers: counts made for publication."""
    site = datasette.site
    return [
        {"name": name, "title": site.title_of(name), "description": words.get("description"), "count": counts[name]}
        for name, words in site.tables.items()
        if name in counts and name not in site.ledgers and not words.get("hidden")
    ]


@hookimpl
def extra_template_vars(datasette, view_name):
    """For the front page and the database's page only."""

    async def variables():
        if view_name not in ("index", "database"):
            return {}
        site = datasette.site
        try:
            counts = await datasette.get_database(site.kind).table_counts(COUNT_LIMIT_MS)
        except QueryInterrupted:
            counts = {}
        results = await audit_results(datasette) if site.internal else {}
        flat = [result for group in results.values() for result in group]
        return {
            "audit_results": results,
            "as_of": flat[0]["截止日期"] if flat else site.package.as_of,
            "statuses": {status: [r for r in flat if r["状态"] == status] for status in ("有疑点", "无疑点")},
            "unanswered": [r for r in flat if r["状态"] not in ("有疑点", "无疑点")],
            "unanswered_why": {r["审计"]: why(site, r) for r in flat},
            "ledger_groups": await ledgers(datasette),
            "other_tables": other_tables(datasette, counts),
            "searchable": [name for name in site.searched if site.tables.get(name, {}).get("fts_table")],
        }

    return variables
