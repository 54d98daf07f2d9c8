"""Finds the Chromium that browser tests drive, or installs Debian's. Standard library, Python 3.8 syntax."""

from __future__ import annotations

import ctypes.util
import os
import shutil
import sys
from pathlib import Path

from xianjie import apt

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "chrome", "msedge")
WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
WINDOWS_PROGRAMS = ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
# Without a Chinese font every heading in a screenshot is a row of boxes; this is the smallest in Debian.
PACKAGES = ("chromium", "fonts-wqy-zenhei")
# The node that Playwright brings along is linked to this; a small Debian does not have it.
DRIVER_LIBRARY, DRIVER_PACKAGE = "atomic", "libatomic1"


def find_chromium() -> str | None:
    """The path of an installed Chromium, Chrome or Edge; XIANJIE_CHROMIUM decides where it is set."""
    chosen = os.environ.get("XIANJIE_CHROMIUM")
    if chosen:
        if not Path(chosen).is_file():
            raise RuntimeError(f"环境变量 XIANJIE_CHROMIUM 指向的文件不存在：{chosen}")
        return chosen
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return found
    for variable in WINDOWS_FOLDERS:
        for program in WINDOWS_PROGRAMS:
            path = Path(os.environ.get(variable) or "-", program)
            if path.is_file():
                return str(path)
    return None


def missing_packages() -> list[str]:
    """The Debian packages that driving a browser still needs on this machine."""
    missing = [] if find_chromium() else list(PACKAGES)
    if sys.platform == "linux" and ctypes.util.find_library(DRIVER_LIBRARY) is None:
        missing.append(DRIVER_PACKAGE)
    return missing


def ensure_chromium() -> str:
    """The path of a Chromium, installed first where Debian lets us; RuntimeError says what to install instead."""
    missing = missing_packages()
    if missing and apt.is_usable():
        print(f"正在安装浏览器测试所需的软件包：{' '.join(missing)}……", file=sys.stderr, flush=True)
        apt.install(*missing)
    found = find_chromium()
    if found is None:
        raise RuntimeError(
            "找不到浏览器：请安装 Chromium、Chrome 或 Edge"
            f"（Debian：apt-get install {' '.join(PACKAGES)}），或用环境变量 XIANJIE_CHROMIUM 指明其路径"
        )
    return found
