"""社会救助 and the two disability subsidies: what is granted, and what follows from it by the rules."""

from __future__ import annotations

from xianjie.demo import names
from xianjie.demo.days import THIS_MONTH, TODAY, age, birthday_month, in_month, month, month_of
from xianjie.demo.dice import Dice, Weighted
from xianjie.demo.model import Certificate, Household, Person, Relief, Spell, Township
from xianjie.demo.standards import Standards

LIVING = "困难残疾人生活补贴"
CARE = "重度残疾人护理补贴"
BEGAN = month("2016-01")  # both subsidies exist since 2016
MIND = ("智力", "精神")
SEVERE = ("一级", "二级")
_TIERS = Weighted.of({"全额": 18.0, "A档": 27.0, "B档": 35.0, "C档": 20.0})


def _review(dice: Dice) -> int:
    return TODAY - dice.between(30, 330)


def some_month(dice: Dice, first: str, last: str) -> int:
    return dice.between(month(first), month(last))


def grant(dice: Dice, person: Person, kind: str, first: int, tier: str = "") -> Relief:
    """Put one person on relief from a month on."""
    relief = Relief(kind, max(first, month_of(person.birth)), tier, reviewed=_review(dice))
    person.relief.append(relief)
    return relief


def grant_household(
    dice: Dice, household: Household, kind: str, first: int, listed: list[Person] | None = None
) -> None:
    """低保 or 低保边缘 for a household: one row each for the members (or for those listed)."""
    tier = dice.weighted(_TIERS) if kind == "低保" else ""
    for person in household.living if listed is None else listed:
        grant(dice, person, kind, first, tier)


def grant_care(dice: Dice, person: Person, kept: str = "") -> None:
    """特困供养: in a home or at home with someone who looks after."""
    relief = grant(dice, person, "特困", some_month(dice, "2014-01", "2023-10"))
    relief.support = kept or ("集中供养" if dice.chance(0.3) else "分散供养")
    if relief.support == "分散供养":
        relief.carer = names.full_name(dice)


def household_relief(person: Person, kind: str, on: int) -> Relief | None:
    """The 低保 or 低保边缘 by which a person counts in a month: one's own, or that of those one lives with."""
    for other in [person, *(person.household.members if person.together != "否" else ())]:
        for relief in other.relief:
            if relief.kind == kind and relief.first <= on <= (on if relief.last is None else relief.last):
                return relief
    return None


def _severe(standards: Standards, certificate: Certificate) -> bool:
    if certificate.care == "否":
        return False
    if certificate.level in SEVERE:
        return True
    return certificate.category in MIND and standards.applies("护理补贴覆盖三四级智力精神")


def entitlements(standards: Standards, person: Person) -> list[Spell]:
    """What a certificate holder is due: from when, to when and why it ended."""
    if not person.certificates or any(flag.kind == "工伤护理费" and flag.last is None for flag in person.flags):
        return []
    on = THIS_MONTH if person.last_month is None else person.last_month
    certificate = person.certificate
    if certificate is None or person.draws("特困", on):
        return []
    end = person.last_month
    reason = "" if end is None else "死亡" if person.death is not None else "迁出"
    first = max(BEGAN, min(month_of(c.issued) for c in person.certificates))
    spells: list[Spell] = []
    kinds = ("低保", "低保边缘") if standards.applies("生活补贴覆盖低保边缘家庭") else ("低保",)
    orphan = person.draws("孤儿", on) or any(flag.kind == "孤儿" for flag in person.flags)
    poor = next((r for kind in kinds if (r := household_relief(person, kind, on))), None)
    if poor and not orphan:
        spells.append(Spell(LIVING, min(max(first, poor.first), on), end, reason))
    if _severe(standards, certificate):
        spells.append(Spell(CARE, min(first, on), end, reason))
    return spells


def give_subsidies(town: Township) -> None:
    """Everyone draws what is due, except what a case withholds."""
    for person in town.everyone():
        if person.certificates:
            drawn = list(person.subsidies)  # until the household left 低保, or somebody died
            for spell in entitlements(town.standards, person):
                twice = any(s.kind == spell.kind and (s.last is None or s.last >= spell.first) for s in drawn)
                if spell.kind not in person.withheld and not twice:
                    person.subsidies.append(spell)


def _on_care(town: Township, dice: Dice, free: list[Household]) -> None:
    """特困: old people and bachelors who live alone."""
    alone = [h for h in free if len(h.members) == 1 and age(h.head.birth) >= 55]
    for household in dice.shuffled(alone)[: dice.amount(town.persons * 0.006)]:
        grant_care(dice, household.head)


def _orphans(dice: Dice, free: list[Household]) -> None:
    for household in free:
        raised = [p for p in household.members if p.relation in ("之孙子", "之孙女") and age(p.birth) < 16]
        if raised and all(p.relation in ("户主", "配偶", "之孙子", "之孙女") for p in household.members):
            chance = dice.random()
            kind = "孤儿" if chance < 0.06 else "事实无人抚养" if chance < 0.2 else ""
            for child in raised if kind else ():
                grant(dice, child, kind, some_month(dice, "2020-01", "2023-11"))


def _weight(household: Household) -> float:
    """How likely a household is to be poor."""
    weight = 1.0
    if any(person.certificates for person in household.members):
        weight += 6
    if household.lifted:
        weight += 6
    if household.monitored:
        weight += 8
    if all(age(person.birth) >= 65 for person in household.members):
        weight += 2
    return weight


def give_relief(town: Township) -> None:
    """Choose who is on 特困, 孤儿, 低保 and 低保边缘 among the households that act no case."""
    dice = town.dice("relief")
    free = [household for household in town.households if not household.case and household.living]
    _on_care(town, dice, free)
    _orphans(dice, free)
    free = [household for household in free if not any(person.relief for person in household.members)]
    ranked = sorted(free, key=lambda household: (-(dice.random() ** (1 / _weight(household))), household.number))
    left = dice.amount(town.persons * 0.04)
    edge = dice.amount(town.persons * 0.008)
    former = dice.amount(town.persons * 0.004)
    for household in ranked:
        size = len(household.living)
        first = some_month(dice, "2015-01", "2023-11")
        if left > 0:
            alone = [p for p in household.living if p.certificate and p.certificate.level in SEVERE]
            single = alone[:1] if size > 2 and dice.chance(0.25) else []  # 单人保
            grant_household(dice, household, "低保", first, single or None)
            left -= len(single) or size
        elif edge > 0:
            grant_household(dice, household, "低保边缘", max(first, month("2021-06")))
            edge -= size
        elif former > 0:
            _leave_relief(dice, household, first)
            former -= size
        else:
            break


def _leave_relief(dice: Dice, household: Household, first: int) -> None:
    """A household that was on 低保 until some months ago; so were its subsidies for the disabled."""
    last = some_month(dice, "2023-06", "2024-09")
    grant_household(dice, household, "低保", min(first, last - 12))
    for person in household.members:
        for relief in person.relief:
            relief.last = last
        if person.certificate and month_of(person.certificates[0].issued) <= last:
            issued = month_of(person.certificates[0].issued)
            person.subsidies.append(Spell(LIVING, max(BEGAN, issued, min(first, last - 12)), last, "退出低保"))


_CATEGORIES = Weighted.of({"肢体": 55.0, "视力": 9.0, "听力": 9.0, "言语": 1.0, "智力": 8.0, "精神": 10.0, "多重": 8.0})
_LEVELS = Weighted.of({"一级": 12.0, "二级": 24.0, "三级": 26.0, "四级": 38.0})
_CARE = {  # level -> 需长期照护
    "一级": Weighted.of({"是": 84.0, "": 16.0}),
    "二级": Weighted.of({"是": 62.0, "": 28.0, "否": 10.0}),
    "三级": Weighted.of({"是": 20.0, "": 40.0, "否": 40.0}),
    "四级": Weighted.of({"": 40.0, "否": 60.0}),
}


def certificate(
    dice: Dice, person: Person, category: str = "", level: str = "", care: str | None = None
) -> Certificate:
    """A valid certificate, with what is not given decided by chance, put to the person's certificates."""
    level = level or dice.weighted(_LEVELS)
    earliest = max(month("2009-06"), birthday_month(person.birth, 1))
    issued = in_month(dice.between(earliest, max(earliest, month("2024-06"))), dice.between(1, 28))
    issued = min(issued, TODAY - 30)
    made = Certificate(
        category or dice.weighted(_CATEGORIES), level, issued, dice.weighted(_CARE[level]) if care is None else care
    )
    if issued >= TODAY - int(9.9 * 365) and dice.chance(0.75):  # the third generation is valid for ten years
        made.expires = in_month(month_of(issued) + 120, 28)
    if dice.chance(0.08):
        made.renewal = "B1"
    person.certificates.append(made)
    return made


def _share(years: int) -> float:
    """The share of certificate holders at an age."""
    return 0.008 if years < 18 else 0.03 if years < 45 else 0.05 if years < 60 else 0.07 if years < 80 else 0.09


def certify(town: Township) -> None:
    """Certificates of those who act no case; some have run out or been cancelled."""
    dice = town.dice("certificates")
    for household in town.households:
        for person in household.members:
            years = age(person.birth)
            if household.case or years < 2 or not dice.chance(_share(years)):
                continue
            made = certificate(dice, person)
            if dice.chance(0.04):
                made.issued = min(made.issued, TODAY - 3700)
                made.expires, made.state = TODAY - dice.between(10, 500), "过期"
                made.issued = max(made.issued, person.birth + 200)
            elif dice.chance(0.02):
                made.state = "注销"
