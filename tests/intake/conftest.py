"""A package with the project's schemas and a few villages and teams, and makers of clerks' files."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import openpyxl
import pytest
from clerk_files import ROOT

from xianjie.files import write_csv
from xianjie.intake import Submission, read_submissions
from xianjie.package import Package, load_package


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    root = tmp_path_factory.mktemp("package")
    shutil.copy(ROOT / "datapackage.json", root)
    shutil.copytree(ROOT / "schemas", root / "schemas")
    made = load_package(root)
    villages = [
        ("141121104201", "保贤村", "220", "", ""),
        ("141121104202", "保贤庄村", "220", "", ""),
        ("141121104205", "云周村", "220", "云周西村、云周东村", ""),
        ("141121104200", "刘胡兰村", "121", "", ""),
    ]
    write_csv(made["villages"].path, made["villages"].columns, villages)
    teams = [
        ("资金项目专班", "资金项目", "", "", "是"),
        ("就业帮扶专班", "就业帮扶", "", "", "是"),
        ("", "", "", "", "否"),
    ]
    write_csv(made["teams"].path, made["teams"].columns, teams)
    return made


@pytest.fixture
def read(package: Package, tmp_path: Path) -> Callable[..., Submission]:
    """read(name, rows or text, encoding=…, ledger=…) writes a CSV and reads it as one submission."""

    def reader(
        name: str, content: str | Iterable[Iterable[str]], encoding: str = "utf-8", ledger: str | None = None
    ) -> Submission:
        if not isinstance(content, str):
            content = "".join(",".join(row) + "\r\n" for row in content)
        path = tmp_path / name
        path.write_bytes(content.encode(encoding))
        (submission,) = read_submissions(package, path, ledger)
        return submission

    return reader


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """workbook(name, rows, sheet title) writes a workbook of one sheet; change(sheet) may do more to it."""

    def writer(name: str, rows: Iterable[Iterable[object]], title: str = "Sheet1", change=None) -> Path:
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = title
        for row in rows:
            sheet.append(list(row))
        if change:
            change(sheet)
        path = tmp_path / name
        book.save(path)
        return path

    return writer
