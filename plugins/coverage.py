"""/-/coverage: the work plan clause by clause, on the internal site; /-/coverage.xlsx: the same as a workbook."""

from datasette import hookimpl
from datasette.utils.asgi import NotFound, Response
from datasette.utils.sqlite import sqlite3

from xianjie.coverage import CoverageError, has_coverage, lines, load_clauses
from xianjie.coverage_book import TITLE, book_of
from xianjie.pages import reading, xlsx

ADDRESS = "/-/coverage"


def found(site):
    """The lines, the ledgers of each audit as the build observed them."""
    reads = {}
    for name, page in site.dictionary.get("pages", {}).items():
        for audit in page["audits"]:
            reads.setdefault(audit, []).append(name)
    try:
        return lines(load_clauses(site.package), site.audits, reads)
    except CoverageError as error:
        raise NotFound(str(error)) from None


def by_clause(listed):
    """Clauses in their order, each with its lines."""
    groups = {}
    for line in listed:
        groups.setdefault(line.clause, []).append(line)
    return groups


async def results(datasette):
    """Name of each audit -> its row of audit_results; {} where no build has written them."""
    try:
        rows = await datasette.execute(datasette.site.kind, "select * from audit_results")
    except sqlite3.OperationalError:
        return {}
    return {row["审计"]: dict(row) for row in rows}


async def page(datasette, request):
    """The page."""
    site, listed = datasette.site, found(datasette.site)
    context = {
        "clauses": by_clause(listed),
        "results": await results(datasette),
        "items": len(listed),
        "unaudited": sum(not line.audits for line in listed),
        "ledgers": len({name for line in listed for name in line.ledgers}),
    }
    context["audits"] = len({audit.code for line in listed for audit in line.audits})
    return Response.html(
        await datasette.render_template("coverage.html", {"database": site.kind, **context}, request=request)
    )


async def book(datasette, request):
    """The workbook."""
    site = datasette.site
    return xlsx(f"{TITLE}.xlsx", book_of(site.package, found(site)))


@hookimpl
def prepare_jinja2_environment(env, datasette):
    """Where the page is, for links to it; "" where the site has none."""
    site = datasette.site
    env.globals["coverage_address"] = ADDRESS if site.internal and has_coverage(site.package) else ""


@hookimpl(tryfirst=True)
def register_routes(datasette):
    """On the internal site only; the gate lets them through."""
    if not datasette.site.internal:
        return []
    return [(rf"{ADDRESS}$", reading(page)), (rf"{ADDRESS}\.xlsx$", reading(book))]
