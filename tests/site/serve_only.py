"""`serve` without the build that the command would do first: PACKAGE DIST PORT PUBLIC_PORT."""

import sys
from pathlib import Path

from xianjie.package import load_package
from xianjie.serve import serve

if __name__ == "__main__":
    sys.exit(serve(load_package(sys.argv[1]), Path(sys.argv[2]), port=int(sys.argv[3]), public_port=int(sys.argv[4])))
