"""/-/reconciliation: the national system against the ledgers, on the internal site only, and complete."""

from __future__ import annotations

import html
import io
import re
import sqlite3
from urllib.parse import quote

import openpyxl
import pytest
from site_client import Client, as_text, visible_words
from test_pages import LATIN

from xianjie.reconciliation import AMISS, COLUMNS, EVERYTHING, GROUPS, UNKNOWN_VILLAGE, Comparison, Filters
from xianjie.site import open_site

PATH = "/-/reconciliation"


@pytest.fixture
def comparison(database):
    return Comparison(database)


@pytest.fixture(scope="module")
def page(internal):
    response = internal.get(PATH)
    assert response.status_code == 200
    return html.unescape(response.text)


def test_it_lists_what_is_amiss_and_counts_the_rest(page, comparison):
    count, rows = comparison.count(Filters(group=AMISS)), list(comparison.rows(Filters(group=AMISS)))
    assert count and f"有差异，全镇：共 <b>{count:,}</b> 项" in page and "本页只列前" not in page
    listed = page[page.index("</form>", page.index("</header>")) : page.index("<h2>各村</h2>")]
    assert listed.count("<tr>") == count + 1
    for row in rows:
        cells = dict(zip(COLUMNS, row, strict=True))
        assert f">{cells['对象']}<" in listed and f">{cells['情况']}<" in listed
        for value in (cells["系统值"], cells["线下值"]):
            assert value is None or f">{value}<" in listed
    assert "None" not in page


def test_counts_lead_to_what_they_count(internal, page, comparison):
    for row in [*comparison.by_village()][:6]:
        line = re.search(rf'<tr><td data-label="村"><a [^>]*>{row["村名"]}</a>.*?</tr>', page, re.DOTALL)[0]
        for group in GROUPS:
            assert (f">{row[group]:,}</a>" in line) is bool(row[group])
    for link in re.findall(rf'<a href="({PATH}\?[^"]*)">([\d,]+)</a>', page)[:12]:
        assert f"共 <b>{link[1]}</b> 项" in internal.get(link[0]).text


def test_a_long_list_is_cut_with_its_number_and_the_csv_is_whole(internal, comparison):
    everything = comparison.count(Filters())
    most = internal.site.setting("max_returned_rows")
    assert everything > most
    shown = html.unescape(internal.get(f"{PATH}?情况={EVERYTHING}").text)
    assert f"共 <b>{everything:,}</b> 项，本页只列前 {most:,} 项，导出的 CSV 是全部" in shown
    rows = internal.rows(f"{PATH}.csv?情况={EVERYTHING}")
    assert rows[0] == list(COLUMNS) and len(rows) == everything + 1
    assert rows[1:] == as_text(comparison.rows(Filters()))
    assert rows[1:] != sorted(rows[1:]) and internal.rows(f"{PATH}.csv")[1:] == as_text(
        comparison.rows(Filters(group=AMISS))
    )


def test_the_village_is_a_filter(internal, comparison):
    village = next(row["村代码"] for row in comparison.by_village() if row[GROUPS[3]])
    rows = internal.rows(f"{PATH}.csv?村代码={village}&情况=一致&字段=姓名")
    assert rows[1:] == as_text(comparison.rows(Filters((village,), "一致", "姓名"))) and len(rows) > 1
    response = internal.get(f"{PATH}.csv?村代码={village}&情况=一致&字段=姓名")
    name = internal.site.site.villages[village]
    assert quote(f"线上线下核对-{name}-一致-姓名.csv") in response.headers["content-disposition"]
    shown = html.unescape(internal.get(f"{PATH}?村代码={village}&情况=一致").text)
    assert f'<option value="{village}" selected>' in shown and f"一致，{name}：共" in shown
    assert f'href="{PATH}.csv?' in shown and f"村代码={quote(village)}" in shown.replace(quote("村代码"), "村代码")
    unknown = internal.rows(f"{PATH}.csv?村代码={UNKNOWN_VILLAGE}&情况={EVERYTHING}")
    assert len(unknown) - 1 == comparison.count(Filters((UNKNOWN_VILLAGE,)))


def test_the_workbook_has_a_sheet_for_each_group(internal, comparison):
    response = internal.get(f"{PATH}.xlsx?情况=一致")
    assert response.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(response.content), read_only=True)
    for group in GROUPS:
        assert sum(1 for _ in book[group].rows) == comparison.count(Filters(group=group)) + 1


def test_it_agrees_with_the_audit(internal, page, comparison, database):
    number, looked_at = database.execute(
        "select 疑点数, 核对数 from audit_results where 审计 = 'system_mismatch'"
    ).fetchone()
    assert (number, looked_at) == (comparison.count(Filters(group=AMISS)), comparison.count(Filters()))
    assert 'href="/internal/system_mismatch"' in page


def test_objects_lead_to_their_pages(internal, page):
    links = {html.unescape(link) for link in re.findall(r'<td data-label="对象"[^>]*><a href="([^"]+)"', page)}
    assert links
    for link in links:
        answer = internal.get(link.replace("?", ".json?", 1)).json()
        assert answer["filtered_table_rows_count"] >= 1


@pytest.mark.parametrize(
    ("query", "words"),
    [("情况=x", "情况只能是"), ("村代码=1", "没有村代码“1”"), ("村代码=<b>&情况=全部", "没有村代码")],
)
def test_what_makes_no_sense_is_said(internal, query, words):
    for ending in ("", ".csv", ".xlsx"):
        response = internal.get(f"{PATH}{ending}?{query}")
        assert response.status_code == 400 and words in response.text and "<b>&" not in response.text
        assert "content-disposition" not in response.headers


def test_without_an_export_of_the_system_nothing_looks_like_agreement(copied):
    with sqlite3.connect(copied.root / "dist" / "internal.db") as connection:
        connection.execute("delete from system_records")
    connection.close()
    client = Client(open_site(copied, copied.root / "dist", "internal"))
    response = client.get(PATH)
    assert response.status_code == 200 and "国家系统信息台账没有数据" in response.text and "各村" not in response.text
    for ending in (".csv", ".xlsx"):
        response = client.get(f"{PATH}{ending}")
        assert response.status_code == 409 and "没有数据" in response.text


@pytest.mark.parametrize("path", [PATH, f"{PATH}.csv", f"{PATH}.xlsx", f"{PATH}?情况=全部", f"{PATH}.csv?情况=x"])
def test_who_may_see_it(internal, public, path):
    for method in ("GET", "HEAD", "POST"):
        response = internal.request(method, path, login=False)
        assert response.status_code == 403 and not re.search(r"\d{17}", response.text)
    assert internal.request("POST", path).status_code in (403, 405)
    for login in (True, False):
        response = public.get(path, login=login)
        assert response.status_code == 404 and not re.search(r"\d{17}", response.text)


def test_permissions_are_those_of_the_tables_that_it_shows(copied):
    client = Client(open_site(copied, copied.root / "dist", "internal"))
    assert client.request("HEAD", f"{PATH}.csv").status_code == 200
    for table in ("system_records", "persons", "households"):
        client.site.site.tables[table]["allow"] = {"id": "nobody"}
        for ending in ("", ".csv", ".xlsx"):
            assert client.get(PATH + ending).status_code == 403
        del client.site.site.tables[table]["allow"]
    assert client.request("HEAD", PATH).status_code == 200
    client.site._metadata_local["allow"] = None  # also without the gate
    client.site._metadata_local["databases"]["internal"]["allow"] = {"id": "nobody"}
    assert client.get(PATH).status_code == 403


def test_it_is_linked_from_the_front_page_and_not_on_the_public_site(internal, public):
    assert f'href="{PATH}"' in internal.get("/").text
    assert PATH not in public.get("/", login=False).text


@pytest.mark.parametrize("path", [f"{PATH}/", f"{PATH}.json", f"{PATH}/x", f"{PATH}x", "/-/%72econciliation"])
def test_other_addresses_are_not_there(internal, path):
    assert internal.get(path).status_code == 404


def test_no_english_is_left(page):
    words = visible_words(page) - LATIN
    assert not {word for word in words if not re.fullmatch(r"[A-Z]{1,3}", word)}
