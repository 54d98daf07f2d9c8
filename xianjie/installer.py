"""Makes and repairs .venv: the slow part of the bootstrap. Standard library, Python 3.8 syntax."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

from xianjie import apt
from xianjie.bootstrap import LOCKED, VENV, SetupError, drop_stamp, is_ready, read_stamp, say, venv_python, write_stamp
from xianjie.setuplock import setup_lock

OLDEST, NEWEST = (3, 10), (3, 13)
LOG = "setup.log"
# Wheels carried to a machine without internet; used instead of any registry where the folder exists.
WHEELS = "wheels"
# Settings of somebody's pip that would put packages elsewhere than into .venv.
MISPLACING = ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_DRY_RUN")

DOWNLOAD_HINT = (
    f"也可在系统与 Python 版本相同、能上网的电脑上运行 python -m pip download -r {LOCKED} -d {WHEELS}，"
    f"把 {WHEELS} 文件夹拷到本项目中再重试"
)
# What pip prints, and what that means for the user; the first that fits is taken.
CAUSES = (
    (("DO NOT MATCH THE HASHES",), f"下载的文件与 {LOCKED} 中的校验值不符，可能被改动或没有下载完整，请重试"),
    (("No space left on device", "Errno 28"), "磁盘空间不足"),
    (
        ("SSL module is not available", "ssl module in Python is not available"),
        "当前 Python 缺少 ssl 模块，请换一个 Python",
    ),
    (
        (
            "Retrying (",
            "Max retries exceeded",
            "Failed to establish a new connection",
            "name resolution",
            "getaddrinfo failed",
            "Network is unreachable",
            "timed out",
            "ProxyError",
            "SSLError",
        ),
        f"连不上软件源：请检查网络和 pip 的设置；{DOWNLOAD_HINT}",
    ),
    (("Permission denied", "Access is denied", "拒绝访问"), f"无权写入 {VENV}，或有程序正在使用它，请关闭后重试"),
    (("No matching distribution found",), f"软件源或 {WHEELS} 文件夹中缺少所需的版本"),
)


def install(root: Path) -> None:
    """Bring .venv to the state that the lock file describes, alone: others who want the same wait for it."""
    check_place(root)
    with setup_lock(root / f"{VENV}.lock") as lock:
        if is_ready(root):  # by somebody else, while we waited
            return
        _, stamped = read_stamp(root)
        # From here until the new stamp the environment counts as broken, whatever ends this process.
        drop_stamp(root)
        # Without a stamp an earlier setup did not finish, and there is no telling which of its files are whole.
        if not stamped or venv_version(root) != stamped:
            make_venv(root)
        install_packages(root, lock)
        version = venv_version(root)
        if version is None:
            raise SetupError(f"安装后 {VENV} 仍不可用，请删除 {root / VENV} 后重试")
        write_stamp(root, version)
    say("安装完成。")


def check_python(version: tuple[int, ...], is_64_bit: bool) -> None:
    """Refuse a Python for which the locked packages are not made."""
    if not OLDEST <= version[:2] <= NEWEST:
        current = ".".join(str(part) for part in version[:3])
        raise SetupError("需要 Python %d.%d 至 %d.%d，当前是 %s" % (*OLDEST, *NEWEST, current))
    if not is_64_bit:
        raise SetupError("需要 64 位的 Python，当前是 32 位")


def check_place(root: Path) -> None:
    """Refuse a folder in which no .venv can be made, or where .venv is something else."""
    venv = root / VENV
    if os.pathsep in str(root):
        raise SetupError(f"项目所在的路径含有“{os.pathsep}”，无法建立 {VENV}，请换一个文件夹：{root}")
    if venv.exists() and not venv.is_dir():
        raise SetupError(f"{venv} 应是文件夹，却是一个文件，请移走后重试")
    if venv.is_dir() and not (venv / "pyvenv.cfg").exists():
        made_by_venv = {"bin", "include", "lib", "lib64", "scripts"}  # what a setup stopped at once leaves behind
        if any(entry.name.lower() not in made_by_venv for entry in venv.iterdir()):
            raise SetupError(f"{venv} 不是 Python 环境，里面有别的文件，请移走后重试")
    if not os.access(venv if venv.is_dir() else root, os.W_OK):
        raise SetupError(f"{root} 不可写，无法建立 {VENV}，请把项目放到可写的文件夹")


def venv_version(root: Path) -> str | None:
    """The version ("3.11") of a .venv whose Python starts and has pip, else None."""
    question = "import pip, sys; print('%d.%d' % sys.version_info[:2])"
    try:
        answer = subprocess.run(
            [str(venv_python(root)), "-I", "-c", question], stdin=subprocess.DEVNULL, capture_output=True
        )
    except OSError:
        return None
    return answer.stdout.decode("ascii", "replace").strip() if answer.returncode == 0 else None


def make_venv(root: Path) -> None:
    """Make an empty .venv with pip from the running Python, whatever stood there before."""
    check_python(sys.version_info, sys.maxsize > 2**32)
    if not _has_ensurepip():
        _install_ensurepip()
    say(f"正在建立运行环境 {VENV}……")
    # A process of its own: on Debian a package installed just now is seen, and Windows' venv is made by its own rules.
    made = subprocess.run(
        [sys.executable, "-I", "-m", "venv", "--clear", str(root / VENV)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if made.returncode != 0 or venv_version(root) is None:
        said = made.stdout.decode(errors="replace") or "建好的 Python 不能运行"
        raise SetupError(f"无法建立 {root / VENV}：{_cause(said) or apt.last_words(said)}")


def _has_ensurepip() -> bool:
    importlib.invalidate_caches()
    return all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))


def _install_ensurepip() -> None:
    """Debian splits ensurepip off the standard library; get it, or say which package has it."""
    own = "python%d.%d-venv" % sys.version_info[:2]
    reason = ""
    if apt.is_usable():
        # The general package first: the other exists only for the versions that this Debian ships.
        for package in ("python3-venv", own):
            say(f"当前 Python 缺少 venv 组件，正在用 apt-get 安装 {package}……")
            try:
                apt.install(package)
            except RuntimeError as error:
                reason = f"；{error}"
            if _has_ensurepip():
                return
    command = f"apt-get install python3-venv 或 {own}"
    raise SetupError(f"当前 Python 缺少 venv 组件，请先安装（Debian：{command}）后重试{reason}")


def install_packages(root: Path, lock: int) -> None:
    """Install exactly what the lock file names. What pip says goes into a log; the user sees how far it is.

    pip inherits the descriptor `lock`, so that nobody starts anew while a pip that lost its parent still writes.
    """
    say("正在安装所需组件，首次需要几分钟……")
    command = [str(venv_python(root)), "-I", "-X", "utf8", "-m", "pip", "install", "--require-hashes"]
    # Only wheels: nobody here has a compiler.
    command += ["--only-binary", ":all:", "--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
    command += ["-r", str(root / LOCKED)]
    if (root / WHEELS).is_dir():
        command += ["--no-index", "--find-links", str(root / WHEELS)]
    environment = {name: value for name, value in os.environ.items() if name not in MISPLACING}
    log = root / VENV / LOG
    with log.open("wb") as record:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment,
            pass_fds=() if os.name == "nt" else (lock,),
        )
        try:
            _follow(process, record)
        except BaseException:
            process.terminate()
            raise
        finally:
            process.wait()
    if process.returncode != 0:
        said = log.read_text(encoding="utf-8", errors="replace")
        raise SetupError(f"组件没有装好：{_cause(said) or apt.last_words(said)}（详见 {log}）")


def _follow(process: subprocess.Popen, record) -> None:
    collected = 0
    show = sys.stderr is not None and sys.stderr.isatty()
    for line in process.stdout:
        record.write(line)
        collected += line.startswith(b"Collecting ")
        if show:
            step = "正在写入" if line.startswith(b"Installing ") else "已取得"
            print(f"\r{step} {collected} 个组件", end="", file=sys.stderr, flush=True)
    if show:
        print(file=sys.stderr)


def _cause(said: str) -> str | None:
    return next((meaning for marks, meaning in CAUSES if any(mark in said for mark in marks)), None)
