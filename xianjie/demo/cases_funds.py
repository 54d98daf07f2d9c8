"""Cases of the audits of project funds. Each has a project of its own, a repair that leaves no asset behind."""

from __future__ import annotations

from xianjie.demo.casting import Deed, enact
from xianjie.demo.fate import recent
from xianjie.demo.model import Township
from xianjie.demo.project_faults import (
    UNACCEPTED,
    UNFINISHED,
    accepted_before_done,
    changed,
    contract,
    file,
    finished,
    goals,
    goods,
    kept,
    late,
    library,
    never_begun,
    no_goal_at_all,
    no_goals,
    no_notice,
    not_in_library,
    not_reached,
    nothing,
    on_project,
    on_reserve,
    overrun,
    paid,
    paid_to,
    progress,
    retention,
    settled_higher,
    shown,
    spent_little,
    too_early,
    transfer,
    unbegun,
    unsupervised,
    vague,
)
from xianjie.demo.works import Kind

_BIG = Kind("街巷整修项目", "乡村建设行动", 70, 95)


_OFFICES = Kind("村委会办公楼维修项目", "乡村建设行动", 10, 30)


_SOLAR = Kind("村委会办公楼屋顶光伏检修项目", "乡村建设行动", 8, 20)


_HOSTEL = Kind("乡村民宿接待设施修缮项目", "乡村建设行动", 8, 20)


CASES: tuple[tuple[str, tuple[Deed, ...], tuple[Deed, ...]], ...] = (
    (
        "project_not_in_library",
        (
            on_project(library("下达日期", 1)),
            on_project(not_in_library),
            on_project(library("开工日期", 20)),
        ),
        (on_project(library("下达日期", 0)),),
    ),
    (
        "disclosure_missing",
        (
            on_project(no_notice("县", "资金分配")),
            on_project(no_notice("村", "项目完工"), 2023),
            on_project(shown(1), 2023),
        ),
        (on_project(shown(0), 2023),),
    ),
    (
        "negative_list",
        (on_project(nothing, kind=_OFFICES), on_project(nothing, kind=Kind("村口牌楼修缮项目", "乡村建设行动", 8, 20))),
        (on_project(nothing, kind=_SOLAR), on_project(nothing, kind=_HOSTEL)),
    ),
    ("spending_behind", (on_project(spent_little),), (on_project(transfer(100)), on_project(spent_little, 2023))),
    (
        "paid_over_contract",
        (on_project(paid(1), 2023, contract), on_project(paid(1500000), 2023, contract)),
        (on_project(settled_higher, 2023),),
    ),
    (
        "payee_not_contractor",
        (
            on_project(paid_to("示范劳务服务部", "合同乙方"), subject=progress),
            on_project(paid_to("示范建材经销处", "其他"), subject=progress),
        ),
        (
            on_project(paid_to("项目农民工工资专户", "农民工工资专户")),
            on_project(paid_to("务工群众（打卡发放）", "农户")),
        ),
    ),
    (
        "payment_off_schedule",
        (
            on_project(too_early, subject=progress),
            on_project(not_reached, subject=progress),
            on_project(late(1), subject=progress),
        ),
        (on_project(late(0)),),
    ),
    (
        "transfer_counted_as_spent",
        (
            on_project(transfer(0), 2023, progress),
            on_project(transfer(60), 2023, progress),
        ),
        (on_project(transfer(100), 2023),),
    ),
    (
        "goal_not_quantified",
        (on_project(vague(目标值="显著提高")), on_project(vague(计量单位=None)), on_project(no_goals)),
        (on_project(vague(目标值="100%", 计量单位=None)),),
    ),
    (
        "monitoring_or_evaluation_missing",
        (
            on_project(goals(中期日期=None, 中期值=None)),
            on_project(goals(自评日期=None, 结果运用=None), 2023),
            on_project(goals(结果运用=None), 2023),
        ),
        (on_project(vague(结果运用=None), 2023),),
    ),
    (
        "not_started_or_late",
        (
            unbegun(never_begun),
            on_project(overrun(1), **UNFINISHED),
            on_project(finished(1), **UNACCEPTED),
        ),
        (
            unbegun(never_begun, 计划开工=lambda stage: recent(stage.threshold("开工宽限天数"))),
            on_project(overrun(0), **UNFINISHED),
            on_project(finished(0), **UNACCEPTED),
        ),
    ),
    (
        "retention_over_limit",
        (on_project(kept, 2023, contract), on_project(retention("5"), 2023, contract)),
        (on_project(retention("3"), 2023), on_project(kept)),
    ),
    (
        "project_file_incomplete",
        (on_project(file("结算审计", "缺"), 2023), on_project(file("公示资料", None), 2023)),
        (on_project(file("施工合同", "不涉及"), 2023),),
    ),
    (
        "weak_reserve_project",
        (on_reserve(file("可研论证", None)), on_reserve(file("可研论证", "缺")), on_reserve(no_goal_at_all)),
        (on_reserve(file("绩效目标表", None)), on_reserve(file("可研论证", "不涉及"))),
    ),
    (
        "construction_irregular",
        (on_project(unsupervised, kind=_BIG), on_project(accepted_before_done), on_project(changed(120, False), 2023)),
        (on_project(goods, kind=_BIG), on_project(changed(120, True), 2023), on_project(changed(109, False), 2023)),
    ),
)


def spoil(town: Township) -> None:
    for audit, planted, lawful in CASES:
        enact(town, audit, town.persons * 0.0007, planted, lawful)
