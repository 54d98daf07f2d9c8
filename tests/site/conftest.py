"""Two made-up townships for the site: one as the demo makes it, one in which every status of an audit occurs."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from site_client import Client

from xianjie.audits import load_audits
from xianjie.build import build
from xianjie.compile import compile_internal
from xianjie.demo import generate
from xianjie.dictionary import as_json, internal_words, load_dictionary, public_words
from xianjie.files import write_text
from xianjie.metadata import dumped, internal_metadata, public_metadata
from xianjie.outcome import write_findings
from xianjie.package import Package, load_package
from xianjie.public import compile_public
from xianjie.run import run_audits
from xianjie.site import open_site

ROOT = Path(__file__).resolve().parent.parent.parent


def assembled(package: Package, dist: Path) -> Path:
    """A dist/ as the build writes it, without the validation, which takes most of its time."""
    dist.mkdir()
    compile_internal(package, dist / "internal.db")
    audits = load_audits(package)
    with sqlite3.connect(dist / "internal.db") as connection:
        write_findings(connection, run_audits(connection, audits.values(), package.as_of), package.as_of)
    connection.close()
    columns = compile_public(package, dist / "internal.db", dist / "public.db")
    write_text(dist / "internal-metadata.yml", dumped(internal_metadata(package, audits)))
    write_text(dist / "public-metadata.yml", dumped(public_metadata(package, columns)))
    pages = load_dictionary(package, audits)
    write_text(dist / "internal-dictionary.json", as_json(internal_words(pages)))
    write_text(dist / "public-dictionary.json", as_json(public_words(pages, package, columns)))
    return dist


def keep_rows(package: Package, ledger: str, keep) -> None:
    """Rewrite a ledger with only the lines for which keep(number, line) is true; the heading always stays."""
    path = package[ledger].path
    lines = path.read_text(encoding="utf-8").splitlines()
    write_text(
        path, "\n".join([lines[0], *(line for number, line in enumerate(lines[1:]) if keep(number, line))]) + "\n"
    )


@pytest.fixture(scope="session")
def demo(tmp_path_factory) -> Package:
    """A demo township, built into its own dist/."""
    folder = tmp_path_factory.mktemp("demo") / "township"
    generate(load_package(ROOT), 1000, 11, folder)
    package = load_package(folder)
    assert build(package, folder / "dist").valid
    return package


@pytest.fixture(scope="session")
def crowded(tmp_path_factory) -> Package:
    """Hardly anybody insured (over 1,000 findings), no loans (无数据), one standard unconfirmed (缺标准)."""
    folder = tmp_path_factory.mktemp("crowded") / "township"
    generate(load_package(ROOT), 1500, 3, folder)
    package = load_package(folder)
    keep_rows(package, "insurance", lambda number, _: number < 3)
    keep_rows(package, "loans", lambda *_: False)
    keep_rows(package, "loan_events", lambda *_: False)
    keep_rows(package, "standards", lambda _, line: "资产闲置天数" not in line)
    assembled(package, folder / "dist")
    return package


@pytest.fixture(scope="session")
def internal(crowded):
    """The internal site of the crowded township, and who visits it."""
    return Client(open_site(crowded, crowded.root / "dist", "internal"))


@pytest.fixture(scope="session")
def public(crowded):
    """The public site of the crowded township."""
    return Client(open_site(crowded, crowded.root / "dist", "public"))


@pytest.fixture
def database(crowded):
    """internal.db itself, to compare with."""
    connection = sqlite3.connect(crowded.root / "dist" / "internal.db")
    yield connection
    connection.close()


@pytest.fixture
def copied(crowded, tmp_path) -> Package:
    """A copy of the crowded township that a test may spoil."""
    shutil.copytree(crowded.root, tmp_path / "copy")
    return load_package(tmp_path / "copy")
