"""A package to try audits in: the project's ledgers, and whatever audits and views a test writes."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from xianjie.audits import Audit, load_audits
from xianjie.ddl import create_table
from xianjie.package import Package, load_package

ROOT = Path(__file__).resolve().parents[1]

HEADER = {
    "title": "停用超过标准天数的资产",
    "code": "AST05",
    "clause": "一(五)",
    "basis": "帮扶项目资产低效闲置",
    "team": "资金项目专班",
    "severity": "高",
    "subject": "assets",
    "population": "select count(*) from assets a where in_village(a.村代码)",
    "cautions": "天数是约定的",
    "remedy": "实地查看",
}
IDLE = """
select
  a.资产编号 as 对象,
  a.村代码,
  a.资产编号 || '已停用' || days_between(a.停用日期, :截止日期) || '天，超过' || plain(:资产闲置天数) || '天' as 问题,
  a.停用日期
from assets a
where a.使用状态 = '闲置'
  and days_between(a.停用日期, :截止日期) > :资产闲置天数
order by a.村代码, 对象
"""
SIMPLE = "select a.资产编号 as 对象, a.村代码, {said} as 问题 from assets a {rest} order by 对象"


class Workshop:
    """A package in a temporary folder."""

    def __init__(self, folder: Path) -> None:
        self.root = folder
        shutil.copy(ROOT / "datapackage.json", folder)
        shutil.copytree(ROOT / "schemas", folder / "schemas")
        shutil.copytree(ROOT / "views", folder / "views", ignore=lambda _, names: set(names) - {STANDARDS})
        self.package: Package = load_package(folder)

    def write(self, place: str, text: str) -> Path:
        path = self.root / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def audit(self, sql: str, name: str = "idle_assets", area: str = "assets", **header: str | None) -> Audit:
        """Write an audit and load it; `header` replaces lines of HEADER, None leaves one out."""
        lines = {**HEADER, **header}
        front = "\n".join(f"-- {key}: {value}" for key, value in lines.items() if value is not None)
        self.write(f"audits/{area}/{name}.sql", f"{front}\n{sql}")
        return load_audits(self.package)[name]

    def view(self, name: str, sql: str) -> None:
        self.write(f"views/{name}.sql", f"-- title: 试用\n{sql}")

    def database(self, **ledgers: list[dict]) -> sqlite3.Connection:
        """An in-memory database with these rows; standards come confirmed unless they say otherwise."""
        connection = sqlite3.connect(":memory:")
        for ledger in self.package.ledgers.values():
            connection.execute(create_table(ledger, keys=False))
        for name, rows in ledgers.items():
            for row in rows:
                values = {**CONFIRMED, **row} if name == "standards" else row
                columns = ", ".join(values)
                marks = ", ".join("?" * len(values))
                connection.execute(f"insert into {name} ({columns}) values ({marks})", list(values.values()))
        return connection


STANDARDS = "confirmed_standards.sql"
CONFIRMED = {"生效日期": "2000-01-01", "性质": "约定", "已确认": "是"}
LIMIT = {"项目": "资产闲置天数", "数值": 180.0}
