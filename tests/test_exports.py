"""`build.py export`: what is asked wrongly is said in Chinese, and a failure leaves what was there."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest
import small_package

from xianjie import cli
from xianjie.exports import KINDS, ExportError, Request, export


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return small_package.write_package(tmp_path_factory.mktemp("small") / "package")


def run(monkeypatch, capfd, package, *arguments: str) -> tuple[int, str, str]:
    where = ["--package", str(package.root), "--dist", str(package.root / "dist")]
    monkeypatch.setattr(sys, "argv", ["build.py", "export", *arguments, *where])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    printed = capfd.readouterr()
    return stopped.value.code, printed.out, printed.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "缺少参数 KIND。"),
        (["coverage"], "缺少选项 --out。"),
        (["covrage", "--out", "x.xlsx"], "填的是“covrage”，只能填 coverage、"),
        (["coverage", "persons", "--out", "x.xlsx"], "coverage（条款覆盖）总是全部导出，后面不写名称。"),
        (["dictionary", "persons", "--out", "x.xlsx"], "dictionary（数据字典）总是全部导出，后面不写名称。"),
        (["coverage", "--out", "x.xls"], "文件名要以 .xlsx 结尾，写的是“x.xls”。"),
        (["coverage", "--out", "schemas"], "是文件夹；请用 --out 写明文件名，如 schemas/coverage.xlsx。"),
        (["methods", "--out", "datapackage.json"], "--out 要写一个文件夹，datapackage.json 是文件。"),
        (["methods", "idle_aset", "--out", "m"], "没有名为“idle_aset”的审计，是不是 idle_assets？"),
        (["methods", "慢", "--out", "m"], "没有名为“慢”的审计。"),
        (["methods", "--out", "datapackage.json/m"], "失败：路径中间有一段是文件，不是文件夹。"),
    ],
)
def test_what_is_asked_wrongly_is_a_chinese_sentence(monkeypatch, capfd, small, arguments, words):
    monkeypatch.chdir(small.root)
    before = sorted(path.name for path in small.root.iterdir())
    code, out, err = run(monkeypatch, capfd, small, *arguments)
    assert (code, out) == (2, "") and words in err.replace("\\", "/")
    assert sorted(path.name for path in small.root.iterdir()) == before


def test_every_kind_is_explained_and_in_the_readme(monkeypatch, capfd):
    monkeypatch.setattr(sys, "argv", ["build.py", "export", "--help"])
    with pytest.raises(SystemExit):
        cli.main()
    told = capfd.readouterr().out
    for readme in ("README.md", "README.en.md"):
        text = (small_package.ROOT / readme).read_text(encoding="utf-8")
        (line,) = [line for line in text.splitlines() if line.startswith("| `python build.py export ")]
        for kind in KINDS:
            assert f"`{kind}`" in line and f"{kind} {KINDS[kind].title}" in " ".join(told.split())


def test_it_says_what_it_wrote_and_leaves_stdout_alone(monkeypatch, capfd, small, tmp_path):
    code, out, err = run(monkeypatch, capfd, small, "methods", "idle_assets", "--out", str(tmp_path / "方法"))
    assert (code, out, err) == (0, "", f"已写入 {tmp_path / '方法'}，共 2 个文件。\n")
    assert sorted(path.name for path in (tmp_path / "方法").iterdir()) == [
        "AST05_idle_assets.docx",
        "AST05_idle_assets.xlsx",
    ]


def kind_that(result):
    def make(_request):
        if isinstance(result, Exception):
            raise result
        return result

    return make


def test_a_failure_leaves_the_earlier_file(monkeypatch, small, tmp_path):
    out = tmp_path / "new" / "coverage.xlsx"
    request = Request(small, small.root / "dist", out)
    monkeypatch.setitem(KINDS, "coverage", replace(KINDS["coverage"], make=kind_that({"": b"first"})))
    assert export("coverage", request) == f"已写入 {out}。"
    assert out.read_bytes() == b"first"
    monkeypatch.setitem(KINDS, "coverage", replace(KINDS["coverage"], make=kind_that(ExportError("不行。"))))
    with pytest.raises(ExportError, match="不行"):
        export("coverage", request)
    monkeypatch.setitem(KINDS, "coverage", replace(KINDS["coverage"], make=kind_that({"": b"second"})))
    monkeypatch.setattr("xianjie.files.os.replace", _full)
    with pytest.raises(OSError, match="space"):
        export("coverage", request)
    assert [path.name for path in out.parent.iterdir()] == ["coverage.xlsx"] and out.read_bytes() == b"first"


def _full(*_paths):
    raise OSError(28, "no space left")


def test_a_file_of_a_folder_replaces_the_earlier_one_and_nothing_else(monkeypatch, small, tmp_path):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    for content in (b"one", b"two"):
        monkeypatch.setitem(KINDS, "methods", replace(KINDS["methods"], make=kind_that({"a.xlsx": content})))
        export("methods", Request(small, small.root / "dist", tmp_path))
        assert (tmp_path / "a.xlsx").read_bytes() == content
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.xlsx", "mine.txt"]
