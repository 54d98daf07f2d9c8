"""Cases of the audits about 小额信贷 contracts and the care after them. Each is acted by a household made for it."""

from __future__ import annotations

from collections.abc import Callable

from xianjie.demo.cases_loans import may_borrow
from xianjie.demo.casting import Case, Script, Stage
from xianjie.demo.days import TODAY, age, birthday_month, day, in_month
from xianjie.demo.fate import recent
from xianjie.demo.loans import BANKS, due_after, make, most, renew
from xianjie.demo.model import Loan, Person

Act = Callable[[Stage, Person], None]
COMPANY = "示范农业科技有限公司"


def _lift(stage: Stage, person: Person) -> None:
    person.household.lifted = stage.dice.between(2014, 2020)


def _loan(stage: Stage, person: Person, signed: int, months: int = 36) -> Loan:
    loan = make(stage.town, stage.dice, person, signed, months)
    stage.town.loans.append(loan)
    return loan


def _live(stage: Stage, person: Person, months: int = 36) -> Loan:
    """A lawful loan of a year or so ago, to be spoilt."""
    _lift(stage, person)
    ago = stage.dice.between(300, 350) if months <= 13 else stage.dice.between(400, 650)
    return _loan(stage, person, recent(ago), months)


def _spoilt(spoil: Callable[[Loan], None], months: int = 36) -> Act:
    def act(stage: Stage, person: Person) -> None:
        loan = _live(stage, person, months)
        spoil(loan)
        stage.subject(loan)

    return act


def _set(**values: object) -> Callable[[Loan], None]:
    def spoil(loan: Loan) -> None:
        for name, value in values.items():
            setattr(loan, name, value)

    return spoil


def _too_long(stage: Stage, person: Person) -> None:
    loan = _live(stage, person)
    loan.due = due_after(loan.signed, stage.threshold("小额信贷最长月数") + 4)
    stage.subject(loan)


def _beyond(more: int, subsidised: bool) -> Act:
    """So much more than bears a subsidy."""

    def act(stage: Stage, person: Person) -> None:
        loan = _live(stage, person)
        loan.amount, loan.subsidised = most(stage.town) + more, subsidised
        stage.subject(loan)

    return act


def _lent_on_top(amount: int, subsidised: bool) -> Act:
    """A second loan while the first, as large as may be, runs: lawful when it bears no subsidy."""

    def act(stage: Stage, person: Person) -> None:
        first = _live(stage, person)
        first.amount = most(stage.town)
        more = _loan(stage, person, first.signed + 90, 24)
        more.kind, more.follows, more.amount, more.subsidised = "追加贷款", first, amount, subsidised
        stage.subject(more)

    return act


def _to_seller(stage: Stage, person: Person) -> None:
    """Paid out to somebody who sold sheep to this household only."""
    _live(stage, person).payee = f"示范羊贩{stage.town.count('sellers of sheep')}号"


def _signed_at(years: int) -> Act:
    """Signed in the month after the birthday `years`."""

    def act(stage: Stage, person: Person) -> None:
        _lift(stage, person)
        loan = _loan(stage, person, in_month(birthday_month(person.birth, years) + 1, 10), 24)
        if loan.due < TODAY:
            loan.settled, loan.state = loan.due - 3, "已结清"
            loan.events.append(("还款", loan.settled, f"{loan.amount}.00", "全部还清"))
        stage.subject(loan)

    return act


def _old(low: int, high: int) -> Callable[[Person], bool]:
    return lambda person: low <= age(person.birth) <= high and person.relation in ("户主", "配偶")


def _dearer(loan: Loan) -> None:
    loan.rate += 20


def _before_lpr(stage: Stage, person: Person) -> None:
    """Of the time when the central bank still set the rates; long paid back."""
    _lift(stage, person)
    signed = day("2019-03-10") + stage.dice.below(60)
    loan = Loan(person, 30000, signed, due_after(signed, 12), 435, "养殖肉羊", bank=BANKS[0])
    loan.settled, loan.state = loan.due - 4, "已结清"
    loan.events.append(("还款", loan.settled, "30000.00", "全部还清"))
    stage.town.loans.append(loan)


def _overdue(days: int, urged: Callable[[int, int], tuple[int, ...]], state: str = "") -> Act:
    """A loan long due; `urged` says from its due day and the limit on which days the bank asked for it."""

    def act(stage: Stage, person: Person) -> None:
        _lift(stage, person)
        due = recent(days + stage.dice.below(60))
        loan = _loan(stage, person, due - 366, 12)
        loan.due = due
        for on in urged(due, stage.threshold("风险补偿催收天数")):
            loan.events.append(("催收", on, "", "上门催收"))
        if state:
            loan.state = state
            loan.events.append(("风险补偿", recent(12), f"{loan.amount * 7 // 10}.00", "县风险补偿金"))
        stage.subject(loan)

    return act


def _renewed(*kinds: str) -> Act:
    """Each loan of a year; the last is still running."""

    def act(stage: Stage, person: Person) -> None:
        _lift(stage, person)
        signed = recent(366 * len(kinds) + stage.dice.between(40, 120))
        loan = _loan(stage, person, signed, 12)
        for kind in kinds:
            loan = renew(stage.town, loan, loan.due - 2, 12, kind)
            stage.town.loans.append(loan)
        stage.subject(loan)

    return act


def _ineligible(stage: Stage, person: Person) -> None:
    """A household that was never poor."""
    stage.subject(_loan(stage, person, recent(stage.dice.between(200, 700)), 36))


def _once_watched(stage: Stage, person: Person) -> None:
    """Watched when the loan was signed; the risk is gone by now."""
    person.household.monitored, person.household.risk_gone = "边缘易致贫户", "是"
    _loan(stage, person, recent(stage.dice.between(340, 500)), 36)


def _case(name: str, planted: bool, act: Act, fits: Callable[[Person], bool] = may_borrow) -> Case:
    return Case(name, planted, fits, act)


SCRIPTS = (
    Script(
        "loan_over_cap",
        1.0,
        (
            _case("more_than_cap", True, _beyond(10000, True)),
            _case("too_long", True, _too_long),
            _case("lent_on_top", True, _lent_on_top(20000, True)),
            _case("too_old", True, _signed_at(66), _old(67, 69)),
            _case("rest_unsubsidised", False, _lent_on_top(30000, False)),
            _case("large_unsubsidised", False, _beyond(30000, False)),
            _case("old_by_now", False, _signed_at(65), _old(66, 68)),
        ),
    ),
    Script(
        "loan_rate_over_lpr",
        0.9,
        (
            _case("over_five_years", True, _spoilt(_dearer)),
            _case("over_one_year", True, _spoilt(_dearer, 12)),
            _case("before_lpr", False, _before_lpr, lambda person: 30 <= age(person.birth) <= 58),
            _case("thirteen_months", False, _spoilt(lambda loan: None, 13)),
        ),
    ),
    Script(
        "loan_to_company",
        0.8,
        (
            _case("to_company", True, _spoilt(_set(payee=COMPANY))),
            _case("to_cooperative", True, _spoilt(_set(payee="示范养殖专业合作社"))),
            _case("own_farm", False, _spoilt(_set(payee="本人家庭农场"))),
            _case("to_seller", False, _to_seller),
        ),
    ),
    Script(
        "interest_subsidy_wrong",
        0.9,
        (
            _case("stopped", True, _spoilt(_set(care="少贴"))),
            _case("too_much", True, _spoilt(_set(care="多贴"))),
            _case("not_subsidised", False, _spoilt(_set(subsidised=False))),
        ),
    ),
    Script(
        "risk_compensation_missing",
        0.8,
        (
            _case("urged_in_vain", True, _overdue(200, lambda due, limit: (due + 20, recent(10)))),
            _case("urged_past_limit", True, _overdue(200, lambda due, limit: (recent(limit + 1), recent(5)))),
            _case("urged_on_limit", False, _overdue(200, lambda due, limit: (recent(limit), recent(5)))),
            _case("compensated", False, _overdue(200, lambda due, limit: (due + 20, recent(80)), "已风险补偿")),
        ),
    ),
    Script("loan_without_check", 0.9, (_case("unvisited", True, _spoilt(_set(care="未查"))),)),
    Script(
        "loan_renewed_twice",
        0.7,
        (
            _case("renewed_twice", True, _renewed("续贷", "续贷")),
            _case("renewed_extended_renewed", True, _renewed("续贷", "展期", "续贷")),
            _case("renewed_and_extended", False, _renewed("续贷", "展期")),
        ),
    ),
    Script(
        "loan_to_ineligible",
        0.8,
        (_case("never_poor", True, _ineligible), _case("once_watched", False, _once_watched)),
    ),
)
