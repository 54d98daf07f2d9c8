"""The five renderings of a report say the same, each in the form that its readers need."""

from __future__ import annotations

import io
import json
from html.parser import HTMLParser
from pathlib import Path

import frictionless
import openpyxl
import pytest
from tiny_township import make_package, rows_of

from xianjie.check import check_files, check_package
from xianjie.files import csv_text, write_csv
from xianjie.notes import ERROR, REPAIR, WARNING, Note
from xianjie.report import FORMATS, SHOWN, Report, Task, render
from xianjie.sentences import messages, title_of

LABELS = ["户编号", "村代码", "户类型", "备忘"]


def error(number: int, **parts) -> Note:
    return Note(
        ERROR,
        parts.pop("type", "constraint-error"),
        parts.pop("message", f"户台账.csv 第{number}行 C{number}「户类型」填的是“错”，不在代码表里，只能填：脱贫户。"),
        "户台账.csv",
        row=number,
        field_number=3,
        field_name="户类型",
        cell=parts.pop("cell", "错"),
        address=f"C{number}",
        remedy="只能填：脱贫户",
    )


def one_task(*notes: Note, **parts) -> Report:
    task = Task("households", "户", Path("报送/户台账.csv"), "户台账.csv", None, 3, ["户编号"], list(notes), **parts)
    return Report([task], submitted=True)


@pytest.fixture
def submitted(tmp_path):
    """A real report with errors, warnings and repairs."""
    package = make_package(tmp_path / "package")
    path = tmp_path / "户台账.csv"
    rows = [
        LABELS,
        ["H3", "甲村", "错", "x"],
        ["H4", "甲村", "脱贫户", "y"],
        ["合计", "", "", ""],
    ]
    path.write_text(csv_text(rows[0], rows[1:]), encoding="utf-8")
    return check_files(package, [path])


def test_exit_codes():
    assert one_task().exit_code == 0
    assert one_task(Note(WARNING, "extra-label", "备注列没有登记。", "a.csv")).exit_code == 0
    assert one_task(error(2)).exit_code == 1
    assert Report([Task("", "", Path("a"), "a", notes=[error(2)], unreadable=True)], True).exit_code == 2


def test_text_has_every_sentence_and_the_figures(submitted):
    text = render(submitted, "text")
    for note in submitted.tasks[0].notes:
        assert note.message in text
    assert "户台账.csv（户，2 行）：1 个错误，" in text
    assert text.splitlines()[-1].startswith("不通过：1 张表、2 行，1 个错误，")


def test_text_shows_some_of_each_kind_and_counts_the_rest():
    other = error(500, type="type-error", message="另一种错误。")
    text = render(one_task(*(error(number) for number in range(2, 2 + SHOWN + 7)), other), "text")
    assert text.count("不在代码表里") == SHOWN
    assert "另有 7 条同类" in text
    assert "另一种错误。" in text
    everything = json.loads(render(one_task(*(error(number) for number in range(2, 2 + SHOWN + 7))), "json"))
    assert len(everything["tasks"][0]["errors"]) == SHOWN + 7


def test_text_of_a_clean_package_is_its_verdict_alone(tmp_path):
    package = make_package(tmp_path, {"persons": [], "payments": []})
    text = render(check_package(package, "2024-12-15"), "text")
    assert text == f"通过：{len(package.ledgers)} 个台账、7 行，0 个错误，0 个警告。\n"


def test_json_is_a_frictionless_report_with_sheet_address_and_remedy(submitted):
    report = json.loads(render(submitted, "json"))
    assert report["valid"] is False
    assert report["stats"]["errors"] == 1
    [task] = report["tasks"]
    assert (task["name"], task["valid"], task["labels"]) == ("households", False, LABELS)
    [found] = task["errors"]
    assert {
        key: found[key] for key in ("type", "rowNumber", "fieldNumber", "fieldName", "cell", "address", "sheet")
    } == {
        "type": "constraint-error",
        "rowNumber": 2,
        "fieldNumber": 3,
        "fieldName": "户类型",
        "cell": "错",
        "address": "C2",
        "sheet": None,
    }
    assert found["message"] == submitted.errors[0].message
    assert found["remedy"]
    assert {note["type"] for note in task["warnings"]} >= {"extra-label", "missing-label"}
    assert "skipped-rows" in {note["type"] for note in task["repairs"]}
    assert task["stats"]["warnings"] == len(task["warnings"])


def test_frictionless_finds_its_own_report_in_the_json(submitted):
    report = json.loads(render(submitted, "json"))
    assert [*frictionless.Report.metadata_validate(report)] == []
    for task in report["tasks"]:
        assert [*frictionless.ReportTask.metadata_validate(task)] == []
        for found in task["errors"]:
            assert [*frictionless.Error.metadata_validate(found)] == []


def test_github_points_at_files_and_lines_and_escapes(tmp_path, monkeypatch):
    package = make_package(tmp_path)
    rows = [
        {"村代码": "141199104201", "村名": "甲村", "联络组": "一\n二"},
        {"村代码": "错,的:码%", "村名": "乙村"},
    ]
    write_csv(package["villages"].path, package["villages"].columns, rows_of(package, "villages", rows))
    monkeypatch.chdir(tmp_path)
    lines = render(check_package(package, "2024-12-15"), "github").splitlines()
    assert lines[0].startswith("::error file=csv/base/villages.csv,line=4,col=1,title=")
    assert lines[0].partition("::csv/")[2].startswith("base/villages.csv 第3行 A3「村代码」填的是“错,的:码%25”")
    assert all(line.startswith(("::error ", "::warning ")) for line in lines)


def test_github_escapes_line_breaks_and_properties():
    note = Note(ERROR, "type-error", "一\r\n二%。", "a,b:c.csv", row=2)
    report = Report([Task("x", "x", Path("a,b:c.csv"), "a,b:c.csv", notes=[note])], submitted=True)
    line = render(report, "github").splitlines()[0]
    assert line == "::error file=a%2Cb%3Ac.csv,line=2,title=写法不对::一%0D%0A二%25。"


def test_github_keeps_numbers_of_persons_out_of_the_log():
    text = "身份证号“14119919600307122X”、电话“14200000001”、账号“9990000000000000003”、村代码“141121104201”。"
    note = Note(ERROR, "type-error", text, "户台账.csv", row=2)
    line = render(one_task(note), "github").splitlines()[0]
    assert line.endswith("身份证号“141199……”、电话“142000……”、账号“999000……”、村代码“141121104201”。")


def test_github_puts_errors_before_warnings_and_leaves_repairs_out():
    warning = Note(WARNING, "extra-label", "一列没有登记。", "户台账.csv", row=1)
    repair = Note(REPAIR, "filled", "填了。", "户台账.csv", row=1)
    lines = render(one_task(repair, warning, error(9)), "github").splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::error", "::warning"]
    assert render(one_task(repair), "github") == ""


class Page(HTMLParser):
    """Collects the texts of a page, and what it would load."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.loads: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.loads += [value for name, value in attrs if name in ("src", "href")]

    def handle_data(self, data):
        self.texts.append(data)


def test_html_stands_alone_and_escapes(submitted):
    page = Page()
    page.feed(render(submitted, "html"))
    assert page.loads == [] and "script" not in page.tags
    assert {note.message for note in submitted.tasks[0].notes} <= set(page.texts)
    evil = error(2, message="填的是“<script>alert(1)</script>”。")
    page = Page()
    page.feed(render(one_task(evil), "html"))
    assert evil.message in page.texts and "script" not in page.tags


def test_workbook_has_one_row_a_note_and_values_stay_text(submitted):
    formula = error(2, cell="=1+1", message="填的是“=1+1”。")
    sheet = openpyxl.load_workbook(
        io.BytesIO(render(one_task(formula, error(3, cell="141199196003071223")), "xlsx"))
    ).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=1, max_row=3)]
    assert rows[0][:4] == ["级别", "文件", "工作表", "单元格"]
    assert [row[6] for row in rows[1:]] == ["=1+1", "141199196003071223"]
    assert sheet["G2"].data_type == "s"
    sheet = openpyxl.load_workbook(io.BytesIO(render(submitted, "xlsx"))).active
    listed = {row[8].value for row in sheet.iter_rows(min_row=2)} - {None}
    assert listed == {note.message for note in submitted.tasks[0].notes}


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_check_gives_the_same_bytes(submitted, form):
    assert render(submitted, form) == render(submitted, form)
    assert isinstance(render(submitted, form), bytes if form == "xlsx" else str)


def test_unknown_format_is_refused():
    with pytest.raises(ValueError, match="yaml"):
        render(one_task(), "yaml")


def test_every_template_has_a_title_and_known_placeholders():
    names = "place,cell,field,number,note,other,source,count,columns,area,ledger,cause,remedy"
    known = dict.fromkeys(names.split(","), "x")
    for group in ("errors", "warnings"):
        for template in messages()[group].values():
            assert template["title"]
            assert template["message"].format(**known).endswith("。")
            template.get("remedy", "").format(**known)
    assert messages()["filled"].format(**known)
    names = "place,other,same,differing,field,number,theirs,remedy"
    for kind, template in messages()["remarks"].items():
        assert messages()["titles"][kind]
        assert template["message"].format(**dict.fromkeys(names.split(","), "x")).endswith("。")
        assert not template["remedy"].endswith("。")


def test_every_note_has_a_title():
    assert title_of(error(2)) == messages()["errors"]["constraint-error"]["title"]
    assert title_of(Note(WARNING, "doubt-uscc", "x", "f")) == messages()["warnings"]["doubt"]["title"]
    assert title_of(Note(ERROR, "damaged-ids", "x", "f")) == "身份证号已损坏"
    assert title_of(Note(ERROR, "new-kind", "x", "f")) == "错误"
