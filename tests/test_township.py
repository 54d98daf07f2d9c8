"""`init` makes a township's own package: nothing of the demo in it, nothing unsure confirmed."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
import small_package

from xianjie.audits import load_audits
from xianjie.check import check_package
from xianjie.cli import cli
from xianjie.compile import compile_internal
from xianjie.demo.standards import read_rows
from xianjie.package import load_package
from xianjie.run import run_audits
from xianjie.township import FIRST_STEPS, MADE_UP, TownshipError, init, is_sure

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = load_package(ROOT)
# What is less than 85 % sure, or is for the township, the county or the province to say.
UNSURE = {
    *("困难残疾人生活补贴", "重度残疾人护理补贴", "农村低保金", "农村低保标准", "特困供养金", "参保资助", "学生资助"),
    *(
        "公示天数",
        "公益岗最大年龄",
        "公益岗月补贴",
        "一次性交通补贴",
        "稳岗补助",
        "危改重复享受年限",
        "小额信贷贴息比例",
    ),
    *("送教每月次数", "资产闲置天数", "资金支出率目标", "走访间隔天数", "学段最小年龄", "学段最大年龄", "饮水水量"),
    *("识别认定天数", "监测公示天数", "消除风险最少月数", "小额信贷总额上限", "两项补贴发放日", "水质检测间隔天数"),
}
SURE = {
    *("防返贫监测线", "最低收入户比例", "帮扶计划天数", "帮扶措施落实天数", "就业补贴发放率目标", "务工信息更新日"),
    *("医保个人缴费", "小额信贷贴息额上限", "小额信贷最长月数", "LPR", "水质上限", "水质下限", "质保金比例上限"),
    *("小型集中式和分散式水质上限", "村卫生室面积", "慢病随访次数", "资产起算年度", "整改验收天数"),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    out = tmp_path_factory.mktemp("own") / "本镇"
    lines = init(SHIPPED, out, "2025-06-30")
    return load_package(out), lines


def test_same_ledgers_and_audits_but_no_rows(made):
    package, lines = made
    assert list(package.ledgers) == list(SHIPPED.ledgers)
    for name, ledger in package.ledgers.items():
        assert ledger.path.read_text(encoding="utf-8").splitlines()[0] == ",".join(ledger.columns)
        assert len(read_rows(ledger.path)) == (
            len(read_rows(SHIPPED[name].path)) if name in ("standards", "exclusions") else 0
        )
    for folder in ("audits", "views", "public", "schemas"):
        ours = {path.relative_to(ROOT): path.read_bytes() for path in (ROOT / folder).rglob("*.*")}
        theirs = {path.relative_to(package.root): path.read_bytes() for path in (package.root / folder).rglob("*.*")}
        assert ours == theirs
    assert package.as_of == "2025-06-30" and "2025-06-30" in lines[1]
    assert "demo" not in package.descriptor and "示范" not in package.descriptor["description"]
    assert "villages.csv" in lines[2] and "teams.csv" in lines[2]


def test_only_documented_standards_are_confirmed(made):
    rows = read_rows(made[0]["standards"].path)
    confirmed = {row["项目"] for row in rows if row["已确认"] == "是"}
    assert confirmed >= SURE
    assert not UNSURE & confirmed and {row["项目"] for row in rows} >= UNSURE
    for row in rows:
        if row["已确认"] == "是":
            assert row["依据文件"] and row["性质"] in ("文件", "政策")
        else:
            assert row["依据文件"] == "" and row["数值"]  # a proposal
        assert MADE_UP not in row["依据文件"]


def test_rules_about_benefits_are_taken_over_in_the_same_way(made):
    rows = read_rows(made[0]["exclusions"].path)
    found = {(row["待遇甲"], row["待遇乙"]): row["已确认"] for row in rows}
    assert found["特困供养金", "困难残疾人生活补贴"] == "是"
    assert found["低保金", "特困供养金"] == "否"
    assert all(row["依据文件"] if row["已确认"] == "是" else not row["依据文件"] for row in rows)


def test_a_confirmed_row_of_the_demo_without_a_real_document_is_not_sure():
    row = {"性质": "政策", "依据文件": "某县两项补贴办法", "已确认": "是"}
    assert is_sure(row)
    for change in (
        {"依据文件": ""},
        {"依据文件": f"{MADE_UP}（启用前换成本县办法）"},
        {"已确认": "否"},
        {"性质": "约定"},
    ):
        assert not is_sure(row | change)


def test_the_first_steps_name_every_unconfirmed_rule_and_real_commands(made):
    package, lines = made
    text = (package.root / FIRST_STEPS).read_text(encoding="utf-8")
    assert FIRST_STEPS in lines[-1]
    unsure = [row for name in ("standards", "exclusions") for row in read_rows(SHIPPED[name].path) if not is_sure(row)]
    assert len(re.findall(r"^\| (?:政策标准|待遇互斥关系) \|", text, re.MULTILINE)) == len(unsure)
    assert "| 政策标准 | 农村低保标准 | 6720 | 元/人·年 | 政策 | 换成本县低保标准 |" in text
    assert "| 政策标准 | 资产闲置天数 | 180 | 天 | 约定 | 由镇里定 |" in text
    assert f"{sum('数值' in row for row in unsure)} 行没有确认" in lines[3]
    for name in re.findall(r"`csv/([\w/]+\.csv)`", text):
        assert (package.root / "csv" / name).exists()
    for command in re.findall(r"build\.py --package 本镇 (?:--dist \S+ )?([a-z]+)", text):
        assert command in cli.commands


def run(package, path):
    """The outcome of each of the package's audits, by name."""
    compile_internal(package, path)
    connection = sqlite3.connect(path)
    try:
        return {one.name: one for one in run_audits(connection, load_audits(package).values(), package.as_of)}
    finally:
        connection.close()


def test_it_is_valid_and_every_audit_says_why_it_cannot_tell(made, tmp_path):
    package, _ = made
    assert check_package(package, package.as_of).exit_code == 0
    results = run(package, tmp_path / "internal.db")
    assert len(results) > 150 and {one.status for one in results.values()} == {"无数据", "缺标准"}
    assert "资产闲置天数" in results["idle_assets"].message


def test_an_audit_runs_as_soon_as_its_standard_is_confirmed(tmp_path):
    """On a package of few audits: 缺标准, then the finding."""
    small = small_package.write_package(tmp_path / "small")
    init(small, tmp_path / "own")
    own = load_package(tmp_path / "own")
    own["villages"].path.write_bytes(small["villages"].path.read_bytes())
    heading, first, *_ = small["assets"].path.read_text(encoding="utf-8").splitlines()
    cells = dict(zip(own["assets"].columns, first.split(","), strict=True))
    cells |= {"使用状态": "闲置", "停用日期": "2024-01-01", "项目编号": ""}
    own["assets"].path.write_text(f"{heading}\n{','.join(cells.values())}\n", encoding="utf-8")
    assert run(own, tmp_path / "before.db")["idle_assets"].status == "缺标准"

    path = own["standards"].path
    lines = [re.sub("否$", "是", line) if ",约定," in line else line for line in path.read_text("utf-8").splitlines()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert run(own, tmp_path / "after.db")["idle_assets"].status == "有疑点"


def test_a_folder_with_something_in_it_is_left_alone(tmp_path):
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    with pytest.raises(TownshipError, match="空文件夹"):
        init(SHIPPED, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
