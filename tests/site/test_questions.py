"""A mistake in an address is a sentence, neither an error of the site nor an empty table that looks clean."""

from __future__ import annotations

import warnings
from urllib.parse import quote

import pytest

THROUGH = quote('{"table": "loans", "column": "银行", "value": "x"}')


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("/internal/assets?资产编号__in=[", 400, "用逗号隔开"),
        ("/internal/assets?资产编号__notin=[{}]", 400, "用逗号隔开"),
        ("/internal/assets?资产编号__in=[[1]]", 400, "用逗号隔开"),
        ("/internal/assets?_timelimit=abc", 400, "_timelimit 要写成正整数"),
        ("/internal/assets?_timelimit=-1", 400, "_timelimit 要写成正整数"),
        ("/internal?sql=select+1&_timelimit=abc", 400, "_timelimit 要写成正整数"),
        ("/internal/assets?_through={}", 400, "_through 要写成"),
        ("/internal/assets?_through=x", 400, "_through 要写成"),
        ("/internal/assets?_through=[]", 400, "_through 要写成"),
        ('/internal/assets?_through={"table":"x","column":"y","value":"z"}', 404, "没有“y”这一列"),
        ('/internal/assets?_through={"table":"villages","column":"村名","value":"z"}', 400, "没有引用"),
        ("/internal/assets?nope=1", 400, "没有“nope”这一列"),
        ("/internal/assets?nope__gt=1", 400, "没有“nope”这一列"),
        ("/internal/assets?资产编号__nope=1", 400, "不认识“nope”这种筛选"),
        ("/internal/assets?rowid=1", 400, "没有“rowid”这一列"),
        ("/internal/residents?nope=1", 400, "没有“nope”这一列"),
        ("/internal/residents?_next=x", 400, "没有“x”这一页"),
        ("/internal/assets?_facet_size=x", 400, "_facet_size 要写成正整数"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("ending", ["", ".json", ".csv"])
def test_mistakes(internal, path, status, sentence, ending):
    table, _, query = path.partition("?")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        response = internal.get(f"{table}{ending}?{query}")
    if ending == ".csv" and ("_next" in query or "_facet_size" in query or "sql=" in query):
        assert response.status_code in (200, 400)  # a download has no pages, facets or time limit of its own
        return
    assert response.status_code == status, response.text
    assert sentence in (response.json()["error"] if ending == ".json" else response.text.replace("&#34;", '"'))


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/internal/assets.json?_shape=x", "_shape 只能写"),
        ("/internal.json?sql=select+1&_shape=x", "_shape 只能写"),
        ("/internal/uninsured_residents.json?_shape=x", "_shape 只能写"),
        ("/internal/uninsured_residents.json?_shape=object", "没有主键"),
        ("/internal/persons.json?_shape=object", "没有主键"),
        ("/internal.json?sql=select+1&_shape=object", "没有主键"),
    ],
)
def test_json_without_such_a_shape(internal, path, sentence):
    response = internal.get(path)
    assert response.status_code == 400
    assert sentence in response.json()["error"]


@pytest.mark.parametrize(
    "query",
    ["资产编号__in=a,b", '资产编号__in=["a"]', "_timelimit=1000", "村代码__isnull=1", "_nocount=1", "_facet=使用状态",
     "_search=x", "_shape=object", "_labels=on", "_filter_column=村代码&_filter_op=exact&_filter_value=1"],
)  # fmt: skip
def test_what_may_be_asked(internal, query):
    for ending in ("", ".json", ".csv"):
        assert internal.get(f"/internal/assets{ending}?{query}").status_code in (200, 302)


def test_a_table_without_a_key_is_asked_by_row_number(internal):
    assert internal.get("/internal/persons?rowid=1").status_code == 200
    assert internal.get("/internal/persons.json?rowid__lt=5").json()["rows"]


def test_posting_to_a_table_is_refused(internal):
    headers = {"authorization": "Bearer x"}
    assert internal.request("POST", "/internal/persons", headers=headers).status_code in (403, 405)
