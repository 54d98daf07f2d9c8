"""Cases of the audits idle_assets, asset_without_title and project_without_asset."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xianjie.demo.casting import Deed, Stage, enact
from xianjie.demo.days import TODAY, day, iso, year_of
from xianjie.demo.fate import recent
from xianjie.demo.model import Township
from xianjie.demo.works import KINDS, LASTING, MARKET, Kind, asset, place, project

Row = dict[str, Any]


def _named(name: str) -> Kind:
    return next(kind for kind in KINDS[0] if kind.project == name)


def _some_year(stage: Stage) -> int:
    return stage.dice.between(2017, 2022)


def _asset(stage: Stage, kind: Kind | None = None, year: int = 0, done: int | None = None) -> Row:
    """An asset in good order with its project, for a case to spoil."""
    dice = stage.dice
    village = place(stage.town, dice)
    kind = kind or dice.weighted(LASTING)
    year = year or (year_of(done) if done else _some_year(stage))
    made_by = project(stage.town, dice, village, kind, year, done)
    return asset(stage.town, dice, village, kind, year, made_by, stage.threshold("资产确权天数"))


def _used(state: str, stopped: Callable[[Stage], int] | None) -> Deed:
    def deed(stage: Stage) -> None:
        row = _asset(stage, next(k for k in stage.dice.shuffled(LASTING[0]) if k.asset_class == MARKET))
        row["使用状态"] = state
        row["停用日期"] = None if stopped is None else iso(stopped(stage))
        stage.subject(row["资产编号"])

    return deed


def _idle_limit(stage: Stage) -> int:
    return stage.threshold("资产闲置天数")


IDLE = (
    _used("闲置", lambda stage: recent(_idle_limit(stage) + stage.dice.between(30, 500))),
    _used("闲置", lambda stage: recent(_idle_limit(stage) + 1)),
    _used("低效", None),
    _used("低效", lambda stage: recent(20)),
)
NOT_YET_IDLE = (
    _used("闲置", lambda stage: recent(_idle_limit(stage) // 2)),
    _used("闲置", lambda stage: recent(_idle_limit(stage))),
    _used("闲置", None),
    _used("在用", lambda stage: recent(_idle_limit(stage) + 200)),  # in use again
    _used("报废", lambda stage: recent(_idle_limit(stage) + 200)),
)


def _untitle(row: Row) -> None:
    row["确权日期"] = row["移交日期"] = row["确权证号"] = row["移交接收方"] = None


def _untitled(make: Callable[[Stage], Row] = _asset, **changes: object) -> Deed:
    def deed(stage: Stage) -> None:
        row = make(stage)
        _untitle(row)
        row.update(changes)
        stage.subject(row["资产编号"])

    return deed


def _bought(stage: Stage) -> Row:
    """An asset that no project of the ledger made."""
    village = place(stage.town, stage.dice)
    kind = stage.dice.weighted(LASTING)
    return asset(stage.town, stage.dice, village, kind, _some_year(stage), None, stage.threshold("资产确权天数"))


def _title_limit(stage: Stage) -> int:
    return stage.threshold("资产确权天数")


def _accepted(days_ago: Callable[[Stage], int]) -> Callable[[Stage], Row]:
    return lambda stage: _asset(stage, done=recent(days_ago(stage)))


def _finished_not_accepted(stage: Stage) -> Row:
    row = _asset(stage)
    next(p for p in stage.town.tables["projects"] if p["项目编号"] == row["项目编号"])["验收日期"] = None
    return row


WITHOUT_TITLE = (
    _untitled(),
    _untitled(_accepted(lambda stage: _title_limit(stage) + 1)),
    _untitled(_bought),
    _untitled(_bought, 购建年度=None),
    _untitled(_finished_not_accepted),
    _untitled(资产类别=None),
    _untitled(使用状态=None),
    _untitled(确权日期=iso(TODAY + 30)),
)
LAWFULLY_UNTITLED = (
    _untitled(_accepted(lambda stage: _title_limit(stage) // 2)),
    _untitled(_accepted(_title_limit)),
    _untitled(lambda stage: _asset(stage, _named("到户肉羊养殖项目"))),
    _untitled(使用状态="报废"),
    _untitled(lambda stage: _asset(stage, year=stage.threshold("资产起算年度") - 1)),
)


def _alone(
    kind: Callable[[Stage], Kind] | None = None,
    year: Callable[[Stage], int] = _some_year,
    done: Callable[[Stage], int] | None = None,
    **changes: object,
) -> Deed:
    """A project that no asset names."""

    def deed(stage: Stage) -> None:
        chosen = kind(stage) if kind else stage.dice.weighted(LASTING)
        when = done(stage) if done else None
        of_year = year_of(when) if when is not None and year is _some_year else year(stage)
        row = project(stage.town, stage.dice, place(stage.town, stage.dice), chosen, of_year, when)
        row.update(changes)
        stage.subject(row["项目编号"])

    return deed


def _kind(name: str) -> Callable[[Stage], Kind]:
    return lambda stage: _named(name)


def _register_limit(stage: Stage) -> int:
    return stage.threshold("资产登记天数")


def _year_before(stage: Stage) -> int:
    return stage.threshold("资产起算年度") - 1


def _industry(stage: Stage) -> Kind:
    return next(k for k in stage.dice.shuffled(LASTING[0]) if k.category == "产业发展")


WITHOUT_ASSET = (
    _alone(),
    _alone(done=lambda stage: recent(_register_limit(stage) + 1)),
    _alone(_industry, 是否形成资产=None),
    _alone(_kind("帮扶车间建设项目")),
    _alone(验收日期=None),
    _alone(下达日期=None),
    _alone(下达日期=None, 批复日期=None, 入库日期=None),
    _alone(项目类别=None),
    _alone(year=lambda stage: stage.threshold("资产起算年度")),
)
LAWFULLY_WITHOUT_ASSET = (
    _alone(_kind("脱贫劳动力技能培训项目"), 是否形成资产=None),
    _alone(_kind("小额信贷贴息项目"), 是否形成资产=None),
    _alone(_kind("特色种植到户补助项目"), 是否形成资产="是"),
    _alone(_kind("项目管理费"), 是否形成资产=None),
    _alone(_kind("公益性岗位补助项目"), 是否形成资产=None),
    _alone(是否形成资产="否"),
    _alone(竣工日期=None, 验收日期=None, 结算金额=None),
    _alone(done=lambda stage: recent(_register_limit(stage) // 3)),
    _alone(done=lambda stage: recent(_register_limit(stage))),
    _alone(year=_year_before),
    _alone(year=_year_before, done=lambda stage: day(f"{_year_before(stage) + 1}-06-20")),  # last year's money
)


def spoil(town: Township) -> None:
    """Act the three audits' cases beside the lawful projects and assets."""
    assets, projects = len(town.tables["assets"]), len(town.tables["projects"])
    enact(town, "idle_assets", assets * 0.09, IDLE, NOT_YET_IDLE)
    enact(town, "asset_without_title", assets * 0.08, WITHOUT_TITLE, LAWFULLY_UNTITLED)
    # without any asset the audit has no data and finds nothing
    planted = WITHOUT_ASSET if town.tables["assets"] else ()
    enact(town, "project_without_asset", projects * 0.07, planted, LAWFULLY_WITHOUT_ASSET)
    town.tables["projects"].sort(key=lambda row: row["项目编号"])
    town.tables["assets"].sort(key=lambda row: row["资产编号"])
