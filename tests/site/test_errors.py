"""What goes wrong is said in Chinese, and the log holds nobody's data."""

from __future__ import annotations

import datasette.handle_exception
import pytest
from datasette.plugins import pm
from datasette.views.table import TableView

SECRET = "141199196003071221"


@pytest.fixture
def broken(monkeypatch):
    async def data(_self, _request, **_options):
        number = SECRET
        raise ValueError(f"bad value {number}")

    monkeypatch.setattr(TableView, "data", data)


@pytest.mark.parametrize("form", ["", ".json", ".csv"])
def test_an_unforeseen_error_shows_and_logs_no_values(internal, broken, capfd, form):
    response = internal.get(f"/internal/persons{form}?身份证号={SECRET}")
    assert response.status_code == 500
    written = "".join(capfd.readouterr())
    assert SECRET not in response.text and SECRET not in written
    assert "站点出错：ValueError（" in written
    assert "没有预料到的错误" in (response.json()["error"] if form == ".json" else response.text)


def test_failed_sql_is_not_logged(internal, capfd):
    for path in (
        f"/internal?sql=select+colour+from+persons+where+身份证号=:n&n={SECRET}",
        f"/internal/persons?_where=x='{SECRET}'",
    ):
        assert internal.get(path).status_code == 400
    assert SECRET not in "".join(capfd.readouterr())


def test_nothing_prints_local_variables(internal):
    assert datasette.handle_exception.rich is None
    assert pm.get_plugin("datasette.handle_exception") is None


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("/nothing", 404, "没有这个数据库"),
        ("/internal/nothing", 404, "没有这个台账或审计"),
        ("/internal/households/nobody", 404, "没有这一行"),
        ("/-/nothing", 404, "没有这个页面"),
        ("/internal/persons?_sort=x", 400, "不能按“x”排序"),
        ("/internal/persons?_size=5000", 400, "一页最多 1000 行"),
        ("/internal?sql=drop+table+persons", 400, "只能运行 SELECT"),
        ("/internal?sql=select+*+from+pragma_journal_mode", 400, "PRAGMA"),
        ("/internal?sql=select+from", 400, "SQL"),
    ],
)
def test_sentences(internal, path, status, sentence):
    response = internal.get(path)
    assert response.status_code == status
    assert sentence in response.text


def test_a_slow_query_is_stopped(internal, monkeypatch):
    monkeypatch.setattr(internal.site, "sql_time_limit_ms", 20)
    sql = "with recursive n(i) as (select 1 union all select i+1 from n) select count(*) from n"
    response = internal.get("/internal?sql=" + sql.replace("+", "%2B"))
    assert response.status_code == 400
    assert "超过了时间限制" in response.text
