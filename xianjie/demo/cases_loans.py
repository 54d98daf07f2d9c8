"""Cases of the audits loan_overdue and loan_misused. Each is acted by a 脱贫户 made for it."""

from __future__ import annotations

from collections.abc import Callable

from xianjie.demo.casting import Case, Script, Stage
from xianjie.demo.days import TODAY, age, day
from xianjie.demo.dice import Dice
from xianjie.demo.fate import recent
from xianjie.demo.loans import LOOK_ALIKE_USES, make, most, rate_on, renew
from xianjie.demo.model import Loan, Person

Act = Callable[[Stage, Loan], None]
FORBIDDEN_USES = (
    "自建房", "翻盖房屋", "在县城购房", "儿子买房首付", "住房装修", "儿子结婚", "女儿婚嫁", "支付彩礼", "购买理财产品",
    "转存款", "归还外债，还债", "还贷", "购车自用", "买车家用", "购置家具", "购买家电", "入股分红", "转贷给他人使用",
)  # fmt: skip


def may_borrow(person: Person) -> bool:
    return 24 <= age(person.birth) <= 58 and person.relation in ("户主", "配偶")


def _lift(person: Person, dice: Dice) -> None:
    person.household.lifted = dice.between(2014, 2020)


def _due(stage: Stage, person: Person, due: int) -> Loan:
    """A loan of a year that was due on a day and has not been paid back."""
    _lift(person, stage.dice)
    loan = make(stage.town, stage.dice, person, due - 366, 12)
    loan.due = due
    stage.town.loans.append(loan)
    return loan


def _limit(stage: Stage) -> int:
    return stage.threshold("贷款逾期处置天数")


def _long_due(stage: Stage) -> int:
    return recent(stage.dice.between(_limit(stage) + 40, _limit(stage) + 300))


def _overdue(due: Callable[[Stage], int], then: Act | None = None) -> Callable[[Stage, Person], None]:
    def act(stage: Stage, person: Person) -> None:
        loan = _due(stage, person, due(stage))
        if then is not None:
            then(stage, loan)
        stage.subject(loan)

    return act


def _event(kind: str, days_ago: Callable[[Stage], int], note: str = "", amount: str = "") -> Act:
    def act(stage: Stage, loan: Loan) -> None:
        loan.events.append((kind, recent(days_ago(stage)), amount, note))

    return act


def _urged_too_early(stage: Stage, loan: Loan) -> None:
    loan.events.append(("催收", loan.due - 15, "", "到期提醒"))


def _settled(stage: Stage, loan: Loan) -> None:
    """Late, but paid back."""
    loan.settled, loan.state = loan.due + 20, "已结清"
    loan.events.append(("还款", loan.settled, f"{loan.amount}.00", "逾期后还清"))


def _nothing_left(stage: Stage, loan: Loan) -> None:
    loan.balance = 0


def _state(state: str, kind: str) -> Act:
    def act(stage: Stage, loan: Loan) -> None:
        loan.state = state
        loan.events.append((kind, loan.due + 90, f"{loan.amount}.00", ""))

    return act


def _extended(stage: Stage, loan: Loan) -> None:
    stage.town.loans.append(renew(stage.town, loan, loan.due - 3, 24, "展期"))


def _renewed(stage: Stage, loan: Loan) -> None:
    """Renewed on the day it was due, but the bank has not yet entered that the old loan is settled."""
    new = renew(stage.town, loan, loan.due, 24)
    loan.settled, loan.state = None, "逾期"
    stage.town.loans.append(new)


def _more_lent(stage: Stage, loan: Loan) -> None:
    """A second loan on top settles nothing."""
    signed = loan.signed + 60
    rate = rate_on(stage.town, signed, 36)
    more = Loan(loan.borrower, 10000, signed, recent(-300), rate, loan.use, kind="追加贷款", follows=loan)
    more.bank = loan.bank
    loan.amount = most(stage.town) - more.amount
    stage.town.loans.append(more)


def _used(uses: tuple[str, ...]) -> Callable[[Stage, Person], None]:
    def act(stage: Stage, person: Person) -> None:
        _lift(person, stage.dice)
        signed = day("2023-02-01") + stage.dice.below(640)
        loan = make(stage.town, stage.dice, person, signed, 36, stage.dice.pick(uses))
        stage.town.loans.append(loan)
        stage.subject(loan)

    return act


OVERDUE_CASES = (
    Case("nothing_done", True, may_borrow, _overdue(_long_due)),
    Case("day_after_limit", True, may_borrow, _overdue(lambda stage: recent(_limit(stage) + 1))),
    Case("urged_long_ago", True, may_borrow, _overdue(_long_due, _event("催收", lambda s: _limit(s) + 1, "电话催收"))),
    Case("urged_too_early", True, may_borrow, _overdue(_long_due, _urged_too_early)),
    Case("only_visited", True, may_borrow, _overdue(_long_due, _event("检查", lambda s: 5, "未见到本人"))),
    Case("only_marked", True, may_borrow, _overdue(_long_due, _event("逾期", lambda s: 10, "转逾期"))),
    Case("more_lent", True, may_borrow, _overdue(_long_due, _more_lent)),
    Case("on_limit", False, may_borrow, _overdue(lambda stage: recent(_limit(stage)))),
    Case("due_today", False, may_borrow, _overdue(lambda stage: TODAY)),
    Case("urged", False, may_borrow, _overdue(_long_due, _event("催收", lambda s: 10, "上门催收"))),
    Case("urged_on_limit", False, may_borrow, _overdue(_long_due, _event("催收", _limit, "上门催收"))),
    Case("partly_repaid", False, may_borrow, _overdue(_long_due, _event("还款", lambda s: 15, "归还部分", "5000.00"))),
    Case("settled_late", False, may_borrow, _overdue(_long_due, _settled)),
    Case("nothing_left", False, may_borrow, _overdue(_long_due, _nothing_left)),
    Case("written_off", False, may_borrow, _overdue(_long_due, _state("已核销", "核销"))),
    Case("compensated", False, may_borrow, _overdue(_long_due, _state("已风险补偿", "风险补偿"))),
    Case("extended", False, may_borrow, _overdue(_long_due, _extended)),
    Case("renewed", False, may_borrow, _overdue(_long_due, _renewed)),
)
MISUSED_CASES = (
    Case("forbidden", True, may_borrow, _used(FORBIDDEN_USES)),
    Case("sounds_forbidden", False, may_borrow, _used(LOOK_ALIKE_USES)),
)

OVERDUE_SCRIPT = Script("loan_overdue", 1.8, OVERDUE_CASES)
MISUSED_SCRIPT = Script("loan_misused", 1.4, MISUSED_CASES)
