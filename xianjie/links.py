"""Where a value of a ledger leads: a person's number to the person, a 村代码 to the village, by its name."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from urllib.parse import urlencode

from datasette.utils import tilde_encode
from markupsafe import Markup

from xianjie.site import Site

PERSON = "身份证号"
TEAM = "专班"
OUTSIDE = Markup('<span class="outside">不在册</span>')


def table_url(site: Site, table: str, filters: dict[str, object] | None = None) -> str:
    """The page of a table or audit, filtered where filters are given."""
    query = "?" + urlencode({name: str(value) for name, value in filters.items()}) if filters else ""
    return f"/{site.kind}/{tilde_encode(table)}{query}"


def spelt(name: str) -> str:
    """A pattern for the ASCII name with any of its letters written as ~5F: Datasette decodes them before it looks."""
    return "".join(f"(?:{re.escape(letter)}|~(?i:{ord(letter):02x}))" for letter in name)


def row_url(site: Site, table: str, key: object) -> str:
    """The page of one row of a ledger with a primary key."""
    return f"/{site.kind}/{tilde_encode(table)}/{tilde_encode(str(key))}"


def _link(url: str, text: object, note: object = "") -> Markup:
    tail = Markup(' <small class="code">{}</small>').format(note) if note else Markup()
    return Markup('<a href="{}">{}</a>{}').format(url, text, tail)


def subject_url(site: Site, subject: str, value: object) -> str | None:
    """The page of an audit's 对象: one row, or the rows of the ledger with that key."""
    ledger = site.ledgers.get(subject)
    if subject == "persons":
        return table_url(site, "persons", {PERSON: value})
    if ledger is None or (subject == "villages" and value not in site.villages):  # an audit may speak of 全镇
        return None
    if len(ledger.primary_key) == 1:
        return row_url(site, subject, value)
    parts = str(value).split("|")
    if len(parts) == len(ledger.key):
        return table_url(site, subject, dict(zip(ledger.key, parts, strict=True)))
    return None


def linked(site: Site, column: str, value: Any, table: str | None = None, label: object = None) -> Markup | None:
    """The value as a link to what it names, or None where it names nothing.

    `table` is the ledger on whose page it stands: a row does not link to itself. `label` is what Datasette knows the
    row by. A village is shown by name, its code after it.
    """
    if value is None or value == "":
        return None
    target = site.ledger_of_key.get(column)
    if column == "村代码" and target and value in site.villages and table != target:
        return _link(row_url(site, target, value), site.villages[value], value)
    if column == PERSON and site.internal:
        return _link(table_url(site, "persons", {PERSON: value}), value)
    if column == TEAM and table != "teams" and "teams" in site.ledgers:
        # teams has no primary key (two teams have no name yet), so there is no page of one team.
        return _link(table_url(site, "teams", {TEAM: value}), value)
    if column == "审计" and value in site.audits:
        return _link(table_url(site, str(value)), site.audits[value].title, value)
    if target and table != target:
        return _link(row_url(site, target, value), label or value, value if label and label != value else "")
    return None


def figure(value: float) -> str:
    """A number with its decimals, if any, and separators between thousands."""
    text = f"{value:,.4f}".rstrip("0").rstrip(".")
    return text if float(text.replace(",", "")) == value else repr(value)


def finding_cell(site: Site, subject: str, column: str, value: Any) -> Markup | str:
    """A cell of an audit's result."""
    if column == "村代码" and value is None:
        return OUTSIDE if subject in ("persons", "households") else Markup('<span class="blank">—</span>')
    if value is None or value == "":
        return Markup('<span class="blank">—</span>')
    if column == "对象":
        url = subject_url(site, subject, value)
        return _link(url, value) if url else str(value)
    return linked(site, column, value) or (figure(value) if isinstance(value, float) else str(value))


def age_on(birth: object, day: str) -> int | None:
    """Full years, or None where either is no date."""
    try:
        born, then = date.fromisoformat(str(birth)), date.fromisoformat(day)
    except ValueError:
        return None
    return then.year - born.year - ((then.month, then.day) < (born.month, born.day))
