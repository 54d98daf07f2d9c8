"""Cells that lead on: villages by name, persons by number, and foreign keys that Datasette links wrongly."""

from datasette import hookimpl
from markupsafe import Markup

from xianjie.links import figure, finding_cell, linked, table_url


@hookimpl
def render_cell(value, column, table, row, database, datasette):
    """The cell as a link, or None to leave it to Datasette."""
    site, label = datasette.site, None
    if database != site.kind:
        return None
    if isinstance(value, dict):  # a foreign key that Datasette has looked up
        value, label = value["value"], value["label"]
    if column == "对象" and value and table in ("findings", "problems"):
        audit = site.audits.get(_plain(row, "审计"))
        return finding_cell(site, audit.subject, column, value) if audit else None
    if column == "审计" and value in site.audits and table == "findings":  # its title stands in the next column
        return Markup('<a href="{}">{}</a>').format(table_url(site, value), value)
    if isinstance(value, float):
        return figure(value)
    return linked(site, column, value, table, label)


def _plain(row, column):
    try:
        value = row[column]
    except (KeyError, IndexError):
        return None
    return value["value"] if isinstance(value, dict) else value
