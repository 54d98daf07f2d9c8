"""A visitor of a site, without a network."""

from __future__ import annotations

import asyncio
import csv
import io
import re
from html import unescape
from typing import Any

import httpx

LETTERS = re.compile(r"[A-Za-z]{2,}")
TAGS = re.compile(r"<(script|style|code|pre|textarea)\b.*?</\1>|<[^>]*>|<!--.*?-->", re.DOTALL)


class Client:
    """GETs pages of one site, logged in as root or as nobody."""

    def __init__(self, site: Any) -> None:
        self.site = site

    def get(self, path: str, login: bool = True, **options: Any) -> httpx.Response:
        """The answer to a GET; redirects are not followed."""
        return self.request("GET", path, login, **options)

    def request(self, method: str, path: str, login: bool = True, **options: Any) -> httpx.Response:
        cookies = {"ds_actor": self.site.sign({"a": {"id": "root"}}, "actor")} if login else {}
        return asyncio.run(self.site.client.request(method, path, cookies=cookies, **options))

    def rows(self, path: str, **options: Any) -> list[list[str]]:
        """A CSV of the site, heading first; asserts that it is one."""
        response = self.get(path, **options)
        assert response.status_code == 200, response.text
        assert response.headers["content-type"] == "text/csv; charset=utf-8"
        assert response.content.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))
        assert response.headers["x-row-count"] == str(len(rows) - 1)
        return rows


def as_text(rows: Any) -> list[list[str]]:
    """Rows of a database as a CSV shows them."""
    return [["" if value is None else str(value) for value in row] for row in rows]


def visible_words(html: str) -> set[str]:
    """Latin words that a reader of the page sees; code and SQL do not count."""
    return set(LETTERS.findall(unescape(TAGS.sub(" ", html))))
