"""The made-up township while it is being made: people and what befell them, not yet rows of ledgers.

Days and months are numbers (xianjie.demo.days). What is None has not been decided, and the part that decides it
follows the rules; a case (xianjie.demo.casting) that plants an irregularity decides it beforehand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from xianjie.demo.days import TODAY, month_of
from xianjie.demo.dice import Dice
from xianjie.demo.standards import Standards

GONE = ("已迁出", "已注销")


@dataclass(slots=True)
class Village:
    code: str
    name: str
    town_centre: bool
    tag: str  # stands for the village in numbers: the end of its code
    population: int = 0
    head: str = ""  # 村委会主任
    keepers: tuple[str, ...] = ()  # who looks after assets and inspects them

    @property
    def short(self) -> str:
        """保贤村 is 保贤; 赵村 stays 赵村."""
        return self.name.removesuffix("村") if len(self.name) > 2 else self.name


@dataclass(slots=True)
class Spell:
    """A stretch of months in which something is drawn; `last` is the last month, None while it goes on."""

    kind: str
    first: int
    last: int | None = None
    reason: str = ""  # 终止原因

    def covers(self, month: int) -> bool:
        return self.first <= month and (self.last is None or self.last >= month)


@dataclass(slots=True)
class Certificate:
    category: str
    level: str
    issued: int
    care: str = ""  # 需长期照护
    expires: int | None = None
    state: str = "有效"
    renewal: str = ""

    @property
    def valid(self) -> bool:
        return self.state == "有效" and self.issued <= TODAY and (self.expires is None or self.expires >= TODAY)


@dataclass(slots=True)
class Relief:
    """A person's part in a 社会救助 case."""

    kind: str  # 低保 低保边缘 特困 孤儿 事实无人抚养
    first: int
    tier: str = ""
    last: int | None = None
    support: str = ""  # 供养方式
    carer: str = ""
    reviewed: int | None = None


@dataclass(slots=True)
class Cover:
    """A row of the insurance ledger."""

    year: int
    kind: str = "城乡居民医保"
    place: str = "文水县"
    state: str = "正常参保"
    first: int | None = None
    last: int | None = None
    category: str = ""  # 资助类别
    aid: int = 0
    paid: int | None = None
    paid_on: int | None = None


@dataclass(slots=True)
class Payment:
    """One row of payments; money in 元."""

    item: str
    first: int
    amount: str
    paid_on: int | None
    last: int | None = None  # last month of the period; None: the same as the first
    state: str = "已发放"
    reason: str = ""
    recovered: str = ""
    number: str = ""
    repays: Payment | None = None  # the failed payment that this one makes good
    into: Person | None = None  # whose account it goes to, when not one's own
    note: str = ""  # what the batch is called besides its month: 补发


@dataclass(slots=True)
class Event:
    kind: str
    on: int
    source: str


@dataclass(slots=True)
class Flag:
    kind: str
    source: str
    first: int | None = None
    last: int | None = None


@dataclass(slots=True, eq=False)
class Person:
    sex: str
    birth: int
    relation: str
    household: Household
    surname: str = ""
    name: str = ""
    number: str = ""
    system_number: str = ""
    status: str = "在籍"
    together: str = "是"
    shows_birth: bool = True
    placeholder: bool = False  # has no number yet: 999999…
    schooling: str = ""  # 文化程度
    grade: str = ""  # 在校生状况
    health: tuple[str, ...] = ()
    labour: str = ""
    death: int | None = None
    left: int | None = None  # the day of 迁出, when not back
    events: list[Event] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)
    certificates: list[Certificate] = field(default_factory=list)
    relief: list[Relief] = field(default_factory=list)
    covers: list[Cover] | None = None  # None: what the rules give
    withheld: tuple[str, ...] = ()  # disability subsidies that are due and are not given
    subsidies: list[Spell] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)  # besides what follows from the spells
    paid_until: dict[str, int] = field(default_factory=dict)  # 项目 -> last month really paid
    account: str = ""
    fault: str = ""  # what is wrong with the number: check short old excel sex birth
    listed: bool = True  # False: in other ledgers, and not in the register
    proxy: Person | None = None  # collects what is this person's, with a written authority

    @property
    def registered(self) -> bool:
        return self.listed and self.status not in GONE

    @property
    def present(self) -> bool:
        """In the register, alive and not moved away."""
        return self.registered and self.death is None and self.left is None

    @property
    def last_month(self) -> int | None:
        """The last month for which anything may be drawn."""
        ends = [month_of(day) for day in (self.death, self.left) if day is not None]
        return min(ends) if ends else None

    @property
    def certificate(self) -> Certificate | None:
        return next((c for c in self.certificates if c.valid), None)

    def draws(self, kind: str, month: int) -> bool:
        """On this kind of 社会救助 in that month."""
        return any(r.kind == kind and r.first <= month and (r.last is None or r.last >= month) for r in self.relief)


@dataclass(slots=True, eq=False)
class SecondEntry:
    """Another row of the register for someone who already has one: moved away, or entered twice."""

    person: Person
    relation: str
    status: str = "在籍"
    together: str = "否"
    name: str = ""  # as written here, if differently


@dataclass(slots=True, eq=False)
class Household:
    village: Village
    members: list[Person] = field(default_factory=list)
    also: list[SecondEntry] = field(default_factory=list)
    number: str = ""
    group: int = 1  # 村民小组
    farmland: int = 0  # 亩
    phone: str = ""
    system_number: str = ""
    lifted: int | None = None  # 脱贫年度; None: 一般农户
    monitored: str = ""  # 监测对象类别
    risk_gone: str = ""
    phone_of: Household | None = None  # whose telephone is given as its own
    collector: Person | None = None  # whose account takes what is paid by household; None: the head's
    spared: bool = False  # nobody dies in these two years: a small town has too few of the kind
    miscounted: int = 0  # by how many 家庭人口数 is wrong
    case: str = ""  # the case it was cast for; nothing else befalls such a household

    @property
    def head(self) -> Person:
        return self.members[0]

    @property
    def living(self) -> list[Person]:
        return [p for p in self.members if p.present]


@dataclass(slots=True, eq=False)
class Loan:
    """A 小额信贷 contract and what was done after it; money in whole 元."""

    borrower: Person
    amount: int
    signed: int
    due: int
    rate: int  # hundredths of a percent
    use: str
    number: str = ""
    kind: str = "新增贷款"
    follows: Loan | None = None  # the loan that it renews or extends
    balance: int | None = None  # None: the whole amount, or nothing once settled
    settled: int | None = None
    state: str = ""
    bank: str = ""
    payee: str = ""  # 收款方; blank: the borrower, and 本人 in it stands for the borrower's name
    subsidised: bool = True  # 是否贴息
    care: str = ""  # what goes wrong in the care after it: 少贴 多贴 未查
    events: list[tuple[str, int, str, str]] = field(default_factory=list)  # 类型, day, 金额, 备注


@dataclass(slots=True)
class Township:
    """Everything made so far. `planted` holds (audit, subject): a person, a loan, a problem's row, or a number."""

    seed: int
    persons: int
    standards: Standards
    villages: list[Village]
    households: list[Household] = field(default_factory=list)
    loans: list[Loan] = field(default_factory=list)
    planted: list[tuple[str, Any]] = field(default_factory=list)
    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)  # rows of ledgers that are not about persons
    counters: dict[str, int] = field(default_factory=dict)

    def count(self, what: str) -> int:
        """1 the first time this is counted, then 2, 3, …"""
        self.counters[what] = self.counters.get(what, 0) + 1
        return self.counters[what]

    def dice(self, part: str) -> Dice:
        return Dice(self.seed, part)

    def everyone(self) -> list[Person]:
        return [person for household in self.households for person in household.members]

    def plant(self, audit: str, subject: Person | Loan | dict[str, Any] | str) -> None:
        self.planted.append((audit, subject))

    def truth(self) -> list[tuple[str, str]]:
        """(audit, 对象), sorted. People, loans and problems get their numbers after they are cast."""
        return sorted((audit, _number_of(subject)) for audit, subject in self.planted)


def _number_of(subject: Person | Loan | dict[str, Any] | str) -> str:
    if isinstance(subject, dict):
        return subject["问题编号"]
    return subject if isinstance(subject, str) else subject.number
