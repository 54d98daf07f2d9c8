"""/-/coverage: the work plan clause by clause, on the internal site only."""

from __future__ import annotations

import html
import io
import re
import shutil

import openpyxl
import pytest
from site_client import Client, visible_words
from test_pages import LATIN

from xianjie.coverage import load_clauses
from xianjie.site import open_site


@pytest.fixture(scope="module")
def page(internal):
    response = internal.get("/-/coverage")
    assert response.status_code == 200
    return html.unescape(response.text)


def test_every_clause_and_every_item_is_on_it(internal, page):
    clauses = load_clauses(internal.site.site.package)
    for clause in clauses:
        section = re.search(rf'<section class="clause" id="{re.escape(clause.label)}">.*?</section>', page, re.DOTALL)[
            0
        ]
        assert f"{clause.label} {clause.title} <small>{clause.teams}</small>" in section
        assert section.count("<tr>") == len(clause.items) + 1 + section.count("本条的其他审计")
        for item in clause.items:
            assert item.said in section and item.on_site in section and item.reason in section
        assert f'href="#{clause.label}"' in page


def test_every_audit_is_linked_with_its_result(internal, page, database):
    assert len(internal.site.site.audits) >= 176
    results = {name: (status, number) for name, status, number in
               database.execute("select 审计, 状态, 疑点数 from audit_results")}  # fmt: skip
    for name, audit in internal.site.site.audits.items():
        row = re.search(rf'<li><a href="/internal/{name}">.*?</li>', page)[0]
        status, number = results[name]
        assert audit.code in row and audit.title in row and f">{status}</span>" in row
        assert (f"<b>{number:,}</b>" in row) is bool(number)


def test_every_ledger_that_is_named_is_linked(internal, page):
    site = internal.site.site
    linked = set(re.findall(r'<a href="/internal/([a-z_]+)">', page)) - set(site.audits)
    assert linked <= set(site.ledgers) and len(linked) >= len(site.ledgers) - 2
    for name in linked:
        assert f'<a href="/internal/{name}">{site.title_of(name)}</a>' in page


def test_the_front_page_and_each_audit_lead_to_it(internal, public):
    assert 'href="/-/coverage"' in internal.get("/").text
    clause = internal.site.site.audits["idle_assets"].clause
    assert f'href="/-/coverage#{clause}"' in html.unescape(internal.get("/internal/idle_assets").text)
    assert "/-/coverage" not in public.get("/", login=False).text


def test_the_workbook_is_the_whole_of_it(internal):
    response = internal.get("/-/coverage.xlsx")
    assert response.status_code == 200 and "%E6%9D%A1%E6%AC%BE" in response.headers["content-disposition"]
    (sheet,) = openpyxl.load_workbook(io.BytesIO(response.content))
    clauses = load_clauses(internal.site.site.package)
    assert sheet.max_row >= 3 + sum(len(clause.items) for clause in clauses)


@pytest.mark.parametrize("path", ["/-/coverage", "/-/coverage.xlsx"])
def test_who_may_see_it(internal, public, copied, path):
    for method in ("GET", "HEAD", "POST"):
        assert internal.request(method, path, login=False).status_code == 403
    assert internal.request("HEAD", path).status_code == 200
    assert internal.request("POST", path).status_code in (403, 405)
    assert public.get(path, login=False).status_code == 404
    client = Client(open_site(copied, copied.root / "dist", "internal"))
    client.site._metadata_local["allow"] = None  # also without the gate
    client.site._metadata_local["databases"]["internal"]["allow"] = {"id": "nobody"}
    assert client.get(path).status_code == 403


@pytest.mark.parametrize("path", ["/-/coverage/", "/-/coverage.csv", "/-/coverage/x", "/-/coveragex", "/-/%63overage"])
def test_other_addresses_are_not_there(internal, path):
    assert internal.get(path).status_code == 404


def test_a_package_without_the_list_has_no_page(copied):
    shutil.rmtree(copied.root / "coverage")
    client = Client(open_site(copied, copied.root / "dist", "internal"))
    response = client.get("/-/coverage")
    assert response.status_code == 404 and "找不到 coverage/clauses.csv" in response.text
    for path in ("/", "/internal/idle_assets"):
        assert "/-/coverage" not in client.get(path).text


def test_no_english_is_left(page):
    words = visible_words(page) - LATIN - {"Excel", "LPR"}
    assert not {word for word in words if not re.fullmatch(r"[A-Z]{1,3}", word)}
