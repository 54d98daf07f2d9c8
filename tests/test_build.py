"""The build as a whole: all or nothing, the same bytes, and what is kept of an earlier one."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import small_package

from xianjie import staging
from xianjie.build import OUTPUTS, BuildError, build, is_stale, open_for_audit
from xianjie.compile import CompileError
from xianjie.package import load_package

DATABASES = ("internal.db", "public.db", "internal-metadata.yml", "public-metadata.yml")


def contents(dist: Path) -> dict[str, bytes]:
    """Every file under dist but the lock, which is empty and stays."""
    return {
        path.relative_to(dist).as_posix(): path.read_bytes()
        for path in sorted(dist.rglob("*"))
        if path.is_file() and path.name != staging.LOCK
    }


@pytest.fixture
def package(tmp_path):
    return small_package.write_package(tmp_path / "package")


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """A package with its build, not to be changed."""
    root = tmp_path_factory.mktemp("shared") / "package"
    package = small_package.write_package(root)
    return package, build(package, root / "dist")


@pytest.fixture
def built(shared, tmp_path):
    """A copy of that package with its build, to be changed."""
    shutil.copytree(shared[0].root, tmp_path / "package")
    return load_package(tmp_path / "package"), tmp_path / "package" / "dist"


NEW_PROJECT = {"项目编号": "X2", "项目名称": "新的项目"}


def change(package, **row: str) -> None:
    """Add a row to the ledger of projects."""
    ledger = package["projects"]
    cells = ",".join(row.get(column, "") for column in ledger.columns)
    with ledger.path.open("a", encoding="utf-8", newline="") as handle:
        handle.write(cells + "\n")


def test_a_build_writes_its_files_and_nothing_else(shared):
    package, result = shared
    dist = package.root / "dist"
    assert sorted(contents(dist)) == sorted(OUTPUTS)
    assert result.valid and result.failed_audits == []
    assert len(result.results) == len(list(package.root.glob("audits/*/*.sql")))
    assert "写入" in result.summary and "条疑点" in result.summary
    for name in ("internal.db", "public.db"):
        connection = sqlite3.connect(dist / name)
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        connection.close()


def test_findings_and_results_of_every_audit_are_in_the_database(shared):
    package, result = shared
    connection = sqlite3.connect(package.root / "dist" / "internal.db")
    written = dict(connection.execute("select 审计, 疑点数 from audit_results"))
    counted = dict(connection.execute("select 审计, count(*) from findings group by 审计"))
    dates = connection.execute("select distinct 截止日期 from audit_results").fetchall()
    connection.close()
    assert written == {one.name: len(one.findings) for one in result.results}
    assert {name: number for name, number in written.items() if number} == counted
    assert sum(counted.values()) > 0
    assert dates == [(package.as_of,)]


def test_two_builds_give_the_same_bytes(shared, tmp_path, monkeypatch):
    package, _ = shared
    again = tmp_path / "again"
    build(package, again)
    assert contents(again) == contents(package.root / "dist")
    copy = tmp_path / "a folder" / "复制"
    copy.parent.mkdir()
    shutil.copytree(package.root, copy, ignore=shutil.ignore_patterns("dist"))
    monkeypatch.chdir(copy.parent)
    environment = os.environ | {"PYTHONPATH": str(small_package.ROOT), "PYTHONHASHSEED": "7", "TZ": "America/Lima"}
    code = "from xianjie.build import build; from xianjie.package import load_package; from pathlib import Path\n"
    code += "build(load_package('复制'), Path('dist'))"
    subprocess.run([sys.executable, "-X", "utf8", "-c", code], check=True, env=environment)
    assert contents(copy.parent / "dist") == contents(package.root / "dist")


def test_a_build_in_place_of_another_gives_the_same_bytes(built):
    package, dist = built
    before = contents(dist)
    build(package, dist)
    assert contents(dist) == before


def test_another_date_takes_the_place_of_the_packages(built):
    package, dist = built
    build(package, dist, as_of="2023-06-30")
    connection = sqlite3.connect(dist / "internal.db")
    assert connection.execute("select distinct 截止日期 from audit_results").fetchall() == [("2023-06-30",)]
    connection.close()
    connection = sqlite3.connect(dist / "public.db")
    # 低保 began in January 2024.
    assert connection.execute("select max(低保人数) from village_counts").fetchone() == (None,)
    connection.close()
    assert json.loads((dist / "build.json").read_text(encoding="utf-8"))["as_of"] == "2023-06-30"


def test_an_invalid_package_leaves_the_earlier_build(built):
    package, dist = built
    before = contents(dist)
    change(package, 项目编号="X2", 项目类别="没有这个类别")
    result = build(package, dist)
    assert not result.valid and result.report.exit_code == 1
    assert contents(dist) == before
    assert is_stale(package, dist)


def test_an_invalid_package_does_not_even_make_the_folder(package, tmp_path):
    change(package, 项目编号="X2", 项目类别="没有这个类别")
    assert not build(package, tmp_path / "new").valid
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("file", "text"),
    [
        (
            "public/assets.sql",
            "-- title: x\n-- description: x\n-- kind: rows\n-- ledger: assets\nselect 管护人 from assets",
        ),
        ("metadata.yml", "internal: 1"),
        ("audits/assets/idle_assets.sql", "select 1"),
        ("views/residents.sql", "-- title: x\nselect 没有 from persons"),
    ],
)
def test_a_failing_build_leaves_the_earlier_one(built, file, text):
    package, dist = built
    before = contents(dist)
    (package.root / file).write_text(text, encoding="utf-8")
    with pytest.raises(Exception) as caught:
        build(package, dist)
    assert type(caught.value).__module__.startswith("xianjie.") and Path(file).stem in str(caught.value)
    assert contents(dist) == before


# Interruptions

WAITING = """
import os, sys, time
from pathlib import Path
from xianjie import staging
from xianjie.build import build
from xianjie.package import load_package

label, replaced = sys.argv[3], int(sys.argv[4])

def wait():
    print("waiting", flush=True)
    time.sleep(600)

def progress(now, done, total):
    if now == label and done >= total / 2:
        wait()

original, count = os.replace, 0

def replace(source, target):
    global count
    if Path(target).parent == Path(sys.argv[2]):
        if count == replaced:
            wait()
        count += 1
    original(source, target)

os.replace = replace
build(load_package(sys.argv[1]), Path(sys.argv[2]), progress=progress)
"""


def killed(package, dist: Path, label: str = "", replaced: int = -1) -> None:
    """Start a build and kill it at half of the step `label`, or when `replaced` files have been replaced."""
    process = subprocess.Popen(
        [sys.executable, "-X", "utf8", "-c", WAITING, str(package.root), str(dist), label, str(replaced)],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(small_package.ROOT)},
    )
    try:
        assert process.stdout.readline().strip() == b"waiting"
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.mark.parametrize("label", ["校验台账", "编译台账", "运行审计", "生成公开库", "编写数据字典"])
def test_a_killed_build_leaves_the_earlier_one_and_the_next_one_works(built, label):
    package, dist = built
    before = contents(dist)
    change(package, **NEW_PROJECT)
    killed(package, dist, label)
    assert {name: content for name, content in contents(dist).items() if not name.startswith(".build/")} == before
    assert is_stale(package, dist)
    build(package, dist)
    after = contents(dist)
    assert sorted(after) == sorted(OUTPUTS) and after["internal.db"] != before["internal.db"]
    assert not is_stale(package, dist)


def test_a_build_killed_amid_renaming_is_not_taken_for_complete(built):
    package, dist = built
    before = contents(dist)
    original = package["projects"].path.read_bytes()
    change(package, **NEW_PROJECT)
    killed(package, dist, replaced=1)
    assert (dist / "internal.db").read_bytes() != before["internal.db"]
    assert (dist / "public.db").read_bytes() == before["public.db"]
    package["projects"].path.write_bytes(original)
    assert is_stale(package, dist), "the old record must not vouch for a new file"
    build(package, dist)
    assert contents(dist) == before


def test_the_first_build_killed_leaves_nothing_that_looks_like_one(package, tmp_path):
    killed(package, tmp_path / "dist", "运行审计")
    assert not [name for name in contents(tmp_path / "dist") if not name.startswith(".build/")]
    build(package, tmp_path / "dist")
    assert sorted(contents(tmp_path / "dist")) == sorted(OUTPUTS)


def test_a_database_that_is_open_elsewhere_is_told(built, monkeypatch):
    """On Windows a file that `serve` has open cannot be replaced."""
    package, dist = built
    before = contents(dist)
    change(package, **NEW_PROJECT)
    original = os.replace

    def replace(source, target):
        if Path(target) == dist / "public.db" and Path(source).parent.name == staging.STAGE:
            raise PermissionError(13, "Access is denied", str(target))
        original(source, target)

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(BuildError, match=r"public\.db.*请先停止 serve"):
        build(package, dist)
    assert contents(dist) == before


def test_one_build_at_a_time(built):
    package, dist = built
    before = contents(dist)
    with pytest.raises(BuildError, match="另一个编译正在写"), staging.staged(dist, OUTPUTS):
        build(package, dist)
    assert contents(dist) == before


# What an earlier build is good for


def test_a_build_is_stale_when_anything_it_was_made_from_changes(built):
    package, dist = built
    assert not is_stale(package, dist)
    files = ["csv/funds/projects.csv", "schemas/base/persons.json", "audits/assets/idle_assets.sql", "views/deaths.sql"]
    for name in [*files, "public/assets.sql", "metadata.yml", "datapackage.json"]:
        path = package.root / name
        original = path.read_bytes()
        path.write_bytes(original + b"\n")
        assert is_stale(package, dist), name
        path.write_bytes(original)
        assert not is_stale(package, dist)
    for name in OUTPUTS:
        (dist / name).rename(dist / "aside")
        assert is_stale(package, dist), name
        (dist / "aside").rename(dist / name)
    (dist / "build.json").write_text("[]", encoding="utf-8")
    assert is_stale(package, dist)
    (dist / "build.json").write_text("{", encoding="utf-8")
    assert is_stale(package, dist)


def test_audits_use_a_fresh_build_as_it_is(built):
    package, dist = built
    before = {path: path.stat().st_mtime_ns for path in dist.iterdir()}
    connection = open_for_audit(package, dist)
    assert connection.execute("select count(*) from persons").fetchone() == (12,)
    with pytest.raises(sqlite3.OperationalError):
        connection.execute("delete from persons")
    connection.close()
    assert {path: path.stat().st_mtime_ns for path in dist.iterdir()} == before


def test_audits_build_what_is_missing_or_stale(package, tmp_path):
    notices = []
    connection = open_for_audit(package, tmp_path / "dist", notice=notices.append)
    connection.close()
    assert not is_stale(package, tmp_path / "dist") and not notices
    change(package, **NEW_PROJECT)
    connection = open_for_audit(package, tmp_path / "dist", notice=notices.append)
    assert connection.execute("select count(*) from projects").fetchone() == (2,)
    connection.close()
    assert not is_stale(package, tmp_path / "dist") and not notices


@pytest.mark.parametrize(
    "row",
    [
        {"项目编号": "X2", "项目名称": "没有这个类别", "项目类别": "别的"},
        {"项目编号": "X1", "项目名称": "重复的编号"},
        {"项目名称": "没有编号"},
        {"项目编号": "X2", "项目名称": "没有这个村", "村代码": "141121104999"},
    ],
)
def test_audits_run_on_invalid_data_and_leave_the_good_build(built, row):
    package, dist = built
    before = contents(dist)
    change(package, **row)
    notices = []
    connection = open_for_audit(package, dist, notice=notices.append)
    assert connection.execute("select count(*) from projects").fetchone() == (2,)
    assert connection.execute("select count(*) from residents").fetchone() == (12,)
    connection.close()
    assert contents(dist) == before
    assert len(notices) == 1 and "处错误" in notices[0]


def test_audits_do_not_need_a_public_database(built):
    package, dist = built
    before = contents(dist)
    change(package, 项目编号="X2", 项目名称="联系电话14200000001")
    notices = []
    open_for_audit(package, dist, notice=notices.append).close()
    assert "手机号" in notices[0]
    assert contents(dist) == before


def test_ledgers_that_do_not_load_are_told(built):
    package, dist = built
    change(package, 项目编号="X2", 项目名称="大棚", 预算金额="约五十万")
    with pytest.raises(CompileError, match="预算金额"):
        open_for_audit(package, dist)


def test_progress_names_each_step(package, tmp_path):
    steps = []
    build(package, tmp_path / "dist", progress=lambda label, done, total: steps.append((label, done, total)))
    labels = list(dict.fromkeys(label for label, _, _ in steps))
    assert labels == ["校验台账", "编译台账", "运行审计", "生成公开库", "编写数据字典"]
    for label in {label for label, _, _ in steps}:
        own = [(done, total) for name, done, total in steps if name == label]
        assert own[0][0] == 0 and own[-1][0] == own[-1][1]
