"""Every CSV is complete and exact, has a BOM and a Chinese name; what fails does not look like a file."""

from __future__ import annotations

import sqlite3
from urllib.parse import quote, unquote

import pytest
from site_client import as_text

from xianjie.export import disposition, spool, without_limit


def file_name(response):
    return unquote(response.headers["content-disposition"].partition("filename*=UTF-8''")[2])


@pytest.mark.parametrize("table", ["persons", "payments", "households", "findings", "residents"])
def test_a_whole_table(internal, database, table):
    rows = internal.rows(f"/internal/{table}.csv")
    cursor = database.execute(f"select * from {table}")
    assert rows[0] == [column[0] for column in cursor.description]
    assert sorted(rows[1:]) == sorted(as_text(cursor))


def test_there_are_more_rows_than_datasette_would_give(internal):
    assert len(internal.rows("/internal/persons.csv")) > 1001
    assert len(internal.rows("/internal/residents.csv")) > 1001


@pytest.mark.parametrize("extra", ["_size=max", "_stream=1", "_size=10&_next=20", "_labels=on", "_dl=1", "_facet=性别"])
def test_paging_does_not_shorten_it(internal, extra):
    assert internal.rows(f"/internal/persons.csv?{extra}") == internal.rows("/internal/persons.csv")


def test_filters_search_and_order_are_kept(internal, database):
    rows = internal.rows(
        "/internal/persons.csv?性别=女&出生日期__lt=1970-01-01&_sort_desc=出生日期&_col=姓名&_col=出生日期"
    )
    expected = database.execute("select 姓名, 出生日期 from persons where 性别 = '女' and 出生日期 < '1970-01-01'")
    assert rows[0] == ["姓名", "出生日期"]
    assert sorted(rows[1:]) == sorted(as_text(expected))
    assert [row[1] for row in rows[1:]] == sorted((row[1] for row in rows[1:]), reverse=True)
    name = database.execute("select 姓名 from persons where length(姓名) = 3 order by 姓名").fetchone()[0]
    found = internal.rows(f"/internal/persons.csv?_search={name[1:]}")
    assert (
        len(found) - 1
        == database.execute("select count(*) from persons where 姓名 like ?", [f"%{name[1:]}%"]).fetchone()[0]
    )


def test_a_value_that_ends_like_a_limit_is_kept(internal):
    assert internal.rows("/internal/persons.csv?姓名=x limit 5")[1:] == []


def test_what_somebody_typed(internal, database):
    rows = internal.rows(
        "/internal.csv?sql=" + quote("select 身份证号 as 号, 1.0 as 数 from persons where 性别 = :性别") + "&性别=男"
    )
    assert rows[0] == ["号", "数"]
    assert rows[1:] == as_text(database.execute("select 身份证号, 1.0 from persons where 性别 = '男'"))
    more = internal.rows("/internal.csv?sql=" + quote("select a.身份证号 from persons a join villages limit 5000"))
    assert len(more) == 5001


def test_a_single_row(internal, database):
    number = database.execute("select 户编号 from households order by 户编号").fetchone()[0]
    rows = internal.rows(f"/internal/households/{number}.csv")
    assert rows[1:] == as_text(database.execute("select * from households where 户编号 = ?", [number]))


def test_identifiers_are_untouched(internal, database):
    numbers = {row[0] for row in database.execute("select 身份证号 from persons")}
    rows = internal.rows("/internal/persons.csv")
    place = rows[0].index("身份证号")
    assert {row[place] for row in rows[1:]} == numbers
    # All but the wrong numbers that the township has for the audits to find.
    assert sum(len(number) == 18 for number in numbers) > 0.95 * len(numbers)


def test_name_and_headers(internal):
    response = internal.get("/internal/persons.csv")
    assert file_name(response) == "人员.csv"
    assert int(response.headers["content-length"]) == len(response.content)
    assert file_name(internal.get("/internal.csv?sql=select+1")) == "查询结果.csv"
    assert internal.request("HEAD", "/internal/persons.csv").headers["x-row-count"] == response.headers["x-row-count"]
    assert internal.request("HEAD", "/internal/persons.csv").content == b""


def test_names_that_no_file_may_have():
    header = disposition('甲/乙:"丙"\r\nx.csv')
    assert "\r" not in header and "\n" not in header
    assert unquote(header.partition("''")[2]) == "甲_乙_丙_x.csv"


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("/internal/nothing.csv", 404, "没有这个台账"),
        ("/nothing/persons.csv", 404, "没有这个数据库"),
        ("/internal/persons.csv?_sort=无此列", 400, "没有这一列"),
        ("/internal/persons.csv?_col=无此列", 400, "没有这些列"),
        ("/internal.csv", 400, "没有写要运行的 SQL"),
        ("/internal.csv?sql=delete+from+persons", 400, "SELECT"),
        ("/internal.csv?sql=select+colour+from+persons", 400, "没有“colour”这一列"),
        ("/internal.csv?sql=selec", 400, "SELECT"),
        ("/internal/households/none.csv", 404, "没有这一行"),
    ],
)
def test_a_refusal_is_a_sentence(internal, path, status, sentence):
    response = internal.get(path)
    assert response.status_code == status, response.text
    assert response.headers["content-type"].startswith("text/plain")
    assert sentence in response.text
    assert "content-disposition" not in response.headers


def test_a_failure_midway_gives_no_file(internal):
    """The 2,001st row cannot be computed: nothing of the first 2,000 is sent."""
    sql = (
        "with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000)"
        " select case when i > 2000 then abs(-9223372036854775807 - 1) else i end from n"
    )
    response = internal.get("/internal.csv?sql=" + quote(sql))
    assert response.status_code == 400
    assert response.headers["content-type"].startswith("text/plain")


def test_too_slow_is_said(internal, monkeypatch):
    from datasette.plugins import pm

    monkeypatch.setattr(pm.get_plugin("export.py"), "TIME_LIMIT_MS", 1)
    sql = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"
    response = internal.get("/internal.csv?sql=" + quote(sql))
    assert response.status_code == 400
    assert "时间限制" in response.text


def test_posting_is_refused(internal):
    assert internal.request("POST", "/internal/persons.csv", headers={"authorization": "Bearer x"}).status_code in (
        403,
        405,
    )


def test_spool_writes_what_it_is_given_and_leaves_nothing_after_an_error():
    file, length, count = spool(["甲", "乙"], ([number, None] for number in range(5000)))
    content = file.read()
    file.close()
    assert (length, count) == (len(content), 5000)
    assert content.decode("utf-8-sig").splitlines()[-1] == "4999,"

    def failing():
        yield [1]
        raise sqlite3.OperationalError("interrupted")

    with pytest.raises(sqlite3.OperationalError):
        spool(["甲"], failing())


def test_without_limit_takes_only_the_end():
    assert without_limit("select a from b where c = ' limit 3' order by d limit 101") == (
        "select a from b where c = ' limit 3' order by d"
    )
    assert without_limit("select a from b limit 2 offset 100") == "select a from b"
