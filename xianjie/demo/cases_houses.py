"""Cases about dangerous houses and renovations, each with a household of its own."""

from __future__ import annotations

from collections.abc import Callable

from xianjie.demo.casting import Deed, Stage, enact
from xianjie.demo.clinics import screen
from xianjie.demo.days import THIS_YEAR, TODAY, day, iso
from xianjie.demo.fate import recent
from xianjie.demo.houses import Estate
from xianjie.demo.model import Household, Township
from xianjie.demo.pool import Pool

Act = Callable[[Stage, Household], str | None]


def _ordinary(household: Household) -> bool:
    """Neither watched nor of the six groups by being watched: what is dangerous here sets off nothing else."""
    return not household.monitored


def spoil(town: Township, estate: Estate, pool: Pool) -> None:
    """Act the cases of each audit. An act gives back the subject, or nothing when it tells the subjects itself."""
    renovated = {row["户编号"] for row in town.tables["renovations"]}
    standards = town.standards
    closing = standards.whole("危改销号天数")
    moving = standards.whole("危改入住天数")
    reporting = standards.whole("危改上报天数")

    def free(household: Household) -> bool:
        return _ordinary(household) and household.number not in renovated

    def of_six(household: Household) -> bool:
        return free(household) and estate.may_renovate(household)

    def of_none(household: Household) -> bool:
        return free(household) and estate.focus[household.number] is None

    def never_helped(household: Household) -> bool:
        return of_none(household) and not any(person.relief for person in household.members)

    def played(act: Act, fits: Callable[[Household], bool] = of_six) -> Deed:
        def deed(stage: Stage) -> None:
            household = pool.household(fits)
            if household is not None:
                subject = act(stage, household)
                if subject is not None:
                    stage.subject(subject)

        return deed

    def dangerous(grade: str, appraised: int) -> Act:
        """Lives in a dangerous house of which nobody was told: two audits see it."""

        def act(stage: Stage, household: Household) -> str:
            home = estate.home[household.number]
            home |= {"房屋等级": grade, "鉴定日期": iso(recent(appraised))}
            if stage.planted:
                town.plant("people_in_dangerous_house", home["住房编号"])
            return household.number

        return act

    def in_danger(grade: str) -> Act:
        def act(_stage: Stage, household: Household) -> str:
            home = estate.home[household.number]
            home |= {"房屋等级": grade, "鉴定日期": iso(recent(200))}
            return home["住房编号"]

        return act

    def seen_inside(_stage: Stage, household: Household) -> str:
        """Said to be empty; the last round found somebody in it."""
        old = estate.house(household, "D级", 唯一住房="否", 是否居住="否", 住房用途="闲置")
        estate.inspect(household, old, recent(60), "否")
        estate.inspect(household, old, recent(20), "是")
        return old["住房编号"]

    def left_since(_stage: Stage, household: Household) -> str:
        old = estate.house(household, "D级", 唯一住房="否", 是否居住="是", 住房用途="闲置")
        estate.inspect(household, old, recent(60), "是")
        estate.inspect(household, old, recent(20), "否")
        return old["住房编号"]

    def strengthened(_stage: Stage, household: Household) -> str:
        """Repaired and accepted, not appraised again yet."""
        home = estate.home[household.number]
        row = estate.renovate(
            household, 改造方式="修缮加固", 新房住房编号=home["住房编号"], 旧房住房编号=home["住房编号"]
        )
        row |= {"改造前等级": "C级", "旧房处置": "不涉及", "补助金额": estate.subsidy("C级")}
        town.tables["houses"].pop()  # no second house
        home |= {"房屋等级": "C级", "鉴定日期": row["发现日期"], "房屋来源": "自建"}
        return home["住房编号"]

    def not_moved(accepted: int, **changes: object) -> Act:
        """Accepted so many days ago, the new house still empty, and lives elsewhere in safety."""

        def act(_stage: Stage, household: Household) -> str:
            row = estate.renovate(household)
            row |= {
                "开工日期": iso(recent(accepted + 120)),
                "竣工日期": iso(recent(accepted + 12)),
                "验收日期": iso(recent(accepted)),
                "入住日期": None,
                "销号日期": iso(recent(accepted - 10)),
            }
            home = estate.home[household.number]
            home["是否居住"] = "否"
            for seen in estate.rounds.get(home["住房编号"], ()):
                seen["是否有人居住"] = "否"
            home.update({key: value for key, value in changes.items() if key in home})
            row.update({key: value for key, value in changes.items() if key in row})
            return home["住房编号"]

        return act

    def moved_in_unnoted(stage: Stage, household: Household) -> str:
        subject = not_moved(moving + 60)(stage, household)
        assert subject is not None
        estate.inspect(household, estate.home[household.number], recent(15), "是")
        return subject

    def back_in_old(_stage: Stage, household: Household) -> str:
        row = estate.renovate(household, 旧房处置="未处置")
        old = estate.old_house(row)
        old |= {"住房用途": "闲置", "是否居住": "是"}
        town.plant("people_in_dangerous_house", old["住房编号"])
        return old["住房编号"]

    def back_seen(stage: Stage, household: Household) -> str:
        row = estate.renovate(household, 旧房处置="封存")
        old = estate.old_house(row)
        old |= {"住房用途": "闲置", "是否居住": "否"}
        estate.inspect(household, old, recent(25), "是")
        town.plant("people_in_dangerous_house", old["住房编号"])
        return old["住房编号"]

    def still_in_old_before(_stage: Stage, household: Household) -> str:
        """Was seen in the old house before moving; it stands empty since."""
        row = estate.renovate(household, 旧房处置="封存")
        old = estate.old_house(row)
        old |= {"住房用途": "闲置", "是否居住": "否"}
        estate.inspect(household, old, day(row["入住日期"]) - 10, "是")
        estate.inspect(household, old, recent(25), "否")
        return old["住房编号"]

    def not_inspected(last_year: bool, asked: bool = False) -> Act:
        def act(stage: Stage, household: Household) -> str:
            own = estate.forget(estate.home[household.number])
            if last_year:
                town.tables["house_inspections"].append(own[0] | {"日期": f"{THIS_YEAR - 1}-12-31"})
            if asked:
                screen(town, stage.dice, household, "住房", f"{THIS_YEAR}年", recent(100))
            return household.number

        return act

    def spoiled(**changes: object) -> Act:
        def act(_stage: Stage, household: Household) -> str:
            row = estate.renovate(household)
            row.update(changes)
            return row["改造编号"]

        return act

    def safe_before(stage: Stage, household: Household) -> str:
        row = estate.renovate(household, 改造前等级="B级")
        estate.old_house(row)["房屋等级"] = "B级"
        return row["改造编号"]

    def not_lifted(_stage: Stage, household: Household) -> str:
        """An ordinary household, subsidised as one of the six."""
        estate.focus[household.number] = "其他脱贫户"
        return estate.renovate(household, 对象类别="农村低保户")["改造编号"]

    def own_money(_stage: Stage, household: Household) -> str:
        estate.focus[household.number] = "其他脱贫户"
        row = estate.renovate(household, 对象类别=None, 补助金额=None)
        return row["改造编号"]

    def twice(years: int, paid: bool = True) -> Act:
        """An earlier renovation so many years before, of a house long gone."""

        def act(_stage: Stage, household: Household) -> str:
            row = estate.renovate(household)
            approved = row["审批日期"]
            earlier = f"{int(approved[:4]) - years}{approved[4:]}"
            days = day(approved) - day(earlier)
            before = {key: iso(day(row[key]) - days) for key in row if key.endswith("日期") and row[key]}
            town.tables["renovations"].append(
                row
                | before
                | {
                    "改造编号": f"{row['改造编号']}B",
                    "旧房住房编号": None,
                    "新房住房编号": row["旧房住房编号"],
                    "补助金额": "8000.00" if paid else None,
                }
            )
            return household.number

        return act

    def open_chain(column: str, days_ago: int, rest: tuple[str, ...]) -> Act:
        """Nothing after `column`, whose day is so many days ago; those before it come in good time."""

        def act(_stage: Stage, household: Household) -> str:
            row = estate.renovate(household)
            chain = ("发现日期", "上报日期", "审批日期", "开工日期", "竣工日期", "验收日期", "入住日期", "销号日期")
            place = chain.index(column)
            for before, name in enumerate(chain[: place + 1]):
                row[name] = iso(recent(days_ago + 12 * (place - before)))
            for name in (*chain[place + 1 :], *rest):
                row[name] = None
            if column in ("发现日期", "审批日期"):  # nothing built yet: the old house stands empty beside a safe one
                row["补助金额"] = row["新房住房编号"] = None
                row["旧房处置"] = "未处置"
                estate.old_house(row)["住房用途"] = "闲置"
                estate.home[household.number]["房屋来源"] = "自建"
            if column == "验收日期":
                row["入住日期"] = row["验收日期"]
            return household.number

        return act

    per = town.persons / 1000
    enact(
        town,
        "key_group_in_unsafe_house",
        per * 0.7,
        (
            played(dangerous("D级", reporting + 90)),
            played(dangerous("C级", reporting + 1)),
        ),
        (played(_emptied(estate)),),
    )
    enact(
        town,
        "people_in_dangerous_house",
        per * 0.7,
        (played(in_danger("D级"), of_none), played(in_danger("C级"), of_none), played(seen_inside, of_none)),
        (played(left_since, of_none), played(strengthened)),
    )
    enact(
        town,
        "renovated_not_moved_in",
        per * 0.6,
        (played(not_moved(moving + 80)), played(not_moved(moving + 1))),
        (
            played(not_moved(moving)),
            played(moved_in_unnoted),
            played(not_moved(moving + 40, 入住日期=iso(TODAY))),
        ),
    )
    enact(
        town,
        "moved_back_to_old_house",
        per * 0.6,
        (played(back_in_old), played(back_seen)),
        (played(still_in_old_before),),
    )
    enact(
        town,
        "house_not_inspected",
        per * 1.2,
        (played(not_inspected(False), of_none), played(not_inspected(True), of_none), played(not_inspected(False))),
        (played(not_inspected(False, asked=True), of_none),),
    )
    enact(
        town,
        "renovation_subsidy_ineligible",
        per * 0.6,
        (played(safe_before), played(spoiled(对象类别=None)), played(not_lifted, never_helped)),
        (played(spoiled(改造前等级="无房", 旧房住房编号=None, 旧房处置="不涉及")), played(own_money, of_none)),
    )
    enact(
        town,
        "renovation_twice",
        per * 0.5,
        (played(twice(standards.whole("危改重复享受年限") - 1)), played(twice(4))),
        (played(twice(standards.whole("危改重复享受年限"))), played(twice(4, paid=False))),
    )
    enact(
        town,
        "renovation_not_closed",
        per * 0.6,
        (
            played(open_chain("发现日期", reporting + 1, ())),
            played(open_chain("审批日期", standards.whole("危改开工天数") + 20, ())),
            played(open_chain("竣工日期", standards.whole("危改验收天数") + 1, ())),
            played(open_chain("验收日期", closing + 1, ())),
        ),
        (
            played(open_chain("发现日期", reporting, ())),
            played(open_chain("审批日期", standards.whole("危改开工天数"), ())),
            played(open_chain("验收日期", closing, ())),
        ),
    )


def _emptied(estate: Estate) -> Act:
    """Has a dangerous house that stands empty, and lives in a safe one."""

    def act(_stage: Stage, household: Household) -> str:
        estate.house(household, "D级", 唯一住房="否", 是否居住="否", 住房用途="闲置")
        return household.number

    return act
