"""Makes docs/screenshot.png, the front page as the README shows it: python tests/site/screenshot.py [FILE]"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT)]

from test_serve import running  # noqa: E402 - the tests' own way of starting the command

from xianjie.chromium import ensure_chromium  # noqa: E402
from xianjie.package import load_package  # noqa: E402


def main(out: Path) -> None:
    """Build the shipped package aside, serve it, log in and take the picture."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=ensure_chromium(),
            args=["--no-sandbox", "--lang=zh-CN"],
            env={**os.environ, "LANGUAGE": "zh_CN", "LANG": "zh_CN.UTF-8"},
        )
        with running(load_package(ROOT), Path(folder) / "dist") as (_, _, _, printed):
            page = chromium.new_page(viewport={"width": 1280, "height": 900}, locale="zh-CN")
            page.goto(re.search(r"http\S+token=\S+", printed)[0])
            page.screenshot(path=out)
        chromium.close()
    print(f"已写入 {out}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "screenshot.png")
