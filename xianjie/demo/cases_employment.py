"""Cases of the audits of employment: each has a person of a free household, on whom nothing else falls here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from xianjie.demo.casting import how_many, look_alikes, rotation
from xianjie.demo.days import age, in_month, month
from xianjie.demo.dice import Dice
from xianjie.demo.employment_rows import (
    AWAY,
    NEAR,
    STAY,
    able,
    allowance,
    applies,
    fare,
    hold,
    learns,
    poor,
    post,
    stays,
    wishes,
    works,
)
from xianjie.demo.fate import recent
from xianjie.demo.model import Person, Township
from xianjie.demo.pool import Pool

Act = Callable[[Township, Dice, Person], str | Person | None]
Fits = Callable[[Township, Person], bool]
START = in_month(month("2023-01"), 1)
DUTY = in_month(month("2024-01"), 1)


def _worker(town: Township, person: Person) -> bool:
    return able(person)


def _poor_worker(town: Township, person: Person) -> bool:
    return _worker(town, person) and poor(person.household)


def _aged(years: int) -> Fits:
    """So many years over the limit for a post, and still able to do something."""

    def fits(town: Township, person: Person) -> bool:
        limit = town.standards.whole("公益岗最大年龄")
        weak = person.labour == "弱劳动力或半劳动力" and not person.certificates
        over = age(person.birth) - limit
        return weak and (1 <= over <= 6 if years else -4 <= over <= 0)

    return fits


def _spent(town: Township, person: Person) -> bool:
    limit = town.standards.whole("公益岗最大年龄")
    return person.labour == "丧失劳动力" and 30 <= age(person.birth) <= limit


# --- posts


def _posts(first_ends: int | None, second_begins: int) -> Act:
    def act(town: Township, dice: Dice, person: Person) -> Person:
        village = person.household.village
        hold(town, dice, person, post(town, village, 0), START, first_ends)
        hold(town, dice, person, post(town, village, 1), second_begins)
        return person

    return act


def _on_post(town: Township, dice: Dice, person: Person) -> Person:
    hold(town, dice, person, post(town, person.household.village, dice.below(4)), DUTY)
    return person


def _also_away(town: Township, dice: Dice, person: Person) -> Person:
    where = dice.pick(AWAY)
    works(town, dice, person, where, month("2024-05"), month("2024-08"))
    fare(town, dice, person, where[0])
    return _on_post(town, dice, person)


def _near_besides(town: Township, dice: Dice, person: Person) -> Person:
    works(town, dice, person, NEAR, month("2024-05"), month("2024-08"))
    return _on_post(town, dice, person)


def _left_then_away(town: Township, dice: Dice, person: Person) -> Person:
    """Gone in the month in which the post was given up."""
    number = post(town, person.household.village, 0)
    hold(town, dice, person, number, DUTY, in_month(month("2024-06"), 3))
    works(town, dice, person, AWAY[0], month("2024-06"))
    fare(town, dice, person, AWAY[0][0])
    return person


# --- work, subsidies, training


def _earns(amount: str) -> Act:
    def act(town: Township, dice: Dice, person: Person) -> Person:
        works(town, dice, person, NEAR, month("2024-07"))
        town.tables["employment_months"][-2]["月收入"] = amount
        return person

    return act


def _paid(worked: str, paid_as: str, more: int = 0) -> Act:
    """The fare of somebody who worked in one region (or nowhere: ""), paid as for another, so much too much."""

    def act(town: Township, dice: Dice, person: Person) -> str:
        where = next((place for place in (*AWAY, NEAR) if place[0] == worked), None)
        if where is not None:
            works(town, dice, person, where, month("2024-03"))
            if where is not NEAR:
                stays(town, dice, person)
        fare(town, dice, person, paid_as)
        row = town.tables["job_subsidies"][-1]
        row["金额"] = f"{int(town.standards.amount('一次性交通补贴', paid_as)) + more}.00"
        return row["申请编号"]

    return act


def _paid_twice(town: Township, dice: Dice, person: Person) -> str:
    works(town, dice, person, AWAY[1], month("2024-03"))
    stays(town, dice, person)
    fare(town, dice, person, AWAY[1][0])
    fare(town, dice, person, AWAY[1][0])
    return town.tables["job_subsidies"][-1]["申请编号"]


def _moved_on(town: Township, dice: Dice, person: Person) -> str:
    """In two regions one after the other, paid for the first."""
    works(town, dice, person, AWAY[0], month("2024-02"), month("2024-06"), then_home=False)
    works(town, dice, person, AWAY[2], month("2024-07"))
    stays(town, dice, person)
    fare(town, dice, person, AWAY[0][0])
    return town.tables["job_subsidies"][-1]["申请编号"]


def _refused(reason: str, paid: bool = False) -> Act:
    def act(town: Township, dice: Dice, person: Person) -> str:
        later = {"发放日期": "2024-11-20", "金额": f"{town.standards.whole('稳岗补助') * STAY}.00"} if paid else {}
        applied = recent(dice.between(60, 120))
        return applies(town, person, "稳岗补助", "省外", applied, 不予受理理由=reason, **later)

    return act


def _course(ended: Callable[[Township], int], paid_after: int | None, extra: int = 0) -> Act:
    def act(town: Township, dice: Dice, person: Person) -> str:
        days = 10
        end = recent(ended(town))
        row = learns(town, person, end - days - 1, days, None if paid_after is None else end + paid_after)
        if extra:
            row["补贴天数"], row["生活费补贴"] = str(days + extra), f"{(days + extra) * allowance(town)}.00"
        return f"{row['班次']}|{person.number}"

    return act


def _limit(item: str, more: int = 0) -> Callable[[Township], int]:
    return lambda town: town.standards.whole(item) + more


def _wish(more: int, **cells: str) -> Act:
    def act(town: Township, dice: Dice, person: Person) -> Person:
        wishes(town, person, recent(town.standards.whole("培训安排天数") + more), **cells)
        return person

    return act


Part = tuple[Fits, Act]
CASES: tuple[tuple[str, tuple[Part, ...], tuple[Part, ...]], ...] = (
    (
        "two_posts",
        ((_worker, _posts(None, DUTY)), (_worker, _posts(DUTY + 1, DUTY))),
        ((_worker, _posts(DUTY, DUTY)),),
    ),
    ("unfit_for_post", ((_aged(1), _on_post), (_spent, _on_post)), ((_aged(0), _on_post),)),
    (
        "post_holder_elsewhere",
        ((_worker, _also_away),),
        ((_worker, _near_besides), (_worker, _left_then_away)),
    ),
    (
        "job_subsidy_refused_for_lateness",
        ((_worker, _refused("已过集中申报时间，过期不予办理")), (_worker, _refused("本年度申报期已过"))),
        ((_worker, _refused("提供的务工合同已过期")), (_worker, _refused("逾期，后经核实补发", paid=True))),
    ),
    (
        "job_subsidy_wrong",
        (
            (_worker, _paid("县内", "市内县外")),
            (_worker, _paid("省内市外", "省外")),
            (_worker, _paid("省外", "省外", 1)),
            (_worker, _paid_twice),
        ),
        ((_worker, _moved_on),),
    ),
    (
        "training_allowance_wrong",
        (
            (_worker, _course(_limit("培训补贴发放天数", 30), 20, extra=2)),
            (_poor_worker, _course(_limit("培训补贴发放天数", 1), None)),
        ),
        ((_poor_worker, _course(_limit("培训补贴发放天数"), None)),),
    ),
    (
        "training_need_unmet",
        ((_worker, _wish(1)), (_worker, _wish(60))),
        ((_worker, _wish(0)), (_worker, _wish(60, 未安排原因="本人外出务工"))),
    ),
    (
        "employment_implausible",
        ((_worker, _earns("50.00")), (_worker, _earns("40000.00"))),
        ((_worker, _earns("100.00")), (_worker, _earns("30000.00"))),
    ),
)


ON_POSTS = ("two_posts", "unfit_for_post", "post_holder_elsewhere")


def _find(pool: Pool, who: Callable[[Person], bool], only_poor: bool = False) -> Person | None:
    return pool.person(who, poor) or (None if only_poor else pool.person(who))


def act(town: Township, pool: Pool) -> None:
    """The irregularities first; where nobody fits a rare one, another of the same audit takes its place."""
    tests = {fits: partial(fits, town) for _, planted, lawful in CASES for fits, _ in (*planted, *lawful)}
    for audit, planted, lawful in CASES:
        dice = town.dice(f"cast:{audit}")
        for fits, deed in rotation(dice, planted, how_many(dice, town.persons, town.persons * 0.0008)):
            person = _find(pool, tests[fits])
            if person is None:
                fits, deed = next(((f, d) for f, d in planted if d is not deed), planted[0])
                person = _find(pool, tests[fits])
            if person is not None:
                subject = deed(town, dice, person)
                town.plant(audit, person if subject is None else subject)
                if audit in ON_POSTS and not (person.household.lifted or person.household.monitored):
                    town.plant("post_to_ineligible", person)  # nobody who may have a post was left
        for fits, deed in lawful:
            for _ in range(look_alikes(dice, town.persons)):
                person = _find(pool, tests[fits], audit in ON_POSTS)
                if person is not None:
                    deed(town, dice, person)
