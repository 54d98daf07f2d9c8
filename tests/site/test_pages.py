"""What people see: Chinese everywhere, names for codes, links that lead somewhere."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import datasette
import pytest
from site_client import visible_words

from xianjie.links import age_on, figure, linked

ROOT = Path(__file__).resolve().parent.parent.parent
OWN = Path(datasette.__file__).parent
PHRASES = json.loads((ROOT / "plugins" / "phrases.json").read_text(encoding="utf-8"))
# Words of files and programs, which stay as they are.
LATIN = {"CSV", "XLSX", "JSON", "SQL", "SELECT", "Datasette", "Excel", "python", "build", "py", "Ctrl"}


@pytest.mark.parametrize(
    "path",
    [
        "/", "/internal", "/internal?sql=select+1+as+数", "/internal?sql=select+1+as+数+where+1=0",
        "/internal?sql=select+别的+from+persons", "/internal/households", "/internal/households?户类型=脱贫户",
        "/internal/households?_facet_date=脱贫年度&_facet=兜底保障户", "/internal/persons?_search=王&_sort_desc=姓名",
        "/internal/persons?姓名__contains=无此人", "/internal/persons?出生日期__notblank=1&人员编号__isblank=1",
        "/internal/persons?_where=1=1", "/internal/residents", "/internal/idle_assets", "/internal/loan_overdue",
        "/internal/problem_overdue", "/internal/idle_assets?截止日期=x", "/internal/villages/141121104205",
        "/internal/persons?_sort=x", "/internal/persons?_size=0x", "/internal/nothing", "/nothing", "/-/logout",
        "/-/nothing",
    ],
)  # fmt: skip
def test_no_english_is_left(internal, path):
    page = internal.get(path).text
    assert '<html lang="zh-CN">' in page
    words = visible_words(page) - LATIN
    known = set(re.findall(r"[A-Za-z]{2,}", path)) | {"root"}
    names = {name for name in words if name in internal.site.site.package.ledgers}
    codes = {word for word in words if re.fullmatch(r"[A-Z]{1,3}", word)}  # of audits, projects, households
    assert not words - known - names - codes


@pytest.mark.parametrize("path", ["/", "/public", "/public/projects", "/public/village_counts", "/public/nothing"])
def test_no_english_is_left_in_public(public, path):
    words = visible_words(public.get(path, login=False).text) - LATIN
    assert not {word for word in words if not re.fullmatch(r"[A-Z]{1,3}", word)} - set(re.findall(r"\w+", path))


@pytest.mark.parametrize("template", sorted(PHRASES["templates"]))
def test_phrases_still_stand_in_datasettes_templates(template):
    source = (OWN / "templates" / template).read_text(encoding="utf-8")
    assert [phrase for phrase in PHRASES["templates"][template] if phrase not in source] == []


@pytest.mark.parametrize("script", sorted(PHRASES["scripts"]))
def test_phrases_still_stand_in_datasettes_scripts(script):
    source = (OWN / "static" / script).read_text(encoding="utf-8")
    assert [phrase for phrase in PHRASES["scripts"][script] if phrase not in source] == []


def test_operators_are_datasettes():
    from datasette.filters import Filters

    assert set(PHRASES["operators"]) <= {key for key, *_ in Filters([]).lookups()}


def test_the_column_menu_is_chinese(internal):
    script = internal.get("/-/static/table.js").text
    assert "升序排列" in script and "Sort ascending" not in script


def test_front_page_lists_every_audit_with_its_result(internal, database):
    page = html.unescape(internal.get("/").text)
    results = database.execute("select 审计, 标题, 状态, 疑点数, 核对数 from audit_results").fetchall()
    assert {status for _, _, status, *_ in results} >= {"有疑点", "缺标准", "无数据"}
    for name, title, status, findings, population in results:
        line = re.search(rf'<li><a href="/internal/{name}\?.*?</li>', page, re.DOTALL)[0]
        assert title in line and f">{status}</span>" in line
        if status in ("有疑点", "无疑点"):
            assert f"<b>{findings:,}</b> 条 / 核对 {population:,}" in line
    for area in ("基础台账", "健康帮扶", "兜底保障"):
        assert f"<h3>{area}</h3>" in page
    assert "资产闲置天数" in page  # the reason of 缺标准


def test_front_page_lists_every_ledger_with_its_size(internal, database):
    page = internal.get("/").text
    for name, ledger in internal.site.site.package.ledgers.items():
        count = database.execute(f"select count(*) from {name}").fetchone()[0]
        line = re.search(rf'<a href="/internal/{name}"><span class="ledger-title">.*?</a>', page)[0]
        assert ledger.title in line and f"{count:,} 行" in line


def test_a_table_has_its_title_and_the_meaning_of_its_columns(internal):
    page = internal.get("/internal/households").text
    ledger = internal.site.site.package["households"]
    assert "<h1>户 <code>households</code></h1>" in page
    for field in ledger.fields:
        assert html.escape(field.description) in page


def test_search_finds_a_single_character_and_nothing_else(internal, database):
    for words in ("王", "秀英", "王 英", "不存在的人"):
        count = internal.get(f"/internal/persons.json?_search={words}").json()["filtered_table_rows_count"]
        condition = " and ".join(["姓名 like ?"] * len(words.split()))
        expected = f"select count(*) from persons where {condition}"
        assert count == database.execute(expected, [f"%{word}%" for word in words.split()]).fetchone()[0]
    assert internal.get('/internal/persons?_search="*').status_code == 200


def test_household_page(internal, database):
    (number,) = database.execute(
        "select p.户编号 from persons p join findings f on f.对象 = p.身份证号"
        " group by p.户编号 having count(*) > 2 order by p.户编号"
    ).fetchone()
    page = html.unescape(internal.get(f"/internal/households/{number}").text)
    for name, identity in database.execute("select 姓名, 身份证号 from persons where 户编号 = ?", [number]):
        assert name in page and identity in page
    for (problem,) in database.execute(
        "select 问题 from findings where 对象 in (select 身份证号 from persons where 户编号 = ?)", [number]
    ):
        assert problem in page
    assert "家庭成员" in page


def test_person_page_shows_other_ledgers(internal, database):
    identity, count = database.execute(
        "select 身份证号, count(*) from payments group by 1 order by 2 desc, 1"
    ).fetchone()
    page = html.unescape(internal.get(f"/internal/persons?身份证号={identity}").text)
    assert re.search(rf'<a href="/internal/payments\?[^"]*{identity}">惠民惠农资金发放 <b>{count:,}</b></a>', page)


def test_a_team_leads_to_its_row(internal):
    page = internal.get("/internal/problems").text
    link = html.unescape(re.search(r'href="(/internal/teams\?[^"]+)"', page)[1])
    assert (
        internal.get(link.replace("/internal/teams", "/internal/teams.json")).json()["filtered_table_rows_count"] == 1
    )
    assert "/internal/teams/" not in page


def test_links_of_findings_lead_to_pages(internal):
    page = internal.get("/internal/findings?_size=50").text
    links = {html.unescape(link) for link in re.findall(r'<td[^>]*><a href="([^"]+)"', page)}
    assert len(links) > 20
    for link in sorted(links):
        assert internal.get(link).status_code == 200, link


def test_links_do_not_lead_to_themselves(internal):
    site = internal.site.site
    assert linked(site, "户编号", "H1", "households") is None
    assert "/internal/households/H1" in linked(site, "户编号", "H1", "persons")
    assert "王某" in linked(site, "户编号", "H1", "persons", "王某")
    assert linked(site, "村代码", "999", "persons") is not None  # unknown: still to where it should be
    assert "&lt;b&gt;" in linked(site, "户编号", "<b>", "persons")


def test_figures():
    assert [figure(value) for value in (1209.5, 120000.0, 0.0, 0.1, -3.25)] == [
        "1,209.5",
        "120,000",
        "0",
        "0.1",
        "-3.25",
    ]
    assert figure(0.123456789) == "0.123456789"


def test_ages():
    assert age_on("1960-03-07", "2024-03-06") == 63
    assert age_on("1960-03-07", "2024-03-07") == 64
    assert age_on(None, "2024-03-07") is None
