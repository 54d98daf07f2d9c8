"""/-/dictionary and /-/dictionary/<ledger>: what each column means and what it is used for, as the build wrote it."""

from datasette import hookimpl
from datasette.utils.asgi import Forbidden, NotFound, Response

from xianjie.pages import may_see, only_reading, table_rules

ADDRESS = "/-/dictionary"


def where_there_is_one(view):
    """The view for GET and HEAD, where there is a dictionary."""

    async def answer(datasette, request):
        if not datasette.site.dictionary:
            raise NotFound("404")
        return await view(datasette, request)

    return only_reading(answer)


async def overview(datasette, request):
    """Every ledger that the visitor may see, by area, with the columns that nothing uses."""
    site = datasette.site
    if not await may_see(datasette, request.actor):
        raise Forbidden("view-database")
    shown = {name: page for name, page in site.dictionary["pages"].items() if name in site.tables}
    pages = [
        (name, page)
        for name, page in shown.items()
        if await may_see(datasette, request.actor, *table_rules(datasette, name))
    ]
    context = {
        "database": site.kind,
        "rows": [(site.areas.get(page["area"], page["area"]), name, page) for name, page in pages],
    }
    return Response.html(await datasette.render_template("dictionary.html", context, request=request))


async def ledger(datasette, request):
    """One ledger."""
    site, name = datasette.site, request.url_vars["ledger"]
    page = site.dictionary["pages"].get(name)
    if page is None:
        raise NotFound("Table not found")
    if not await may_see(datasette, request.actor, *table_rules(datasette, name)):
        raise Forbidden("view-table")
    context = {"database": site.kind, "name": name, "page": page, "known": site.dictionary["audits"]}
    return Response.html(await datasette.render_template("dictionary_page.html", context, request=request))


@hookimpl(tryfirst=True)
def register_routes():
    """On both sites; the gate lets them through."""
    return [
        (rf"{ADDRESS}$", where_there_is_one(overview)),
        (rf"{ADDRESS}/(?P<ledger>[a-z0-9_]+)$", where_there_is_one(ledger)),
    ]
