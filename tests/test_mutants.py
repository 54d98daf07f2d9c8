"""The mutation gate itself, and the case files that feed it."""

import pytest
from audit_workshop import IDLE, SIMPLE, Workshop

from xianjie.cases import CaseError, Stage, case_path, load_cases
from xianjie.mutants import mutants, survivors, view_survivors
from xianjie.run import run_audit
from xianjie.sql import parse

WORLD = """
as_of: 2024-12-15
world:
  standards:
    - {项目: 资产闲置天数, 数值: 180}
  assets:
    - {资产编号: A1, 村代码: 014, 使用状态: 在用, 停用日期: 2020-01-01}
    - {资产编号: A2, 村代码: 015, 使用状态: 在用}
    - {资产编号: A3, 村代码: 015, 使用状态: 在用}
cases:
  - {name: 在用, why: 没有停用, expect: []}
  - name: 一村
    why: 核对数只数本村
    village: 014
    population: 1
    expect: []
"""
DAY_181 = """
  - name: 第181天
    why: 超过180天
    change: {assets: [{where: {资产编号: A2}, set: {使用状态: 闲置, 停用日期: 2024-06-17}}]}
    expect: [A2]
"""
DAY_180 = """
  - name: 第180天
    why: 还没有超过
    change: {assets: [{where: {资产编号: A2}, set: {使用状态: 闲置, 停用日期: 2024-06-18}}]}
    expect: []
"""


@pytest.fixture
def workshop(tmp_path) -> Workshop:
    return Workshop(tmp_path)


def cases_of(workshop: Workshop, text: str):
    audit = workshop.audit(IDLE)
    path = case_path(workshop.package, audit)
    workshop.write(path.relative_to(workshop.root).as_posix(), text)
    return audit, load_cases(workshop.package, path)


def surviving(workshop: Workshop, text: str) -> list[str]:
    audit, file = cases_of(workshop, text)
    return survivors(audit, file.cases, Stage(workshop.package))


THRESHOLD = "DAYS_BETWEEN(a.停用日期, :截止日期) > :资产闲置天数"


def test_good_cases_leave_no_survivor(workshop) -> None:
    assert surviving(workshop, WORLD + DAY_181 + DAY_180) == []


def test_without_the_first_silent_day_the_threshold_survives(workshop) -> None:
    assert surviving(workshop, WORLD + DAY_181) == [
        f"去掉：{THRESHOLD}",
        f"挪到邻近：{THRESHOLD}",
        f"界限-1：{THRESHOLD}",
    ]


def test_without_the_first_day_that_fires_everything_about_it_survives(workshop) -> None:
    assert f"界限+1：{THRESHOLD}" in surviving(workshop, WORLD + DAY_180)


def test_without_a_village_the_population_survives(workshop) -> None:
    alive = surviving(workshop, WORLD.replace("    population: 1\n", "") + DAY_181 + DAY_180)
    assert alive == ["population 去掉：IN_VILLAGE(a.村代码)", "population 取反：IN_VILLAGE(a.村代码)"]


def labels(condition: str, **options) -> list[str]:
    sql = f"select a.资产编号 as 对象, coalesce(a.资产名称, '') as 问题 from assets a {condition}"
    return [mutant.label for mutant in mutants(parse(sql), **options)]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("where a.甲 = '1'", ["去掉：a.甲 = '1'", "取反：a.甲 = '1'"]),
        ("where a.甲 is not null", ["去掉：a.甲 IS NOT NULL", "取反：a.甲 IS NOT NULL"]),
        (
            "where not (a.甲 = '1' or a.乙 = '2')",
            ["去掉：a.甲 = '1'", "取反：a.甲 = '1'", "去掉：a.乙 = '2'", "取反：a.乙 = '2'"],
        ),
        (
            "left join b on b.甲 = a.甲",
            ["左连接改为内连接：LEFT JOIN b ON b.甲 = a.甲", "去掉：b.甲 = a.甲", "取反：b.甲 = a.甲"],
        ),
        (
            "where a.甲 > 5",
            ["去掉：a.甲 > 5", "取反：a.甲 > 5", "挪到邻近：a.甲 > 5", "界限+1：a.甲 > 5", "界限-1：a.甲 > 5"],
        ),
        (
            "where a.甲 in ('1', '2')",
            [
                "去掉：a.甲 IN ('1', '2')",
                "取反：a.甲 IN ('1', '2')",
                "清单去掉'1'：a.甲 IN ('1', '2')",
                "清单去掉'2'：a.甲 IN ('1', '2')",
            ],
        ),
        (
            "where coalesce(a.甲, '是') = '是'",
            [
                "去掉：COALESCE(a.甲, '是') = '是'",
                "取反：COALESCE(a.甲, '是') = '是'",
                "去掉空白时的取值：COALESCE(a.甲, '是')",
            ],
        ),
    ],
)
def test_what_is_changed(condition: str, expected: list[str]) -> None:
    assert labels(condition) == expected


@pytest.mark.parametrize(
    ("condition", "changed"),
    [
        ("where a.甲 = '1' and a.乙 = '2'", "WHERE TRUE AND a.乙 = '2'"),
        ("where a.甲 = '1' or a.乙 = '2'", "WHERE FALSE OR a.乙 = '2'"),
        ("where not (a.甲 = '1' or a.乙 = '2')", "WHERE NOT (FALSE OR a.乙 = '2')"),
    ],
)
def test_a_dropped_condition_leaves_the_others_to_decide(condition: str, changed: str) -> None:
    query = parse(f"select a.资产编号 as 对象 from assets a {condition}")
    found = {mutant.label: mutant.query.sql("sqlite") for mutant in mutants(query)}
    assert found["去掉：a.甲 = '1'"].endswith(changed)


def test_a_condition_turned_round_is_one_condition() -> None:
    assert labels("where not (a.甲 = '1') and not a.乙 in ('2')") == [
        "去掉：NOT (a.甲 = '1')",
        "取反：NOT (a.甲 = '1')",
        "去掉：a.乙 NOT IN ('2')",
        "取反：a.乙 NOT IN ('2')",
    ]


def test_the_sentence_is_left_alone_but_what_a_view_gives_is_not() -> None:
    assert labels("") == []
    assert labels("", is_view=True) == ["去掉空白时的取值：COALESCE(a.资产名称, '')"]


def test_conditions_inside_subqueries_cases_and_windows_are_found() -> None:
    sql = """
      with 甲 as (
        select x.n, case when x.a = 1 then 'y' end as k, row_number() over (partition by x.n order by x.d desc) as r
        from x where exists (select 1 from z where z.n = x.n)
        union all
        select y.n, 'k', 1 from y
      )
      select n as 对象 from 甲 where add_days(d, 30) = k order by 对象
    """
    found = [mutant.label for mutant in mutants(parse(sql))]
    for label in ("去掉：x.a = 1", "倒过来排：x.d DESC", "去掉：z.n = x.n", "界限+1：ADD_DAYS(d, 30)"):
        assert label in found
    assert sum(label.startswith("去掉第") for label in found) == 2
    assert not any("case x" in label for label in found)


def test_the_values_of_a_simple_case_are_no_conditions() -> None:
    assert labels("where case a.甲 when '1' then '2' else '3' end = a.乙") == [
        "去掉：CASE a.甲 WHEN '1' THEN '2' ELSE '3' END = a.乙",
        "取反：CASE a.甲 WHEN '1' THEN '2' ELSE '3' END = a.乙",
    ]


def test_every_mutant_differs_and_none_is_left_out_as_a_twin() -> None:
    query = parse("select a.资产编号 as 对象 from assets a where a.甲 = '1' or (a.乙 = '2' and a.甲 = '1')")
    made = mutants(query)
    assert len({mutant.label for mutant in made}) == len(made) == 6
    assert len({mutant.query.sql() for mutant in made} | {query.sql()}) == 7


def test_conditions_of_views_are_tested_through_the_audits_that_read_them(workshop) -> None:
    workshop.view("idle_now", "select a.资产编号 from assets a where a.停用日期 < :截止日期 and a.使用状态 = '闲置'")
    audit = workshop.audit(SIMPLE.format(said="'停用'", rest="join idle_now i on i.资产编号 = a.资产编号"))
    path = workshop.write(
        "tests/audits/assets/idle_assets.yml",
        WORLD + DAY_181 + DAY_180.replace("2024-06-18", "2024-12-15"),
    )
    cases = load_cases(workshop.package, path).cases
    stage = Stage(workshop.package)
    assert view_survivors("idle_now", [(audit, cases)], stage) == []
    assert view_survivors("idle_now", [(audit, cases[:-1])], stage) == [
        "去掉：a.停用日期 < :截止日期",
        "挪到邻近：a.停用日期 < :截止日期",
    ]


def test_cases_are_read_as_text_and_typed_by_the_schema(workshop) -> None:
    _, file = cases_of(
        workshop,
        WORLD + "  - {name: 原值, why: 数字, change: {assets: [{add: {原值: 7, 购建年度: 2016}}]}, expect: []}",
    )
    added = file.cases[-1].world["assets"][-1]
    assert added == {"原值": 7.0, "购建年度": 2016} and isinstance(added["原值"], float)
    assert file.cases[0].world["assets"][0] == {
        "资产编号": "A1",
        "村代码": "014",
        "使用状态": "在用",
        "停用日期": "2020-01-01",
    }
    assert file.cases[0].world["standards"][0]["已确认"] == "是"


def test_a_case_does_not_change_the_next(workshop) -> None:
    audit, file = cases_of(workshop, WORLD + DAY_181 + "  - {name: 又在用, why: 世界没有变, expect: []}")
    stage = Stage(workshop.package)
    found = [len(run_audit(stage.show(case), audit, case.as_of, case.village).findings) for case in file.cases]
    assert found == [0, 0, 1, 0]


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("{name: 甲, why: 乙}", "expect"),
        ("{name: 甲, why: '', expect: []}", "理由"),
        ("{name: 在用, why: 乙, expect: []}", "有两个"),
        ("{name: 甲, why: 乙, expect: [], status: 好}", "status"),
        ("{name: 甲, why: 乙, expect: [], expects: []}", "不认识 expects"),
        ("{name: 甲, why: 乙, expect: [], change: {no_such: [{add: {}}]}}", "没有“no_such”"),
        ("{name: 甲, why: 乙, expect: [], change: {assets: [{add: {甲: 1}}]}}", "没有“甲”这一列"),
        ("{name: 甲, why: 乙, expect: [], change: {assets: [{add: {原值: 多}}]}}", "要填数字"),
        ("{name: 甲, why: 乙, expect: [], change: {assets: [{where: {资产编号: A9}, set: {}}]}}", "什么也没有改"),
        ("{name: 甲, why: 乙, expect: [], change: {assets: [{delete: {资产编号: A9}}]}}", "什么也没有改"),
    ],
)
def test_case_files_that_are_refused(workshop, case: str, said: str) -> None:
    with pytest.raises(CaseError, match=said) as refused:
        cases_of(workshop, f"{WORLD}  - {case}\n")
    assert "idle_assets.yml" in str(refused.value)


def test_a_case_file_that_is_missing_or_broken(workshop) -> None:
    with pytest.raises(CaseError, match="找不到"):
        load_cases(workshop.package, workshop.root / "no.yml")
    with pytest.raises(CaseError, match="不是有效的 YAML"):
        cases_of(workshop, "cases: [")
