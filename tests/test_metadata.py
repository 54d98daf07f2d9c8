"""dist/*-metadata.yml: what Datasette is told about each table and audit."""

from __future__ import annotations

import asyncio
import sqlite3
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest
import small_package
import yaml
from datasette.app import Datasette

from xianjie.audits import load_audits
from xianjie.compile import compile_internal, searchable
from xianjie.metadata import MetadataError, dumped, internal_metadata, public_metadata, read_words
from xianjie.outcome import write_findings
from xianjie.public import compile_public
from xianjie.run import run_audits


def in_a_fresh_process(visit, *arguments):
    """Run an async function where no site was opened: its plugins and error handling would hold for the whole process.

    What is looked at here is what the metadata does alone, without the plugins' help.
    """
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(run_async, visit, *arguments).result()


def run_async(visit, *arguments):
    return asyncio.run(visit(*arguments))


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    """The package, and for each site its metadata as read back from YAML and a path to its database."""
    folder = tmp_path_factory.mktemp("metadata")
    package = small_package.write_package(folder / "package")
    audits = load_audits(package)
    compile_internal(package, folder / "internal.db")
    connection = sqlite3.connect(folder / "internal.db")
    write_findings(connection, run_audits(connection, audits.values(), package.as_of), package.as_of)
    connection.commit()
    connection.close()
    columns = compile_public(package, folder / "internal.db", folder / "public.db")
    return package, {
        "internal": (yaml.safe_load(dumped(internal_metadata(package, audits))), folder / "internal.db"),
        "public": (yaml.safe_load(dumped(public_metadata(package, columns))), folder / "public.db"),
    }


@pytest.fixture(scope="module", params=["internal", "public"])
def site(request, sites):
    metadata, path = sites[1][request.param]
    connection = sqlite3.connect(path)
    yield request.param, metadata, connection
    connection.close()


def columns_of(connection, table):
    return [row[1] for row in connection.execute(f"pragma table_info({table})")]


def test_every_table_has_a_title_and_every_column_a_description(site):
    name, metadata, connection = site
    tables = metadata["databases"][name]["tables"]
    shown = connection.execute("select name, type from sqlite_master where type in ('table', 'view')").fetchall()
    for table, kind in shown:
        if table.startswith("sqlite_"):
            continue
        entry = tables[table]
        if entry.get("hidden"):
            continue
        assert entry["title"]
        if kind == "table":
            assert entry["description"].endswith("。")
            assert list(entry["columns"]) == columns_of(connection, table)
            assert all(text.endswith("。") for text in entry["columns"].values())
    assert len(shown) > 5


def test_what_metadata_says_exists(site):
    name, metadata, connection = site
    for table, entry in metadata["databases"][name]["tables"].items():
        columns = columns_of(connection, table)
        if not entry.get("hidden"):
            assert columns, table
        named = [
            *entry.get("facets", []),
            *(entry[key] for key in ("label_column", "sort", "sort_desc") if key in entry),
        ]
        assert set(named) <= set(columns)


def test_ledgers_are_searchable_and_indexes_hidden(sites):
    package, of = sites
    tables = of["internal"][0]["databases"]["internal"]["tables"]
    connection = sqlite3.connect(of["internal"][1])
    indexes = {
        row[0] for row in connection.execute("select name from sqlite_master where name like '%\\_fts%' escape '\\'")
    }
    connection.close()
    assert {name for name in indexes if not tables[name].get("hidden")} == set()
    for ledger in package.ledgers.values():
        wanted = f"{ledger.name}_fts" if searchable(ledger) else None
        assert tables[ledger.name].get("fts_table") == wanted
        assert tables[ledger.name].get("fts_pk") == ("rowid" if wanted else None)
    assert tables["persons"]["fts_table"] == "persons_fts"
    assert "fts" not in str(of["public"][0])


def test_every_audit_is_a_query_with_its_two_parameters(sites):
    package, of = sites
    metadata, path = of["internal"]
    queries = metadata["databases"]["internal"]["queries"]
    audits = load_audits(package)
    assert list(queries) == list(audits)
    connection = sqlite3.connect(path)
    for name, query in queries.items():
        assert query["title"] == audits[name].title
        assert query["params"] == ["截止日期", "村代码"]
        rows = connection.execute(query["sql"], {"截止日期": "", "村代码": ""})
        assert {"对象", "村代码", "问题"} <= {column[0] for column in rows.description}
        found = connection.execute("select 对象 from findings where 审计 = ?", [name]).fetchall()
        status = connection.execute("select 状态 from audit_results where 审计 = ?", [name]).fetchone()[0]
        if status in ("有疑点", "无疑点"):
            assert sorted(row[0] for row in rows) == sorted(row[0] for row in found)
    connection.close()
    assert "queries" not in of["public"][0]["databases"]["public"]


async def visit_internal(path, metadata):
    datasette = Datasette([str(path)], metadata=metadata)
    pages = (
        "/",
        "/internal",
        "/internal/persons",
        "/internal/persons.json",
        "/internal/idle_assets",
        "/internal?sql=select+1",
    )
    anonymous = [(await datasette.client.get(page)).status_code for page in pages]
    cookies = {"ds_actor": datasette.sign({"a": {"id": "root"}}, "actor")}
    root = [(await datasette.client.get(page, cookies=cookies)).status_code for page in pages]
    return anonymous, root


def test_datasette_shows_the_internal_site_to_root_alone(sites):
    metadata, path = sites[1]["internal"]
    anonymous, root = in_a_fresh_process(visit_internal, path, metadata)
    assert anonymous == [403] * 6
    assert root == [200] * 6


async def visit_public(path, metadata):
    datasette = Datasette([str(path)], metadata=metadata)
    tables = metadata["databases"]["public"]["tables"]
    pages = [(await datasette.client.get(f"/public/{name}")).status_code for name in tables]
    sql = await datasette.client.get("/public.json?sql=select+1")
    where = await datasette.client.get("/public/assets.json?_where=1=1")
    linked = await datasette.client.get("/public/assets.json?_labels=on&_shape=array")
    return pages, sql.status_code, where.status_code, linked.json()


def test_datasette_shows_public_tables_but_takes_no_sql(sites):
    metadata, path = sites[1]["public"]
    pages, sql, where, linked = in_a_fresh_process(visit_public, path, metadata)
    assert set(pages) == {200}
    assert (sql, where) == (403, 403)
    assert linked[0]["村代码"] == {"value": small_package.VILLAGE, "label": "保贤村"}


def test_own_words_come_before_what_the_build_knows(tmp_path):
    package = small_package.write_package(tmp_path, {})
    words = {
        "about": "镇政府",
        "internal": {"title": "我们镇", "tables": {"persons": {"title": "全部人员", "size": 20}}},
    }
    (tmp_path / "metadata.yml").write_text(yaml.safe_dump(words, allow_unicode=True), encoding="utf-8")
    made = internal_metadata(package, {})
    persons = made["databases"]["internal"]["tables"]["persons"]
    assert (made["title"], made["about"]) == ("我们镇", "镇政府")
    assert (persons["title"], persons["size"]) == ("全部人员", 20)
    assert persons["columns"]["姓名"]
    assert made["allow"] == {"id": "root"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("internal: [1", "不是有效的"),
        ("- 1", "internal 和 public"),
        ("internal: 1", "internal 和 public"),
        ("internal: {tables: {persons: {facets: [没有的列]}}}", "persons 用到“没有的列”"),
        ("internal: {tables: {persons: {sort: 没有的列}}}", "persons 用到“没有的列”"),
        ("internal: {tables: {persons: 1}}", "persons"),
        ("internal: {tables: {persons: {allow: true}}}", "persons"),
        ("internal: {tables: {findings: {allow: true}}}", "findings"),
        ("internal: {databases: {internal: {allow: true}}}", "不要写 databases"),
        ("internal: {allow: true}", "不要写 allow"),
        ("allow_sql: true", "不要写 allow_sql"),
    ],
)
def test_broken_words_are_told_in_a_sentence(tmp_path, text, told):
    package = small_package.write_package(tmp_path, {})
    (tmp_path / "metadata.yml").write_text(text, encoding="utf-8")
    with pytest.raises(MetadataError, match=told):
        internal_metadata(package, {})


def test_missing_words_are_told(tmp_path):
    package = small_package.write_package(tmp_path, {})
    (tmp_path / "metadata.yml").unlink()
    with pytest.raises(MetadataError, match=r"找不到 metadata\.yml"):
        read_words(package)


def test_thirteen_areas_have_chinese_names(sites):
    package, of = sites
    for metadata, _ in of.values():
        areas = metadata["plugins"]["xianjie"]["areas"]
        assert len(areas) == 13 and all(areas.values())
        assert {ledger.area for ledger in package.ledgers.values()} <= set(areas)
