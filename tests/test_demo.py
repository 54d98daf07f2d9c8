"""The made-up township: true to its truth.csv, the same every time, coherent, lawful but for what was planted."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from xianjie.audits import load_audits
from xianjie.compile import load, new_database
from xianjie.demo import SCRIPTS, DemoError, generate, simulate
from xianjie.files import write_csv
from xianjie.identifiers import doubts_of
from xianjie.package import load_package
from xianjie.run import run_audits
from xianjie.validate import validate

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = (1200, 20240720)
PARENTS = ("之父", "之母", "之公公", "之婆婆", "之岳父", "之岳母")
CHILDREN = ("之子", "之女", "之儿媳", "之女婿")
GRANDCHILDREN = ("之孙子", "之孙女", "之外孙子", "之外孙女")
MEN = ("之子", "之女婿", "之孙子", "之外孙子", "之父", "之公公", "之岳父", "之祖父", "之外祖父")
WOMEN = ("之女", "之儿媳", "之孙女", "之外孙女", "之母", "之婆婆", "之岳母", "之祖母", "之外祖母")


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def ledger(package, name: str) -> list[dict[str, str]]:
    return read(package[name].path)


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def years(birth: str, on: str = "2024-12-15") -> int:
    born, day = date.fromisoformat(birth), date.fromisoformat(on)
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def truth_of(out: Path) -> dict[str, list[str]]:
    truth: dict[str, list[str]] = {}
    for row in read(out / "truth.csv"):
        truth.setdefault(row["audit"], []).append(row["对象"])
    return truth


@cache
def audits():
    """The project's audits, which every demo has a copy of, read once."""
    return load_audits(load_package(ROOT))


def found_in(package) -> dict[str, list[str]]:
    """What the package's audits find, by audit; those that find nothing are left out."""
    connection = new_database(":memory:")
    try:
        load(connection, package)
        results = run_audits(connection, audits().values(), package.as_of)
    finally:
        connection.close()
    assert {result.status for result in results} <= {"有疑点", "无疑点", "无数据"}
    return {result.name: sorted(row["对象"] for row in result.findings) for result in results if result.findings}


def copy_of_package(root: Path):
    """The project's package, to be changed."""
    root.mkdir()
    shutil.copyfile(ROOT / "datapackage.json", root / "datapackage.json")
    for name in ("schemas", "audits", "views", "csv"):
        shutil.copytree(ROOT / name, root / name)
    return load_package(root)


@pytest.fixture(scope="module")
def source():
    return load_package(ROOT)


@pytest.fixture(scope="module")
def shipped(source, tmp_path_factory):
    """The township that the project ships, made again."""
    out = tmp_path_factory.mktemp("demo") / "shipped"
    return generate(source, *SHIPPED, out), load_package(out)


@pytest.fixture(scope="module")
def large(source, tmp_path_factory):
    """Large enough for shares to mean something."""
    out = tmp_path_factory.mktemp("demo") / "large"
    generate(source, 5000, 5, out)
    return load_package(out)


@pytest.fixture(scope="module")
def listed(large):
    """The subjects that are planted for these audits in the large town."""
    truth = truth_of(large.root)
    return lambda *names: {subject for name in names for subject in truth[name]}


GONE = ("已迁出", "已注销")
WRONG_NUMBER = ("invalid_id_number", "id_damaged_by_excel", "id_sex_or_birth_mismatch")


# --- truth


@pytest.mark.parametrize(("persons", "seed"), [(1, 1), (60, 3), (300, 4), (900, 11), (1500, -7)])
def test_the_audits_find_exactly_what_was_planted(source, tmp_path, persons, seed):
    generate(source, persons, seed, tmp_path / "demo")
    assert found_in(load_package(tmp_path / "demo")) == truth_of(tmp_path / "demo")


def test_a_larger_town_holds_to_its_truth_too(large):
    assert found_in(large) == truth_of(large.root)


def test_the_shipped_town_has_every_irregularity(source, shipped):
    demo, package = shipped
    truth = truth_of(package.root)
    assert found_in(package) == truth
    assert set(truth) == set(audits())
    assert demo.planted == {audit: len(subjects) for audit, subjects in truth.items()}


def test_truth_is_sorted_and_names_nothing_twice(shipped):
    rows = [(row["audit"], row["对象"]) for row in read(shipped[1].root / "truth.csv")]
    assert rows == sorted(set(rows))


@pytest.mark.parametrize("seed", [21, 95, 134, 900])
def test_from_900_people_on_every_case_is_acted(source, seed):
    """Irregularities of every audit, and each lawful look-alike by somebody."""
    town = simulate(source, 900, seed)
    assert {audit for audit, _ in town.planted} == set(audits())
    acted = {household.case for household in town.households}
    for script in SCRIPTS:
        for case in script.cases:
            rare = case.name in (
                "orphan",
                "orphan_by_flag",
                "in_care",
                "numberless_babies",
            )  # needs a family that a small town may lack
            if not case.planted and not rare:
                assert f"{script.audit}:{case.name}" in acted


def test_every_kind_of_irregularity_comes_in_a_large_town(source):
    town = simulate(source, 12000, 3)
    acted = {household.case for household in town.households}
    assert {f"{script.audit}:{case.name}" for script in SCRIPTS for case in script.cases} <= acted


def test_thresholds_are_those_of_the_package(source, tmp_path):
    """Another township counts other days and pays no subsidy to the edge of relief: planting follows."""
    other = copy_of_package(tmp_path / "other")
    rows = ledger(other, "standards")
    changed = {
        "资产闲置天数": "100",
        "资产确权天数": "150",
        "资产登记天数": "60",
        "贷款逾期处置天数": "45",
        "新生儿参保天数": "60",
        "生活补贴覆盖低保边缘家庭": "0",
        "护理补贴覆盖三四级智力精神": "0",
        "资产起算年度": "2017",
        "防返贫监测线": "8300",
        "小额信贷贴息额上限": "40000",
        "小额信贷最长月数": "37",
        "稳岗补助": "250",
        "公益岗月补贴": "550",
        "困难残疾人生活补贴": "95",
        "丧葬补助金月数": "8",
        "账户代收起查人数": "4",
        "断发月数": "3",
        "两项补贴发放日": "12",
    }
    for row in rows:
        row["数值"] = changed.get(row["项目"], row["数值"])
    write_csv(other["standards"].path, other["standards"].columns, [row.values() for row in rows])
    generate(other, 900, 1, tmp_path / "demo")
    assert found_in(load_package(tmp_path / "demo")) == truth_of(tmp_path / "demo")


# --- the same every time


def test_the_same_seed_gives_the_same_bytes(source, shipped, tmp_path):
    generate(source, *SHIPPED, tmp_path / "again")
    assert digests(tmp_path / "again") == digests(shipped[1].root)


def test_nothing_depends_on_the_order_of_hashes(tmp_path):
    made = []
    for hash_seed in ("0", "4242"):
        out = tmp_path / hash_seed
        code = (
            "from pathlib import Path; from xianjie.demo import generate; from xianjie.package import load_package;"
            f"generate(load_package({str(ROOT)!r}), 400, 9, Path({str(out)!r}))"
        )
        environment = os.environ | {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)}
        subprocess.run([sys.executable, "-c", code], check=True, env=environment)
        made.append(digests(out))
    assert made[0] == made[1]


def test_another_seed_gives_another_town(source, shipped, tmp_path):
    generate(source, 1200, 1, tmp_path / "other")
    other, first = digests(tmp_path / "other"), digests(shipped[1].root)
    assert other["csv/base/persons.csv"] != first["csv/base/persons.csv"]
    assert other["csv/base/villages.csv"] == first["csv/base/villages.csv"]


def test_the_project_ships_this_very_town(shipped):
    package = shipped[1]
    for name, made in package.ledgers.items():
        assert (ROOT / made.relative_path).read_bytes() == made.path.read_bytes(), f"csv of {name} is another demo's"
    truth = (ROOT / "tests" / "data" / "shipped-truth.csv").read_bytes()
    assert truth == (package.root / "truth.csv").read_bytes()
    assert not (ROOT / "truth.csv").exists()
    assert sum(path.stat().st_size for path in (ROOT / "csv").rglob("*.csv")) < 3_000_000


# --- a valid, coherent register


def test_the_town_is_valid(shipped):
    assert validate(shipped[1]) == []


def test_it_is_a_whole_package(source, shipped):
    demo, package = shipped
    assert package.as_of == "2024-12-15"
    assert json.loads((demo.out / "datapackage.json").read_text(encoding="utf-8"))["demo"] == {
        "persons": 1200,
        "seed": 20240720,
    }
    for name in ("audits", "views", "schemas"):
        assert digests(package.root / name) == digests(ROOT / name)
    assert demo.rows["persons"] >= 1200
    for name in package.ledgers:
        assert ledger(package, name), f"{name} is empty"
        head = package[name].path.read_text(encoding="utf-8").split("\n", 1)[0]
        assert head.split(",") == package[name].columns


def test_people_live_in_every_village_and_most_in_the_centre(shipped):
    people = Counter(row["村代码"] for row in ledger(shipped[1], "households"))
    villages = {row["村代码"]: row["村名"] for row in ledger(shipped[1], "villages")}
    assert set(people) == set(villages) and len(villages) == 22
    assert villages[people.most_common(1)[0][0]] == "刘胡兰村"


@pytest.fixture(scope="module")
def families(large) -> dict[str, list[dict[str, str]]]:
    """The people of each household, second entries of people registered elsewhere left out."""
    firsts: dict[str, list[dict[str, str]]] = {}
    seen: Counter[str] = Counter(row["身份证号"] for row in ledger(large, "persons"))
    for row in ledger(large, "persons"):
        if seen[row["身份证号"]] == 1:
            firsts.setdefault(row["户编号"], []).append(row)
    return firsts


def test_every_household_has_one_head(large, listed):
    heads = [row for row in ledger(large, "persons") if row["与户主关系"] == "户主"]
    present = {row["户编号"] for row in ledger(large, "persons") if row["户籍状态"] not in GONE}
    count = Counter(row["户编号"] for row in heads if row["户籍状态"] not in GONE)
    assert {number for number in present if count[number] != 1} == listed("household_without_one_head")
    names = {row["户编号"]: row["姓名"] for row in heads}
    assert all(
        row["户主姓名"] == names[row["户编号"]] for row in ledger(large, "households") if count[row["户编号"]] == 1
    )


def test_relations_fit_sex_and_age(families, listed):
    planted = listed("impossible_relation", *WRONG_NUMBER)
    for family in families.values():
        people = [row for row in family if row["身份证号"] not in planted]
        head = next((row for row in people if row["与户主关系"] == "户主"), None)
        if head is None or not head["出生日期"]:
            continue
        for row in people:
            relation = row["与户主关系"]
            assert not (relation in MEN and row["性别"] == "女"), row
            assert not (relation in WOMEN and row["性别"] == "男"), row
            if not row["出生日期"]:
                continue
            gap = (date.fromisoformat(row["出生日期"]) - date.fromisoformat(head["出生日期"])).days / 365.25
            if relation == "配偶":
                assert row["性别"] != head["性别"] and abs(gap) < 12 and years(row["出生日期"]) >= 20
            if relation in CHILDREN:
                assert 15 <= gap <= 50, (row, head)
            if relation in GRANDCHILDREN:
                assert gap >= 33, (row, head)
            if relation in PARENTS:
                assert -50 <= gap <= -15, (row, head)


def test_households_are_of_one_to_seven(families):
    sizes = Counter(len(people) for people in families.values())
    assert set(sizes) <= set(range(1, 8))
    assert 2.4 < sum(size * count for size, count in sizes.items()) / sum(sizes.values()) < 3.3


def test_school_and_work_fit_the_age(large, listed):
    planted = listed("grade_age_mismatch", *WRONG_NUMBER)
    for row in ledger(large, "persons"):
        if row["身份证号"] in planted:
            continue
        assert bool(row["文化程度"]) != bool(row["在校生状况"])
        age = years(f"{row['身份证号'][6:10]}-{row['身份证号'][10:12]}-{row['身份证号'][12:14]}")
        if 6 <= age < 15:
            assert row["在校生状况"] in ("学前教育", "小学", "七年级", "八年级", "九年级")
        if row["在校生状况"].startswith(("本科", "高职")):
            assert 17 <= age <= 23
        if age < 16 or row["在校生状况"]:
            assert row["劳动技能"] == "无劳动力"
        if age >= 60:
            assert row["劳动技能"] not in ("普通劳动力", "技能劳动力")


def test_numbers_are_unique_right_and_nobodys(large, listed):
    people = ledger(large, "persons")
    planted = listed(*WRONG_NUMBER)
    for row in people:
        number = row["身份证号"]
        if number.startswith("999999") or number in planted:
            continue
        assert number.startswith("141199")
        assert doubts_of("id_number", number, row, large.as_of) is None
        assert (int(number[16]) % 2 == 1) == (row["性别"] == "男")
        if row["出生日期"]:
            assert row["出生日期"].replace("-", "") == number[6:14]
    registered = Counter(row["身份证号"] for row in people if row["户籍状态"] not in GONE)
    repeated = {number for number, count in registered.items() if count > 1 and not number.startswith("999999")}
    assert repeated == listed("duplicate_person")


@pytest.mark.parametrize(
    ("name", "column", "check", "prefix"),
    [
        ("disability_certificates", "残疾人证号", "disability_certificate", "141199"),
        ("accounts", "账号", "bank_card", "999"),
        ("organisations", "统一社会信用代码", "uscc", ""),
        ("households", "联系电话", None, "142"),
    ],
)
def test_other_numbers_are_right_and_nobodys(large, listed, name, column, check, prefix):
    shared = listed("shared_phone")
    rows = [row for row in ledger(large, name) if name != "households" or row["户编号"] not in shared]
    values = [row[column] for row in rows]
    assert len(set(values)) == len(values)
    assert all(value.startswith(prefix) for value in values)
    if check:
        assert [doubt for row in rows if (doubt := doubts_of(check, row[column], row, large.as_of))] == []
    if name == "organisations":
        assert all(value[2:8] == "141199" for value in values)


def test_names_stand_beside_their_numbers(large, listed):
    """Every ledger writes a person's name as the register does, but for those who are not in it."""
    strangers = listed("person_not_in_register") | {""}
    names: dict[str, set[str]] = {}
    for row in ledger(large, "persons"):
        names.setdefault(row["身份证号"], set()).add(row["姓名"])
    for name, made in large.ledgers.items():
        if {"身份证号", "姓名"} <= set(made.columns):
            known = [row for row in ledger(large, name) if row["身份证号"] not in strangers]
            assert all(row["姓名"] in names[row["身份证号"]] for row in known), name


# --- common sense


def test_the_shares_are_those_of_such_a_town(large):
    people = ledger(large, "persons")
    present = [row for row in people if row["户籍状态"] not in GONE]
    count = len(present)
    ages = sorted(years(row["出生日期"]) for row in present if row["出生日期"])
    assert 40 <= ages[len(ages) // 2] <= 50
    assert 0.1 < sum(age < 16 for age in ages) / count < 0.2
    assert 0.2 < sum(age >= 60 for age in ages) / count < 0.34
    relief = ledger(large, "welfare_cases")
    for kind, low, high in (("低保", 0.03, 0.065), ("特困", 0.004, 0.012), ("低保边缘", 0.004, 0.02)):
        drawing = {row["身份证号"] for row in relief if row["救助类别"] == kind and not row["终止月"]}
        assert low < len(drawing) / count < high, kind
    disabled = {row["身份证号"] for row in ledger(large, "disability_certificates")}
    assert 0.035 < len(disabled) / count < 0.06
    insured = {row["身份证号"] for row in ledger(large, "insurance") if row["年度"] == "2024"}
    assert 0.965 < sum(row["身份证号"] in insured for row in present) / count < 0.995
    households = ledger(large, "households")
    assert 0.06 < sum(row["户类型"] == "脱贫户" for row in households) / len(households) < 0.14
    watched = [row for row in households if row["监测对象类别"] and row["风险是否已消除"] == "否"]
    assert 0.005 < len(watched) / len(households) < 0.025
    assert 0.48 < sum(row["性别"] == "男" for row in present) / count < 0.54
    working_age = [row for row in present if row["出生日期"] and 18 <= years(row["出生日期"]) < 60]
    able = sum(row["劳动技能"] in ("普通劳动力", "技能劳动力") for row in working_age)
    assert 0.7 < able / len(working_age) < 0.97


def test_few_of_the_disabled_are_so_severely(large):
    levels = Counter(row["残疾等级"] for row in ledger(large, "disability_certificates"))
    categories = Counter(row["残疾类别"] for row in ledger(large, "disability_certificates"))
    total = sum(levels.values())
    assert 0.3 < (levels["一级"] + levels["二级"]) / total < 0.5
    assert min(levels.values()) / total > 0.1
    assert categories.most_common(1)[0][0] == "肢体" and len(categories) == 7


def test_everybody_is_insured_in_one_way_and_most_at_home(large, listed):
    """But for those who are planted to be insured twice, or moved on within the year."""
    rows = [row for row in ledger(large, "insurance") if row["年度"] == "2024"]
    kinds = Counter(row["险种"] for row in rows)
    assert 0.01 < kinds["职工医保"] / len(rows) < 0.08
    assert 0.85 < sum(row["参保地"] == "文水县" for row in rows) / len(rows) < 0.99
    twice = sum(count > 1 for count in Counter(row["身份证号"] for row in rows).values())
    assert twice <= len(listed("double_insurance", "two_insurance_subsidies")) + 2
    aided = Counter(row["资助类别"] for row in rows if row["资助类别"])
    assert aided["稳定脱贫人口"] == max(aided.values()) and aided["低保对象"] > aided["特困人员"]


def test_exclusive_benefits_do_not_meet(large, listed):
    planted = listed("disability_subsidy_to_excluded")
    drawing: dict[str, set[str]] = {}
    for row in ledger(large, "welfare_cases"):
        if not row["终止月"]:
            drawing.setdefault(row["身份证号"], set()).add(row["救助类别"])
    assert not any({"低保", "特困"} <= kinds for kinds in drawing.values())
    for row in ledger(large, "disability_subsidies"):
        if not row["终止月"] and row["身份证号"] not in planted:
            kinds = drawing.get(row["身份证号"], set())
            assert "特困" not in kinds
            assert not ("孤儿" in kinds and row["补贴种类"] == "困难残疾人生活补贴")


def test_monitored_households_are_of_the_right_kind(large):
    for row in ledger(large, "households"):
        assert not (row["监测对象类别"] == "脱贫不稳定户" and row["户类型"] != "脱贫户")
        assert not (row["监测对象类别"] == "边缘易致贫户" and row["户类型"] != "一般农户")
        assert bool(row["脱贫年度"]) == (row["户类型"] == "脱贫户")


def test_fees_add_up(large, listed):
    planted = listed("insurance_subsidy_missing")
    for row in ledger(large, "insurance"):
        if row["身份证号"] in planted:
            continue
        if row["年度"] == "2024" and row["参保地"] == "文水县" and row["险种"] == "城乡居民医保" and row["个人缴费"]:
            assert float(row["资助金额"] or 0) + float(row["个人缴费"]) == 380


def test_payments_of_a_month_are_paid_once(large, listed):
    """Failed ones are made good by a later row that names them, of the same person, item, period and amount."""
    payments = {row["发放编号"]: row for row in ledger(large, "payments")}
    twice = listed("duplicate_payment")
    paid = Counter(
        (row["项目"], row["身份证号"], row["所属期起"])
        for row in payments.values()
        if row["发放状态"] == "已发放"
        and not row["追回金额"]
        and row["发放编号"] not in twice
        and "补" not in row["批次"]
    )
    assert max(paid.values()) == 1
    repaying = [row for row in payments.values() if row["原发放编号"]]
    assert repaying
    for row in repaying:
        failed = payments[row["原发放编号"]]
        assert (
            failed["发放状态"] in ("发放失败", "已退回") and failed["失败原因"] and failed["发放日期"] < row["发放日期"]
        )
        assert all(row[column] == failed[column] for column in ("项目", "身份证号", "所属期起", "金额"))
    may_collect = {(row["账号"], row["身份证号"]) for row in ledger(large, "accounts")}
    may_collect |= {(row["账号"], row["受益人身份证号"]) for row in ledger(large, "payment_proxies")}
    people = ledger(large, "persons")
    homes = {row["身份证号"]: row["户编号"] for row in people}
    minors = {row["身份证号"] for row in people if row["出生日期"] and years(row["出生日期"]) < 18}
    holders = {row["账号"]: homes.get(row["身份证号"]) for row in ledger(large, "accounts")}
    strange = set()
    for row in payments.values():
        number = row["身份证号"]
        within = holders[row["账号"]] == homes.get(number)
        by_household = row["项目"] == "耕地地力保护补贴" or number in minors
        if (row["账号"], number) not in may_collect and not (within and by_household):
            strange.add(row["发放编号"])
    assert strange == listed("account_not_own")
    assert all((row["发放日期"] == "") == (row["发放状态"] == "待发放") for row in payments.values())
    assert max(row["发放日期"] for row in payments.values()) <= large.as_of


def test_pensions_are_paid_every_month_from_sixty_on(large):
    months: dict[str, set[str]] = {}
    for row in ledger(large, "payments"):
        if row["项目"] == "城乡居民养老金":
            months.setdefault(row["身份证号"], set()).add(row["所属期起"])
            birth = f"{row['身份证号'][6:10]}-{row['身份证号'][10:12]}"
            assert row["所属期起"] > f"{int(birth[:4]) + 60}{birth[4:]}"
    retired = {row["身份证号"] for row in ledger(large, "external_flags") if row["标识"] == "退休金"}
    gone = {row["身份证号"] for row in ledger(large, "person_events") if row["变动类型"] in ("死亡", "迁出")}
    for row in ledger(large, "persons"):
        if row["出生日期"] and years(row["出生日期"]) >= 62 and row["身份证号"] not in retired | gone:
            assert len(months[row["身份证号"]]) == 12


def test_loans_keep_to_their_limits(large):
    """All but those that are planted to break them."""
    planted = {subject for subjects in truth_of(large.root).values() for subject in subjects}
    loans = ledger(large, "loans")
    kinds = {row["户编号"]: row for row in ledger(large, "households")}
    for row in loans:
        if row["贷款编号"] in planted:
            continue
        household = kinds[row["户编号"]]
        assert household["户类型"] == "脱贫户" or household["监测对象类别"]
        assert float(row["金额"]) <= 50000 or row["是否贴息"] == "否"
        signed, due = date.fromisoformat(row["签订日期"]), date.fromisoformat(row["到期日期"])
        assert (due - signed).days <= 3 * 366
        born = date.fromisoformat(f"{row['身份证号'][6:10]}-{row['身份证号'][10:12]}-{row['身份证号'][12:14]}")
        assert 18 <= signed.year - born.year - ((signed.month, signed.day) < (born.month, born.day)) <= 65
        assert (row["贷款状态"] == "已结清") == bool(row["结清日期"])
    renewed = Counter(row["原贷款编号"] for row in loans if row["原贷款编号"])
    assert set(renewed.values()) == {1}


def test_projects_go_from_library_to_acceptance(large, listed):
    planted = listed("project_not_in_library", "construction_irregular")
    order = ("入库日期", "批复日期", "下达日期", "开工日期", "竣工日期", "验收日期")
    for row in ledger(large, "projects"):
        days = [row[column] for column in order if row[column] and row["项目编号"] not in planted]
        assert days == sorted(days), row
        assert not row["结算金额"] or float(row["结算金额"]) <= float(row["预算金额"])
    projects = {row["项目编号"]: row for row in ledger(large, "projects")}
    assert {"2014", "2015", "2024"} <= {number[1:5] for number in projects}
    assets = ledger(large, "assets")
    assert all(row["项目编号"] in projects for row in assets if row["项目编号"])
    assert all(row["所有权人"] for row in assets)


# --- where it is written


def test_it_never_writes_over_other_peoples_ledgers(source, tmp_path):
    with pytest.raises(DemoError, match="盖掉台账"):
        generate(source, 10, 1, ROOT)
    with pytest.raises(DemoError, match="盖掉台账"):
        generate(source, 10, 1, ROOT.parent)
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "datapackage.json").write_text('{"name": "real"}', encoding="utf-8")
    with pytest.raises(DemoError, match="不是以前生成的"):
        generate(source, 10, 1, tmp_path / "real")
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(DemoError, match="是一个文件"):
        generate(source, 10, 1, tmp_path / "file")
    assert [path.name for path in sorted(tmp_path.rglob("*"))] == ["file", "real", "datapackage.json"]


def test_an_earlier_demo_is_replaced_and_its_build_left(source, tmp_path):
    generate(source, 40, 1, tmp_path / "demo")
    (tmp_path / "demo" / "audits" / "old.sql").write_text("", encoding="utf-8")
    (tmp_path / "demo" / "dist").mkdir()
    generate(source, 40, 2, tmp_path / "demo")
    generate(source, 40, 2, tmp_path / "fresh")
    assert (tmp_path / "demo" / "dist").is_dir()
    assert digests(tmp_path / "demo") == digests(tmp_path / "fresh")


def test_an_interrupted_demo_leaves_nothing(source, tmp_path):
    def interrupt(_label: str, done: float, total: float) -> None:
        if done > total - 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        generate(source, 40, 1, tmp_path / "demo", interrupt)
    assert list(tmp_path.iterdir()) == []


def test_progress_counts_up_to_its_total(source, tmp_path):
    calls: list[tuple[str, float, float]] = []
    generate(source, 40, 1, tmp_path / "demo", lambda *call: calls.append(call))
    assert [done for _, done, _ in calls] == list(range(1, len(calls) + 1))
    assert calls[-1][1] == calls[-1][2]


@pytest.mark.parametrize(("name", "says"), [("standards", "困难残疾人生活补贴"), ("villages", "没有行政村")])
def test_what_the_demo_needs_and_lacks_is_said(tmp_path, name, says):
    package = copy_of_package(tmp_path / "other")
    rows = [row for row in ledger(package, name) if name == "standards" and row["项目"] != "困难残疾人生活补贴"]
    write_csv(package[name].path, package[name].columns, [row.values() for row in rows])
    with pytest.raises(DemoError, match=says):
        generate(package, 200, 1, tmp_path / "demo")
    assert not (tmp_path / "demo").exists()
