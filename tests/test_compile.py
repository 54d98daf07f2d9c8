"""Tables, rows, indexes, search and views of internal.db."""

from __future__ import annotations

import re
import sqlite3

import pytest
import small_package
from hypothesis import given, settings
from hypothesis import strategies as st

from xianjie import ddl, fulltext
from xianjie.compile import CompileError, compile_internal, load, new_database, searchable
from xianjie.package import load_package

SHIPPED = load_package(small_package.ROOT)
ALL_LEDGERS = pytest.mark.parametrize("ledger", SHIPPED.ledgers.values(), ids=SHIPPED.ledgers)


def compiled(package, path, **options) -> sqlite3.Connection:
    compile_internal(package, path, **options)
    return sqlite3.connect(path)


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    folder = tmp_path_factory.mktemp("world")
    package = small_package.write_package(folder)
    connection = compiled(package, folder / "internal.db")
    yield package, connection
    connection.close()


@pytest.fixture
def empty(tmp_path):
    return small_package.write_package(tmp_path / "package", {})


def put(package, ledger, text):
    package[ledger].path.write_text(text, encoding="utf-8", newline="")


def test_every_ledger_is_a_strict_table_with_typed_columns(world):
    package, connection = world
    for ledger in package.ledgers.values():
        (strict,) = connection.execute("select strict from pragma_table_list where name = ?", [ledger.name]).fetchone()
        assert strict == 1
        columns = connection.execute(f"pragma table_info({ledger.name})").fetchall()
        assert [column[1] for column in columns] == ledger.columns
        for field, column in zip(ledger.fields, columns, strict=True):
            wanted = {"integer": "INTEGER", "year": "INTEGER", "number": "REAL"}.get(field.type, "TEXT")
            assert column[2] == wanted


def test_identifiers_stay_text_and_empty_cells_are_null(world):
    _, connection = world
    account, name, flag = connection.execute("select 账号, 开户银行, typeof(账号) from accounts").fetchone()
    assert (account, name, flag) == (small_package.ACCOUNT, None, "text")
    assert connection.execute("select 金额, typeof(金额) from payments").fetchone() == (450.5, "real")
    kinds = connection.execute(
        "select distinct typeof(身份证号), typeof(村代码) from persons join households using (户编号)"
    )
    assert kinds.fetchall() == [("text", "text")]


def test_links_between_ledgers_are_declared(world):
    package, connection = world
    for ledger in package.ledgers.values():
        declared = {(row[3], row[2], row[4]) for row in connection.execute(f"pragma foreign_key_list({ledger.name})")}
        wanted = {(fk.fields[0], fk.ledger, fk.reference_fields[0]) for fk in ledger.foreign_keys}
        assert declared == wanted
    assert connection.execute("pragma foreign_key_check").fetchall() == []


def test_rows_with_a_key_stand_in_its_order_and_others_as_in_the_file(empty, tmp_path):
    put(empty, "villages", "村代码,村名\n141121104202,乙村\n141121104201,甲村\n")
    put(empty, "teams", "专班\n乙专班\n\n甲专班\n")
    connection = compiled(empty, tmp_path / "x.db")
    assert [row[0] for row in connection.execute("select 村名 from villages order by rowid")] == ["甲村", "乙村"]
    assert [row[0] for row in connection.execute("select 专班 from teams order by rowid")] == ["乙专班", "甲专班"]
    connection.close()


def test_columns_are_found_by_heading_not_by_place(empty, tmp_path):
    put(empty, "villages", "\ufeff村名,别的,村代码\n甲村,x,141121104201\n乙村\n")
    with pytest.raises(CompileError, match="村代码空着"):
        compile_internal(empty, tmp_path / "x.db")
    put(empty, "villages", "\ufeff村名,别的,村代码\n甲村,x,141121104201\n")
    connection = compiled(empty, tmp_path / "y.db")
    assert connection.execute("select 村代码, 村名, 别名 from villages").fetchall() == [("141121104201", "甲村", None)]
    connection.close()


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2024-07-05", "2024-07-05"),
        ("2024-7-5", "2024-07-05"),
        ("2024年7月", "2024年7月"),
        ("2024-02-31", "2024-02-31"),
        ("", None),
    ],
)
def test_dates_compare_as_text_and_impossible_ones_still_load(empty, tmp_path, written, kept):
    put(empty, "person_events", f"身份证号,姓名,变动类型,日期\n1,甲,死亡,{written}\n")
    connection = compiled(empty, tmp_path / "x.db")
    assert connection.execute("select 日期 from person_events").fetchall() == [(kept,)]
    connection.close()


@pytest.mark.parametrize(("written", "kept"), [("2024-07", "2024-07"), ("2024-7", "2024-07"), ("2024-13", "2024-13")])
def test_months_compare_as_text(empty, tmp_path, written, kept):
    put(empty, "disability_subsidies", f"身份证号,姓名,补贴种类,起始月\n1,甲,护理,{written}\n")
    connection = compiled(empty, tmp_path / "x.db")
    assert connection.execute("select 起始月 from disability_subsidies").fetchall() == [(kept,)]
    connection.close()


@pytest.mark.parametrize(
    ("ledger", "text", "told"),
    [
        ("households", "户编号,家庭人口数\nH1,3\nH2,五\n", ["households.csv 第3行「家庭人口数」", "“五”", "不是整数"]),
        ("households", f"户编号,家庭人口数\nH1,{2**63}\n", ["第2行「家庭人口数」", "不是整数"]),
        ("projects", "项目编号,预算金额\nX1,NaN\n", ["第2行「预算金额」", "“NaN”", "不是数字"]),
        ("projects", "项目编号,预算金额\nX1,约50万\n", ["“约50万”", "不是数字"]),
        ("insurance", "身份证号,年度\n1,二〇二四\n", ["「年度」", "不是四位数的年份"]),
        ("projects", "项目编号,项目名称\nX1,a,b\n", ["第2行有3格", "只有2格"]),
        ("projects", "项目编号,项目名称,项目名称\nX1,a,b\n", ["两个“项目名称”"]),
        ("projects", "", ["是空的"]),
        ("projects", "a,b\n1,2\n", ["没有一个“帮扶项目”台账的列"]),
        ("projects", '项目编号,项目名称\nX1,"没有写完\nX2,b\n', ["不是完好的 CSV", "引号"]),
        ("villages", "村代码,村名\n1,a\n1,b\n", ["villages.csv", "村代码重复"]),
        ("teams", "专班,领域\n甲专班,\n甲专班,\n", ["teams.csv", "专班重复"]),
    ],
)
def test_what_cannot_be_a_row_is_told_in_a_sentence(empty, tmp_path, ledger, text, told):
    put(empty, ledger, text)
    with pytest.raises(CompileError) as caught:
        compile_internal(empty, tmp_path / "x.db")
    for part in told:
        assert part in str(caught.value)


def test_a_sensitive_value_is_not_repeated_in_the_sentence(empty, tmp_path):
    put(empty, "loans", "贷款编号,身份证号,姓名,金额\nL1,1,甲,五万\n")
    with pytest.raises(CompileError) as caught:
        compile_internal(empty, tmp_path / "x.db")
    assert "「金额」" in str(caught.value) and "五万" not in str(caught.value)


def test_another_encoding_or_no_file_is_told(empty, tmp_path):
    empty["projects"].path.write_bytes("项目编号,项目名称\nX1,大棚\n".encode("gb18030"))
    with pytest.raises(CompileError, match=r"projects.csv 不是 UTF-8"):
        compile_internal(empty, tmp_path / "x.db")
    empty["projects"].path.unlink()
    with pytest.raises(CompileError, match=r"缺少台账文件 csv/funds/projects.csv"):
        compile_internal(empty, tmp_path / "y.db")


def test_invalid_data_loads_without_keys(empty, tmp_path):
    put(empty, "villages", "村代码,村名\n1,a\n1,b\n,c\n")
    put(empty, "households", "户编号,村代码\nH1,没有这个村\n")
    connection = new_database("")
    load(connection, empty, keys=False)
    assert connection.execute("select 村代码 from villages order by rowid").fetchall() == [("1",), ("1",), (None,)]
    connection.close()


def test_a_missing_parent_loads(empty, tmp_path):
    put(empty, "households", "户编号,村代码\nH1,没有这个村\n")
    connection = compiled(empty, tmp_path / "x.db")
    assert connection.execute("select 村代码 from households").fetchall() == [("没有这个村",)]
    connection.close()


def test_another_file_takes_the_place_of_a_ledger(empty, tmp_path):
    other = tmp_path / "other.csv"
    other.write_text("专班\n别的专班\n", encoding="utf-8")
    connection = compiled(empty, tmp_path / "x.db", tables={"teams": other})
    assert connection.execute("select 专班 from teams").fetchall() == [("别的专班",)]
    connection.close()


def test_broken_view_is_told(empty, tmp_path):
    (empty.root / "views" / "residents.sql").write_text("-- title: x\nselect 没有的列 from persons\n", encoding="utf-8")
    with pytest.raises(Exception, match=r"views/residents\.sql.*没有的列") as caught:
        compile_internal(empty, tmp_path / "x.db")
    assert type(caught.value).__module__.startswith("xianjie.")


@pytest.mark.parametrize("keys", [True, False])
@ALL_LEDGERS
def test_joins_by_keys_and_persons_use_an_index(ledger, keys):
    connection = sqlite3.connect(":memory:")  # without rows and statistics, so that size does not decide
    connection.execute(ddl.create_table(ledger, keys))
    for statement in ddl.indexes(ledger, keys):
        connection.execute(statement)
    columns = [fk.fields[0] for fk in ledger.foreign_keys] + [f.name for f in ledger.fields if f.check == "id_number"]
    for column in [*columns, *ledger.primary_key, *ledger.key[:1]]:
        plan = connection.execute(f"explain query plan select * from {ledger.name} where {column} = 'x'").fetchall()
        assert re.search(r"SEARCH .* USING (COVERING )?INDEX", str(plan)), (column, plan)


@ALL_LEDGERS
def test_no_index_begins_with_another(ledger):
    columns = [re.search(r" ON \S+ \((.*)\)$", statement)[1] for statement in ddl.indexes(ledger)]
    for one in columns:
        assert not [other for other in columns if other != one and other.startswith(one + ",")]
    assert len(set(columns)) == len(columns)


def test_views_are_there_with_the_packages_date(world):
    package, connection = world
    names = {row[0] for row in connection.execute("select name from sqlite_master where type = 'view'")}
    assert names == {path.stem for path in (package.root / "views").glob("*.sql")}
    for name in names:
        connection.execute(f"select * from {name}").fetchall()
    assert connection.execute("select count(*) from residents").fetchone() == (12,)


def test_statistics_help_the_planner(world):
    _, connection = world
    assert connection.execute("select count(*) from sqlite_stat1 where tbl = 'persons'").fetchone()[0] >= 2


# Full-text search


def searched(connection, ledger, query) -> list[int]:
    sql = f"select rowid from {ledger}_fts where {ledger}_fts match ? order by rowid"
    return [row[0] for row in connection.execute(sql, [fulltext.phrases(query)])]


def test_words_of_any_length_are_found(empty, tmp_path):
    put(
        empty,
        "persons",
        "户编号,身份证号,姓名\nH1,1,王志强\nH1,2,王 强志\nH1,3,志王\nH1,4,\U00030edd某\nH1,5,欧阳ＡＢ１２\n",
    )
    connection = compiled(empty, tmp_path / "x.db")
    for query, found in [
        ("王", [1, 2, 3]),
        ("王志", [1]),
        ("志强", [1]),
        ("王志强", [1]),
        ("王强", [2]),
        ("王 强", [1, 2]),
        ("\U00030edd", [4]),
        ("ab", []),
        ("AB12", [5]),
        ("ab１２", [5]),
        ("赵", []),
        ("", []),
        ('"', []),
        ('王"', [1, 2, 3]),
        ("王*", [1, 2, 3]),
        ("NEAR(王 志)", []),
        ("姓名:王", []),
    ]:
        assert searched(connection, "persons", query) == found, query
    connection.close()


HAN = st.text(st.sampled_from("王志强某田土丰"), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(HAN, min_size=1, max_size=8), query=HAN)
def test_search_finds_exactly_what_like_finds(texts, query):
    connection = sqlite3.connect(":memory:")
    connection.execute(f"create virtual table t_fts using fts5(a, content='', tokenize='{fulltext.TOKENIZER}')")
    for number, text in enumerate(texts, 1):
        connection.execute("insert into t_fts (rowid, a) values (?, ?)", [number, fulltext.spaced(text)])
    assert searched(connection, "t", query) == [n for n, text in enumerate(texts, 1) if query in text]
    connection.close()


def test_no_identifier_is_indexed(world):
    package, connection = world
    for ledger in package.ledgers.values():
        for name in searchable(ledger):
            assert ledger.by_name[name].check is None and "号" not in name and "电话" not in name
        indexed = connection.execute(
            "select count(*) from sqlite_master where name = ?", [f"{ledger.name}_fts"]
        ).fetchone()[0]
        assert bool(indexed) == bool(searchable(ledger))
    for secret in (small_package.FIRST_ID, small_package.ACCOUNT, small_package.PHONE, small_package.CERTIFICATE):
        for ledger in package.ledgers.values():
            if searchable(ledger):
                assert searched(connection, ledger.name, secret) == []


# The same bytes


def test_the_same_ledgers_give_the_same_bytes_from_any_folder(tmp_path, monkeypatch):
    first = small_package.write_package(tmp_path / "a")
    second = small_package.write_package(tmp_path / "elsewhere" / "b")
    compile_internal(first, tmp_path / "1.db")
    monkeypatch.chdir(tmp_path / "elsewhere")
    compile_internal(second, tmp_path / "2.db")
    assert (tmp_path / "1.db").read_bytes() == (tmp_path / "2.db").read_bytes()


def test_progress_goes_from_nothing_to_all(empty, tmp_path):
    seen = []
    compile_internal(empty, tmp_path / "x.db", progress=lambda *step: seen.append(step))
    assert seen[0][1] == 0 and seen[-1][1] == seen[-1][2] == len(empty.ledgers)
