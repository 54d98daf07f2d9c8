"""Loading audits, running them, and what becomes of their results."""

import io
import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor

import openpyxl
import pytest
from audit_workshop import HEADER, IDLE, LIMIT, ROOT, SIMPLE, Workshop

from xianjie.audits import AuditError, load_audits
from xianjie.cases import Stage, case_path, load_cases
from xianjie.outcome import finding_key, write_findings
from xianjie.package import load_package
from xianjie.results import FORMATS, render
from xianjie.run import Result, is_day, run_audit, run_audits

DAY = "2024-12-15"
IDLE_ASSET = {"资产编号": "A1", "村代码": "v1", "使用状态": "闲置", "停用日期": "2024-06-17"}
IN_USE = {"资产编号": "A2", "村代码": "v2", "使用状态": "在用"}


@pytest.fixture
def workshop(tmp_path) -> Workshop:
    return Workshop(tmp_path)


def run(workshop: Workshop, sql: str, header: dict | None = None, village: str = "", **ledgers) -> Result:
    return run_audit(workshop.database(**ledgers), workshop.audit(sql, **(header or {})), DAY, village)


def test_front_matter(workshop) -> None:
    audit = workshop.audit(IDLE)
    assert {key: getattr(audit, key) for key in HEADER} == HEADER
    assert (audit.name, audit.area, audit.sql) == ("idle_assets", "assets", IDLE.strip())
    assert audit.columns == ("对象", "村代码", "问题", "停用日期")


def test_basis_may_be_absent_and_lines_continued(workshop) -> None:
    audit = workshop.audit(IDLE, basis=None, cautions="季节性停用；\n--   正在维修")
    assert audit.basis is None
    assert audit.cautions == "季节性停用； 正在维修"


def test_what_an_audit_reads_is_observed(workshop) -> None:
    rest = "left join projects j on j.项目编号 = a.项目编号 where j.验收日期 < :截止日期"
    audit = workshop.audit(SIMPLE.format(said="'x'", rest=rest))
    assert audit.needs == ("assets", "projects")
    assert ("projects", "验收日期") in audit.reads
    assert ("projects", "预算金额") not in audit.reads


def test_counting_a_ledger_is_reading_it(workshop) -> None:
    audit = workshop.audit(SIMPLE.format(said="'x'", rest="where (select count(*) from loans l) > 0"))
    assert audit.needs == ("assets", "loans")


@pytest.mark.parametrize("key", [key for key in HEADER if key != "basis"])
def test_a_missing_line_is_named(workshop, key: str) -> None:
    with pytest.raises(AuditError, match=rf"audits/assets/idle_assets\.sql：.*缺 {key}"):
        workshop.audit(IDLE, **{key: None})


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ({"code": "ast5"}, "三个大写字母"),
        ({"severity": "很高"}, "高、中、低"),
        ({"subject": "no_such"}, "没有“no_such”"),
        ({"may_be_empty": "no_such"}, "没有“no_such”"),
        ({"may_be_empty": "loans"}, "没有用到"),
        ({"standards": "防返贫监测线"}, "没有用到它"),
        ({"basis": "字" * 61}, "最多 60 个字"),
        ({"severty": "高"}, "不认识 severty"),
        ({"title": "甲\n-- title: 乙"}, "写了两遍"),
    ],
)
def test_headers_that_are_refused(workshop, header: dict, said: str) -> None:
    with pytest.raises(AuditError, match=said):
        workshop.audit(IDLE, **header)


def test_standards_of_the_joined_view_must_be_listed(workshop) -> None:
    rest = "join confirmed_standards s on s.项目 = '收益率'"
    with pytest.raises(AuditError, match="-- standards:"):
        workshop.audit(SIMPLE.format(said="'x'", rest=rest))


def test_places_that_are_refused(workshop) -> None:
    with pytest.raises(AuditError, match="十三个领域"):
        workshop.audit(IDLE, area="elsewhere")
    (workshop.root / "audits/elsewhere/idle_assets.sql").unlink()
    with pytest.raises(AuditError, match="小写英文"):
        workshop.audit(IDLE, name="闲置资产")


def test_names_and_codes_are_unique(workshop) -> None:
    workshop.audit(IDLE)
    with pytest.raises(AuditError, match=r"重复"):
        workshop.audit(IDLE, name="other_assets")


def test_a_file_in_another_encoding_is_named(workshop) -> None:
    path = workshop.write("audits/assets/idle_assets.sql", "")
    path.write_bytes(IDLE.encode("gb18030"))
    with pytest.raises(AuditError, match=r"audits/assets/idle_assets\.sql：不是 UTF-8"):
        load_audits(workshop.package)


def test_a_byte_order_mark_does_no_harm(workshop) -> None:
    workshop.audit(IDLE)
    path = workshop.root / "audits/assets/idle_assets.sql"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_audits(workshop.package)["idle_assets"].title == HEADER["title"]


def test_audits_come_in_the_order_of_their_codes(workshop) -> None:
    workshop.audit(IDLE, name="a_last", code="AST09")
    workshop.audit(IDLE, name="z_first", code="AST01")
    assert list(load_audits(workshop.root)) == ["z_first", "a_last"]


def test_found(workshop) -> None:
    result = run(workshop, IDLE, assets=[IDLE_ASSET, IN_USE], standards=[LIMIT])
    assert (result.status, result.population) == ("有疑点", 2)
    assert result.findings == [
        {"对象": "A1", "村代码": "v1", "问题": "A1已停用181天，超过180天", "停用日期": "2024-06-17"}
    ]


def test_clean_says_how_many_were_looked_at(workshop) -> None:
    result = run(workshop, IDLE, assets=[IDLE_ASSET, IN_USE], standards=[LIMIT], village="v2")
    assert (result.status, result.population, result.findings) == ("无疑点", 1, [])


def test_nobody_to_look_at_is_no_data(workshop) -> None:
    result = run(workshop, IDLE, assets=[IDLE_ASSET], standards=[LIMIT], village="v3")
    assert (result.status, result.population) == ("无数据", 0)


def test_an_empty_ledger_is_no_data_unless_it_may_be_empty(workshop) -> None:
    sql = SIMPLE.format(said="'没有巡查'", rest="left join asset_inspections i on i.资产编号 = a.资产编号")
    result = run(workshop, sql, assets=[IDLE_ASSET])
    assert (result.status, result.empty_ledgers, result.findings) == ("无数据", ["asset_inspections"], [])
    assert "asset_inspections" in result.message
    allowed = run(workshop, sql, {"may_be_empty": "asset_inspections"}, assets=[IDLE_ASSET])
    assert allowed.status == "有疑点"


def test_a_missing_standard_is_named(workshop) -> None:
    result = run(workshop, IDLE, assets=[IDLE_ASSET])
    assert (result.status, result.missing_standards, result.findings) == ("缺标准", ["资产闲置天数"], [])
    assert "资产闲置天数" in result.message


@pytest.mark.parametrize(
    ("said", "rest", "message"),
    [
        ("'x'", "join assets b on 1 = 1", "不止一行"),
        ("a.资产名称 || 'x'", "", "空白"),
        ("''", "", "空白"),
    ],
)
def test_results_that_are_none_are_errors(workshop, said: str, rest: str, message: str) -> None:
    result = run(workshop, SIMPLE.format(said=said, rest=rest), assets=[IDLE_ASSET, IN_USE])
    assert result.status == "出错"
    assert len({row["对象"] for row in result.findings if row["问题"]}) == len(result.findings)
    assert message in result.message


def test_a_finding_without_a_subject_is_an_error(workshop) -> None:
    result = run(workshop, SIMPLE.format(said="'x'", rest=""), assets=[{"资产编号": None}])
    assert (result.status, result.message) == ("出错", "结果里有 1 行没有对象，请在台账里补上编号或身份证号。")


@pytest.mark.parametrize(("village", "words"), [("", "2025年度"), ("141121104299", "2025年度")])
def test_the_year_without_insurance_is_named(village, words) -> None:
    package = load_package(ROOT)
    audit = load_audits(package)["uninsured_residents"]
    cases = {case.name: case for case in load_cases(package, case_path(package, audit)).cases}
    case = cases["这一年度的台账还没有登记"]
    connection = Stage(package).show(case)
    result = run_audit(connection, audit, case.as_of, village)
    assert (result.status, result.message) == ("无数据", f"参保台账里还没有{words}的登记。")
    # A village where nobody lives is another matter.
    assert run_audit(connection, audit, "2024-12-15", "141121104299").message == "没有可以核对的对象。"


def test_a_bad_cell_does_not_hide_the_other_findings(workshop) -> None:
    assets = [{**IDLE_ASSET, "资产名称": "大棚"}, IN_USE]
    result = run(workshop, SIMPLE.format(said="a.资产名称 || '闲置'", rest=""), assets=assets)
    assert result.status == "出错"
    assert [row["对象"] for row in result.findings] == ["A1"]
    assert "对象“A2”的问题是空白" in result.message and "其余 1 条疑点照列" in result.message
    shown = [render([result], form) for form in ("table", "csv", "json")]
    assert all("A1" in text and "照列" in text for text in shown)


def test_what_sqlite_cannot_do_is_an_error(workshop) -> None:
    audit = workshop.audit(IDLE)
    connection = workshop.database(assets=[IDLE_ASSET], standards=[LIMIT])
    connection.execute("drop table assets")
    result = run_audits(connection, [audit], DAY)[0]
    assert (result.status, result.message) == ("出错", "运行出错：没有“assets”这本台账或视图。")


def test_a_connection_that_gives_rows_of_another_kind(workshop) -> None:
    connection = workshop.database(assets=[IDLE_ASSET], standards=[LIMIT])
    connection.row_factory = sqlite3.Row
    assert run_audit(connection, workshop.audit(IDLE), DAY).findings[0]["对象"] == "A1"


def test_a_day_that_is_none_is_refused(workshop) -> None:
    with pytest.raises(ValueError, match="2024-02-30"):
        run_audits(workshop.database(), [workshop.audit(IDLE)], "2024-02-30")
    assert is_day("2024-02-29") and not is_day("2024-02-30") and not is_day("20240229") and not is_day("")


def test_a_finding_keeps_its_number() -> None:
    assert finding_key("idle_assets", "A1") == finding_key("idle_assets", "A1") == "65eb4281f7f59629"
    assert finding_key("idle_assets", "A2") != finding_key("idle_assets", "A1") != finding_key("loan_overdue", "A1")


@pytest.fixture
def results(workshop) -> list[Result]:
    """One audit that finds, one that finds nothing, one that cannot run."""
    audits = [
        workshop.audit(IDLE),
        workshop.audit(IDLE.replace("'闲置'", "'报废'"), name="scrapped", code="AST90", title="报废[甲/乙]"),
        workshop.audit(IDLE.replace(":资产闲置天数", ":某标准"), name="unknown_limit", code="AST91"),
    ]
    connection = workshop.database(
        assets=[{**IDLE_ASSET, "资产名称": "=1+1"}, {**IDLE_ASSET, "资产编号": "A3", "村代码": None}], standards=[LIMIT]
    )
    return run_audits(connection, audits, DAY)


def test_findings_are_written(results) -> None:
    connection = sqlite3.connect(":memory:")
    write_findings(connection, results, DAY)
    write_findings(connection, results, DAY)  # again: made anew, not added
    findings = connection.execute("select 疑点编号, 审计, 对象, 村代码, 问题, 证据, 截止日期 from findings").fetchall()
    assert findings[1] == (
        finding_key("idle_assets", "A1"),
        "idle_assets",
        "A1",
        "v1",
        "A1已停用181天，超过180天",
        '{"停用日期": "2024-06-17"}',
        DAY,
    )
    assert [row[2:4] for row in findings] == [("A3", None), ("A1", "v1")]
    written = connection.execute("select 审计, 代码, 领域, 专班, 状态, 疑点数, 核对数 from audit_results").fetchall()
    assert written == [
        ("idle_assets", "AST05", "assets", "资金项目专班", "有疑点", 2, 2),
        ("scrapped", "AST90", "assets", "资金项目专班", "无疑点", 0, 2),
        ("unknown_limit", "AST91", "assets", "资金项目专班", "缺标准", 0, None),
    ]


def test_audits_on_findings_of_another_day_look_at_those_of_the_run(workshop, tmp_path) -> None:
    """On a database that may only be read, as the command opens it, and without touching the findings in it."""
    first = workshop.audit(IDLE)
    last = workshop.audit(
        "select f.对象, f.村代码, f.问题 from findings f order by 村代码, 对象", name="on_findings", code="DUT99"
    )
    connection = workshop.database(assets=[IDLE_ASSET], standards=[LIMIT])
    write_findings(connection, run_audits(connection, [first], "2024-01-31"), "2024-01-31")
    connection.commit()
    target = sqlite3.connect(tmp_path / "internal.db")
    connection.backup(target)
    target.close()
    read = sqlite3.connect(f"{(tmp_path / 'internal.db').as_uri()}?mode=ro", uri=True)
    read.execute("pragma query_only = on")
    assert [result.status for result in run_audits(read, [first, last], DAY)] == ["有疑点", "有疑点"]
    assert read.execute("select distinct 截止日期 from main.audit_results").fetchall() == [("2024-01-31",)]
    alone = sqlite3.connect(f"{(tmp_path / 'internal.db').as_uri()}?mode=ro", uri=True)
    [result] = run_audits(alone, [last], DAY)
    assert result.status == "无数据" and DAY in result.message
    # A build on the same connection afterwards writes its own, not the temporary ones.
    write_findings(connection, run_audits(connection, [first, last], DAY), DAY)
    assert connection.execute("select 审计 from main.findings order by 审计").fetchall() == [
        ("idle_assets",),
        ("on_findings",),
    ]


def test_json(results) -> None:
    found = json.loads(render(results, "json"))
    assert [(entry["name"], entry["status"], entry["population"]) for entry in found] == [
        ("idle_assets", "有疑点", 2),
        ("scrapped", "无疑点", 2),
        ("unknown_limit", "缺标准", None),
    ]
    assert found[0]["findings"] == results[0].findings
    assert found[2]["missing_standards"] == ["某标准"]


def test_csv_has_a_line_for_every_audit(results) -> None:
    text = render(results, "csv")
    assert text.startswith("\ufeff代码,审计,")
    lines = text.splitlines()
    assert len(lines) == 1 + 2 + 1 + 1
    assert "idle_assets" in lines[1] and ",A3," in lines[1]
    assert "无疑点" in lines[3] and "缺标准" in lines[4] and "某标准" in lines[4]


def test_table(results) -> None:
    text = render(results, "table")
    assert "A3  不在册  A3已停用181天" in text
    assert "AST91" in text and "缺标准" in text
    assert "共 3 项审计：有疑点 1，无疑点 1，缺标准 1" in text


def test_xlsx_keeps_text_as_text(results) -> None:
    book = openpyxl.load_workbook(io.BytesIO(render(results, "xlsx")))
    assert book.sheetnames[0] == "汇总"
    assert [row[7].value for row in book["汇总"].iter_rows(min_row=2)] == ["有疑点", "无疑点", "缺标准"]
    sheet = book[book.sheetnames[1]]
    assert [cell.value for cell in sheet[1]] == ["对象", "村代码", "问题", "停用日期"]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == ["A3", "A1"]


def test_xlsx_formulas_stay_text(workshop) -> None:
    sql = SIMPLE.format(said="a.资产名称", rest="")
    result = run(workshop, sql, {"title": "报废[甲/乙]：" + "长" * 40}, assets=[{**IDLE_ASSET, "资产名称": "=1+1"}])
    book = openpyxl.load_workbook(io.BytesIO(render([result], "xlsx")))
    cell = book[book.sheetnames[1]]["C2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_results_give_the_same_bytes(results, form: str) -> None:
    assert render(results, form) == render(results, form)


def test_an_unknown_format_is_refused(results) -> None:
    with pytest.raises(ValueError, match="xlsx"):
        render(results, "pdf")


def test_the_teams_of_the_audits_are_in_the_ledger() -> None:
    package = load_package(ROOT)
    teams = package["teams"].path.read_text(encoding="utf-8")
    assert {audit.team for audit in load_audits(package).values() if f"{audit.team}," not in teams} == set()


def idle(count: int, of: int) -> list[dict]:
    rest = [{**IN_USE, "资产编号": f"U{number}"} for number in range(of - count)]
    return [{**IDLE_ASSET, "资产编号": f"I{number}"} for number in range(count)] + rest


@pytest.mark.parametrize(
    ("header", "count", "of", "share"),
    [
        ({}, 6, 12, None),
        ({}, 7, 12, "58%，超过预期的 50%"),
        ({}, 9, 9, None),
        ({}, 10, 10, "100%，超过预期的 50%"),
        ({"expected_share": "60%"}, 7, 12, None),
        ({"expected_share": "10%"}, 2, 12, "17%，超过预期的 10%"),
        ({"expected_share": "100%"}, 12, 12, None),
    ],
)
def test_more_findings_than_expected_come_with_a_warning(workshop, header, count, of, share) -> None:
    result = run(workshop, IDLE, header, assets=idle(count, of), standards=[LIMIT])
    assert len(result.findings) == count
    assert result.message == f"核对 {of}，疑点 {count}。"
    assert (share in result.warning) if share else (result.warning == "")
    assert result.explanation == result.message + result.warning


def test_the_warning_is_shown_and_kept(workshop) -> None:
    result = run(workshop, IDLE, assets=idle(10, 10), standards=[LIMIT])
    assert f"有疑点。核对 10，疑点 10。{result.warning}" in render([result], "table")
    assert json.loads(render([result], "json"))[0]["warning"] == result.warning != ""
    connection = sqlite3.connect(":memory:")
    write_findings(connection, [result], DAY)
    assert connection.execute("select 说明 from audit_results").fetchone() == (result.explanation,)


@pytest.mark.parametrize("share", ["0%", "101%", "0.3", "三成", "30"])
def test_an_expected_share_is_a_percentage(workshop, share: str) -> None:
    with pytest.raises(AuditError, match="expected_share 要写成"):
        workshop.audit(IDLE, expected_share=share)


def test_only_the_audits_that_are_asked_for_are_checked(workshop) -> None:
    workshop.audit(IDLE)
    workshop.write("audits/assets/broken.sql", (workshop.root / "audits/assets/idle_assets.sql").read_text("utf-8")
        .replace("AST05", "AST06").replace("from assets a\nwhere", "from nowhere a\nwhere"))  # fmt: skip
    audits = load_audits(workshop.package, names=["idle_assets"])
    assert list(audits) == ["idle_assets", "broken"] and audits["broken"].title == HEADER["title"]
    with pytest.raises(AuditError, match=r"audits/assets/broken\.sql：没有“nowhere”"):
        load_audits(workshop.package)
    result = run_audit(workshop.database(assets=[IDLE_ASSET], standards=[LIMIT]), audits["broken"], DAY)
    assert result.status == "出错" and "nowhere" in result.message


def test_an_audit_that_is_not_checked_runs_in_any_thread(workshop) -> None:
    workshop.audit(IDLE)
    [audit] = load_audits(workshop.package, names=()).values()
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: audit.needs).result() == ("assets",)
    assert audit.reads
