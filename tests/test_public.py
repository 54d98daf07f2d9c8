"""public.db holds what may be published, whatever public/*.sql says by mistake."""

from __future__ import annotations

import re
import sqlite3

import pytest
import small_package

from xianjie.compile import compile_internal
from xianjie.identifiers import id_number_check_digit
from xianjie.package import load_package
from xianjie.public import PublicError, compile_public, load_public
from xianjie.public_guard import FEWEST, published

ROWS = "-- title: 试\n-- description: 试。\n-- kind: rows\n-- ledger: {}\n{}\n"
COUNTS = "-- title: 试\n-- description: 试。\n-- kind: counts\n-- by: {}\n-- n: 数。\n{}\n"


@pytest.fixture(scope="module")
def compiled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("public")
    package = small_package.write_package(folder / "package")
    compile_internal(package, folder / "internal.db")
    return package, folder / "internal.db"


@pytest.fixture
def attempt(compiled, tmp_path):
    """Make public.db from one given file in place of the package's own; the contents of its table."""
    package, internal = compiled
    folder = package.root / "public"

    def run(text: str, name: str = "trial") -> list[tuple]:
        own = {path: path.read_bytes() for path in folder.glob("*.sql")}
        for path in own:
            path.unlink()
        (folder / f"{name}.sql").write_text(text, encoding="utf-8")
        try:
            compile_public(package, internal, tmp_path / "public.db")
        finally:
            (folder / f"{name}.sql").unlink()
            for path, content in own.items():
                path.write_bytes(content)
        connection = sqlite3.connect(tmp_path / "public.db")
        try:
            return connection.execute(f"select * from {name}").fetchall()
        finally:
            connection.close()

    return run


@pytest.fixture(scope="module")
def public(compiled, tmp_path_factory):
    path = tmp_path_factory.mktemp("made") / "public.db"
    columns = compile_public(*compiled, path)
    connection = sqlite3.connect(path)
    yield connection, columns, path
    connection.close()


# What the shipped tables give


def test_persons_and_their_property_are_left_out(public):
    connection, _, _ = public
    assert connection.execute("select 单位编号 from organisations").fetchall() == [("D1",)]
    assert connection.execute("select 资产编号, 受益户数 from assets").fetchall() == [("Z1", None)]
    assert connection.execute("select 专班 from teams").fetchall() == [(small_package.TEAM,)]


def test_tables_and_columns_are_exactly_those_meant(public):
    connection, columns, _ = public
    tables = {row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")}
    assert tables - {"sqlite_stat1", "sqlite_stat4"} == set(columns) == {
        "villages", "teams", "organisations", "standards", "projects", "assets", "village_counts", "problem_counts",
    }  # fmt: skip
    assert not connection.execute("select name from sqlite_master where type in ('view', 'trigger')").fetchall()
    named = {column for own in columns.values() for column in own}
    assert not {column for column in named if "姓名" in column or "身份证" in column or column.endswith("人")}


def test_what_is_not_confirmed_is_not_published(tmp_path):
    package = small_package.write_package(tmp_path / "package")
    path = package["standards"].path
    text = path.read_text(encoding="utf-8")
    assert text.count("\n资产闲置天数,") == 1
    path.write_text(re.sub("(?m)^(资产闲置天数,.*),是$", r"\1,否", text), encoding="utf-8")
    compile_internal(package, tmp_path / "internal.db")
    compile_public(package, tmp_path / "internal.db", tmp_path / "public.db")
    connection = sqlite3.connect(tmp_path / "public.db")
    names = {name for (name,) in connection.execute("select 项目 from standards")}
    connection.close()
    assert "资产登记天数" in names and "资产闲置天数" not in names


def test_small_counts_are_blank(public):
    connection, _, _ = public
    row = connection.execute("select 正在整改, 整改完成, 整改完成长期坚持 from problem_counts").fetchall()
    assert row == [(5, None, None)]
    counts = connection.execute(
        "select 户数, 人数, 低保人数 from village_counts where 村代码 = ?", [small_package.VILLAGE]
    )
    assert counts.fetchall() == [(12, 12, 6)]
    others = connection.execute(
        "select distinct 户数, 人数, 低保人数 from village_counts where 村代码 <> ?", [small_package.VILLAGE]
    )
    assert others.fetchall() == [(None, None, None)]


def test_a_count_is_blank_when_the_rest_would_be_small(tmp_path):
    rows = small_package.world() | small_package.people(9)
    package = small_package.write_package(tmp_path / "package", rows)
    compile_internal(package, tmp_path / "internal.db")
    compile_public(package, tmp_path / "internal.db", tmp_path / "public.db")
    connection = sqlite3.connect(tmp_path / "public.db")
    # Nine residents, six of them on 低保: who is not among them would be one of three.
    assert connection.execute("select 人数, 低保人数 from village_counts where 人数 > 0").fetchall() == [(9, None)]
    connection.close()


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [((0,), None), ((4,), None), ((5,), 5), ((5, 10), 5), ((6, 10), None), ((10, 10), None), ((None,), None)],
)
def test_published(arguments, shown):
    assert published(*arguments) == shown


def test_links_lead_to_public_rows(public):
    connection, _, _ = public
    links = {
        (table, row[3], row[2])
        for table in ("assets", "projects", "organisations", "village_counts")
        for row in connection.execute(f"pragma foreign_key_list({table})")
    }
    assert links >= {
        ("assets", "村代码", "villages"),
        ("assets", "项目编号", "projects"),
        ("projects", "村代码", "villages"),
        ("village_counts", "村代码", "villages"),
    }
    assert connection.execute("pragma foreign_key_check").fetchall() == []


def test_no_byte_of_public_db_tells_of_a_person(compiled, public):
    package, internal = compiled
    assert secrets_in(public[2].read_bytes(), internal, package) == []
    assert small_package.SECRET_NAME.encode() not in public[2].read_bytes()
    assert small_package.SECRET_NAME.encode() in internal.read_bytes()


def test_no_byte_of_the_shipped_packages_public_db_tells_of_a_person(tmp_path):
    package = load_package(small_package.ROOT)
    compile_internal(package, tmp_path / "internal.db")
    compile_public(package, tmp_path / "internal.db", tmp_path / "public.db")
    content = (tmp_path / "public.db").read_bytes()
    assert len(content) > 50_000
    # Nothing that only looks like one either: columns are in an order in which no two numbers touch.
    assert re.findall(rb"\d{15}|\d{14}[Xx]|(?<!\d)1\d{10}(?!\d)", content) == []
    assert secrets_in(content, tmp_path / "internal.db", package) == []


# Whose values nobody may find in public.db. Dates are looked for in the ledgers of persons alone: an asset may have
# been finished on somebody's birthday.
IDENTIFYING = (
    "身份证号",
    "残疾人证号",
    "账号",
    "联系电话",
    "系统户编号",
    "人员编号",
    "户编号",
    "姓名",
    "户主姓名",
    "照料人",
    "主要负责人",
)


def secrets_in(content: bytes, internal, package) -> list[str]:
    """The identifying values of internal.db that stand in `content`, in any form in which SQLite could keep them."""
    connection = sqlite3.connect(internal)
    found, looked = [], 0
    for ledger in package.ledgers.values():
        for name in ledger.columns:
            if name in IDENTIFYING:
                values = connection.execute(f"select distinct {name} from {ledger.name} where {name} is not null")
                for (value,) in values:
                    looked += 1
                    forms = [value.encode("utf-8"), value.encode("utf-16-le"), value.encode("utf-16-be")]
                    if value.isdigit() and 2**40 < int(value) < 2**63:
                        forms += [int(value).to_bytes(size, "big") for size in (6, 8) if int(value) < 256**size]
                    # Shorter ones are in any database by chance.
                    found += [f"{ledger.name}.{name} {value}" for form in forms if len(form) >= 6 and form in content]
    births = [row[0] for row in connection.execute("select distinct 出生日期 from persons where 出生日期 is not null")]
    dates = {
        value
        for ledger in package.ledgers.values()
        for field in ledger.fields
        if field.privacy == "public" and field.type == "date"
        for (value,) in connection.execute(f"select distinct {field.name} from {ledger.name}")
    }
    found += [f"persons.出生日期 {day}" for day in births if day not in dates and day.encode() in content]
    connection.close()
    assert looked > 20, "nothing was looked for"
    return found


# What must not get out


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("select 资产编号, 所有权人 as 资产名称 from assets", "assets.所有权人，它标为 sensitive"),
        ("select 资产编号 from assets where 管护人 is not null", "assets.管护人"),
        ("select 资产编号 from assets order by 经营主体", "assets.经营主体"),
        ("select 资产编号, (select max(身份证号) from persons) as 资产名称 from assets", "persons.身份证号"),
        ("select a.资产编号 from assets a join persons p on p.姓名 = a.资产名称", "persons.姓名"),
        ("select 资产编号 from assets where exists (select 1 from loans where 用途 = '结婚')", "loans.用途"),
        ("with p as (select 姓名 from persons) select 姓名 as 资产名称 from p", "persons.姓名"),
        ("select 姓名 as 资产名称 from residents", "persons."),
        ("select a.资产编号, count(*) as 受益户数 from assets a, persons group by 1", "persons."),
        ("select 资产编号, rowid as 原值 from assets", "assets.ROWID"),
        ("select sql as 资产名称 from sqlite_master", "sqlite_master.sql"),
        ("select 问题 as 资产名称 from asset_inspections", "asset_inspections.问题"),
        ("select 资产编号, random() as 原值 from assets", "random"),
        ("pragma table_list", "不是单独一条 SELECT"),
        ("delete from assets", "不能公开"),
    ],
)
def test_a_copied_ledger_reads_public_columns_only(attempt, sql, told):
    with pytest.raises(PublicError) as caught:
        attempt(ROWS.format("assets", sql))
    assert told in str(caught.value) and "public/trial.sql" in str(caught.value)


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("select 资产编号, 资产名称 as 别的 from assets", "别的"),
        ("select 村名 as 村名 from villages", "村名"),
        ("select 资产编号, 资产编号 from assets", "重复"),
        ("select 没有的列 from assets", "不能运行"),
        ("select 资产编号 from assets union all select 资产编号 from assets", "不能写入"),
    ],
)
def test_a_copied_ledger_gives_its_own_columns_once(attempt, sql, told):
    with pytest.raises(PublicError, match=told):
        attempt(ROWS.format("assets", sql))


def test_a_copied_ledger_may_read_public_columns(attempt):
    assert attempt(ROWS.format("assets", "select 资产编号, 资产名称 from assets where 资产编号 = 'Z1'")) == [
        ("Z1", "温室大棚")
    ]


GOOD = (
    "select v.村代码, published(count(distinct h.户编号)) as n "
    "from villages v join households h on h.村代码 = v.村代码 group by v.村代码"
)


def test_a_count_may_read_anything(attempt):
    assert attempt(COUNTS.format("villages.村代码", GOOD)) == [(small_package.VILLAGE, 12)]


@pytest.mark.parametrize(
    "sql",
    [
        "select 村代码, 户主姓名 as n from households",
        "select 村代码, 家庭人口数 as n from households",
        "select 村代码, published(家庭人口数) as n from households",
        "select 村代码, count(*) as n from households group by 1",
        "select 村代码, count(distinct 户编号) as n from households group by 1",
        # Five payments may be one person's.
        "select h.村代码, published(count(*)) as n from payments p join households h using (户编号) group by 1",
        "select 村代码, published(count(distinct 户编号)) + 1 as n from households group by 1",
        "select 村代码, published(max(家庭人口数)) as n from households group by 1",
        "select 户主姓名 as 村代码, published(count(distinct 户编号)) as n from households group by 1",
        "select 户主姓名 as n, published(count(distinct 户编号)) as 村代码 from households group by 1",
        "select 户编号, published(count(distinct 户编号)) as n from households group by 1",
        "select 村代码, published(count(distinct 户编号)) as n from households group by 1 "
        "union all select 户编号, 9 from households",
        "select * from households",
        "这不是 SQL",
    ],
)
def test_a_table_of_counts_gives_nothing_but_safe_counts(attempt, sql):
    with pytest.raises(PublicError):
        attempt(COUNTS.format("villages.村代码", sql))


@pytest.mark.parametrize("by", ["households.户主姓名", "villages.没有", "nothing.村代码"])
def test_counts_are_grouped_by_public_columns_only(attempt, by):
    with pytest.raises(PublicError):
        attempt(COUNTS.format(by, GOOD))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("select 1", "title"),
        (ROWS.format("nothing", "select 1"), "nothing"),
        (ROWS.format("assets", "select 资产编号 from assets").replace("rows", "all"), "all"),
        (ROWS.format("assets", "-- 别的: x\nselect 资产编号 from assets"), "别的"),
    ],
)
def test_a_file_says_what_it_is(attempt, text, told):
    with pytest.raises(PublicError, match=told):
        attempt(text)


def test_a_file_in_another_encoding_or_with_a_chinese_name_is_told(attempt, compiled):
    package, _ = compiled
    with pytest.raises(PublicError, match="文件名"):
        attempt(ROWS.format("assets", "select 资产编号 from assets"), name="资产")
    path = package.root / "public" / "other.sql"
    path.write_bytes("-- title: 试".encode("gb18030"))
    with pytest.raises(PublicError, match=r"other\.sql 不是 UTF-8"):
        load_public(package)
    path.unlink()


def test_a_column_without_a_mark_is_never_public(tmp_path):
    package = small_package.write_package(tmp_path, {})
    path = tmp_path / "schemas" / "base" / "villages.json"
    path.write_text(
        path.read_text(encoding="utf-8").replace('"privacy": "public"', '"other": "public"'), encoding="utf-8"
    )
    compile_internal(package, tmp_path / "internal.db")
    with pytest.raises(PublicError, match="villages"):
        compile_public(load_package(tmp_path), tmp_path / "internal.db", tmp_path / "public.db")


@pytest.mark.parametrize(
    ("column", "value", "refused"),
    [
        ("项目名称", "王某14119919600307122X危房改造", True),
        ("项目名称", "证号14119919600307122142", True),
        ("资金来源", "联系14200000001", True),
        ("资金来源", "电话：13900000001。", True),
        ("资金来源", "9991234567890123457", True),
        ("项目编号", f"X14119919600307122{id_number_check_digit('14119919600307122')}", True),
        ("项目编号", f"X14119919600307122{(int(id_number_check_digit('14119919600307122')) + 1) % 10}", False),
        ("项目编号", "5300001234567890123", False),
        ("项目名称", "2023年第2批1000万元项目", False),
    ],
)
def test_a_number_written_into_a_name_does_not_get_out(tmp_path, column, value, refused):
    rows = {"projects": [{"项目编号": "X1", "项目名称": "大棚"} | {column: value}]}
    package = small_package.write_package(tmp_path, rows)
    compile_internal(package, tmp_path / "internal.db")
    if not refused:
        compile_public(package, tmp_path / "internal.db", tmp_path / "public.db")
        return
    with pytest.raises(PublicError, match=f"projects 表“{column}”列") as caught:
        compile_public(package, tmp_path / "internal.db", tmp_path / "public.db")
    assert value not in str(caught.value)


def test_shipped_tables_name_what_is_public(compiled):
    package, _ = compiled
    for table in load_public(package):
        assert table.description.endswith("。")
    assert FEWEST == 5
