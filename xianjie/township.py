"""An empty package for a real township: the same schemas and audits, headings only, no unsure standard confirmed."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from xianjie.demo.standards import read_rows
from xianjie.demo.write import copy_all_but_ledgers
from xianjie.files import write_csv, write_text
from xianjie.package import Ledger, Package

MADE_UP = "示范设定"  # what 依据文件 begins with where the demo township decided by itself
SURE = ("文件", "政策")  # 约定 is for the township to decide
FIRST_STEPS = "先看这里.md"

Row = dict[str, str]


class TownshipError(Exception):
    """The package cannot be made there; the text is a Chinese sentence."""


def reference_ledgers(package: Package) -> list[Ledger]:
    """The ledgers of rules, which a township takes over: those whose rows are confirmed by a document."""
    return [ledger for ledger in package.ledgers.values() if {"依据文件", "已确认"} <= set(ledger.columns)]


def is_sure(row: Mapping[str, str]) -> bool:
    """Whether a rule of the demo has a document behind it that holds for every township."""
    documented = bool(row["依据文件"]) and not row["依据文件"].startswith(MADE_UP)
    return documented and row["已确认"] == "是" and row.get("性质", SURE[0]) in SURE


def sure_rows(ledger: Ledger) -> list[Row]:
    """The rules for a township that has decided nothing yet: confirmed only with a document behind them.

    What the demo decided by itself keeps its value as a proposal, unconfirmed and without a document, so that the
    audits that need it say 缺标准 until someone has looked it up.
    """
    return [row if is_sure(row) else row | {"已确认": "否", "依据文件": ""} for row in read_rows(ledger.path)]


def init(package: Package, out: Path, as_of: str | None = None) -> list[str]:
    """Write the package into `out`, a folder that does not exist or is empty; gives lines on what to do next.

    `as_of` is the default 截止日期 (YYYY-MM-DD). Raises TownshipError where something is in the way.
    """
    out = Path(out).resolve()
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise TownshipError(f"{out} 已经有内容，不会改动它；请另选一个空文件夹。")
    beside = out.with_name(f".{out.name}.{os.getpid()}.tmp")
    as_of = as_of or package.as_of
    try:
        _write(package, beside, as_of)
        if out.is_dir():
            out.rmdir()
        os.replace(beside, out)
    except OSError as error:
        raise TownshipError(f"{out} 写不进去：{error.strerror}。") from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    rows = read_rows(package["standards"].path)
    return [
        f"已建立 {out}：{len(package.ledgers)} 本台账，除政策标准和待遇互斥关系外只有表头。",
        f"截止日期是 {as_of}，改在 datapackage.json 的 as_of。",
        "先填 csv/base/villages.csv（本镇的村）和 csv/base/teams.csv（17个专班）。",
        f"再核对 csv/base/standards.csv：{len(rows)} 行里 {sum(not is_sure(row) for row in rows)} 行没有确认，"
        "用到它们的审计报“缺标准”。",
        f"每一步怎样做、没有确认的要查什么文件，见 {out / FIRST_STEPS}。",
    ]


def _write(package: Package, folder: Path, as_of: str) -> None:
    folder.mkdir(parents=True)
    copy_all_but_ledgers(package, folder)
    kept = {ledger.name for ledger in reference_ledgers(package)}
    for name, ledger in package.ledgers.items():
        rows = sure_rows(ledger) if name in kept else []
        cells = [[row[column] for column in ledger.columns] for row in rows]
        write_csv(folder / ledger.relative_path, ledger.columns, cells)
    descriptor = {key: value for key, value in package.descriptor.items() if key != "demo"}
    descriptor |= {"as_of": as_of, "description": "本镇台账，含个人信息，不得公开。"}
    write_text(folder / "datapackage.json", json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n")
    write_text(folder / FIRST_STEPS, first_steps(package))


def first_steps(package: Package) -> str:
    """What whoever looks after the township's computers does first: first_steps.md, with what is not confirmed."""
    unsure = [
        "| {} | {} | {} | {} | {} | {} |".format(
            ledger.title, *_rule(ledger, row), row.get("性质") or "", _to_look_up(row)
        )
        for ledger in reference_ledgers(package)
        for row in read_rows(ledger.path)
        if not is_sure(row)
    ]
    return (Path(__file__).parent / "first_steps.md").read_text(encoding="utf-8") + "\n".join(unsure) + "\n"


def _rule(ledger: Ledger, row: Row) -> tuple[str, str, str]:
    """What a rule is about, its value and the unit of that."""
    if "数值" in ledger.by_name:
        return row["项目"] + (f"（{row['档次']}）" if row["档次"] else ""), row["数值"], row["单位"]
    about = [row[name] for name in ledger.key if ledger.by_name[name].type == "string"]
    return "、".join(about), row["规则"], ""


def _to_look_up(row: Row) -> str:
    """The demo says which document takes the place of its own decision, where it knows one."""
    said = re.fullmatch(rf"{MADE_UP}（(.+)）", row["依据文件"])
    if said:
        return said[1].removeprefix("启用前")
    return "由镇里定" if row.get("性质") == "约定" else "查上级文件"
