"""A township of two villages in a package with the project's own schemas, for checks and imports."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from xianjie.files import write_csv
from xianjie.merge import read_ledger
from xianjie.package import Package, load_package

ROOT = Path(__file__).resolve().parent.parent

# Just enough for foreign keys to find something.
WORLD: dict[str, list[dict[str, str]]] = {
    "villages": [
        {"村代码": "141199104201", "村名": "甲村", "城乡分类": "220", "别名": "甲村委会"},
        {"村代码": "141199104202", "村名": "乙村", "城乡分类": "220"},
    ],
    "teams": [{"专班": "资金项目专班", "领域": "资金项目", "文件点名": "是"}, {"文件点名": "否"}, {"文件点名": "否"}],
    "households": [
        {"户编号": "H1", "村代码": "141199104201", "户主姓名": "王一", "联系电话": "0358-3012345"},
        {"户编号": "H2", "村代码": "141199104202", "户主姓名": "李二", "家庭人口数": "3"},
    ],
    "persons": [
        {"户编号": "H1", "身份证号": "141199196003071223", "姓名": "王一", "性别": "女", "与户主关系": "户主"},
        {"户编号": "H2", "身份证号": "141199197508124532", "姓名": "李二", "性别": "男", "与户主关系": "户主"},
    ],
    "payments": [
        {"发放编号": "P1", "项目": "低保金", "户编号": "H1", "身份证号": "141199196003071223", "姓名": "王一"},
        {
            "发放编号": "P2",
            "项目": "低保金",
            "户编号": "H1",
            "身份证号": "141199196003071223",
            "姓名": "王一",
            "原发放编号": "P1",
        },
    ],
}


def rows_of(package: Package, ledger: str, rows: list[dict[str, str]]) -> list[list[str]]:
    """Rows given by column name, as the CSV has them."""
    unknown = {name for row in rows for name in row} - set(package[ledger].columns)
    assert not unknown, unknown
    return [[row.get(name, "") for name in package[ledger].columns] for row in rows]


def make_package(
    folder: Path, changes: dict[str, list[dict[str, str]]] | None = None, only: Collection[str] | None = None
) -> Package:
    """The project's package with WORLD in its ledgers; `changes` replaces the rows of the named ledgers.

    `only` leaves the other ledgers out (they must not be parents): Frictionless takes a while to open each.
    """
    shutil.copytree(ROOT / "schemas", folder / "schemas")
    descriptor = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    if only is not None:
        descriptor["resources"] = [each for each in descriptor["resources"] if each["name"] in only]
    (folder / "datapackage.json").write_text(json.dumps(descriptor, ensure_ascii=False), encoding="utf-8")
    package = load_package(folder)
    for name, ledger in package.ledgers.items():
        rows = (changes or {}).get(name, WORLD.get(name, []))
        write_csv(ledger.path, ledger.columns, rows_of(package, name, rows))
    return package


def read_rows(package: Package, ledger: str) -> list[dict[str, str]]:
    """What stands in the package's CSV now."""
    return [dict(zip(package[ledger].columns, row, strict=True)) for row in read_ledger(package[ledger])]


def change_schema(folder: Path, path: str, change: Callable[[dict[str, Any]], object]) -> Package:
    """Let `change` edit a schema of a package in place, and load the package again."""
    file = folder / path
    schema = json.loads(file.read_text(encoding="utf-8"))
    change(schema)
    file.write_text(json.dumps(schema, ensure_ascii=False), encoding="utf-8")
    return load_package(folder)
