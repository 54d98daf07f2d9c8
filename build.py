# -*- coding: utf-8 -*-
"""The one door: `python build.py <command>`. Needs nothing but Python; the rest is set up on the first run."""

import sys

if __name__ == "__main__":
    if sys.version_info < (3, 8):  # too old even to read the modules that would say so
        sys.stderr.write("错误：需要 Python 3.10 至 3.13，当前是 %d.%d.%d\n" % sys.version_info[:3])
        sys.exit(2)

    try:
        from pathlib import Path

        from xianjie import bootstrap

        bootstrap.start(Path(__file__).resolve().parent, sys.argv)

        # Only now, under the project's own Python, may anything that is not in the standard library be imported.
        from xianjie.cli import main

        main()
    except KeyboardInterrupt:  # during the imports; main() itself has a sentence for it
        sys.exit(130)
