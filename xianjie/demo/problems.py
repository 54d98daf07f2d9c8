"""附件1: the problems that teams and villages found, lawfully filled in, and the cases of its two audits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from xianjie.demo import names
from xianjie.demo.casting import ENOUGH, Deed, Stage, enact
from xianjie.demo.days import THIS_YEAR, TODAY, day, iso, year_of
from xianjie.demo.dice import Dice
from xianjie.demo.model import Township, Village
from xianjie.demo.organisations import committee
from xianjie.demo.works import place

Row = dict[str, Any]
HEALTH = "健康帮扶"
DOING, DONE, KEPT = "正在整改", "整改完成", "整改完成长期坚持"
REPEATING = 3  # teams that are late again and again
SEASON = day("2024-08-15")  # the document's deadline


@dataclass(frozen=True)
class Finding:
    """What was found ({村} and {数} are filled in), what is to be done, what was done."""

    problem: str
    measure: str
    progress: str


FINDINGS = {
    "教育帮扶": (
        Finding("{村}{数}名残疾儿童送教上门没有记录", "由中心校逐人建档，每月送教4次", "{日}建档{数}份，送教{数}次"),
        Finding("{村}{数}名学生资助台账信息不全", "对照学籍逐人核对资助信息", "{日}核对完毕，补录{数}条"),
    ),
    HEALTH: (
        Finding("{村}家庭医生签约{数}户没有履约记录", "由卫生院组织村医逐户随访并登记", "{日}随访{数}户，补登履约记录"),
        Finding("{村}{数}名慢性病患者没有书面告知慢特病政策", "逐人送达告知单并签收", "{日}送达告知单{数}份"),
        Finding("{村}卫生室{数}种基本药物缺货", "卫生院按月配送，建立缺药登记", "{日}补齐药物{数}种"),
    ),
    "饮水安全": (
        Finding("{村}{数}口旱井枯水期没有水质检测", "会同水利站逐井采样送检", "{日}采样{数}份，结果全部合格"),
        Finding("{村}供水管道漏水，影响{数}户", "更换破损管道，恢复供水", "{日}更换管道{数}米，恢复供水"),
    ),
    "住房保障": (
        Finding("{村}{数}户危房改造后没有搬入新居", "逐户动员搬入，拆除旧房", "{日}搬入{数}户，旧房封存"),
        Finding("{村}一般农户住房安全排查漏{数}户", "由村两委逐户补查并登记", "{日}补查{数}户，没有发现危房"),
    ),
    "脱贫人口收入": (
        Finding("{村}{数}户收入测算没有农户签字", "逐户重新采集并由农户签字确认", "{日}重新采集{数}户，全部签字"),
        Finding("{村}{数}户收入下降没有分析原因", "逐户研判，制定增收措施", "{日}召开研判会，制定措施{数}条"),
        Finding("{村}{数}户农产品滞销", "对接电商服务点，组织消费帮扶", "{日}帮助销售农产品{数}百斤"),
    ),
    "防止返贫监测帮扶": (
        Finding("{村}{数}户监测对象帮扶措施没有佐证", "由帮扶责任人补齐措施佐证", "{日}补齐佐证{数}份"),
        Finding("{村}{数}条预警信息没有按期核实", "逐条入户核实并反馈", "{日}入户核实{数}条，全部反馈"),
    ),
    "产业帮扶": (
        Finding("{村}合作社带动{数}户没有签订协议", "补签联农带农协议，明确分红办法", "{日}补签协议{数}份"),
        Finding("{村}{数}笔小额信贷没有贷后检查记录", "会同银行逐笔检查并登记", "{日}检查{数}笔，补登贷后台账"),
    ),
    "帮扶项目资产": (
        Finding("{村}{数}项资产没有管护人", "由村集体确定管护人并公示", "{日}确定管护人{数}名并公示"),
    ),
    "资金项目": (
        Finding("{村}{数}个项目档案不齐", "对照清单补齐档案", "{日}补齐档案{数}卷"),
        Finding("{村}{数}项资产移交手续不全", "补办移交，双方签字盖章", "{日}办理移交{数}项"),
        Finding("{村}项目公示时间不足，涉及{数}个项目", "重新公示并留存照片", "{日}重新公示{数}个项目"),
    ),
    "就业帮扶": (
        Finding("{村}{数}名公益岗人员考勤不全", "按月考勤，由村委会审核", "{日}补齐考勤{数}份"),
        Finding("{村}{数}人交通补贴没有受理", "上门代办，及时审核发放", "{日}受理{数}人，已报县审核"),
    ),
    "兜底保障": (
        Finding("{村}{数}名残疾人补贴发放不及时", "与县残联比对，从申请当月补发", "{日}比对完毕，补发{数}人"),
        Finding("{村}{数}户低保没有年度复核", "逐户入户复核", "{日}复核{数}户"),
    ),
    "责任落实": (
        Finding("{村}入户走访记录{数}份内容雷同", "重新走访并如实记录", "{日}重新走访{数}户"),
        Finding("{村}干部对帮扶政策不熟悉，抽查{数}人答不上来", "组织集中学习和测试", "{日}培训{数}人，测试全部合格"),
    ),
}  # fmt: skip


def deadline(on: int, lasting: bool = False, health: bool = False) -> str:
    """'8月15日前完成整改', as 附件1 asks for it; next year's with the year. Health has to show first results only."""
    year = "" if year_of(on) == THIS_YEAR else f"{year_of(on)}年"
    what = "取得阶段性成效" if health else "完成整改"
    return f"{year}{_short_day(on)}前{what}" + ("并长期坚持" if lasting else "")


def _short_day(on: int) -> str:
    text = iso(on)
    return f"{int(text[5:7])}月{int(text[8:])}日"


def problem(
    town: Township, dice: Dice, team: dict[str, str], village: Village, by_village: bool, result: str, due: int = SEASON
) -> Row:
    """One problem, filled in as the document asks, put into the ledger."""
    finding = dice.pick(FINDINGS[team["领域"]])
    filled = day("2024-07-22") + dice.below(14)
    finished = filled + dice.between(3, 10)
    number = str(dice.between(2, 9))
    tracker = names.full_name(dice)
    where = f"（第{dice.between(1, 8)}村民小组，{names.full_name(dice)}反映）"  # no two villages in the same words

    def told(text: str) -> str:
        return text.replace("{村}", village.name).replace("{数}", number).replace("{日}", _short_day(finished))

    owner = committee(village) if by_village else team["牵头单位"]
    row: Row = {
        "级别": "村" if by_village else "镇",
        "对照排查内容排查出的具体问题": told(finding.problem) + where,
        "整改措施": f"{told(finding.measure)}，由{tracker}负责",
        "整改进展": told(finding.progress),
        "整改时限": deadline(due, result == KEPT, team["领域"] == HEALTH),
        "整改结果": result,
        "牵头单位": owner,
        "配合单位": team["牵头单位"] if by_village else committee(village),
        "责任人": village.head if by_village else team["主要负责人"],
        "备注": "长期坚持类" if result == KEPT else None,
        "专班": team["专班"],
        "填表人": names.full_name(dice),
        "村代码": village.code,
        "领域": team["领域"],
        "审计": None,
        "对象": None,
        "时限日期": iso(due),
        "督办人": tracker,
        "填报日期": iso(filled),
        "办结日期": iso(finished) if result != DOING else None,
    }
    town.tables["problems"].append(row)
    return row


def _any(stage: Stage, teams: list[dict[str, str]], result: str = DOING, due: int = TODAY + 16) -> Row:
    """A problem still being put right whose time has not come, for a case to spoil."""
    dice = stage.dice
    return problem(stage.town, dice, dice.pick(teams), place(stage.town, dice), False, result, due)


def _late_cases(teams: list[dict[str, str]]) -> tuple[tuple[Deed, ...], tuple[Deed, ...]]:
    """The cases of problem_overdue: planted, lawful."""
    others = [team for team in teams if team["领域"] != HEALTH]
    health = [team for team in teams if team["领域"] == HEALTH] or others

    def late(due: int, by_village: bool = False, **changes: object) -> Deed:
        def deed(stage: Stage) -> None:
            dice = stage.dice
            row = problem(stage.town, dice, dice.pick(others), place(stage.town, dice), by_village, DOING, due)
            row.update(changes)
            stage.subject(row)  # its number is given at the end

        return deed

    def in_time(result: str, due: int, who: list[dict[str, str]], **changes: object) -> Deed:
        def deed(stage: Stage) -> None:
            _any(stage, who, result, due).update(changes)

        return deed

    planted = (
        late(SEASON),
        late(SEASON, by_village=True),
        late(TODAY - 1),
        late(day("2024-10-31"), 领域=None),
        late(day("2024-11-30")),
    )
    lawful = (
        in_time(DOING, TODAY, others),
        in_time(DOING, TODAY + 90, others),
        in_time(DONE, SEASON, others),
        in_time(DOING, SEASON, health),
        in_time(DOING, SEASON, health, 领域=None),
        in_time(DOING, SEASON, others, 领域=HEALTH),
    )
    return planted, lawful


INTENTIONS = (
    "将于下周组织人员逐户核查",
    "将尽快联系有关部门办理",
    "将进一步加强日常管理",
    "计划在年底前全部整改到位",
    "拟召开村民代表会议讨论",
    "准备组织一次集中排查",
    "下一步由村委会逐户落实",
    "待资金到位后实施",
)
NOT_INTENTIONS = (
    "将3座大棚出租给合作社，8月2日签订合同",
    "将缺失的档案全部补齐，8月6日归档",
    "待遇核实工作8月5日完成，补发3人",
)


def _form_cases(teams: list[dict[str, str]]) -> tuple[tuple[Deed, ...], tuple[Deed, ...]]:
    """The cases of problem_form_incomplete: planted, lawful."""

    def spoiled(**changes: object) -> Deed:
        def deed(stage: Stage) -> None:
            row = _any(stage, teams)
            row.update(changes)
            stage.subject(row)

        return deed

    def intention(stage: Stage) -> None:
        row = _any(stage, teams)
        row["整改进展"] = stage.dice.pick(INTENTIONS)
        stage.subject(row)

    def another_person(stage: Stage) -> None:
        row = _any(stage, teams, DONE)
        row["责任人"] = _someone_else(stage.dice, row["责任人"])
        stage.subject(row)

    def work_told_like_intention(stage: Stage) -> None:
        _any(stage, teams)["整改进展"] = stage.dice.pick(NOT_INTENTIONS)

    def villages_own(stage: Stage) -> None:
        dice = stage.dice
        row = problem(stage.town, dice, dice.pick(teams), place(stage.town, dice), True, DONE)
        row["牵头单位"] = next(team["牵头单位"] for team in teams if team["专班"] == row["专班"])

    def other_office(stage: Stage) -> None:
        row = _any(stage, teams, DONE)
        row["牵头单位"], row["责任人"] = "镇人民政府", _someone_else(stage.dice, row["责任人"])

    planted = (
        spoiled(整改措施=None),
        spoiled(整改进展=None),
        intention,
        spoiled(整改时限=None, 时限日期=None),
        spoiled(时限日期=None),
        spoiled(整改结果=None, 办结日期=None),
        spoiled(牵头单位=None),
        spoiled(责任人=None),
        another_person,
    )
    return planted, (work_told_like_intention, villages_own, other_office)


EMPTY = ("进一步提高认识，加强管理", "高度重视，立行立改", "压实责任，认真整改", "按要求落实，长期坚持")


def _copy_cases(teams: list[dict[str, str]]) -> tuple[tuple[Deed, ...], tuple[Deed, ...]]:
    """The cases of problem_text_copied: planted, lawful."""

    def alike(more: int, measure_too: bool) -> Deed:
        def deed(stage: Stage) -> None:
            dice, town = stage.dice, stage.town
            villages = stage.threshold("文字雷同村数") + more
            places = dice.shuffled([village for village in town.villages if village.population])[:villages]
            if len(places) < villages:
                return
            what = f"{dice.between(2, 9)}户台账与{names.full_name(dice)}入户核对的情况不一致"
            how = f"由{names.full_name(dice)}逐户核对，更正台账"
            team = dice.pick(teams)
            for village in places:
                row = problem(town, dice, team, village, True, DONE)
                row["对照排查内容排查出的具体问题"] = village.name + what
                row["整改措施"] = how if measure_too else f"{row['整改措施']}，{how}"
                stage.subject(row)

        return deed

    def empty(stage: Stage) -> None:
        row = _any(stage, teams)
        row["整改措施"] = stage.dice.pick(EMPTY)
        stage.subject(row)

    def concrete(stage: Stage) -> None:
        row = _any(stage, teams)
        row["整改措施"] = f"加强管理，由{row['督办人']}每周三逐户检查，当场登记"

    return (alike(0, True), empty, alike(0, False)), (alike(-1, True), concrete)


def _repeat(town: Township, teams: list[dict[str, str]]) -> None:
    """Some teams let as many problems as are too many run over their time."""
    if town.persons < ENOUGH:
        return
    dice = town.dice("cast:repeat_offender_not_called")
    late = [team for team in teams if team["领域"] != HEALTH]
    for team in dice.shuffled(late)[:REPEATING]:
        for _ in range(town.standards.whole("多次超期次数")):
            row = problem(town, dice, team, place(town, dice), False, DOING, SEASON)
            town.plant("problem_overdue", row)


def _someone_else(dice: Dice, person: str) -> str:
    while (other := names.full_name(dice)) == person:
        pass
    return other


def find(town: Township) -> None:
    """Fill the problems ledger: some for every team, some for every village, and the cases."""
    named = [team for team in town.tables["teams"] if team["专班"] and team["领域"]]
    town.tables["problems"] = []
    dice = town.dice("problems")
    for team in named:
        for _ in range(dice.amount(1.6 + town.persons / 6000)):
            problem(town, dice, team, place(town, dice), False, _result(dice))
    for village in town.villages:
        for _ in range(dice.amount(0.7 + village.population / 600) if village.population else 0):
            problem(town, dice, dice.pick(named), village, True, _result(dice))
    _from_audits(town, dice, named)
    natural = len(town.tables["problems"])
    enact(town, "problem_overdue", natural * 0.08, *_late_cases(named))
    enact(town, "problem_form_incomplete", natural * 0.09, *_form_cases(named))
    enact(town, "problem_text_copied", natural * 0.03, *_copy_cases(named))
    _repeat(town, named)
    _number(town, named)


def _from_audits(town: Township, dice: Dice, teams: list[dict[str, str]]) -> None:
    """Some idle assets that the audit found are already in the ledger, with the audit's name and the asset."""
    team = next((team for team in teams if team["领域"] in ("帮扶项目资产", "资金项目")), None)
    assets = {row["资产编号"]: row for row in town.tables["assets"]}
    villages = {village.code: village for village in town.villages}
    for audit, subject in town.planted:
        if team is None or audit != "idle_assets" or not dice.chance(0.4):
            continue
        asset = assets[subject]
        row = problem(town, dice, team, villages[asset["村代码"]], False, DOING, TODAY + 16)
        row["对照排查内容排查出的具体问题"] = f"{asset['资产名称']}（{subject}）{asset['使用状态']}"
        row["整改措施"] = f"查明原因，对{subject}公开招租，签订经营合同"
        row["整改进展"] = "11月20日召开村民代表会议，确定招租方案"
        row["审计"], row["对象"], row["填报日期"] = audit, subject, "2024-11-10"


def _result(dice: Dice) -> str:
    return KEPT if dice.chance(0.55) else DONE


def _number(town: Township, teams: list[dict[str, str]]) -> None:
    """编号 and, within each team and each village, 序号; what was planted gets its number with it."""
    order = {team["专班"]: place for place, team in enumerate(teams)}
    rows = town.tables["problems"]
    rows.sort(key=lambda row: (row["级别"] == "村", row["村代码"] if row["级别"] == "村" else "", order[row["专班"]]))
    for count, row in enumerate(rows, 1):
        row["问题编号"] = f"Q{count:04d}"
        row["序号"] = town.count(f"problems of {row['村代码'] if row['级别'] == '村' else row['专班']}")
