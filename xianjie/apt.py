"""Installs Debian packages where that is possible without asking anybody. Standard library, Python 3.8 syntax."""

from __future__ import annotations

import os
import re
import shutil
import subprocess


def _privilege() -> list[str] | None:
    """What to put before a command to run it as root; None if that is not to be had without a password."""
    if not hasattr(os, "geteuid"):
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        asked = subprocess.run(["sudo", "-n", "true"], stdin=subprocess.DEVNULL, capture_output=True)
        if asked.returncode == 0:
            return ["sudo", "-n"]
    return None


def is_usable() -> bool:
    """Whether this is a Debian whose packages we may install."""
    return shutil.which("apt-get") is not None and _privilege() is not None


def install(*packages: str) -> None:
    """Install the packages, without questions; RuntimeError with apt's own last words if that fails."""
    # Another apt-get may be at work, as on a machine that has just started.
    quietly = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=300"]
    apt_get = [*(_privilege() or []), *quietly]
    # An unreachable third-party source fails the update though Debian's own lists have arrived: only the
    # installation decides.
    _run([*apt_get, "update"])
    done = _run([*apt_get, "install", "-y", "--no-install-recommends", *packages])
    if done.returncode != 0:
        raise RuntimeError(f"apt-get install {' '.join(packages)} 未成功（{last_words(done.stdout)}）")


def last_words(output: str) -> str:
    """The last line that a tool printed, without addresses of its servers."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return re.sub(r"\w+://\S+", "…", lines[-1]) if lines else "无输出"


def _run(command: list[str]) -> subprocess.CompletedProcess:
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
