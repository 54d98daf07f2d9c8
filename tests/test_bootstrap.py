"""The setup: real environments made offline from a wheel built here, and the refusals that need no environment."""

from __future__ import annotations

import ast
import base64
import ctypes.util
import hashlib
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from xianjie import apt, bootstrap, chromium, installer
from xianjie.setuplock import setup_lock

ROOT = Path(__file__).resolve().parents[1]
MODULES = ("__init__", "apt", "bootstrap", "chromium", "installer", "setuplock")
PYTHON = bootstrap.base_python() if sys.prefix != sys.base_prefix else sys.executable
VERSION = ".".join(map(str, sys.version_info[:2]))

CLI = """
import os, sys
def main():
    import shouhu
    print(repr((sys.argv, os.getcwd(), sys.prefix, os.environ.get("GREETING"), sys.stdin.read(), shouhu.NUMBER)))
    sys.exit(7)
"""


def make_wheel(folder: Path, number: int) -> str:
    """Build shouhu-<number>.whl, a package of one line; return its requirement with its hash."""
    info = f"shouhu-{number}.dist-info"
    content = {
        "shouhu.py": f"NUMBER = {number}\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: shouhu\nVersion: {number}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = ""
    for name, text in content.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
        record += f"{name},sha256={digest},{len(text)}\n"
    content[f"{info}/RECORD"] = record + f"{info}/RECORD,,\n"
    folder.mkdir(exist_ok=True)
    wheel = folder / f"shouhu-{number}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, text in content.items():
            archive.writestr(name, text)
    return f"shouhu=={number} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


def make_project(folder: Path) -> Path:
    """A project with the real build.py and bootstrap, a command line of its own, and wheels instead of a network."""
    (folder / "xianjie").mkdir(parents=True)
    shutil.copy(ROOT / "build.py", folder)
    for name in MODULES:
        shutil.copy(ROOT / "xianjie" / f"{name}.py", folder / "xianjie")
    (folder / "xianjie" / "cli.py").write_text(CLI, encoding="utf-8")
    (folder / "requirements.txt").write_text(make_wheel(folder / "wheels", 1), encoding="utf-8")
    return folder


def run(project: Path, *arguments: str, python: str | Path = PYTHON, **options) -> subprocess.CompletedProcess:
    """Run the project's build.py as a user would, from its folder."""
    environment = {**os.environ, "GREETING": "你好", "PYTHONUTF8": "1", **options.pop("env", {})}
    options.setdefault("cwd", project)
    options.setdefault("input", "")
    return subprocess.run(
        [str(python), str(project / "build.py"), *arguments],
        capture_output=True,
        encoding="utf-8",
        env=environment,
        timeout=180,
        **options,
    )


@pytest.fixture(scope="module")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess]:
    """A project in a folder with a blank and Chinese letters, and the outcome of its very first command."""
    project = make_project(tmp_path_factory.mktemp("乡镇 台账") / "项目")
    return project, run(project, "check", "甲 乙.csv", "--x", cwd=project.parent, input="标准输入")


@pytest.fixture
def project(first_run: tuple[Path, subprocess.CompletedProcess], tmp_path: Path) -> Path:
    """A copy of the ready project, to be broken."""
    return Path(shutil.copytree(first_run[0], tmp_path / "项目", symlinks=True))


def test_the_first_command_sets_up_and_then_runs_with_everything_passed_through(first_run):
    project, done = first_run
    assert done.returncode == 7, done.stderr
    argv, cwd, prefix, greeting, stdin, number = ast.literal_eval(done.stdout)
    assert argv == [str(project / "build.py"), "check", "甲 乙.csv", "--x"]
    assert (cwd, greeting, stdin, number) == (str(project.parent), "你好", "标准输入", 1)
    assert Path(prefix) == project / ".venv"
    assert "正在建立运行环境" in done.stderr and "安装完成" in done.stderr
    assert bootstrap.read_stamp(project) == (bootstrap.locked_hash(project), VERSION)


def test_a_ready_project_installs_nothing(project: Path):
    (project / "wheels").rename(project / "gone")  # an installation would now look for the network
    log = (project / ".venv" / installer.LOG).stat().st_mtime_ns
    for python in (PYTHON, bootstrap.venv_python(project)):
        done = run(project, "setup", python=python)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.strip() == f"运行环境已就绪（Python {'.'.join(map(str, sys.version_info[:3]))}）。"
    assert (project / ".venv" / installer.LOG).stat().st_mtime_ns == log


def test_a_changed_lock_is_installed_by_the_next_command(project: Path):
    marker = project / ".venv" / "kept"
    marker.touch()
    (project / "requirements.txt").write_text(make_wheel(project / "wheels", 2), encoding="utf-8")
    done = run(project, "x")
    assert (done.returncode, marker.exists()) == (7, True), done.stderr
    assert ast.literal_eval(done.stdout)[-1] == 2


def test_a_wheel_with_another_hash_is_refused_and_the_next_run_repairs(project: Path):
    good = make_wheel(project / "wheels", 2)
    (project / "requirements.txt").write_text(re.sub("sha256:..", "sha256:00", good), encoding="utf-8")
    done = run(project, "setup")
    assert (done.returncode, done.stdout) == (2, "")
    assert "校验值不符" in done.stderr and "Traceback" not in done.stderr
    assert bootstrap.read_stamp(project) == ("", "")

    # Which files of an unfinished setup are whole cannot be known, so nothing of it is kept.
    litter = project / ".venv" / "litter"
    litter.touch()
    (project / "requirements.txt").write_text(good, encoding="utf-8")
    assert (run(project, "x").returncode, litter.exists()) == (7, False)


@pytest.mark.parametrize("damage", ["no pip", "dangling python", "other python"])
def test_a_broken_environment_is_made_anew(project: Path, damage: str):
    venv = project / ".venv"
    (venv / "litter").touch()
    # A changed lock makes the next command look closer; a vanished interpreter is seen at once.
    if damage != "dangling python":
        (project / "requirements.txt").write_text(make_wheel(project / "wheels", 3), encoding="utf-8")
    if damage == "no pip":
        for pip in venv.glob("lib/*/site-packages/pip"):
            shutil.rmtree(pip)
    elif damage == "dangling python":
        for python in (venv / "bin").glob("python*"):
            python.unlink()
            python.symlink_to("/nowhere/python3")
    else:
        (venv / bootstrap.STAMP).write_text("0 3.9\n")
    done = run(project, "x")
    assert done.returncode == 7, done.stderr
    assert not (venv / "litter").exists()


def test_an_environment_whose_python_was_upgraded_is_made_anew_even_from_inside(project: Path):
    # As after a Debian upgrade: the lock is the same, the interpreter behind the link is not.
    (project / ".venv" / bootstrap.STAMP).write_text(f"{bootstrap.locked_hash(project)} 3.9\n")
    done = run(project, "x")
    assert done.returncode == 7, done.stderr
    assert bootstrap.read_stamp(project)[1] == VERSION


def test_an_environment_that_stays_wrong_ends_in_a_sentence(project: Path):
    bootstrap.drop_stamp(project)
    done = run(project, "x", python=bootstrap.venv_python(project), env={bootstrap.GUARD: "1"})
    assert done.returncode == 2
    assert "请删除" in done.stderr and "Traceback" not in done.stderr


def test_two_first_commands_at_once_make_one_environment(project: Path):
    shutil.rmtree(project / ".venv")
    command = [PYTHON, "build.py", "setup"]
    both = [
        subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
        for _ in range(2)
    ]
    said = [process.communicate(timeout=180) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert all("已就绪" in out for out, _ in said)
    assert sum("正在建立运行环境" in err for _, err in said) == 1


def test_an_interrupted_setup_says_so_and_leaves_no_stamp(project: Path):
    shutil.rmtree(project / ".venv")
    process = subprocess.Popen(
        [PYTHON, "build.py", "setup"], cwd=project, stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True
    )
    assert "正在建立运行环境" in process.stderr.readline()
    os.killpg(process.pid, signal.SIGINT)  # what Ctrl-C does
    rest = process.communicate(timeout=60)[1]
    assert (process.returncode, "Traceback" in rest) == (130, False), rest
    assert "已中断" in rest and bootstrap.read_stamp(project) == ("", "")


def test_the_test_command_runs_pytest_there_and_passes_its_exit_code(project: Path):
    # The small environment borrows this one's pytest.
    site = next((project / ".venv").glob("lib/*/site-packages"))
    (site / "borrowed.pth").write_text(str(Path(pytest.__file__).parents[1]))
    (project / "test_two.py").write_text("def test_good(): pass\ndef test_bad(): assert False\n")
    browser = {"XIANJIE_CHROMIUM": sys.executable}
    done = run(project, "test", "-q", "-p", "no:cacheprovider", "test_two.py", cwd=project.parent, env=browser)
    assert (done.returncode, "1 failed, 1 passed" in done.stdout) == (1, True), done.stdout + done.stderr
    assert run(project, "test", "-k", "good", "test_two.py", env=browser).returncode == 0
    missing = run(project, "test", "-k", "good", "test_two.py", env={"XIANJIE_CHROMIUM": "/nowhere"})
    assert missing.returncode == 0 and "/nowhere" in missing.stderr


# ---- the stamp


def fake_venv(root: Path, stamp: str = "") -> Path:
    (root / "requirements.txt").write_text("a==1\n")
    python = bootstrap.venv_python(root)
    python.parent.mkdir(parents=True)
    python.touch()
    (root / ".venv" / "pyvenv.cfg").touch()
    if stamp:
        (root / ".venv" / bootstrap.STAMP).write_text(stamp)
    return root


def test_the_stamp_is_for_one_lock_and_one_python(tmp_path: Path):
    root = fake_venv(tmp_path)
    assert not bootstrap.is_ready(root)
    bootstrap.write_stamp(root, "3.11")
    assert bootstrap.is_ready(root) and bootstrap.is_ready(root, "3.11")
    assert not bootstrap.is_ready(root, "3.12")
    (root / "requirements.txt").write_text("a==2\n")
    assert not bootstrap.is_ready(root)
    bootstrap.write_stamp(root, "3.11")
    bootstrap.venv_python(root).unlink()
    assert not bootstrap.is_ready(root)


@pytest.mark.parametrize("content", ["", "only-a-hash", "a b c", "\udcff"])
def test_a_damaged_stamp_is_no_stamp(tmp_path: Path, content: str):
    root = fake_venv(tmp_path)
    (root / ".venv" / bootstrap.STAMP).write_bytes(content.encode("utf-8", "surrogateescape"))
    assert bootstrap.read_stamp(root) == ("", "")


def test_the_stamp_goes_before_pip_starts_and_comes_after_it_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    root = fake_venv(tmp_path, "0 3.11\n")
    seen = []
    monkeypatch.setattr(installer, "venv_version", lambda root: "3.11")
    monkeypatch.setattr(installer, "install_packages", lambda root, lock: seen.append(bootstrap.read_stamp(root)))
    installer.install(root)
    assert seen == [("", "")]
    assert bootstrap.is_ready(root, "3.11")


# ---- the lock

HOLDER = """
import sys, time
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from xianjie.setuplock import setup_lock
with setup_lock(Path(sys.argv[2])):
    print("held", flush=True)
    time.sleep(60)
"""


def hold(path: Path) -> subprocess.Popen:
    holder = subprocess.Popen([PYTHON, "-c", HOLDER, str(ROOT), str(path)], stdout=subprocess.PIPE, encoding="utf-8")
    assert holder.stdout.readline() == "held\n"
    return holder


def test_a_held_lock_is_waited_for_and_then_given_up_on(tmp_path: Path, capsys: pytest.CaptureFixture):
    holder = hold(tmp_path / "lock")
    try:
        with (
            pytest.raises(bootstrap.SetupError, match="一直没有完成"),
            setup_lock(tmp_path / "lock", patience=0.2, pause=0.05),
        ):
            pytest.fail("two hold the lock")
        assert capsys.readouterr().err.count("等待它完成") == 1
    finally:
        holder.kill()
        holder.wait()


def test_a_killed_holder_leaves_no_stale_lock(tmp_path: Path):
    holder = hold(tmp_path / "lock")
    holder.kill()
    holder.wait()
    started = time.monotonic()
    with setup_lock(tmp_path / "lock", patience=5):
        assert time.monotonic() - started < 2


def test_a_child_that_inherits_the_lock_keeps_it(tmp_path: Path):
    with setup_lock(tmp_path / "lock") as descriptor:
        child = subprocess.Popen(["sleep", "60"], pass_fds=(descriptor,))
    try:
        with pytest.raises(bootstrap.SetupError), setup_lock(tmp_path / "lock", patience=0.1, pause=0.05):
            pytest.fail("the child's lock was not seen")
    finally:
        child.kill()
        child.wait()


# ---- refusals


def refuse(root: Path, capsys: pytest.CaptureFixture) -> str:
    """The sentence with which ensure() gives up."""
    with pytest.raises(SystemExit) as stopped:
        bootstrap.ensure(root, ["build.py", "setup"])
    assert stopped.value.code == 2
    out, err = capsys.readouterr()
    assert out == "" and "://" not in err
    return err.splitlines()[-1]


@pytest.mark.parametrize(
    "version, accepted",
    [((2, 7, 18), 0), ((3, 9, 18), 0), ((3, 10, 0), 1), ((3, 13, 9), 1), ((3, 14, 0), 0), ((4, 0, 0), 0)],
)
def test_only_supported_pythons_make_an_environment(version: tuple[int, ...], accepted: int):
    if accepted:
        installer.check_python(version, True)
        with pytest.raises(bootstrap.SetupError, match="64 位"):
            installer.check_python(version, False)
    else:
        with pytest.raises(bootstrap.SetupError) as refused:
            installer.check_python(version, True)
        assert str(refused.value) == f"需要 Python 3.10 至 3.13，当前是 {'.'.join(map(str, version))}"


def test_the_refused_pythons_are_those_of_the_metadata():
    wanted = re.search(r'^requires-python = "(.+)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.M)[1]
    minors = [minor for minor in range(30) if SpecifierSet(wanted).contains(f"3.{minor}.0")]
    assert [(3, minors[0]), (3, minors[-1])] == [installer.OLDEST, installer.NEWEST]


def test_an_old_python_can_read_what_refuses_it(tmp_path: Path):
    for name in MODULES:
        source = (ROOT / "xianjie" / f"{name}.py").read_text(encoding="utf-8")
        tree = ast.parse(source, feature_version=(3, 8))
        imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        imported |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        foreign = {module.split(".")[0] for module in imported} - set(sys.stdlib_module_names) - {"xianjie"}
        assert not foreign, f"{name} runs before anything is installed"
        # Annotations such as `str | None` are only safe where they are not evaluated.
        assert name == "__init__" or "from __future__ import annotations" in source


def test_a_folder_without_a_lock_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture):
    assert "缺少 requirements.txt" in refuse(tmp_path, capsys)


def test_a_venv_that_is_something_else_is_refused_and_kept(tmp_path: Path, capsys: pytest.CaptureFixture):
    (tmp_path / "requirements.txt").touch()
    (tmp_path / ".venv").write_text("mine")
    assert "却是一个文件" in refuse(tmp_path, capsys)
    (tmp_path / ".venv").unlink()
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "账本.csv").write_text("mine")
    assert "不是 Python 环境" in refuse(tmp_path, capsys)
    assert (tmp_path / ".venv" / "账本.csv").read_text() == "mine"


def test_odd_places_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch):
    odd = tmp_path / f"a{os.pathsep}b"
    odd.mkdir()
    (odd / "requirements.txt").touch()
    assert "换一个文件夹" in refuse(odd, capsys)

    (tmp_path / "requirements.txt").touch()
    # Root may write anywhere but on a read-only file system, so the answer is put into the system's mouth.
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert "不可写" in refuse(tmp_path, capsys)


def test_an_error_of_the_system_becomes_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "requirements.txt").touch()
    (tmp_path / ".venv.lock").mkdir()
    assert "无法准备运行环境" in refuse(tmp_path, capsys)


@pytest.mark.parametrize(
    "said, expected",
    [
        ("WARNING: Retrying (Retry(total=0…\nERROR: No matching distribution found for a==1", "连不上软件源"),
        ("ERROR: No matching distribution found for a==1", "缺少所需的版本"),
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "磁盘空间不足"),
        ("WARNING: Retrying (…\nERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM …", "校验值不符"),
        ("ERROR: something new at https://example.org/simple", "ERROR: something new at …"),
        ("", "无输出"),
    ],
)
def test_pips_failure_is_told_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, expected: str
):
    root = fake_venv(tmp_path)
    python = bootstrap.venv_python(root)
    python.write_text(f"#!{PYTHON}\nprint({said!r})\nraise SystemExit(1)\n")
    python.chmod(0o755)
    with pytest.raises(bootstrap.SetupError) as failed, open(os.devnull) as lock:
        installer.install_packages(root, lock.fileno())
    assert expected in str(failed.value) and "://" not in str(failed.value)
    assert (root / ".venv" / installer.LOG).read_text().strip() == said


def test_pip_is_kept_from_installing_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    root = fake_venv(tmp_path)
    python = bootstrap.venv_python(root)
    python.write_text(f"#!{PYTHON}\nimport os, sys\nprint(sys.argv[1:], sorted(os.environ))\n")
    python.chmod(0o755)
    for name in installer.MISPLACING:
        monkeypatch.setenv(name, "1")
    with open(os.devnull) as lock:
        installer.install_packages(root, lock.fileno())
    said = (root / ".venv" / installer.LOG).read_text()
    assert "'--require-hashes'" in said and "'--no-index'" not in said
    assert not any(repr(name) in said for name in installer.MISPLACING)


# ---- Debian's split-off venv


class FakeApt:
    """An apt-get that provides `gives`, and remembers what it was asked for."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, gives: str | None, usable: bool = True):
        self.asked, self.gives = [], gives
        monkeypatch.setattr(apt, "is_usable", lambda: usable)
        monkeypatch.setattr(apt, "install", self.install)
        monkeypatch.setattr(installer, "_has_ensurepip", lambda: self.gives in self.asked)

    def install(self, *packages: str) -> None:
        self.asked += packages
        if self.gives not in packages:
            raise RuntimeError("apt-get install 未成功")


OWN = f"python{VERSION}-venv"


@pytest.mark.parametrize("gives, asked", [("python3-venv", ["python3-venv"]), (OWN, ["python3-venv", OWN])])
def test_debians_venv_package_is_installed(monkeypatch: pytest.MonkeyPatch, gives: str, asked: list[str]):
    fake = FakeApt(monkeypatch, gives)
    installer._install_ensurepip()
    assert fake.asked == asked


@pytest.mark.parametrize("usable", [True, False])
def test_without_debians_venv_package_the_sentence_names_it(
    tmp_path: Path, capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch, usable: bool
):
    fake = FakeApt(monkeypatch, None, usable)
    (tmp_path / "requirements.txt").touch()
    sentence = refuse(tmp_path, capsys)
    assert f"apt-get install python3-venv 或 {OWN}" in sentence
    assert fake.asked == (["python3-venv", OWN] if usable else [])


def fake_program(folder: Path, name: str, body: str) -> Path:
    program = folder / name
    program.write_text(f"#!/bin/sh\n{body}\n")
    program.chmod(0o755)
    return program


def test_apt_is_asked_quietly_and_only_the_installation_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    log = tmp_path / "log"
    fake_program(tmp_path, "apt-get", f'echo "$DEBIAN_FRONTEND $*" >> {log}\ncase "$*" in *update*) exit 100;; esac')
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert apt.is_usable()
    apt.install("one", "two")
    update, install = log.read_text().splitlines()
    assert update.startswith("noninteractive ") and update.endswith(" update")
    assert install.endswith(" install -y --no-install-recommends one two")

    fake_program(tmp_path, "apt-get", "echo 'E: cannot fetch http://example.org/x'; echo; exit 100")
    with pytest.raises(RuntimeError, match=r"one 未成功（E: cannot fetch …）"):
        apt.install("one")


def test_apt_needs_root_or_a_sudo_that_asks_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not apt.is_usable()
    fake_program(tmp_path, "apt-get", "exit 0")
    assert not apt.is_usable()
    fake_program(tmp_path, "sudo", "exit 1")
    assert not apt.is_usable()
    fake_program(tmp_path, "sudo", '[ "$1" = -n ]')
    assert apt.is_usable()


# ---- the browser


@pytest.fixture
def no_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without a browser; the folder returned is its whole PATH."""
    for variable in ("XIANJIE_CHROMIUM", *chromium.WINDOWS_FOLDERS):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(ctypes.util, "find_library", lambda name: f"lib{name}.so.1")
    return tmp_path


def test_the_chosen_browser_wins_and_must_exist(no_browser: Path, monkeypatch: pytest.MonkeyPatch):
    fake_program(no_browser, "chromium", "")
    monkeypatch.setenv("XIANJIE_CHROMIUM", sys.executable)
    assert chromium.ensure_chromium() == sys.executable
    monkeypatch.setenv("XIANJIE_CHROMIUM", "/nowhere/chrome")
    with pytest.raises(RuntimeError, match="/nowhere/chrome"):
        chromium.ensure_chromium()


@pytest.mark.parametrize("name", ["chromium", "chromium-browser", "google-chrome", "microsoft-edge"])
def test_browsers_on_the_path_are_found(no_browser: Path, name: str):
    program = fake_program(no_browser, name, "")
    assert chromium.ensure_chromium() == str(program)


def test_windows_own_edge_is_found(no_browser: Path, monkeypatch: pytest.MonkeyPatch):
    edge = no_browser / "Program Files (x86)" / "Microsoft" / "Edge" / "Application" / "msedge.exe"
    edge.parent.mkdir(parents=True)
    edge.touch()
    monkeypatch.setenv("PROGRAMFILES(X86)", str(no_browser / "Program Files (x86)"))
    assert chromium.find_chromium() == str(edge)


@pytest.mark.parametrize(
    "browser, library, expected",
    [
        (False, True, ["chromium", "fonts-wqy-zenhei"]),
        (True, False, ["libatomic1"]),
        (False, False, ["chromium", "fonts-wqy-zenhei", "libatomic1"]),
        (True, True, []),
    ],
)
def test_what_a_browser_test_lacks_is_installed(
    no_browser: Path, monkeypatch: pytest.MonkeyPatch, browser: bool, library: bool, expected: list[str]
):
    asked = []

    def install(*packages: str) -> None:
        asked.extend(packages)
        fake_program(no_browser, "chromium", "")

    if browser:
        fake_program(no_browser, "chromium", "")
    if not library:
        monkeypatch.setattr(ctypes.util, "find_library", lambda name: None)
    monkeypatch.setattr(apt, "is_usable", lambda: True)
    monkeypatch.setattr(apt, "install", install)
    assert chromium.ensure_chromium() == str(no_browser / "chromium")
    assert asked == expected


def test_a_browser_that_cannot_be_installed_is_named(no_browser: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(apt, "is_usable", lambda: False)
    with pytest.raises(RuntimeError, match="apt-get install chromium fonts-wqy-zenhei"):
        chromium.ensure_chromium()


# ---- streams


class Stream(io.TextIOWrapper):
    """A standard stream that claims to be a terminal, or not to be."""

    def __init__(self, terminal: bool):
        super().__init__(io.BytesIO(), encoding="gbk")
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


@pytest.mark.parametrize(
    "terminal, wish, written",
    [
        (True, None, "𠮷（?）".replace("𠮷", "?").encode("gbk")),
        (False, None, "𠮷（😀）".encode()),
        (False, "gbk", "?（?）".encode("gbk")),
    ],
)
def test_no_character_stops_a_command(
    monkeypatch: pytest.MonkeyPatch, terminal: bool, wish: str | None, written: bytes
):
    monkeypatch.delenv("PYTHONIOENCODING", raising=False)
    if wish:
        monkeypatch.setenv("PYTHONIOENCODING", wish)
    stream = Stream(terminal)
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setattr(sys, "stderr", None)
    bootstrap.configure_streams()
    print("𠮷（😀）", end="", flush=True)
    monkeypatch.undo()
    assert stream.buffer.getvalue() == written


# ---- the files beside it


def test_the_lock_satisfies_every_declared_range():
    declared = re.findall(r'^  "([^"]+)", +#', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.M)
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    pinned = dict(re.findall(r"^([a-z0-9.-]+)==([^ ]+) ", lock, re.M))
    assert len(declared) > 15
    for requirement in map(Requirement, declared):
        version = pinned[requirement.name.lower()]
        assert requirement.specifier.contains(version), f"{requirement} is locked at {version}: run make lock"


def test_the_lock_has_hashes_and_names_no_place():
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    entries = re.split(r"^(?=[a-z0-9])", lock, flags=re.M)[1:]
    assert entries and all("--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"://|^\s*-[-a-z]*(index|find-links|trusted)|(^|\s)/", lock, re.M)


def test_make_alone_lists_every_target():
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):", text, re.M)
    done = subprocess.run(["make", "-s"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert [line.split()[1] for line in done.stdout.splitlines()] == targets
    assert set(targets) == set(re.search(r"^\.PHONY: (.+)$", text, re.M)[1].split())
