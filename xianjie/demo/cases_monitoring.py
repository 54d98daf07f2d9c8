"""What goes wrong with watched households: each case is spoilt at most once."""

from __future__ import annotations

from collections.abc import Callable

from xianjie.demo import names
from xianjie.demo.casting import ENOUGH
from xianjie.demo.days import TODAY, iso
from xianjie.demo.dice import Dice
from xianjie.demo.model import Township
from xianjie.demo.watched import MARGINAL, SUDDEN, UNSTABLE, on_own_care
from xianjie.demo.watching import Watch, careful, floored, line, sick, workers

# --- what is planted
Spoil = Callable[[Township, Dice, Watch], None]


def _open(watch: Watch) -> bool:
    return watch.cleared is None and not floored(watch.household)


def _cleared(watch: Watch) -> bool:
    return watch.cleared is not None and not floored(watch.household)


def _late(town: Township, dice: Dice, watch: Watch) -> None:
    assert watch.clue is not None
    found = watch.decided - town.standards.whole("识别认定天数") - dice.between(1, 40)
    watch.clue |= {"线索来源": "干部排查", "推送部门": None, "推送日期": None, "反馈日期": None}
    watch.clue |= {"发现日期": iso(found), "核实日期": iso(found + 3)}


def _short(town: Township, dice: Dice, watch: Watch) -> None:
    if dice.chance(0.5):
        watch.row["评议日期"] = None
    else:
        watch.row["公示起"] = iso(watch.decided - 5)
        watch.row["公示止"] = iso(watch.decided - 5 + town.standards.whole("监测公示天数") - 2)


def _plan_late(town: Township, dice: Dice, watch: Watch) -> None:
    late = watch.decided + town.standards.whole("帮扶计划天数") + dice.between(1, 20)
    watch.row["措施申报日期"] = iso(late) if dice.chance(0.6) else None


def _measures_late(town: Township, dice: Dice, watch: Watch) -> None:
    late = watch.decided + town.standards.whole("帮扶措施落实天数") + dice.between(1, 12)
    for row in watch.measures:
        row["落实日期"], row["佐证"] = (iso(late), row["佐证"]) if dice.chance(0.5) else (None, None)


def _helpers(town: Township, dice: Dice, watch: Watch) -> None:
    watch.row["帮扶责任人"] = None if dice.chance(0.5) else f"{names.full_name(dice)}、{names.full_name(dice)}"


def _mismatched(town: Township, dice: Dice, watch: Watch) -> None:
    watch.risks = [("因病", None)]
    row = watch.measures[0]
    row["措施组"], row["措施项"] = "产业帮扶", "庭院养殖"
    watch.measures = [row]


def _no_development(town: Township, dice: Dice, watch: Watch) -> None:
    row = watch.measures[0]
    watch.risks = [("其他", "家庭突发火灾")]
    row["措施组"], row["措施项"] = "综合保障", "临时救助"
    watch.measures = [row]


def _too_early(town: Township, dice: Dice, watch: Watch) -> None:
    kind = dice.below(3)
    if kind == 0:
        watch.row["消除时住房"] = "无保障"
    elif kind == 1:
        watch.row["消除时人均纯收入"] = f"{line(town) - 0.01:.2f}"
    else:
        watch.row["消除时饮水"] = "无保障"


def _nothing(town: Township, dice: Dice, watch: Watch) -> None:
    """The facts of the household are the irregularity."""


def _not_flagged(town: Township, dice: Dice, watch: Watch) -> None:
    watch.row["整户无劳动能力标识"] = dice.pick(("否", None))


def _no_grounds(town: Township, dice: Dice, watch: Watch) -> None:
    watch.row["消除研判理由"] = None


def _contradicts(town: Township, dice: Dice, watch: Watch) -> None:
    if dice.chance(0.5):
        watch.row["监测对象类别"] = MARGINAL if watch.household.lifted else UNSTABLE
    else:
        watch.risks = [("其他", None)]


def _outside(town: Township, dice: Dice, watch: Watch) -> None:
    watch.in_ledger = False


SPOILS: tuple[tuple[str, Callable[[Watch], bool], Spoil], ...] = (
    ("unclearable_case_cleared", lambda w: w.cleared is not None and on_own_care(w.household), _nothing),
    ("floor_flag_missing", lambda w: w.cleared is None and floored(w.household), _not_flagged),
    ("cautious_clearing", lambda w: _cleared(w) and w.row["消除研判理由"] is not None, _no_grounds),
    ("risk_measure_mismatch", lambda w: _open(w) and sick(w.household), _mismatched),
    ("clearing_overdue", lambda w: _ripe(w), _nothing),
    ("labour_without_development", lambda w: _open(w) and bool(workers(w.household)), _no_development),
    ("risk_cleared_too_early", _cleared, _too_early),
    ("late_inclusion", _open, _late),
    ("publicity_too_short", _open, _short),
    ("plan_late", _open, _plan_late),
    ("measures_late", _open, _measures_late),
    ("not_one_helper", _open, _helpers),
    ("category_contradiction", lambda w: _open(w) and w.household.monitored != SUDDEN, _contradicts),
    ("managed_outside_system", _open, _outside),
)


def _ripe(watch: Watch) -> bool:
    """Open for more than half a year, with somebody who works and nobody for whom care is due."""
    return (
        _open(watch)
        and TODAY - watch.decided > 190
        and bool(workers(watch.household))
        and not careful(watch.household, 70)
    )


def plant(town: Township, dice: Dice, watches: list[Watch], lent: dict[str, int]) -> set[str]:
    """Spoil each case at most once; gives back the households whose income is to show that they may be cleared."""
    ripe: set[str] = set()
    usable = [w for w in watches if w.household.living and not w.household.case and w.household.number not in lent]
    pool = dice.shuffled(usable)
    each = max(1, len(pool) // 120)
    for _ in range(each if town.persons >= ENOUGH else 0):  # each audit once before any comes again
        for audit, fits, spoil in SPOILS:
            watch = next((w for w in pool if fits(w)), None)
            if watch is None:
                continue
            pool.remove(watch)
            spoil(town, dice, watch)
            town.plant(audit, watch.household.number if audit == "managed_outside_system" else watch.row["监测编号"])
            if audit == "clearing_overdue":
                ripe.add(watch.household.number)
                for row in watch.measures:
                    row["落实日期"] = row["落实日期"] or iso(watch.decided + 30)
    started = next((w for w in pool if _ripe(w)), None)  # lawful: ready to be cleared, and the procedure has begun
    if started is not None:
        started.row["消除评议日期"] = iso(TODAY - 5)
        ripe.add(started.household.number)
    return ripe
