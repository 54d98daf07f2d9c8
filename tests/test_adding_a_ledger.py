"""docs/adding-a-ledger.md is true: its three parts are put into a package, and everything knows the new ledger."""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
import small_package
import test_schemas
import yaml

from xianjie.audit_checks import AREAS
from xianjie.build import build
from xianjie.check import check_files, check_package
from xianjie.dictionary import PRIVACY, TYPES
from xianjie.importer import import_files
from xianjie.package import load_package

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "adding-a-ledger.md").read_text(encoding="utf-8")
NAME = "village_broadcasts"


def follow(root: Path) -> None:
    """Do what the page says, with its own texts."""
    files = re.findall(r"`((?:schemas|csv)/[\w/]+\.(?:json|csv))`[^\n]*：\n\n```\w+\n(.*?)```", PAGE, re.DOTALL)
    assert [place for place, _ in files] == [f"schemas/duty/{NAME}.json", f"csv/duty/{NAME}.csv"]
    for place, text in files:
        (root / place).write_text(text, encoding="utf-8", newline="\n")
    [entry] = re.findall(r"`resources` 的末尾加上[^\n]*：\n\n```json\n(.*?)```", PAGE, re.DOTALL)
    descriptor = root / "datapackage.json"
    text = descriptor.read_text(encoding="utf-8")
    end = text.rindex("}", 0, text.rindex("]")) + 1
    descriptor.write_text(f"{text[:end]},\n{entry}{text[end:]}", encoding="utf-8")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    root = tmp_path_factory.mktemp("ledger") / "package"
    before = list(small_package.write_package(root).ledgers)
    follow(root)
    package = load_package(root)
    assert list(package.ledgers) == [*before, NAME]
    result = build(package, root / "dist")
    assert result.valid
    return package


def test_check_knows_it(built):
    report = check_package(built, built.as_of)
    [task] = [task for task in report.tasks if task.name == NAME]
    assert task.rows == 1 and not task.notes


def test_the_database_and_the_sites_metadata_have_it(built):
    connection = sqlite3.connect(built.root / "dist" / "internal.db")
    assert connection.execute(f"select * from {NAME}").fetchall() == [
        ("B0001", "141121104201", "2024-07-05", "防返贫监测", 20)
    ]
    connection.close()
    metadata = yaml.safe_load((built.root / "dist" / "internal-metadata.yml").read_text(encoding="utf-8"))
    entry = metadata["databases"]["internal"]["tables"][NAME]
    assert entry["title"] == "村级广播"
    assert list(entry["columns"]) == ["广播编号", "村代码", "日期", "广播内容", "时长"]
    assert entry["columns"]["时长"] == "播了多久，照广播记录；没有记的留空。单位：分钟。"
    assert NAME not in (built.root / "dist" / "public-metadata.yml").read_text(encoding="utf-8")


def test_the_dictionary_has_it_and_says_what_is_unused(built):
    words = json.loads((built.root / "dist" / "internal-dictionary.json").read_text(encoding="utf-8"))
    unused = [column["name"] for column in words["pages"][NAME]["columns"] if not column["used"]]
    assert unused == ["时长"]
    assert "现在“时长”写着“没有用到”" in PAGE


def test_the_tests_of_the_schemas_pass_with_it(built, monkeypatch):
    """The last of the commands on the page."""
    assert "python build.py test tests/test_schemas.py" in PAGE
    monkeypatch.setattr(test_schemas, "PACKAGE", built)
    monkeypatch.setattr(test_schemas, "LEDGERS", list(built.ledgers.values()))
    fields = [(ledger, field) for ledger in test_schemas.LEDGERS for field in ledger.fields]
    monkeypatch.setattr(test_schemas, "FIELDS", fields)
    checks = [check for name, check in vars(test_schemas).items() if name.startswith("test_")]
    plain = [check for check in checks if not hasattr(check, "pytestmark")]
    assert len(plain) > 12
    for check in plain:
        check()
    # They do look at it.
    blind = replace(built[NAME].by_name["时长"], description="时长。")
    monkeypatch.setattr(test_schemas, "FIELDS", [*fields, (built[NAME], blind)])
    with pytest.raises(AssertionError, match=f"{NAME}.时长"):
        test_schemas.test_descriptions_say_more_than_the_name()


def test_a_submission_is_checked_and_imported(built, tmp_path):
    sent = tmp_path / "广播台账.csv"
    sent.write_text("村名,广播日期,内容\n保贤村,2024.8.1,医保\n", encoding="utf-8")
    assert f"保贤村,{small_package.VILLAGE}" in swapped(built)
    assert check_files(built, [sent]).valid
    result = import_files(built, [sent])
    assert [(entry.ledger, entry.counts.new) for entry in result.entries] == [(NAME, 1)]
    last = built[NAME].path.read_text(encoding="utf-8").splitlines()[-1]
    assert re.fullmatch(rf"B\w+,{small_package.VILLAGE},2024-08-01,医疗保障,", last)

    sent.write_text("村名,广播日期,内容\n保贤村,2024.8.1,天气\n", encoding="utf-8")
    assert not check_files(built, [sent]).valid


def swapped(package) -> list[str]:
    """Villages as 村名,村代码."""
    rows = package["villages"].path.read_text(encoding="utf-8").splitlines()[1:]
    return [f"{row.split(',')[1]},{row.split(',')[0]}" for row in rows]


def test_the_page_names_what_there_is():
    assert " ".join(AREAS) in PAGE
    for word in [*TYPES, *PRIVACY, "id_number", "disability_certificate", "bank_card", "uscc"]:
        assert f"`{word}`" in PAGE
    known = {key for path in (ROOT / "schemas").rglob("*.json") for key in json.loads(path.read_text(encoding="utf-8"))}
    for key in ("title", "description", "aliases", "primaryKey", "key", "foreignKeys", "number", "label", "forms"):
        assert f"`{key}`" in PAGE and key in known
    for place in re.findall(r"`((?:schemas|tests)/[\w/]+\.\w+)`", PAGE):
        assert NAME in place or (ROOT / place).exists()
    for place in re.findall(r"\]\(([^)]+)\)", PAGE):
        assert (ROOT / "docs" / place).exists()
