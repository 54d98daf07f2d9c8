"""Files as they come: encodings, delimiters, workbooks, and everything that is no table."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from clerk_files import column, errors, notes, person
from old_excel import xls

from xianjie.intake import IntakeError, read_submissions
from xianjie.intake.read import read_grids
from xianjie.package import Package

ROWS = [["姓名", "身份证号", "残疾证号", "级别"]] + [
    [f"王{name}", person(number), person(number) + "41", "1"] for number, name in enumerate("秀英明")
]
NAME = "残疾人证.csv"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters(package: Package, tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / NAME
    path.write_bytes("".join(delimiter.join(row) + "\r\n" for row in ROWS).encode(encoding))
    (found,) = read_submissions(package, path)
    assert found.ledger.name == "disability_certificates"
    assert column(found, "姓名") == ["王秀", "王英", "王明"]
    assert column(found, "残疾等级") == ["一级"] * 3
    assert [row.number for row in found.rows] == [2, 3, 4]
    assert not found.errors


def test_rare_characters_of_gb18030(read) -> None:
    found = read(NAME, [ROWS[0], ["䶮𬙂", *ROWS[1][1:]]], encoding="gb18030")
    assert column(found, "姓名") == ["䶮𬙂"]
    assert found.encoding == "gb18030"


def test_line_breaks_inside_cells_keep_rows_counted_as_excel_does(read) -> None:
    text = '专班,具体问题,整改措施\n就业帮扶专班,"路灯\n不亮",修\n\n就业帮扶专班,水管漏水,换\n'
    found = read("附件1.csv", text)
    assert column(found, "对照排查内容排查出的具体问题") == ["路灯\n不亮", "水管漏水"]
    assert [row.number for row in found.rows] == [2, 4]
    assert found.skipped == {"空行": [3]}


def test_excels_own_separator_line(read) -> None:
    found = read(NAME, "sep=;\r\n" + "".join(";".join(row) + "\r\n" for row in ROWS))
    assert [row.number for row in found.rows] == [3, 4, 5]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("空.csv", b"", "空文件"),
        ("空白.csv", b"\xef\xbb\xbf\r\n \r\n", "空文件"),
        ("逗号.csv", b",,,\r\n,,,\r\n", "没有内容"),
        ("扫描.pdf", b"%PDF-1.4 ...", "PDF"),
        ("改名.xlsx", "姓名,身份证号\n王,1\n".encode(), "把扩展名改回 .csv"),
        ("名单.et", b"\xd0\xcf\x11\xe0", "WPS"),
        ("名单.doc", b"\xd0\xcf\x11\xe0" + bytes(600), "不是表格"),
        ("名单.jpg", b"\xff\xd8\xff\xe0abc", "不是能读的格式"),
        ("导出.xls", b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        ("坏的.xlsx", b"PK\x03\x04 rest", "损坏"),
        ("坏的.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "损坏"),
        ("加密.xlsx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        ("混合.csv", "姓名,身份证号\n王,1\n".encode() + b"\xff\xff\xfe", "第3行附近"),
        ("引号.csv", '姓名,身份证号,残疾证号\n王,"1,2\n李,3,4\n'.encode(), "第2行有一个双引号"),
        ("别的.csv", b"a,b,c\n1,2,3\n", "找不到任何台账的表头"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(
    package: Package, tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(IntakeError, match=words) as caught:
        read_submissions(package, path)
    assert str(caught.value).startswith(name)
    assert str(caught.value).endswith("。")


def test_missing_files_folders_and_ledgers(package: Package, tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="找不到文件"):
        read_submissions(package, tmp_path / "没有.csv")
    (tmp_path / "空.csv").write_text("", encoding="utf-8")
    with pytest.raises(IntakeError, match="没有叫“无此”的台账"):
        read_submissions(package, tmp_path / "空.csv", "无此")
    (tmp_path / "夹.csv").mkdir()
    with pytest.raises(IntakeError, match=r"夹\.csv"):
        read_submissions(package, tmp_path / "夹.csv")


def test_other_zips_are_no_workbooks(package: Package, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    path = tmp_path / "名单.docx"
    path.write_bytes(buffer.getvalue())
    with pytest.raises(IntakeError, match="不是 Excel 工作簿"):
        read_submissions(package, path)


def test_old_workbooks(package: Package, tmp_path: Path) -> None:
    heading = ["姓名", "身份证号", "补贴项目", "金额", "发放日期", "补贴月份"]
    cells: dict[tuple[int, int], object] = {(0, index): text for index, text in enumerate(heading)}
    cells |= {(1, 0): "王秀英", (1, 1): person(1), (1, 2): "低保", (1, 3): 300.5, (1, 4): (45478,), (1, 5): "2024.7"}
    cells |= {(2, 0): "王秀兰", (2, 1): person(2), (2, 3): 300.0, (2, 4): 45479, (2, 5): 2024.7}
    path = tmp_path / "发放明细.xls"
    path.write_bytes(xls("发放", cells, merged=[(1, 2, 2, 2)]))
    (found,) = read_submissions(package, path)
    assert (found.ledger.name, found.sheet) == ("payments", "发放")
    assert column(found, "金额") == ["300.5", "300"]
    assert column(found, "发放日期") == ["2024-07-05", "2024-07-06"]
    assert column(found, "所属期起") == ["2024-07", "2024-07"]
    assert column(found, "项目") == ["低保金", "低保金"]


def test_dates_formulas_and_errors_of_a_workbook(package: Package, workbook) -> None:
    def change(sheet) -> None:
        sheet["C3"].number_format = 'yyyy"年"m"月"'
        sheet["C4"].number_format = "[$-804]yyyy/m/d"

    path = workbook(
        "资产台账-保贤村.xlsx",
        [
            ["资产名称", "原值", "移交日期", "确权日期", "备用编号"],
            ["冷库", 300, datetime.date(2022, 5, 3), 44801, '="00123"'],
            ["大棚", "=B2*2", datetime.datetime(2022, 5, 1), "2022/8/28", 1],
            ["机井", "#N/A", datetime.datetime(2022, 5, 4, 8, 30), "#REF!", 1],
        ],
        change=change,
    )
    (found,) = read_submissions(package, path)
    # A cell that shows only 2022年5月 tells no day: Excel made up the 1st.
    assert column(found, "移交日期") == ["2022-05-03", "2022年5月", "2022-05-04"]
    assert column(found, "确权日期")[:2] == ["2022-08-28", "2022-08-28"]
    assert errors(found) == [
        ("formula-without-value", "B3"), ("excel-error", "B4"), ("excel-error", "D4"),
    ]  # fmt: skip
    assert {(3, "原值"), (4, "原值"), (4, "确权日期")} == found.reported
    assert notes(found, "time-dropped")[0].address == "C4"


def test_formulas_with_their_values(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["=1+1", '=IF(A1="","","")', '="1411"'])
    book.save(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    sheet = sheet.replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>").replace(
        b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>"
    )
    start = sheet.index(b'<c r="B1"')
    sheet = sheet[:start] + sheet[start:].replace(b'<c r="B1"', b'<c r="B1" t="str"', 1)
    parts["xl/worksheets/sheet1.xml"] = sheet
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    (grid,) = read_grids(path)
    assert [str(grid.at(1, number)) for number in (1, 2, 3)] == ["2", "", "1411"]


def test_days_of_a_workbook_counted_from_1904(package: Package, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append(["资产名称", "移交日期", "村"])
    book.active.append(["冷库", 44016, "保贤村"])
    path = tmp_path / "资产.xlsx"
    book.save(path)
    (found,) = read_submissions(package, path)
    assert column(found, "移交日期") == ["2024-07-05"]


def test_a_long_file_is_read_in_time(package: Package, tmp_path: Path) -> None:
    # The cost that matters is per distinct value; a cell more or less must not cost another pass over the file.
    path = tmp_path / "发放明细.csv"
    lines = ["项目,身份证号,姓名,所属期起,金额,发放日期,发放状态\n"]
    lines += [f"低保,{person(i)},王{i % 7},2024.7,{i % 50}.5,2024.7.{i % 28 + 1},成功\n" for i in range(5000)]
    path.write_text("".join(lines), encoding="utf-8")
    (found,) = read_submissions(package, path)
    assert len(found.rows) == 5000
    assert notes(found, "synonym")[0].count == 5000
    assert sum(note.type == "month-spelling" for note in found.notes) == 1
