"""Sees to it that every command runs in the project's own, complete .venv. Standard library only.

Kept to the syntax of Python 3.8, so that an old Python prints a sentence and not a SyntaxError.
What is slow or rarely needed is imported late: a command pays for this module at every start.
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

VENV = ".venv"
STAMP = ".requirements.sha256"
LOCKED = "requirements.txt"
# Set between an installation and the start of the command, so that a .venv that stays wrong ends in a
# sentence and not in an endless loop.
GUARD = "XIANJIE_JUST_INSTALLED"


class SetupError(Exception):
    """Why the setup cannot go on: one sentence for the user."""


def say(sentence: str) -> None:
    """Print one line of progress or refusal where it does not disturb a command's output."""
    print(sentence, file=sys.stderr, flush=True)


def configure_streams() -> None:
    """Let no character that a console cannot show end a command, and write UTF-8 into files and pipes."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:  # no console (pythonw), or replaced by a test
            continue
        if stream.isatty() or "PYTHONIOENCODING" in os.environ:
            reconfigure(errors="replace")
        else:
            reconfigure(encoding="utf-8", errors="replace")


def venv_python(root: Path) -> Path:
    """Where .venv's interpreter stands on this system."""
    return root / VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def runs_in_venv(root: Path) -> bool:
    """Whether the running interpreter is that of the project's .venv."""
    here, wanted = (os.path.normcase(os.path.realpath(path)) for path in (sys.prefix, root / VENV))
    return here == wanted


def locked_hash(root: Path) -> str:
    """The fingerprint of the lock file."""
    try:
        return hashlib.sha256((root / LOCKED).read_bytes()).hexdigest()
    except OSError as error:
        raise SetupError(f"缺少 {LOCKED}，项目文件不完整，请重新取得整个项目") from error


def read_stamp(root: Path) -> tuple[str, str]:
    """What the last finished setup installed and for which Python ("3.11"); two empty strings if none finished."""
    try:
        installed, version = (root / VENV / STAMP).read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return "", ""
    return installed, version


def write_stamp(root: Path, version: str) -> None:
    """Note that the setup has finished. Replaced in one step, so that it is never half written."""
    stamp = root / VENV / STAMP
    draft = stamp.with_name(STAMP + ".tmp")
    draft.write_text(f"{locked_hash(root)} {version}\n", encoding="ascii")
    os.replace(draft, stamp)


def drop_stamp(root: Path) -> None:
    """Note that the setup is not finished: whoever comes next has to repair it."""
    # Not missing_ok: an OSError of another kind must be reported.
    if (root / VENV / STAMP).exists():
        (root / VENV / STAMP).unlink()


def is_ready(root: Path, version: str | None = None) -> bool:
    """Whether .venv holds what the lock file says, for that version of Python where one is given."""
    installed, stamped = read_stamp(root)
    return installed == locked_hash(root) and version in (None, stamped) and venv_python(root).exists()


def base_python() -> str:
    """The interpreter from which the running .venv was made."""
    inside = os.path.realpath(sys.prefix)
    names = ("python.exe",) if os.name == "nt" else ("python%d.%d" % sys.version_info[:2], "python3")
    folder = sys.base_prefix if os.name == "nt" else os.path.join(sys.base_prefix, "bin")
    candidates = [getattr(sys, "_base_executable", None), os.path.realpath(sys.executable)]
    for candidate in candidates + [os.path.join(folder, name) for name in names]:
        if candidate and os.path.isfile(candidate) and os.path.dirname(os.path.dirname(candidate)) != inside:
            return candidate
    raise SetupError(f"{VENV} 需要修复，但找不到它所依据的 Python。请用系统的 Python 运行 build.py setup")


def hand_over(python: str | Path, arguments: list[str]) -> None:
    """Go on as `python arguments…` with the same environment, folder and standard streams. Does not return."""
    command = [str(python), *arguments]
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    if os.name != "nt":
        os.execv(command[0], command)

    import subprocess

    # Windows' execv returns to the shell at once, which would then show its prompt amid our output.
    process = subprocess.Popen(command)
    while True:
        try:
            sys.exit(process.wait())
        except KeyboardInterrupt:  # the child got it too and decides what it means
            continue


def ensure(root: Path, argv: list[str]) -> None:
    """Return if this is the complete .venv's Python; else make it complete and start the same command there.

    Every refusal is one Chinese sentence and exit code 2.
    """
    try:
        if runs_in_venv(root):
            if is_ready(root, "%d.%d" % sys.version_info[:2]):
                os.environ.pop(GUARD, None)
                return
            if os.environ.pop(GUARD, None):
                raise SetupError(f"安装后 {VENV} 仍不可用，请删除 {root / VENV} 后重试")
            # A folder cannot be made anew by the interpreter that runs in it.
            drop_stamp(root)
            hand_over(base_python(), argv)
        if not is_ready(root):
            from xianjie import installer

            installer.install(root)
            os.environ[GUARD] = "1"
        hand_over(venv_python(root), argv)
    except SetupError as error:
        say(f"错误：{error}")
        sys.exit(2)
    except OSError as error:
        say(f"错误：无法准备运行环境（{error.filename or root / VENV}：{error.strerror or error}）")
        sys.exit(2)
    except KeyboardInterrupt:
        say("已中断；下次运行会自动补完安装。")
        sys.exit(130)


def run_tests(root: Path, arguments: list[str]) -> None:
    """Run pytest in .venv, with a browser if one can be had. Does not return."""
    from xianjie import chromium

    try:
        os.environ["XIANJIE_CHROMIUM"] = chromium.ensure_chromium()
    except RuntimeError as error:
        say(f"注意：{error}；浏览器测试会失败。")
    os.chdir(root)
    hand_over(sys.executable, ["-m", "pytest", *arguments])


def start(root: Path, argv: list[str]) -> None:
    """Prepare a command: ensure the environment, then carry out `setup` and `test`, which need no more than that."""
    configure_streams()
    ensure(root, argv)
    if argv[1:2] == ["setup"]:
        print("运行环境已就绪（Python %d.%d.%d）。" % sys.version_info[:3])
        sys.exit(0)
    if argv[1:2] == ["test"]:
        run_tests(root, argv[2:])
