"""Whole tables: where the heading is, what the lines above it tell, which rows are data, what is missing."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from clerk_files import column, errors, notes, person

from xianjie.intake import IntakeError, read_submissions
from xianjie.notes import ERROR, REPAIR, WARNING
from xianjie.package import Package

PEOPLE = [[f"王{name}", person(number)] for number, name in enumerate("秀英明兰芳")]


def by_severity(submission, severity: str) -> list[str]:
    return [note.type for note in submission.notes if note.severity == severity]


def asset_book(path: Path) -> Path:
    """A ledger as a village sends it: title, labels, a heading of two merged rows, total and signatures."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "经营性资产"
    sheet["A1"] = "帮扶项目资产台账（经营性）"
    sheet["A2"], sheet["I2"] = "填报单位：云周村", "单位：万元"
    top = ["序号", "资产名称", "资产类别", "购建年度", "资产原值", "权属", None, "移交时间", "运营情况", None]
    low = [None, None, None, None, None, "所有权人", "确权\n时间", None, "使用状态", "年收益（元）"]
    data = [
        [1, "冷库", "经营性资产", 2019, 106.33, "云周村合作社", "2021.6.30", 44801, "正常使用", 42500.5],
        [2, "大棚", "经营性", "二〇一九", "约50万元", "云周村合作社", "／", "2022年5月", "闲置", 0],
    ]
    for number, cells in enumerate([top, low, *data, [None], ["合  计", None, None, None, 156.33]], start=3):
        for index, value in enumerate(cells, start=1):
            sheet.cell(number, index, value)
    sheet["A9"], sheet["F9"] = "填表人：张三", "审核人：李四"
    for merged in ("A1:J1", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:E4", "F3:G3", "H3:H4", "I3:J3"):
        sheet.merge_cells(merged)
    book.save(path)
    return path


def test_a_villages_asset_ledger(package: Package, tmp_path: Path) -> None:
    (found,) = read_submissions(package, asset_book(tmp_path / "资产台账.xlsx"))
    assert (found.ledger.name, found.heading_rows) == ("assets", (3, 4))
    assert [row.number for row in found.rows] == [5, 6]
    assert found.skipped == {"空行": [7], "合计行": [8], "落款行": [9]}
    first, second = (row.values for row in found.rows)
    assert first["原值"] == "1063300"
    assert first["年收益约定"] == "42500.5"  # its own heading says 元
    assert (first["确权日期"], first["移交日期"], first["使用状态"]) == ("2021-06-30", "2022-08-28", "在用")
    assert (second["购建年度"], second["原值"], second["移交日期"]) == ("二〇一九", "约50万元", "2022年5月")
    assert second["确权日期"] == ""
    assert found.filled["村代码"][0] == "141121104205"
    assert "A2" in found.filled["村代码"][1]
    assert column(found, "村代码") == ["141121104205"] * 2
    assert found.column_of("确权日期").heading == "权属/确权时间"
    assert not found.errors  # what is wrong is the engine's to say
    converted = notes(found, "unit")
    assert [(note.severity, note.count, note.address) for note in converted] == [(REPAIR, 1, "E5")]
    assert "106.33" in converted[0].message and "1063300" in converted[0].message


def test_numbers_are_the_same_every_time_and_differ_by_row(package: Package, tmp_path: Path) -> None:
    (one,) = read_submissions(package, asset_book(tmp_path / "资产台账.xlsx"))
    (two,) = read_submissions(package, asset_book(tmp_path / "资产台账-2.xlsx"))
    assert column(one, "资产编号") == column(two, "资产编号")
    assert len(set(column(one, "资产编号"))) == 2
    assert all(number.startswith("Z") and len(number) == 11 for number in column(one, "资产编号"))


def test_equal_rows_are_numbered_apart_over_all_sheets(package: Package, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for title in ("一组", "二组"):
        sheet = book.create_sheet(title)
        sheet.append(["资产编号", "资产名称", "村"])
        sheet.append(["", "路灯", "云周村"])
        sheet.append(["Z9", "水塔", "云周村"])
    del book["Sheet"]
    path = tmp_path / "资产.xlsx"
    book.save(path)
    one, two = read_submissions(package, path)
    first, second = column(one, "资产编号")[0], column(two, "资产编号")[0]
    assert second == f"{first}-2"
    assert column(one, "资产编号")[1] == "Z9"
    assert notes(one, "numbered")[0].count == 1


def test_three_heading_rows_of_a_csv(read) -> None:
    found = read(
        "资产台账-云周村.csv",
        "台账,,,,,\n编号,基本情况,,,合同期限,\n,名称,金额,,起,止\n,,原值,年收益,,\nZ1,冷库,5,1,2022.1.1,2023.1.1\n",
    )
    assert found.heading_rows == (2, 4)
    row = found.rows[0].values
    assert (row["资产编号"], row["资产名称"], row["原值"], row["年收益约定"]) == ("Z1", "冷库", "5", "1")
    assert (row["合同起"], row["合同止"]) == ("", "")  # 合同期限/起 is no heading that the ledger knows


@pytest.mark.parametrize("blank_lines", [0, 1, 12])
def test_the_heading_is_found_further_down(read, blank_lines: int) -> None:
    text = "残疾人证名单\n" + "\n" * blank_lines + "姓名,身份证号码,残疾证号\n王,1,2\n"
    found = read("a.csv", text)
    assert found.heading_rows == (blank_lines + 2,) * 2
    assert found.rows[0].number == blank_lines + 3


def test_headings_as_they_are_really_written(read) -> None:
    found = read("残疾人证.csv", "*姓 名, 身份证号（必填）,残疾证号*,1.等 级,发证时间\n王,1,2,１级,2020.1.2\n")
    assert [one.field.name for one in found.columns] == ["姓名", "身份证号", "残疾人证号", "残疾等级", "发证日期"]
    assert found.rows[0].values["残疾等级"] == "一级"


def test_a_bare_serial_under_编号_is_no_key(read) -> None:
    """Taken as a key, row 1 of one table would overwrite row 1 of another."""
    rows = [["编号", "资产名称", "村代码"], ["1", "冷库", "141121104205"], ["2", "大棚", "141121104205"]]
    found = read("资产台账.csv", rows)
    assert all(row.values["资产编号"].startswith("Z") for row in found.rows)
    assert "serial-number" in by_severity(found, WARNING)
    rows[0][0] = "资产编号"
    assert [row.values["资产编号"] for row in read("资产台账.csv", rows).rows] == ["1", "2"]


def test_a_problem_that_begins_like_a_total_is_kept(read) -> None:
    rows = [
        ["序号", "具体问题", "整改措施", "整改进展", "整改时限", "责任专班"],
        ["1", "合计3户未签约家庭医生", "逐户签约", "已签约两户", "8月15日前", "资金项目专班"],
        ["", "合计", "", "1项", "", ""],
    ]
    found = read("问题台账-2024年.csv", rows)
    assert [row.values["对照排查内容排查出的具体问题"] for row in found.rows] == ["合计3户未签约家庭医生"]


@pytest.mark.parametrize("written", ["刘胡兰镇云周村村委会", "云周村委", "云周村村民委员会", "云周"])
def test_a_village_is_known_by_the_names_of_its_committee(read, written) -> None:
    found = read("资产台账.csv", [["资产名称", "村名"], ["冷库", written]])
    assert [row.values["村代码"] for row in found.rows] == ["141121104205"]


def test_a_village_name_beside_its_code_is_left_out_and_said_so(read) -> None:
    found = read("资产台账.csv", [["资产名称", "村名", "村代码"], ["冷库", "云周村", "141121104205"]])
    assert errors(found) == []
    assert [row.values["村代码"] for row in found.rows] == ["141121104205"]
    assert [note.address for note in found.notes if note.type == "extra-label"] == ["B1"]


def test_two_columns_for_one_field_are_an_error_on_the_heading(read) -> None:
    found = read("残疾人证.csv", "姓名,身份证号,残疾证号,身份证号码\n王,1,2,3\n")
    assert errors(found) == [("duplicate-label", "D1")]
    assert column(found, "身份证号") == ["1"]


def test_unknown_columns_and_serial_numbers_are_warnings(read) -> None:
    found = read("残疾人证.csv", "序号,姓名,身份证号,残疾证号,血型\n1,王,1,2,A\n")
    assert [(note.severity, note.address) for note in notes(found, "extra-label")] == [(WARNING, "A1"), (WARNING, "E1")]
    assert not found.errors


def test_missing_columns(read) -> None:
    found = read("残疾人证.csv", "身份证号,残疾证号,发证日期\n" + "1,2,2020-01-01\n" * 3)
    assert errors(found) == [("missing-label", None)]  # once, not once a row
    assert found.missing == {"姓名"}
    assert "「姓名」" in found.errors[0].message
    absent = [note.field_name for note in notes(found, "missing-label") if note.severity == WARNING]
    assert absent == ["残疾类别", "残疾等级", "需长期照护", "有效期止", "证件状态"]
    assert "已登记的行保留原来的内容" in notes(found, "missing-label")[-1].message


def test_a_village_that_nothing_tells_is_one_error(read) -> None:
    found = read("资产台账.csv", "资产名称,原值\n冷库,5\n大棚,6\n")
    assert errors(found) == [("missing-label", None)]
    assert found.missing == {"村代码"}
    assert "填报单位" in found.errors[0].remedy


def test_a_label_that_names_no_village_is_quoted_in_that_error(read) -> None:
    found = read("资产台账.csv", "填报单位：云周庄,\n资产名称,原值\n冷库,5\n")
    assert errors(found) == [("missing-label", None)]
    assert "云周庄" in found.errors[0].message and "是不是“云周村”" in found.errors[0].message
    # What it proposes to write is the name that was meant, not just any.
    found = read("附件1.csv", "专班：资金专班,\n具体问题,整改措施\n甲,乙\n")
    assert "专班：资金项目专班”" in found.errors[0].remedy


@pytest.mark.parametrize(
    ("name", "above", "code"),
    [
        ("资产台账-保贤村.csv", "", "141121104201"),
        ("资产台账-保贤庄村.csv", "", "141121104202"),
        ("保贤资产台账（1）.csv", "", None),
        ("资产台账_保贤.csv", "", "141121104201"),
        ("资产台账.csv", "填报单位,保贤庄村委会\n", "141121104202"),
        ("资产台账.csv", "填 报 单 位（盖章）：刘胡兰镇保贤村    填报时间：2024.8.1,\n", "141121104201"),
        ("资产台账.csv", "刘胡兰镇云周村资产台账,\n", "141121104205"),
        ("资产台账-云周西村.csv", "", "141121104205"),
        ("资产台账-保贤村.csv", "填报单位：云周村,\n", "141121104205"),
        ("保贤村、云周村资产台账.csv", "", None),
    ],
)
def test_where_a_village_is_told(read, name: str, above: str, code: str | None) -> None:
    found = read(name, above + "资产名称,原值\n冷库,5\n")
    assert found.filled.get("村代码", (None,))[0] == code
    conflict = [note.severity for note in notes(found, "conflicting-labels")]
    assert conflict == ([WARNING] if "保贤村.csv" in name and "云周" in above else [])


def test_blank_cells_of_a_required_column_are_filled_others_are_not(read) -> None:
    found = read("资产台账-云周村.csv", "资产名称,村\n冷库,\n大棚,保贤村\n")
    assert column(found, "村代码") == ["141121104205", "141121104201"]
    problems = read("附件1-云周村.csv", "专班：就业帮扶专班,,\n具体问题,村名,专班\n甲,,\n乙,保贤村,资金项目\n")
    assert column(problems, "村代码") == ["", "141121104201"]  # not required: a blank is an answer
    assert column(problems, "专班") == ["就业帮扶专班", "资金项目专班"]


def test_form_1(package: Package, workbook) -> None:
    heading = ["序号", "对照排查内容排查出的具体问题", "整改措施", "整改进展", "整改时限", "整改结果"]
    heading += ["牵头单位", "配合单位", "责任人", "备注"]
    path = workbook(
        "附件1-资金项目专班.xlsx",
        [
            ["2024年度问题排查整改台账"],
            ["专 班：资金项目", None, "牵头单位：镇财政所", None, None, "（盖章）", "填表人：", None, "时间：2024.8.1"],
            heading,
            [1, "3座大棚闲置", "盘活", "已签合同", "8月15日前", "正在整改", "镇财政所", "各村", "何文"],
            [2, "电站未确权", "确权", "将", "尽快", "已整改", "镇财政所", "各村", "高秀"],
            [3],
            ["填表说明：1.整改措施要有针对性。"],
            ["2.整改进展填已做的工作。"],
        ],
    )
    (found,) = read_submissions(package, path)
    assert found.ledger.name == "problems"
    assert {name: value for name, (value, _) in found.filled.items()} == {
        "专班": "资金项目专班", "填报日期": "2024-08-01",
    }  # fmt: skip
    assert column(found, "时限日期") == ["2024-08-15", ""]
    assert column(found, "序号") == ["1", "2"]
    assert column(found, "整改时限") == ["8月15日前", "尽快"]
    assert found.skipped == {"空行": [6], "说明行": [7, 8]}
    assert not found.errors


def test_rows_that_are_no_data(read) -> None:
    found = read(
        "残疾人证.csv",
        "序号,姓名,身份证号,残疾证号,残疾类别\n1,2,3,4,5\n合计,2人,,,\n一、视力残疾,,,,\n示例,张三,1,2,肢体\n"
        f"1,王秀,{person(1)},{person(1)}41,肢体\n云周村小计,1,,,\n,,,,\n序号,姓名,身份证号,残疾证号,残疾类别\n"
        f"2,合和,{person(2)},{person(2)}41,肢体\n3,,,,\n总 计：2人,,,,\n填表人：甲,,审核人：乙,,\n"
        "注：以证件为准,,,,\n1.照实填写,,,,\n",
    )
    assert column(found, "姓名") == ["王秀", "合和"]
    assert found.skipped == {
        "栏次行": [2], "合计行": [3, 7, 12], "小标题行": [4], "示例行": [5], "空行": [8, 11], "重复的表头行": [9],
        "落款行": [13], "说明行": [14, 15],
    }  # fmt: skip
    assert sum(note.count for note in notes(found, "skipped-rows")) == 12


def test_data_under_a_note_is_still_data(read) -> None:
    found = read("残疾人证.csv", f"姓名,身份证号,残疾证号\n说明：,,\n王秀,{person(1)},{person(1)}41\n")
    assert column(found, "姓名") == ["王秀"]


def test_only_a_heading(read) -> None:
    found = read("残疾人证.csv", "姓名,身份证号,残疾证号\n")
    assert found.rows == []
    assert by_severity(found, ERROR) == []
    assert notes(found, "no-data")[0].severity == WARNING


def test_a_comma_inside_a_value(read) -> None:
    found = read("发放明细.csv", f"姓名,身份证号,补贴项目,金额\n王秀,{person(1)},低保,1,500\n")
    assert errors(found) == [("extra-cell", "E2")]
    assert (2, "金额") in found.reported


def test_a_comma_that_pushes_out_a_blank_cell(read) -> None:
    heading = "姓名,身份证号,补贴项目,批次,失败原因\n"
    good = f"王秀,{person(1)},低保,1,\n"
    found = read("发放明细.csv", f"{heading}{good}王英,{person(2)},低保,第1,2批,\n{good}")
    assert errors(found) == [("extra-cell", "F3")]
    assert "比别的行多出1格" in found.errors[0].message
    # A comma at the end of every line of data moves nothing.
    found = read("发放明细.csv", heading + f"王秀,{person(1)},低保,1,,\n" * 3)
    assert errors(found) == []


def damaged(count: int, total: int) -> list[list[object]]:
    rows: list[list[object]] = [["姓名", "身份证号", "参保年度"]]
    for number in range(total):
        good = person(number)
        rows.append([f"王{number}", float(good[:17] + "0") if number < count else good, "2024"])
    return rows


def test_a_column_that_excel_destroyed_is_refused(package: Package, workbook) -> None:
    (found,) = read_submissions(package, workbook("医保参保.xlsx", damaged(27, 30)))
    assert found.refused and found.rows == []
    (note,) = found.notes
    assert (note.severity, note.type, note.address, note.count) == (ERROR, "damaged-ids", "B1", 27)
    assert "30个号码里有27个" in note.message and "文本" in note.remedy


@pytest.mark.parametrize(
    ("count", "total", "refused"), [(2, 30, False), (3, 30, True), (3, 300, False), (4, 300, True)]
)
def test_more_than_one_in_a_hundred_and_at_least_three(
    package: Package, workbook, count: int, total: int, refused: bool
) -> None:
    (found,) = read_submissions(package, workbook("医保参保.xlsx", damaged(count, total)))
    assert found.refused is refused
    if not refused:
        # The engine finds the letters' signs in them; their digits are not made up again.
        assert [row.values["身份证号"] for row in found.rows[:count]] == [
            f"{float(person(n)[:17] + '0'):.14E}" for n in range(count)
        ]


@pytest.mark.parametrize("text", ["141199196003071000", "1.41199E+17", "１４１１９９１９６００３０７１０００"])
def test_damage_in_a_csv(read, text: str) -> None:
    rows = [["姓名", "身份证号", "参保年度"], *([name, text, "2024"] for name in ("甲", "乙", "丙"))]
    assert read("医保参保.csv", rows).refused


def test_doubts_are_warnings_with_an_address(read) -> None:
    good = person(1)
    wrong = good[:17] + ("1" if good[17] != "1" else "2")
    found = read("残疾人证.csv", f"姓名,身份证号,残疾证号\n王秀,{good},{good}41\n李?,{wrong},{wrong}41\n")
    doubts = [(note.type, note.address) for note in found.notes if note.type.startswith("doubt")]
    assert sorted(doubts) == [("doubt-id-number", "B3"), ("doubt-name", "A3")]
    assert not found.errors


def test_the_year_comes_from_the_title_before_the_day_of_filling_in(read) -> None:
    above = "2025年度城乡居民医保参保名单,,\n填报时间：2024.12.20,,\n"
    found = read("医保.csv", f"{above}姓名,身份证号,缴费日期\n王秀,{person(1)},3月5日\n")
    assert column(found, "年度") == ["2025"]
    assert notes(found, "conflicting-labels") == []


def test_the_tables_year_completes_only_days_that_lie_in_it(read) -> None:
    """The insurance of a year is paid in the year before, a contract ends in a later one."""
    found = read("2025年度医保参保名单.csv", f"姓名,身份证号,缴费日期\n王秀,{person(1)},10月5日\n")
    assert column(found, "缴费日期") == ["10月5日"]  # the check asks for its year
    found = read("2024年资产台账-云周村.csv", "资产名称,确权日期,合同止\n冷库,3月5日,3月5日\n")
    assert (column(found, "确权日期"), column(found, "合同止")) == (["3月5日"], ["3月5日"])
    found = read("2024年资产巡查台账.csv", "资产编号,巡查日期,巡查人\nZ1,3月5日,王秀\n")
    assert column(found, "日期") == ["2024-03-05"]
    assert notes(found, "year-added")[0].severity == REPAIR
    assert column(read("资产巡查台账.csv", "资产编号,巡查日期,巡查人\nZ1,3月5日,王秀\n"), "日期") == ["3月5日"]


def test_two_years_for_one_table_are_a_warning(read) -> None:
    rows = f"2025年度医保参保名单,,\n姓名,身份证号,参保地\n王秀,{person(1)},本县\n"
    found = read("2024年医保参保名单.csv", rows)
    assert column(found, "年度") == ["2025"]
    (warning,) = notes(found, "conflicting-labels")
    assert warning.severity == WARNING and "2024年医保参保名单" in warning.message
    assert notes(read("2025年医保参保名单.csv", rows), "conflicting-labels") == []


def test_merged_cells_of_data(package: Package, workbook) -> None:
    def change(sheet) -> None:
        sheet.merge_cells("A2:A3")
        sheet.merge_cells("C2:C3")

    rows = [["村", "资产名称", "原值"], ["云周村", "冷库", 5], [None, "大棚", None], [None, "水塔", 6]]
    (found,) = read_submissions(package, workbook("资产.xlsx", rows, change=change))
    assert column(found, "村代码") == ["141121104205", "141121104205", ""]  # only where the range says so
    assert [(note.count, note.row) for note in notes(found, "merged")] == [(1, 3)]
    # An amount over two rows may be each one's or the sum of both.
    assert errors(found) == [("merged-cell", "C2")]
    assert {(2, "原值"), (3, "原值")} <= found.reported


def test_several_sheets(package: Package, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "填表说明"
    book.active.append(["照实填写"])
    for title, name in (("云周村", "冷库"), ("保贤村", "大棚")):
        sheet = book.create_sheet(title)
        sheet.append(["资产名称", "原值（万元）", "受益户数"])
        sheet.append([name, 1.5, 3])
        sheet.append([name, 2, 4])
    book["保贤村"].sheet_state = "hidden"
    book["云周村"].row_dimensions[3].hidden = True
    book["云周村"].column_dimensions["C"].hidden = True
    book.create_sheet("空表")
    path = tmp_path / "资产台账.xlsx"
    book.save(path)
    one, two = read_submissions(package, path)
    assert [found.filled["村代码"][0] for found in (one, two)] == ["141121104205", "141121104201"]
    assert column(one, "原值") == ["15000", "20000"]
    assert notes(one, "hidden-rows")[0].row == 3
    assert notes(one, "hidden-column")[0].address == "C1"
    assert notes(two, "hidden-sheet")
    assert "填表说明" in notes(one, "sheet-not-read")[0].message


@pytest.mark.parametrize(
    ("name", "heading", "ledger"),
    [
        ("assets.csv", "资产名称,村代码", "assets"),
        ("上报.csv", "贷款编号,姓名,身份证号,放款日期,贷款金额", "loans"),
        ("低保发放明细.csv", "姓名,身份证号,补贴项目,发放金额,发放日期", "payments"),
        ("低保.csv", "姓名,身份证号,救助类别,起始月", "welfare_cases"),
        ("残疾人两项补贴.csv", "姓名,身份证号,补贴种类,起始月", "disability_subsidies"),
        ("残疾人.csv", "姓名,身份证号,残疾证号", "disability_certificates"),
        ("人员.csv", "户号,姓名,身份证号,与户主关系", "persons"),
    ],
)
def test_which_ledger_it_is(read, name: str, heading: str, ledger: str) -> None:
    assert read(name, heading + "\n" + ",".join(["甲"] * (heading.count(",") + 1)) + "\n").ledger.name == ledger


def test_a_table_that_may_be_several_ledgers_names_them(read) -> None:
    with pytest.raises(IntakeError, match="看不出是哪个台账") as caught:
        read("名单.csv", "姓名,身份证号\n王,1\n")
    assert "--ledger" in str(caught.value)
    assert read("名单.csv", "姓名,身份证号\n王,1\n", ledger="persons").ledger.name == "persons"
    assert read("名单.csv", "姓名,身份证号\n王,1\n", ledger="人员").ledger.name == "persons"


def test_a_name_of_one_character_is_not_looked_for_inside_words(read) -> None:
    """户口 is no 户: such a table is a list of persons."""
    people = f"户编号,村名,联系电话,姓名,身份证号,与户主关系,性别\nH1,云周村,13800000000,王秀,{person(1)},户主,女\n"
    assert read("户口.csv", people).ledger.name == "persons"
    houses = "户编号,村名,联系电话\nH1,云周村,13800000000\n"
    assert read("户-云周村.csv", houses).ledger.name == "households"


@pytest.mark.parametrize(
    ("above", "heading"),
    [
        ("云周村资产台账（万元）,\n", "资产名称,原值"),
        ("云周村资产台账（万）,\n", "资产名称,原值"),
        ("单位：万,\n", "资产名称,原值"),
        ("", "资产名称,原值(万)"),
        ("", "资产名称,原值/万"),
        ("", "资产名称,原值（单位：万）"),
    ],
)
def test_where_ten_thousands_are_told(read, above: str, heading: str) -> None:
    found = read("资产台账-云周村.csv", f"{above}{heading}\n冷库,1.5\n")
    assert column(found, "原值") == ["15000"]


@pytest.mark.parametrize("unit", ["万", "（万）", "万元"])
def test_a_row_of_units_in_a_merged_heading(package: Package, workbook, unit: str) -> None:
    rows = [["资产名称", "原值"], [None, unit], ["冷库", 1.5]]
    path = workbook("资产台账-云周村.xlsx", rows, change=lambda sheet: sheet.merge_cells("A1:A2"))
    (found,) = read_submissions(package, path)
    assert column(found, "原值") == ["15000"]


def test_a_title_about_amounts_is_no_unit(read) -> None:
    found = read("资产台账.csv", "云周村资产台账（5万元以上）,\n资产名称,原值\n冷库,60000\n")
    assert column(found, "原值") == ["60000"]


def deadlines(read, top):
    rows = [*top, ["序号", "对照排查内容排查出的具体问题", "整改时限"], ["1", "大棚闲置", "8月15日前"]]
    submission = read("附件1.csv", [*rows, ["2", "路灯不亮", "2024年8月20日前"]], ledger="problems")
    notes = [note for note in submission.notes if note.type == "no-year"]
    return [row.values["时限日期"] for row in submission.rows], notes


def test_a_deadline_without_any_year_is_said_once_a_column(read):
    days, [note] = deadlines(read, [])
    assert days == ["", "2024-08-20"]
    assert note.count == 1 and "第2行" in note.message and "共1行" in note.message
    assert "没有写年份" in note.message and "写明“时间：2024年" in note.message
    days, notes = deadlines(read, [["时间：2024年7月20日", "", ""]])
    assert days == ["2024-08-15", "2024-08-20"] and not notes
