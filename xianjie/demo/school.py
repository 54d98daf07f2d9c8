"""Who goes to school where, term by term, with the aid, the lessons at home and the drop-outs that belong to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from xianjie.demo import cases_education, names
from xianjie.demo.cases_education import NOT_PLACED, SCHOOL_YEAR
from xianjie.demo.days import THIS_MONTH, TODAY, age, day, in_month, iso, month
from xianjie.demo.model import GONE, Household, Person, Township

Row = dict[str, Any]


SPRING, AUTUMN = "2024年春季", "2024年秋季"


_MONTHS = {SPRING: ("2024-03", "2024-04", "2024-05", "2024-06"), AUTUMN: ("2024-09", "2024-10", "2024-11")}


GRADES = ("一年级", "二年级", "三年级", "四年级", "五年级", "六年级", "七年级", "八年级", "九年级")


_SCHOOLS = {
    "小学": "示范镇中心小学",
    "初中": "示范镇初级中学",
    "普通高中": "示范县第一中学",
    "中职": "示范县职业中学",
    "高职高专": "示范职业技术学院",
    "本科": "示范大学",
    "特殊教育": "示范县特殊教育学校",
}


_BOARDING = {"小学": 0.12, "初中": 0.7, "普通高中": 0.95, "中职": 0.95, "高职高专": 1.0, "本科": 1.0}


AID = {  # 学段, 是否寄宿 -> 资助项目; how much it is, 学生资助 in the standards says
    ("学前", "否"): "学前教育资助",
    ("小学", "是"): "寄宿生生活补助",
    ("小学", "否"): "非寄宿生生活补助",
    ("初中", "是"): "寄宿生生活补助",
    ("初中", "否"): "非寄宿生生活补助",
    ("特殊教育", "是"): "寄宿生生活补助",
    ("普通高中", "是"): "普通高中国家助学金",
    ("普通高中", "否"): "普通高中国家助学金",
    ("中职", "是"): "中职国家助学金",
    ("中职", "否"): "中职国家助学金",
    ("高职高专", "是"): "高校国家助学金",
    ("高职高专", "否"): "高校国家助学金",
    ("本科", "是"): "高校国家助学金",
    ("本科", "否"): "高校国家助学金",
}


YULU = "雨露计划"


_VOCATIONAL = ("中职", "高职高专")


_LESSONS = ("认识10以内的数", "说出日常用品的名称", "练习穿衣洗漱", "康复训练", "看图说话", "认识人民币")


COMPULSORY = ("小学", "初中", "特殊教育")


def _level(grade: str, done: int) -> tuple[str, str]:
    """学段 and 年级 of this autumn, from 在校生状况."""
    if grade == "学前教育":
        return "学前", ("小班", "中班", "大班")[min(max(3 + done, 0), 2)]
    if 0 <= done < 9:
        return ("小学" if done < 6 else "初中"), GRADES[done]
    kind = next((kind for kind in ("普通高中", "中职", "高职高专", "本科") if grade.startswith(kind)), "")
    return kind, grade.removeprefix(kind)


def _level_before(stage: str, grade: str, done: int) -> tuple[str, str]:
    """What it was in spring."""
    if stage == "学前":
        return ("学前", grade) if done > -3 else ("", "")
    if stage in ("小学", "初中"):
        return ("学前", "大班") if done == 0 else ("小学" if done <= 6 else "初中", GRADES[done - 1])
    if grade == "一年级":
        return ("初中", "九年级") if stage in ("普通高中", "中职") else ("普通高中", "三年级")
    return stage, "一二三四五"["一二三四五".index(grade[0]) - 1] + "年级"


class School:
    """The terms of one township while they are being filled in."""

    def __init__(self, town: Township) -> None:
        self.town = town
        self.dice = town.dice("education")
        self.rows: list[Row] = []
        self.aid: list[Row] = []
        self.cases: list[Row] = []
        self.autumn: dict[int, Row] = {}  # id of the person -> this term's row
        self.helped: dict[int, list[Row]] = {}  # this term's aid
        self.pupils: list[Person] = []  # those of this term, in the register's order
        self.used: set[int] = set()
        self.taught: dict[int, list[Row]] = {}  # lessons at home of both terms
        self.dropped: set[int] = set()  # ids of rows that cases have taken out again
        self.left: set[int] = set()  # ids of pupils without a row of this term
        self.homes: dict[int, list[Household]] = {}
        for household in town.households:
            for entry in household.also:
                if entry.status not in GONE:
                    self.homes.setdefault(id(entry.person), []).append(household)

    def home(self, person: Person) -> Household:
        """The household to which the audits count someone: of two, the one in the village of the smaller code."""
        houses = [person.household, *self.homes.get(id(person), ())]
        return min(houses, key=lambda house: (house.village.code, house.number))

    def supported(self, person: Person) -> bool:
        house = self.home(person)
        return bool(house.lifted or (house.monitored and house.risk_gone != "是"))

    def needy(self, person: Person) -> bool:
        """Surely poor, as the audit sees it."""
        relieved = any(
            r.kind in ("低保", "特困", "孤儿", "事实无人抚养") and person.draws(r.kind, THIS_MONTH)
            for r in person.relief
        )
        return self.supported(person) or relieved or person.certificate is not None

    def poor(self, person: Person) -> bool:
        """Helped: the needy, and others whose household is hard up."""
        houses = {id(house): house for house in (person.household, self.home(person))}.values()
        return self.needy(person) or any(
            house.lifted or house.monitored or any(p.relief for p in house.members) for house in houses
        )

    def register(self, person: Person) -> None:
        """The rows of someone who is at school, in both terms."""
        done = age(person.birth, SCHOOL_YEAR) - 6
        stage, grade = _level(person.grade, done)
        if not stage or (stage in ("高职高专", "本科") and done < 12):
            return
        for term, (level, year) in ((SPRING, _level_before(stage, grade, done)), (AUTUMN, (stage, grade))):
            if level:
                self._term(person, term, level, year)

    def _term(self, person: Person, term: str, stage: str, grade: str) -> None:
        dice = self.dice
        way = "在读"
        if person.certificate is not None and stage in COMPULSORY:
            severity = person.certificate.level
            way = "送教上门" if severity == "一级" else "特校" if severity == "二级" else "随班就读"
            way = {"in_class": "随班就读", "special_school": "特校"}.get(self.case(person, NOT_PLACED), way)
            stage, grade = ("特殊教育", grade) if way == "特校" else (stage, grade)
        boards = "是" if stage == "特殊教育" or (way == "在读" and dice.chance(_BOARDING.get(stage, 0))) else "否"
        place = "镇内" if stage in ("学前", "小学", "初中") else "县内" if stage not in ("高职高专", "本科") else "县外"
        if way == "在读" and place == "镇内" and dice.chance(0.06):
            place = "县外"
        row: Row = {
            "身份证号": person.number,
            "姓名": person.name,
            "学期": term,
            "学校": self._school(person, stage, place),
            "学段": stage,
            "年级": grade,
            "就读方式": way,
            "学籍号": None if stage == "学前" else f"G{person.number}",
            "不在校原因": None,
            "批准文号": None,
            "批准止": None,
            "是否寄宿": boards,
            "就读地": place,
        }
        self.rows.append(row)
        if term == AUTUMN:
            self.autumn[id(person)] = row
            self.pupils.append(person)
        if self.poor(person):
            self._help(person, row)
        if way == "送教上门":
            self._teach(person, row, term)

    def _school(self, person: Person, stage: str, place: str) -> str:
        if stage == "学前":
            return f"{self.home(person).village.short}示范幼儿园"
        away = place == "县外" and stage in COMPULSORY
        return _SCHOOLS[stage].replace("示范", "外县示范") if away else _SCHOOLS[stage]

    def _help(self, person: Person, row: Row) -> None:
        if (row["学段"], row["是否寄宿"]) in AID:
            self.grant(person, row, AID[row["学段"], row["是否寄宿"]])
        if row["学段"] in _VOCATIONAL and self.supported(person):
            self.grant(person, row, YULU)

    def _amount(self, item: str, stage: str) -> str:
        """A term's aid in 元; that for living at school goes by the 学段."""
        tier = f"{stage}{item}" if item.endswith("寄宿生生活补助") else item
        return f"{self.town.standards.amount('学生资助', tier):.2f}"

    def grant(self, person: Person, row: Row, item: str, state: str = "已发放") -> Row:
        first = day("2024-11-05" if row["学期"] == AUTUMN else "2024-05-10")
        made: Row = {
            "资助编号": f"ZZ{self.town.count('student aid'):06d}",
            "身份证号": person.number,
            "姓名": person.name,
            "学期": row["学期"],
            "资助项目": item,
            "金额": self._amount(item, row["学段"]),
            "发放日期": iso(first + self.dice.below(20)) if state == "已发放" else None,
            "资助状态": state,
        }
        self.aid.append(made)
        if row["学期"] == AUTUMN:
            self.helped.setdefault(id(person), []).append(made)
        return made

    def _teach(self, person: Person, row: Row, term: str) -> None:
        """As often as is due and no oftener in each month of a term, and twice in the month that is not over."""
        often, hours = self.town.standards.whole("送教每月次数"), self.town.standards.whole("送教每次课时")
        teacher = names.full_name(self.dice, "女", 1985)
        dates = []
        for text in _MONTHS[term]:
            step = max(1, 20 // max(often, 1))
            first = self.dice.between(8 if text == "2024-10" else 2, 8)
            dates += [in_month(month(text), min(first + step * time, 28)) for time in range(often)]
        if term == AUTUMN:
            dates += [day("2024-12-04"), day("2024-12-11")]
        for on in dates:
            self.taught.setdefault(id(person), []).append(
                {
                    "身份证号": person.number,
                    "姓名": person.name,
                    "日期": iso(on),
                    "学校": row["学校"],
                    "课时": hours,
                    "教师": teacher,
                    "内容": self.dice.pick(_LESSONS),
                    "监护人签字": "是",
                }
            )

    def case(self, person: Person, audit: str) -> str:
        """The case of an audit that a pupil was cast for."""
        actor = person.certificates and cases_education.pupil(person)
        name = person.household.case
        return name.removeprefix(f"{audit}:") if actor and name.startswith(f"{audit}:") else ""

    # --- what cases change

    @property
    def several(self) -> bool:
        """Whether somebody is left when one more goes: without any row of this term nobody would be missed."""
        return len(self.pupils) - len(self.left) > 1

    def drop(self, row: Row) -> None:
        self.dropped.add(id(row))

    def leave(self, person: Person) -> None:
        """No row of this term and nothing that hangs on it."""
        self.drop(self.autumn.pop(id(person)))
        self.left.add(id(person))
        self._stop(person)

    def unhelp(self, person: Person) -> None:
        for row in self.helped.pop(id(person), ()):
            self.drop(row)

    def late(self, person: Person) -> list[Row]:
        """This term's lessons at home."""
        return [lesson for lesson in self.taught.get(id(person), ()) if lesson["日期"] >= "2024-09-01"]

    def _stop(self, person: Person) -> None:
        self.unhelp(person)
        for lesson in self.late(person):
            self.drop(lesson)

    def absent(
        self, person: Person, way: str, reason: str, approval: str | None = None, until: str | None = None
    ) -> None:
        self.autumn[id(person)].update({"就读方式": way, "不在校原因": reason, "批准文号": approval, "批准止": until})
        self._stop(person)

    def kept(self, rows: Iterable[Row]) -> list[Row]:
        return [row for row in rows if id(row) not in self.dropped]

    def drop_out(self, person: Person, found: int, **more: Any) -> Row:
        row: Row = {
            "劝返编号": f"KC{self.town.count('dropout cases'):04d}",
            "身份证号": person.number,
            "姓名": person.name,
            "发现日期": iso(found),
            "失学分类": "厌学辍学",
            "劝返日期": iso(min(found + 2, TODAY)),
            "劝返记录": "校长和村干部入户劝返",
            "劝返结果": "劝返中",
            "销号日期": None,
            "责任人": names.full_name(self.dice),
        }
        row.update(more)
        self.cases.append(row)
        return row

    def take(self, fits: Callable[[Person], bool]) -> Person | None:
        """Some pupil of this term who acts no case yet."""
        start = self.dice.below(len(self.pupils)) if self.pupils else 0
        for step in range(len(self.pupils)):
            person = self.pupils[(start + step) % len(self.pupils)]
            free = not person.household.case and id(person) not in self.used and id(person) not in self.left
            if free and fits(person):
                self.used.add(id(person))
                return person
        return None

    def stage(self, person: Person) -> str:
        return self.autumn[id(person)]["学段"]

    def plain(self, person: Person) -> bool:
        """At school in the ordinary way, no certificate."""
        return self.autumn[id(person)]["就读方式"] == "在读" and not person.certificates

    def pupil(self, person: Person) -> bool:
        return self.plain(person) and self.stage(person) in ("小学", "初中")
