"""What is typed wrongly at the command line is said in Chinese, and each format has its own stream."""

from __future__ import annotations

import re
import sys

import pytest
from tiny_township import make_package

from xianjie import cli


def run(monkeypatch, capfd, *arguments: str) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["build.py", *arguments])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    printed = capfd.readouterr()
    return stopped.value.code, printed.out, printed.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["chek"], "没有 chek 这个命令"),
        (["check", "--nope"], "没有 --nope 这个选项"),
        (["check", "--formt", "text"], "是不是 --format"),
        (["check", "--format", "pdf"], "选项 --format 填得不对：填的是“pdf”，只能填 text、json、github、html、xlsx"),
        (["check", "--format", "中文"], "填的是“中文”，只能填 text"),
        (["check", "--out"], "选项 --out 后面要写一个值"),
        (["import"], "缺少文件名"),
        (["check", "--ledger", "persons"], "后面要写文件名"),
        (["demo"], "缺少选项 --out"),
        (["demo", "--persons", "0", "--out", "x"], "填的是“0”，要填不小于 1 的整数"),
        (["serve", "--port", "八"], "填的是“八”，要填整数"),
        (["build", "多余"], "多写了 多余"),
        (["audit", "--as-of", "明天"], "“明天”不是日期"),
        (["--version=3"], "选项 --version 后面不写值"),
    ],
)
def test_usage_errors_are_chinese_sentences(monkeypatch, capfd, arguments, words):
    code, out, err = run(monkeypatch, capfd, *arguments)
    first, second = err.splitlines()
    assert (code, out) == (2, "")
    assert first.startswith("用法有误：") and first.endswith(("。", "？")) and words in first
    assert "--help" in second
    # No word of English but what was typed and the names of options and formats.
    assert not re.search("[A-Za-z]{2,} [A-Za-z]{2,}", first)


def test_annotations_have_stdout_to_themselves(monkeypatch, capfd, tmp_path):
    package = make_package(tmp_path, {"persons": [], "payments": []})
    where = ["--package", str(package.root)]
    code, out, err = run(monkeypatch, capfd, "check", "--format", "github", *where)
    assert (code, out) == (0, "")
    assert err.startswith("通过：")
    package["villages"].path.write_text("错\n", encoding="utf-8")
    code, out, err = run(monkeypatch, capfd, "check", "--format", "github", *where)
    assert code == 1 and err.startswith("不通过：")
    assert out and all(line.startswith(("::error ", "::warning ")) for line in out.splitlines())


def test_why_a_file_cannot_be_written_is_chinese(monkeypatch, capfd, tmp_path):
    package = make_package(tmp_path / "package", {"persons": [], "payments": []})
    (tmp_path / "file").write_text("", encoding="utf-8")
    out = tmp_path / "file" / "report.json"
    code, _, err = run(monkeypatch, capfd, "check", "--out", str(out), "--package", str(package.root))
    assert code == 2
    assert err.endswith("失败：已经有同名的文件或文件夹。\n")


def test_the_output_of_a_build_repeats_nothing_about_people(monkeypatch, capfd, tmp_path):
    person = {"户编号": "H1", "身份证号": "欧阳秘密号", "姓名": "欧阳秘密", "性别": "女", "出生日期": "秘密日"}
    package = make_package(tmp_path, {"persons": [person], "payments": []})
    where = ["--package", str(package.root), "--dist", str(tmp_path / "dist")]
    code, out, err = run(monkeypatch, capfd, "build", *where)
    assert code == 1 and "秘密" not in out + err
    assert "csv/base/persons.csv 第2行 B2「身份证号」" in err and "check 查看" in err
    code, out, err = run(monkeypatch, capfd, "check", "--format", "github", *where[:2])
    assert code == 1 and "秘密" not in out + err
    # Whoever corrects the ledger needs the values.
    assert "填的是“欧阳秘密号”" in run(monkeypatch, capfd, "check", *where[:2])[1]
