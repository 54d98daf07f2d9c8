"""An audit's page, CSV and JSON, for a date and a village, in every status."""

from __future__ import annotations

import html
import io
import re
from urllib.parse import unquote

import openpyxl
import pytest
from site_client import as_text

from xianjie.audits import compile_sql, load_audits
from xianjie.run import Result

AUDIT = "/internal/uninsured_residents"


@pytest.fixture(scope="module")
def audits(crowded):
    return load_audits(crowded)


def by_sql(database, audit, as_of, village=""):
    return as_text(database.execute(compile_sql(audit), {"截止日期": as_of, "村代码": village}))


def text_of(page):
    return re.sub(r"\s+", "", html.unescape(re.sub(r"<[^>]*>", " ", page)))


def test_csv_is_the_whole_result(internal, database, audits, crowded):
    rows = internal.rows(f"{AUDIT}.csv")
    assert rows[0] == list(audits["uninsured_residents"].columns)
    assert rows[1:] == by_sql(database, audits["uninsured_residents"], crowded.as_of)
    assert len(rows) > 1001


@pytest.mark.parametrize("as_of", ["2024-12-15", "2024-02-10", "2023-06-01"])
def test_csv_for_a_date_and_each_village(internal, database, audits, as_of):
    audit = audits["uninsured_residents"]
    whole = by_sql(database, audit, as_of)
    place = audit.columns.index("村代码")
    for village in ("141121104205", "141121104200"):
        rows = internal.rows(f"{AUDIT}.csv?截止日期={as_of}&村代码={village}")
        assert rows[1:] == [row for row in whole if row[place] == village]


def test_name_of_the_file(internal, audits):
    title = audits["uninsured_residents"].title
    for query, name in (
        ("", f"{title}-全镇-2024-12-15"),
        ("?村代码=141121104205&截止日期=2024-06-01", f"{title}-云周村-2024-06-01"),
    ):
        header = internal.get(f"{AUDIT}.csv{query}").headers["content-disposition"]
        assert unquote(header.partition("UTF-8''")[2]) == f"{name}.csv"


def test_json_is_complete_in_every_shape(internal, database, audits, crowded):
    expected = by_sql(database, audits["uninsured_residents"], crowded.as_of)
    data = internal.get(f"{AUDIT}.json").json()
    assert (data["status"], data["truncated"], data["截止日期"], data["村代码"]) == ("有疑点", False, crowded.as_of, "")
    assert data["columns"] == list(audits["uninsured_residents"].columns)
    assert as_text(data["rows"]) == expected
    array = internal.get(f"{AUDIT}.json?_shape=array").json()
    assert [row["对象"] for row in array] == [row[0] for row in expected]


def test_the_page_tells_the_whole_and_shows_a_part(internal, database, audits, crowded):
    count = len(by_sql(database, audits["uninsured_residents"], crowded.as_of))
    page = internal.get(AUDIT).text
    assert f"共{count:,}条疑点，本页只列前1,000条" in text_of(page)
    assert page.count("<tr>") == 1001
    audit = audits["uninsured_residents"]
    for words in (audit.title, audit.cautions, audit.remedy, audit.basis, audit.team):
        assert words in html.unescape(page)
    assert f"{AUDIT}.csv?" in page


def test_the_form_keeps_what_was_asked(internal):
    page = internal.get(f"{AUDIT}?截止日期=2024-06-01&村代码=141121104205").text
    assert 'name="截止日期" value="2024-06-01"' in page
    assert '<option value="141121104205" selected>云周村</option>' in page
    assert page.count("<option") == 23
    assert "%E6%88%AA%E6%AD%A2%E6%97%A5%E6%9C%9F=2024-06-01&amp;" in page  # the export asks for the same


def test_blank_values_are_the_default(internal):
    assert internal.rows(f"{AUDIT}.csv?截止日期=&村代码=") == internal.rows(f"{AUDIT}.csv")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("截止日期=2024-02-30", "截止日期“2024-02-30”不是日期"),
        ("截止日期=2024年7月", "不是日期"),
        ("截止日期=20240715", "不是日期"),
        ("截止日期=<b>x", "截止日期“<b>x”不是日期"),
        ("村代码=141121104999", "没有村代码“141121104999”"),
        ("村代码=' or 1=1", "没有村代码"),
    ],
)
def test_nonsense_is_refused_in_every_form(internal, query, sentence):
    page = internal.get(f"{AUDIT}?{query}")
    assert page.status_code == 400
    assert sentence in html.unescape(page.text)
    assert "<b>x" not in page.text
    data = internal.get(f"{AUDIT}.json?{query}")
    assert data.status_code == 400 and sentence in data.json()["error"]
    text = internal.get(f"{AUDIT}.csv?{query}")
    assert text.status_code == 400 and sentence in text.text
    assert text.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    ("audit", "status", "reason"),
    [("idle_assets", "缺标准", "资产闲置天数"), ("loan_overdue", "无数据", "脱贫人口小额信贷")],
)
def test_no_answer_never_looks_clean(internal, audit, status, reason):
    page = internal.get(f"/internal/{audit}")
    assert page.status_code == 200
    assert f">{status}</span>" in page.text and reason in page.text
    assert "rows-and-columns" not in page.text and ".csv" not in page.text
    text = internal.get(f"/internal/{audit}.csv")
    assert text.status_code == 409
    assert status in text.text and reason in text.text
    assert "content-disposition" not in text.headers
    data = internal.get(f"/internal/{audit}.json")
    assert data.status_code == 409
    assert data.json()["ok"] is False and reason in data.json()["error"]


def test_a_clean_result_has_headings_and_says_how_many_it_looked_at(internal, audits):
    rows = internal.rows("/internal/paid_after_death.csv?截止日期=2020-01-01")
    assert rows == [list(audits["paid_after_death"].columns)]
    page = text_of(internal.get("/internal/paid_after_death?截止日期=2020-01-01").text)
    assert re.search(r"无疑点核对了[\d,]+人，没有发现疑点。", page) or "无数据" in page


def test_findings_lead_to_person_village_and_household(internal):
    page = internal.get(f"{AUDIT}?村代码=141121104205").text
    assert re.search(r'<a href="/internal/persons\?[^"]*=(\d{17}[\dX])">\1</a>', page)
    assert '<a href="/internal/villages/141121104205">云周村</a>' in page
    assert re.search(r'<a href="/internal/households/(H\w+)">', page)


@pytest.mark.parametrize(
    ("audit", "subject"),
    [("project_without_asset", "projects"), ("problem_overdue", "problems"), ("asset_without_title", "assets")],
)
def test_every_object_has_a_page(internal, audit, subject):
    page = internal.get(f"/internal/{audit}").text
    links = set(re.findall(rf'href="(/internal/{subject}/[^"]+)"', page))
    assert links
    for link in links:
        assert internal.get(link).status_code == 200


def test_who_is_not_in_the_register(internal, copied):
    from markupsafe import Markup

    from xianjie.links import finding_cell

    site = internal.site.site
    assert "不在册" in finding_cell(site, "persons", "村代码", None)
    assert "不在册" not in finding_cell(site, "assets", "村代码", None)
    assert isinstance(finding_cell(site, "persons", "问题", "<script>"), str)
    assert not isinstance(finding_cell(site, "persons", "问题", "<script>"), Markup)


def test_posting_is_refused(internal):
    response = internal.request("POST", AUDIT, headers={"authorization": "Bearer x"})
    assert response.status_code in (403, 405)


SPELLINGS = ["idle~5Fassets", "idle~5fassets", "~69dle_assets", "idle_asset~73"]


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("kind", ["internal", "~69nternal", "interna~6C"])
def test_no_spelling_of_the_address_gets_past_the_status(internal, kind, spelling):
    address = f"/{kind}/{spelling}"
    assert "缺标准" in internal.get(address).text
    for ending in ("csv", "json", "xlsx"):
        response = internal.get(f"{address}.{ending}")
        assert response.status_code == 409
        assert "资产闲置天数" in (response.json()["error"] if ending == "json" else response.text)


@pytest.mark.parametrize("ending", [".foo", ".jsono", ".blob", ".db", ".", ".csv.json", ".CSV"])
def test_other_endings_are_not_found(internal, ending):
    for name in ("idle_assets", "idle~5Fassets", "uninsured_residents"):
        response = internal.get(f"/internal/{name}{ending}")
        assert response.status_code == 404
        assert "审计没有" in (response.json()["error"] if ending.endswith(".json") else response.text)


def test_the_downloads_of_tables_serve_no_canned_query(internal, monkeypatch):
    """Should an address ever lead there."""
    queries = {"other": {"sql": "select 1", "title": "另一个"}}

    async def canned(_database, _actor):
        return queries

    monkeypatch.setattr(internal.site, "get_canned_queries", canned)
    assert internal.get("/internal/other.csv").status_code == 404


def test_xlsx_holds_every_finding(internal, database, audits, crowded):
    response = internal.get(f"{AUDIT}.xlsx?村代码=141121104205")
    assert response.headers["content-type"].endswith("spreadsheetml.sheet")
    assert unquote(response.headers["content-disposition"]).endswith("云周村-2024-12-15.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(response.content), read_only=True)
    summary, findings = (list(sheet.values) for sheet in book.worksheets)
    assert summary[1][summary[0].index("状态")] == "有疑点"
    expected = by_sql(database, audits["uninsured_residents"], crowded.as_of, "141121104205")
    assert as_text(findings[1:]) == expected
    assert internal.get(f"{AUDIT}.xlsx?截止日期=x").status_code == 400


def test_what_is_right_is_listed_where_one_row_is_not(internal, monkeypatch):
    findings = [{"对象": "Z1", "村代码": None, "问题": "闲置一年"}]
    audit = internal.site.site.audits["project_without_asset"]

    def run(_connection, audits, _as_of, _village):
        return [Result(audits[0], "出错", 2, [dict.fromkeys(audit.columns) | findings[0]], message="有一行没有对象。")]

    monkeypatch.setattr("xianjie.audit_page.run_audits", run)
    page = internal.get("/internal/project_without_asset").text
    assert "闲置一年" in page and "下面列的不全。有一行没有对象。" in page
    for ending in ("csv", "xlsx", "json"):
        assert internal.get(f"/internal/project_without_asset.{ending}").status_code == 409
