"""A package of a few made-up rows for tests, with the project's own schemas and settings and a few of its audits."""

from __future__ import annotations

import shutil
from pathlib import Path

from xianjie.files import write_csv
from xianjie.package import Package, load_package

ROOT = Path(__file__).resolve().parent.parent
VILLAGE, OTHER_VILLAGE = "141121104201", "141121104202"
TEAM = "资金项目专班"
# Compiling all of them takes longer than the rest of a small build.
AUDITS = (
    "audits/assets/idle_assets.sql",
    "audits/duty/problem_form_incomplete.sql",
    "audits/health/uninsured_residents.sql",
)
# The number of the first of the people below; the others follow it.
FIRST_ID, PHONE, ACCOUNT = "141199196003071221", "14200000001", "9991234567890123457"
CERTIFICATE = f"{FIRST_ID}42"
SECRET_NAME = "欧阳秘密"


def id_number(number: int) -> str:
    """An identity number of a made-up person; only its form matters here."""
    return FIRST_ID if number == 0 else f"1411991970010{number:04d}X"


def people(count: int, village: str = VILLAGE) -> dict[str, list[dict[str, object]]]:
    """`count` households of one person each."""
    households, persons = [], []
    for number in range(count):
        house, name = f"H{village[-3:]}{number:04d}", f"慕容{chr(0x5000 + number)}"
        phone = PHONE if number == 0 else f"1420000{number:04d}"
        households.append({"户编号": house, "村代码": village, "户主姓名": name, "家庭人口数": 1, "联系电话": phone})
        persons.append(
            {"户编号": house, "身份证号": id_number(number), "姓名": name, "性别": "女", "出生日期": "1960-03-07"}
        )
    return {"households": households, "persons": persons}


def world() -> dict[str, list[dict[str, object]]]:
    """Rows for every ledger that public tables or keys are about."""
    first = {"身份证号": FIRST_ID, "姓名": people(1)["persons"][0]["姓名"]}
    return people(12) | {
        "teams": [
            {"专班": TEAM, "领域": "资金项目", "牵头单位": "镇财政所", "主要负责人": SECRET_NAME},
            {"文件点名": "否"},
        ],
        "organisations": [
            {"单位编号": "D1", "名称": "保贤村股份经济合作社", "类型": "村集体经济组织", "村代码": VILLAGE},
            {"单位编号": "D2", "名称": f"{SECRET_NAME}家庭农场", "类型": "家庭农场", "村代码": VILLAGE},
            {"单位编号": "D3", "名称": f"{SECRET_NAME}小卖部"},
        ],
        "disability_certificates": [first | {"残疾人证号": CERTIFICATE, "残疾类别": "肢体", "残疾等级": "二级"}],
        "accounts": [first | {"账号": ACCOUNT}],
        "payments": [first | {"发放编号": "P1", "项目": "低保金", "账号": ACCOUNT, "金额": "450.50"}],
        "welfare_cases": [
            {"救助编号": f"W{number}", "身份证号": id_number(number), "姓名": "慕容某"}
            | {"救助类别": "低保", "起始月": "2024-01"}
            for number in range(6)
        ],
        "projects": [{"项目编号": "X1", "项目名称": "保贤村温室大棚项目", "村代码": VILLAGE, "预算金额": "500000"}],
        "assets": [
            {"资产编号": "Z1", "资产名称": "温室大棚", "项目编号": "X1", "村代码": VILLAGE, "资产类别": "经营性"}
            | {"所有权人": SECRET_NAME, "管护人": SECRET_NAME, "受益户数": 3, "权属层级": "村集体"},
            {"资产编号": "Z2", "资产名称": f"{SECRET_NAME}的羊舍", "村代码": VILLAGE, "资产类别": "到户类"},
            {"资产编号": "Z3", "资产名称": f"{SECRET_NAME}的鸡舍", "村代码": VILLAGE},
            {"资产编号": "Z4", "资产名称": f"{SECRET_NAME}的菜窖", "村代码": VILLAGE}
            | {"资产类别": "经营性", "权属层级": "农户"},
        ],
        "problems": [
            {"问题编号": f"Q{number}", "专班": TEAM, "整改结果": result}
            | {"对照排查内容排查出的具体问题": f"{SECRET_NAME}的大棚闲置"}
            for number, result in enumerate(["正在整改"] * 5 + ["整改完成"] * 4)
        ],
    }


def write_package(root: Path, rows: dict[str, list[dict[str, object]]] | None = None) -> Package:
    """Write a package under `root` with these rows (else those of `world()`); ledgers not named are empty."""
    rows = world() if rows is None else rows
    root.mkdir(parents=True, exist_ok=True)
    for name in ("schemas", "views", "public"):
        shutil.copytree(ROOT / name, root / name, dirs_exist_ok=True)
    for name in AUDITS:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, root / name)
    for name in ("datapackage.json", "metadata.yml"):
        shutil.copyfile(ROOT / name, root / name)
    package = load_package(root)
    for ledger in package.ledgers.values():
        if ledger.name in rows:
            values = [[row.get(column) for column in ledger.columns] for row in rows[ledger.name]]
            write_csv(ledger.path, ledger.columns, values)
        elif ledger.name in ("villages", "standards"):
            ledger.path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / ledger.relative_path, ledger.path)
        else:
            write_csv(ledger.path, ledger.columns, [])
    return package
