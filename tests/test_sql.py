"""The audit dialect: macros, parameters, standards, views, and what is refused."""

import calendar
import sqlite3
from datetime import date, timedelta

import duckdb
import pytest
from audit_workshop import HEADER, IDLE, LIMIT, SIMPLE, Workshop
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlglot import parse_one

from xianjie.audits import AuditError, compile_population, compile_sql, load_audits, load_views, view_sqls
from xianjie.macros import AuditSql, expand, is_date
from xianjie.run import missing_standards, run_audit

SQLITE = sqlite3.connect(":memory:")
DUCKDB = duckdb.connect()


@pytest.fixture
def workshop(tmp_path) -> Workshop:
    return Workshop(tmp_path)


def value(expression: str):
    """What a macro gives, which must be the same on both engines."""
    tree = parse_one(f"select {expression} as v", read=AuditSql)
    found = [
        engine.execute(expand(tree.copy(), name).sql(name)).fetchone()[0]
        for name, engine in (("sqlite", SQLITE), ("duckdb", DUCKDB))
    ]
    assert found[0] == found[1] and type(found[0]) is type(found[1]), expression
    return found[0]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("days_between('2024-02-28', '2024-03-01')", 2),
        ("days_between('2024-03-01', '2024-02-28')", -2),
        ("days_between('2024-03-01', '2024-03-01')", 0),
        ("days_between(add_days('2024-01-01', 5), '2024-01-07')", 1),
        ("add_days('2024-02-28', 2)", "2024-03-01"),
        ("add_days('2024-02-28', 180.0)", "2024-08-26"),
        ("add_days('2024-01-01', -1.9)", "2023-12-31"),
        ("add_days('9999-12-31', 1)", None),
        ("add_days('2024-01-01', 1e15)", None),
        ("add_months('2024-01-31', 1)", "2024-02-29"),
        ("add_months('2023-01-31', 1)", "2023-02-28"),
        ("add_months('2024-03-31', -1)", "2024-02-29"),
        ("add_months('2024-01-15', 13)", "2025-02-15"),
        ("add_months('2024-01', -1)", "2023-12"),
        ("add_months('2024-11', 2)", "2025-01"),
        ("add_months('9999-12', 1)", None),
        ("age_on('2000-02-29', '2023-02-28')", 22),
        ("age_on('2000-02-29', '2023-03-01')", 23),
        ("age_on('2000-07-20', '2024-07-19')", 23),
        ("age_on('2000-07-20', '2024-07-20')", 24),
        ("month_of('2024-07-20')", "2024-07"),
        ("year_of('2024-07-20')", 2024),
        ("year_of('2024-07')", 2024),
        ("months_between('2023-11', '2024-02')", 3),
        ("months_between('2024-02-29', '2024-01-01')", -1),
        ("months_between('2024-01-31', '2024-02')", 1),
        ("money(1234.5)", "1234.50"),
        ("money(7)", "7.00"),
        ("money(0.125)", "0.13"),
        ("money(-0.001)", "0.00"),
        ("plain(180.0)", "180"),
        ("plain(0.5)", "0.5"),
        ("plain(0)", "0"),
        ("strftime('%m', '2024-07-20')", "07"),
        ("cast(strftime('%Y', '2024-07-20') as integer) + 1", 2025),
    ],
)
def test_macro(expression: str, expected) -> None:
    assert value(expression) == expected


# What Excel, hurry and SQLite's own date functions offer as dates.
NO_DATES = ["'2024-02-31'", "'2024-13-01'", "'2024-7-5'", "'now'", "'2460000.5'", "'2024-07-20 10:00'", "'尽快'", "''"]


@pytest.mark.parametrize("text", ["null", *NO_DATES])
@pytest.mark.parametrize(
    "macro",
    [
        "days_between(x, '2024-01-01')",
        "days_between('2024-01-01', x)",
        "add_days(x, 1)",
        "add_months(x, 1)",
        "age_on(x, '2024-01-01')",
        "age_on('2024-01-01', x)",
        "year_of(x)",
        "months_between(x, '2024-01')",
        "months_between('2024-01', x)",
        "strftime('%Y', x)",
    ],
)
def test_what_is_no_date_gives_null(macro: str, text: str) -> None:
    # `|| ''` keeps the text from being a literal, which would be refused.
    assert value(macro.replace("x)", f"{text} || '')").replace("(x,", f"({text} || '',")) is None


@pytest.mark.parametrize("macro", ["money(null)", "plain(null)", "add_days('2024-01-01', null)", "month_of(null)"])
def test_null_gives_null(macro: str) -> None:
    assert value(macro) is None


@settings(max_examples=60, deadline=None)
@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_days_between_any_days(first: date, second: date) -> None:
    assert value(f"days_between('{first}', '{second}')") == (second - first).days
    assert value(f"add_days('{first}', {(second - first).days})") == str(second)


@settings(max_examples=60, deadline=None)
@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(-600, 600))
def test_add_months_any_day(day: date, months: int) -> None:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    assert value(f"add_months('{day}', {months})") == str(date(year, month + 1, min(day.day, last)))
    assert value(f"add_months('{str(day)[:7]}', {months})") == f"{year:04d}-{month + 1:02d}"


@settings(max_examples=60, deadline=None)
@given(st.dates(date(1900, 1, 1), date(2024, 1, 1)), st.integers(0, 40000))
def test_age_any_day(birth: date, lived: int) -> None:
    day = birth + timedelta(days=lived)
    full_years = day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
    assert value(f"age_on('{birth}', '{day}')") == full_years


@settings(max_examples=60, deadline=None)
@given(st.integers(-(10**11), 10**11))
def test_money_any_amount(cents: int) -> None:
    sign = "-" if cents < 0 else ""
    assert value(f"money({cents} / 100.0)") == f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


@pytest.mark.parametrize(("text", "expected"), [("2024-02-29", True), ("2023-02-29", False), ("20240229", False)])
def test_is_date(text: str, expected: bool) -> None:
    assert is_date(text) is expected


ASSETS = [
    {"资产编号": "A1", "村代码": "v1", "使用状态": "闲置", "停用日期": "2024-06-17"},
    {"资产编号": "A2", "村代码": "v2", "使用状态": "闲置", "停用日期": "2024-06-18"},
    {"资产编号": "A3", "村代码": None, "使用状态": "闲置", "停用日期": "2020-01-01"},
    {"资产编号": "A0", "村代码": "v2", "使用状态": "闲置", "停用日期": "2020-01-01"},
]


@pytest.mark.parametrize("blank", ["", None])
def test_blank_parameters_mean_the_package_date_and_every_village(workshop, blank) -> None:
    connection = workshop.database(assets=ASSETS, standards=[LIMIT])
    sql = compile_sql(workshop.audit(IDLE))
    rows = connection.execute(sql, {"截止日期": blank, "村代码": blank}).fetchall()
    assert [row[0] for row in rows] == ["A3", "A1", "A0"]  # by village, those without one first
    assert rows[1][2] == "A1已停用181天，超过180天"


def test_date_and_village_are_parameters(workshop) -> None:
    connection = workshop.database(assets=ASSETS, standards=[LIMIT])
    audit = workshop.audit(IDLE)

    def found(day: str, village: str) -> list[str]:
        rows = connection.execute(compile_sql(audit), {"截止日期": day, "村代码": village})
        return [row[0] for row in rows]

    assert found("2024-12-16", "v2") == ["A0", "A2"]
    assert found("2024-12-14", "") == ["A3", "A0"]
    assert found("", "v3") == []
    population = compile_population(audit)
    assert connection.execute(population, {"村代码": "v2"}).fetchone() == (2,)
    assert connection.execute(population, {"村代码": ""}).fetchone() == (4,)


def test_as_of_of_the_loader_is_the_default_date(workshop) -> None:
    workshop.audit(IDLE)
    audit = load_audits(workshop.package, as_of="2024-12-16")["idle_assets"]
    connection = workshop.database(assets=ASSETS, standards=[LIMIT])
    rows = connection.execute(compile_sql(audit), {"截止日期": "", "村代码": "v2"})
    assert [row[0] for row in rows] == ["A0", "A2"]


def test_only_the_two_parameters_are_left(workshop) -> None:
    tree = parse_one(compile_sql(workshop.audit(IDLE)), read="sqlite")
    assert {node.name for node in tree.walk() if type(node).__name__ == "Placeholder"} == {"截止日期", "村代码"}


def test_the_compiled_sql_reads_like_sql(workshop) -> None:
    sql = compile_sql(workshop.audit(IDLE))
    assert "(SELECT 资产闲置天数 FROM 参数)" in sql
    assert '"' not in sql
    assert sql.index("WITH confirmed_standards AS") < sql.index("参数 AS") < sql.index("结果 AS")


def test_unknown_dialect_is_refused(workshop) -> None:
    with pytest.raises(ValueError, match="duckdb"):
        compile_sql(workshop.audit(IDLE), "oracle")


@pytest.mark.parametrize(
    ("rows", "missing"),
    [
        ([LIMIT], False),
        ([], True),
        ([{**LIMIT, "已确认": "否"}], True),
        ([{**LIMIT, "数值": None}], True),
        ([{**LIMIT, "性质": "政策"}], True),
        ([{**LIMIT, "性质": "政策", "依据文件": "某发〔2024〕1号"}], False),
        ([{**LIMIT, "性质": "文件"}], False),
        ([{**LIMIT, "生效日期": "2024-12-15"}], False),
        ([{**LIMIT, "生效日期": "2024-12-16"}], True),
        ([{**LIMIT, "失效日期": "2024-12-15"}], False),
        ([{**LIMIT, "失效日期": "2024-12-14"}], True),
        ([{**LIMIT, "档次": "一档"}], True),
        ([LIMIT, {**LIMIT, "数值": 90.0}], True),
        ([LIMIT, LIMIT], False),
        ([LIMIT, {**LIMIT, "数值": 90.0, "已确认": "否"}], False),
    ],
)
def test_which_standards_can_be_used(workshop, rows, missing: bool) -> None:
    connection = workshop.database(assets=ASSETS, standards=rows)
    audit = workshop.audit(IDLE)
    assert missing_standards(connection, audit, "2024-12-15") == (["资产闲置天数"] if missing else [])
    result = run_audit(connection, audit, "2024-12-15")
    assert (result.status, len(result.findings)) == (("缺标准", 0) if missing else ("有疑点", 3))


def test_the_latest_standard_counts(workshop) -> None:
    newer = {**LIMIT, "数值": 400.0, "生效日期": "2024-12-01"}
    connection = workshop.database(assets=ASSETS, standards=[newer, LIMIT])
    audit = workshop.audit(IDLE)
    assert [row["对象"] for row in run_audit(connection, audit, "2024-12-15").findings] == ["A3", "A0"]
    # The day before it began the older one still counts.
    assert "超过180天" in run_audit(connection, audit, "2024-11-30").findings[0]["问题"]


def test_a_standard_joined_through_the_view(workshop) -> None:
    rest = "join confirmed_standards s on s.项目 = '收益率' and s.档次 = a.资产类别"
    audit = workshop.audit(SIMPLE.format(said="s.单位", rest=rest), standards="收益率")
    assert audit.standards == ("收益率",)
    asset = {"资产编号": "A1", "资产类别": "经营性资产"}
    rate = {"项目": "收益率", "档次": "经营性资产", "数值": 5.0, "单位": "%"}
    assert run_audit(workshop.database(assets=[asset]), audit, "2024-12-15").missing_standards == ["收益率"]
    unconfirmed = workshop.database(assets=[asset], standards=[{**rate, "已确认": "否"}])
    assert run_audit(unconfirmed, audit, "2024-12-15").status == "缺标准"
    later = workshop.database(assets=[asset], standards=[{**rate, "生效日期": "2025-01-01"}])
    assert run_audit(later, audit, "2024-12-15").status == "缺标准"
    found = run_audit(workshop.database(assets=[asset], standards=[rate]), audit, "2024-12-15").findings
    assert [row["问题"] for row in found] == ["%"]


def test_views_are_put_in_with_what_they_read_themselves(workshop) -> None:
    workshop.view("idle_now", "select a.资产编号 from assets a where a.停用日期 < :截止日期")
    workshop.view("long_idle", "select i.资产编号 from idle_now i join assets a on a.资产编号 = i.资产编号")
    audit = workshop.audit(SIMPLE.format(said="'停用'", rest="join long_idle l on l.资产编号 = a.资产编号"))
    assert audit.views == ("idle_now", "long_idle")
    found = run_audit(workshop.database(assets=ASSETS), audit, "2024-06-18").findings
    assert [row["对象"] for row in found] == ["A0", "A1", "A3"]


def test_views_for_the_database_stand_alone_with_the_date_written_in(workshop) -> None:
    workshop.view("idle_now", "select a.资产编号 from assets a where a.停用日期 < :截止日期")
    workshop.view("also_idle", "select i.资产编号 from idle_now i")
    made = view_sqls(workshop.package)
    assert [name for name, _ in made] == ["idle_now", "also_idle", "confirmed_standards"]  # each after what it reads
    connection = workshop.database(assets=[*ASSETS, {"资产编号": "A9", "停用日期": "2024-12-15"}])
    for name, sql in made:
        connection.execute(f"create view {name} as {sql}")
    assert connection.execute("select count(*) from also_idle").fetchone() == (4,)
    [(_, sql)] = [entry for entry in view_sqls(workshop.package, "2024-06-18") if entry[0] == "idle_now"]
    assert "'2024-06-18'" in sql


def test_views_in_a_circle_are_refused(workshop) -> None:
    workshop.view("first_view", "select s.资产编号 from second_view s")
    workshop.view("second_view", "select f.资产编号 from first_view f")
    with pytest.raises(AuditError, match="second_view → first_view → second_view"):
        load_views(workshop.package)


@pytest.mark.parametrize(
    ("name", "sql", "said"),
    [
        ("assets", "select a.资产编号 from assets a", "不能与台账同名"),
        ("by_village", "select a.资产编号 from assets a where a.村代码 = :村代码", "不要用 :村代码"),
        ("confirmed_standards", "select s.项目 from standards s where s.数值 > :某标准", "不能用参数"),
        ("unnamed", "select a.资产编号 || '' from assets a", "要有名称"),
        ("broken", "select from where", "SQL 读不懂"),
        ("unknown", "select a.资产编号 from no_such a", "没有“no_such”"),
    ],
)
def test_views_that_are_refused(workshop, name: str, sql: str, said: str) -> None:
    workshop.view(name, sql)
    with pytest.raises(AuditError, match=said) as refused:
        load_audits(workshop.package)
    assert str(refused.value).startswith(f"views/{name}.sql：")


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("julianday(a.停用日期) > 1", "不能用"),
        ("a.停用日期 < date('now')", "不能用"),
        ("a.停用日期 < current_date", "不能用"),
        ("a.受益户数 / 2 > 1", "先乘 1.0"),
        ("a.原值 * 1.0 / a.受益户数 > 1", "nullif"),
        ("cast(a.原值 as integer) > 1", "转成整数"),
        ("cast(substr(a.停用日期, 1, 4) as integer) > 1", "year_of"),
        ("cast(a.原值 as text) = '1'", "money"),
        ("cast(a.停用日期 as date) is null", "只能转成"),
        ("a.资产名称 like 'A%'", "英文字母"),
        ("a.资产名称 like a.资产编号", "instr"),
        ("a.资产名称 glob '大*'", "不能用"),
        ("max(a.购建年度, 2016) > 2016", "空白"),
        ("group_concat(a.资产名称) = ''", "不能用"),
        ("random() > 1", "不能用"),
        ('a."资产名称" is null', "不要加引号"),
        ("days_between(a.停用日期) > 1", "2 个参数"),
        ("days_between(a.停用日期, '2024-2-1') > 1", "不是日期"),
        ("strftime('%s', a.停用日期) > '1'", "strftime 只能取"),
        ("exists (select * from villages v)", "每一列"),
        ("a.原值 || '元' = ''", "money"),
        ("'超过' || :资产闲置天数 = ''", "plain"),
        ("a.资产编号 in (select b.资产编号 from assets b limit 1)", "order by"),
        ("a.村代码 = :村代码", "自动按村筛选"),
        ("in_village(a.村代码)", "自动按村筛选"),
        ("a.没有的列 = 1", "没有“a.没有的列”这一列"),
        ("a.资产编号 in (select x.资产编号 from no_such x)", "没有“no_such”"),
        ("sum(a.原值) > 1", "聚合函数"),
    ],
)
def test_conditions_that_are_refused(workshop, condition: str, said: str) -> None:
    with pytest.raises(AuditError) as refused:
        workshop.audit(SIMPLE.format(said="'x'", rest=f"where {condition}"))
    assert str(refused.value).startswith("audits/assets/idle_assets.sql：")
    assert said in str(refused.value)


@pytest.mark.parametrize(
    "condition",
    [
        "1.0 * a.受益户数 / 2 > 1",
        "a.原值 * 1.0 / nullif(a.受益户数, 0) > 1",
        "a.资产名称 like '%大棚%'",
        "a.资产名称 not like '%大棚%'",
        "cast(strftime('%m', a.停用日期) as integer) > 8",
        "exists (select 1 from villages v where v.村代码 = a.村代码)",
        "a.原值 between 1 and 2",
        "instr(a.资产名称, '棚') > 0",
        "(select count(*) from assets b where b.村代码 = a.村代码) > 1",
        "a.资产编号 in (select b.资产编号 from assets b order by b.原值 desc limit 1)",
    ],
)
def test_conditions_that_are_allowed_run_on_both_engines(workshop, condition: str) -> None:
    audit = workshop.audit(SIMPLE.format(said="'x'", rest=f"where {condition}"))
    asset = {"资产编号": "A1", "村代码": "v", "资产名称": "大棚", "原值": 1.5, "受益户数": 3, "停用日期": "2024-09-01"}
    connection = workshop.database(assets=[asset], villages=[{"村代码": "v"}])
    values = {"截止日期": "2024-12-15", "村代码": ""}
    found = connection.execute(compile_sql(audit), values).fetchall()
    duck = duckdb.connect()
    for table in ("assets", "villages"):
        columns = [field.name for field in workshop.package[table].fields]
        types = {"integer": "bigint", "year": "bigint", "number": "double"}
        duck.execute(
            f"create table {table} ("
            + ", ".join(f'"{f.name}" {types.get(f.type, "varchar")}' for f in workshop.package[table].fields)
            + ")"
        )
        row = asset if table == "assets" else {"村代码": "v"}
        duck.execute(
            f"insert into {table} values ({', '.join('?' * len(columns))})", [row.get(name) for name in columns]
        )
    assert duck.execute(compile_sql(audit, "duckdb"), {"村代码": ""}).fetchall() == found


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("select 1; select 2", "只能写一个"),
        ("delete from assets", "只能写一个"),
        ("select a.资产编号 as 对象, a.村代码, 'x' as 问题 from assets a", "order by"),
        ("select a.资产编号 as 对象, a.村代码, 'x' as 问题 from assets a order by a.村代码", "排到 对象"),
        ("select a.资产编号 as 对象, a.村代码, 'x' as 问题 from assets a order by a.原值, 对象", "不是输出的列"),
        ("select a.资产编号 as 对象, a.村代码, 'x' as 问题 from assets a order by 1", "不是输出的列"),
        ("select a.资产编号 as 对象, 'x' as 问题 from assets a order by 对象", "没有“村代码”列"),
        ("select a.村代码, 'x' as 问题 from assets a order by 村代码", "没有“对象”列"),
        ("select a.资产编号 as 对象, a.村代码 from assets a order by 对象", "没有“问题”列"),
        ("select a.资产编号 as 对象, a.村代码, 'x' as 问题, a.原值 + 1 from assets a order by 对象", "没有名称"),
        ("select a.资产编号 as 对象, a.村代码, 'x' as 问题, a.村代码 from assets a order by 对象", "有两个"),
        ("select a.资产编号 as 对象, a.村代码, 'x' as 问题 from assets a order by 对象 limit 5", "limit"),
        ("with t as (select 1 as n) " + SIMPLE.format(said="'x'", rest=""), "没有用到"),
        ("with 结果 as (select 1 as n) " + SIMPLE.format(said="'x'", rest="cross join 结果"), "请换一个"),
        ("with assets as (select 1 as n) " + SIMPLE.format(said="'x'", rest=""), "请换一个"),
        (SIMPLE.format(said="'x'", rest="right join villages v on v.村代码 = a.村代码"), "left join"),
        (SIMPLE.format(said="'x'", rest="join villages v using (村代码)"), "on 后面"),
        (SIMPLE.format(said="'x'", rest="natural join villages v"), "on 后面"),
    ],
)
def test_queries_that_are_refused(workshop, sql: str, said: str) -> None:
    with pytest.raises(AuditError) as refused:
        workshop.audit(sql)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("population", "said"),
    [
        ("select count(*) from assets a", "in_village"),
        ("select a.资产编号 from assets a where in_village(a.村代码)", "count"),
        ("select count(*), 1 from assets a where in_village(a.村代码)", "count"),
        ("select count(*) from assets a where in_village(a.没有)", "population"),
        ("select count(*) from", "population"),
        ("select count(*) from no_such a where in_village(a.村代码)", "population"),
    ],
)
def test_populations_that_are_refused(workshop, population: str, said: str) -> None:
    with pytest.raises(AuditError) as refused:
        workshop.audit(IDLE, population=population)
    assert said in str(refused.value)


def test_comments_of_the_author_do_not_reach_the_page(workshop) -> None:
    """A `:word` in a comment would look like a parameter to whoever searches the text."""
    sql = compile_sql(workshop.audit(IDLE.replace("from assets a", "from assets a -- 见 :某某")))
    assert ":某某" not in sql


def test_order_by_the_expression_of_an_output_column(workshop) -> None:
    audit = workshop.audit(
        "select a.资产编号 as 对象, a.村代码, 'x' as 问题, a.原值 as 价 from assets a order by a.原值 desc, 对象"
    )
    rows = [{"资产编号": name, "原值": price} for name, price in (("A1", 1.0), ("A2", 2.0), ("A3", None))]
    found = run_audit(workshop.database(assets=rows), audit, "2024-12-15").findings
    assert [row["对象"] for row in found] == ["A2", "A1", "A3"]
    assert "NULLS LAST" in compile_sql(audit, "duckdb") or "DESC" in compile_sql(audit, "duckdb")
    assert HEADER["subject"] == "assets"
