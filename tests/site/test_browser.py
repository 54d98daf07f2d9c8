"""An auditor's way through the internal site, in a real browser."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from urllib.parse import unquote

import pytest
from playwright.sync_api import expect, sync_playwright
from site_client import as_text
from test_serve import running

from xianjie.audits import compile_sql, load_audits
from xianjie.chromium import ensure_chromium

AUDIT = "unpaid_disability_subsidies"


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=ensure_chromium(), args=["--no-sandbox", "--lang=zh-CN"], headless=True
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def served(demo):
    """Addresses of the two sites and the login link."""
    with running(demo, demo.root / "dist") as (_, port, public_port, printed):
        yield f"http://127.0.0.1:{port}", f"http://127.0.0.1:{public_port}", re.search(r"http\S+token=\S+", printed)[0]


@pytest.fixture(scope="module")
def state(browser, served, tmp_path_factory):
    """A browser session that has used the link."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(served[0])
    expect(page.get_by_role("heading", name="需要登录")).to_be_visible()
    page.goto(served[2])
    expect(page).to_have_url(served[0] + "/")
    path = tmp_path_factory.mktemp("state") / "state.json"
    context.storage_state(path=path)
    context.close()
    return path


@pytest.fixture(params=[1280, 390], ids=["desktop", "phone"])
def page(browser, state, request):
    context = browser.new_context(
        viewport={"width": request.param, "height": 900}, storage_state=state, locale="zh-CN", accept_downloads=True
    )
    errors = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: errors.append(str(error)))
    # A download, and an icon still on its way when the page is left, are aborted by the browser itself.
    opened.on(
        "requestfailed", lambda failed: errors.append(failed.url) if failed.failure != "net::ERR_ABORTED" else None
    )
    opened.on("response", lambda answer: errors.append(answer.url) if answer.status >= 500 else None)
    opened.on("request", lambda sent: errors.append(sent.url) if "127.0.0.1" not in sent.url else None)
    yield opened
    context.close()
    assert errors == []


@pytest.fixture
def finding(demo):
    """The audit, the village of one of its findings, the date, and the rows that SQL gives for them."""
    audit = load_audits(demo)[AUDIT]
    connection = sqlite3.connect(demo.root / "dist" / "internal.db")
    as_of = "2024-11-30"
    whole = [dict(zip(audit.columns, row, strict=True)) for row in
             connection.execute(compile_sql(audit), {"截止日期": as_of, "村代码": ""})]  # fmt: skip
    built = {row[0] for row in connection.execute("select 对象 from findings where 审计 = ?", [AUDIT])}
    # Somebody about whom the build, whose date is another, says the same: the person's page shows its findings.
    village = next(row["村代码"] for row in whole if row["对象"] in built)
    rows = connection.execute(compile_sql(audit), {"截止日期": as_of, "村代码": village}).fetchall()
    (name,) = connection.execute("select 村名 from villages where 村代码 = ?", [village]).fetchone()
    connection.close()
    return audit, as_of, village, name, rows, next(row[0] for row in rows if row[0] in built)


def fits(page):
    """Nothing makes the page wider than the screen."""
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_from_the_front_page_to_the_exported_file(page, served, finding):
    audit, as_of, village, name, rows, number = finding
    page.goto(served[0])
    assert fits(page)
    for title in ("idle_assets", AUDIT, "uninsured_residents"):
        expect(page.locator(f'a[href*="/internal/{title}"]').first).to_be_visible()
    page.get_by_role("link", name=audit.title).click()
    expect(page.get_by_role("heading", name=audit.title)).to_be_visible()
    for words in (audit.basis, audit.cautions, audit.remedy):
        expect(page.get_by_text(words)).to_be_visible()
    page.get_by_label("截止日期").fill(as_of)
    page.get_by_label("村", exact=True).select_option(label=name)
    page.get_by_role("button", name="查看").click()
    expect(page.get_by_label("截止日期")).to_have_value(as_of)
    expect(page.get_by_label("村", exact=True)).to_have_value(village)
    expect(page.get_by_text(f"共 {len(rows)} 条疑点")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(len(rows))
    assert fits(page)

    with page.expect_download() as waiting:
        page.get_by_role("link", name="导出全部（CSV）").click()
    download = waiting.value
    assert download.suggested_filename == f"{audit.title}-{name}-{as_of}.csv"
    content = download.path().read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    exported = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert exported[0] == list(audit.columns)
    assert exported[1:] == as_text(rows)

    page.get_by_role("link", name=number, exact=True).first.click()
    assert unquote(page.url).endswith(f"/internal/persons?身份证号={number}")
    expect(page.get_by_role("heading", level=1)).to_contain_text(number)
    expect(page.locator(".findings-panel")).to_contain_text(audit.title)
    assert fits(page)
    page.locator('td[data-label="户编号"] a').first.click()
    expect(page.get_by_role("heading", name="家庭成员")).to_be_visible()
    expect(page.locator(".members")).to_contain_text(number)
    expect(page.locator(".findings-panel")).to_contain_text(audit.title)
    assert fits(page)


def test_search_filter_and_column_menu(page, served):
    page.goto(served[0])
    page.get_by_label("检索").fill("王")
    page.get_by_role("button", name="人员", exact=True).click()
    expect(page.locator("tbody tr").first).to_contain_text("王")
    page.get_by_label("列").last.select_option("性别")
    page.get_by_label("值").last.fill("女")
    page.get_by_role("button", name="筛选").click()
    expect(page.get_by_text("性别等于“女”")).to_be_visible()
    assert page.locator('td[data-label="性别"]').all_inner_texts().count("男") == 0
    assert fits(page)
    if page.viewport_size["width"] > 640:
        page.locator('th[data-column="姓名"] svg').click()
        expect(page.get_by_role("link", name="按此列分组统计")).to_be_visible()
        page.get_by_role("link", name="降序排列").click()
        expect(page.get_by_text("性别等于“女”")).to_be_visible()


def test_typed_sql(page, served):
    page.goto(f"{served[0]}/internal?sql=select 村代码, count(*) as 户数 from households group by 1 order by 2 desc")
    expect(page.locator("tbody tr").first).to_contain_text("刘胡兰村")
    page.goto(f"{served[0]}/internal?sql=select 没有的列 from households")
    expect(page.get_by_role("alert")).to_have_text("没有“没有的列”这一列。")
    assert fits(page)


def test_public_site(page, served):
    page.goto(served[1])
    expect(page.get_by_text("公开站点，不含个人信息")).to_be_visible()
    assert fits(page)
    page.get_by_role("link", name="帮扶项目 projects").click()
    expect(page.locator("tbody tr").first).to_be_visible()
    assert fits(page)


def test_log_out(browser, served, state):
    context = browser.new_context(storage_state=state)
    page = context.new_page()
    page.goto(served[0])
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_role("heading", name="需要登录")).to_be_visible()
    context.close()


def test_coverage_and_reconciliation(page, served):
    page.goto(served[0])
    page.get_by_role("link", name="工作方案逐条对照").click()
    expect(page.get_by_role("heading", name="工作方案逐条对照")).to_be_visible()
    assert fits(page)
    page.get_by_role("link", name="一(三)5", exact=True).first.click()
    expect(page.get_by_role("heading", name="一(三)5 加强数据核查")).to_be_in_viewport()
    page.get_by_role("link", name="首页").click()
    page.get_by_role("link", name="线上线下核对").click()
    assert fits(page)
    page.get_by_label("情况").select_option("一致")
    page.get_by_label("村", exact=True).select_option("刘胡兰村")
    page.get_by_role("button", name="查看").click()
    expect(page.get_by_text("一致，刘胡兰村：共")).to_be_visible()
    assert fits(page)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="导出这些（CSV）").click()
    assert waiting.value.suggested_filename == "线上线下核对-刘胡兰村-一致.csv"
    rows = list(csv.reader(io.StringIO(waiting.value.path().read_text(encoding="utf-8-sig"), newline="")))
    assert len(rows) > 1 and {row[0] for row in rows[1:]} == {"一致"} and {row[2] for row in rows[1:]} == {"刘胡兰村"}
