"""One Datasette site, internal or public: the same code for `serve`, the tests and whoever mounts it elsewhere."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import datasette.handle_exception
import yaml
from datasette.app import Datasette
from datasette.database import Database
from datasette.plugins import get_plugins, pm

from xianjie.audits import Audit, load_audits
from xianjie.package import Ledger, Package

HERE = Path(__file__).resolve().parent.parent
KINDS = ("internal", "public")
# libyaml's loader where there is one: the same, ten times faster.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Every installed Datasette plugin is active at once, and some hand out whole databases to anyone. So what is not
# listed here keeps the sites from starting.
ALLOWED_PLUGINS: frozenset[str] = frozenset()

SETTINGS = {
    "default_page_size": 100,
    "max_returned_rows": 1000,
    "sql_time_limit_ms": 5000,
    "facet_time_limit_ms": 2000,
    "num_sql_threads": 4,
    "suggest_facets": False,  # counts every column of every table at each page view
    "max_csv_mb": 0,
    "allow_download": False,  # an immutable database could be fetched whole
    "truncate_cells_html": 0,
}
SITE_SETTINGS = {
    "internal": {"default_cache_ttl": 0},
    "public": {"default_cache_ttl": 60, "default_allow_sql": False},
}


class SiteError(Exception):
    """Why a site cannot be opened: one Chinese sentence."""


@dataclass(frozen=True)
class Site:
    """What plugins and templates know about the site they serve (`datasette.site`)."""

    kind: str  # internal or public; also the name of its database
    package: Package
    audits: dict[str, Audit]  # by name; none on the public site
    villages: dict[str, str]  # 村代码 -> 村名
    metadata: dict[str, Any]
    dictionary: dict[str, Any] = field(default_factory=dict)  # as xianjie.dictionary writes it; empty in an old dist/

    @property
    def internal(self) -> bool:
        return self.kind == "internal"

    @cached_property
    def tables(self) -> dict[str, dict[str, Any]]:
        """The metadata of the site's tables, by name."""
        return self.metadata.get("databases", {}).get(self.kind, {}).get("tables") or {}

    @property
    def searched(self) -> list[str]:
        """The ledgers that the front page offers for a search: those that metadata.yml names, else all."""
        words = self.metadata.get("plugins", {}).get("xianjie", {})
        return [name for name in words.get("search") or self.ledgers if name in self.ledgers]

    @cached_property
    def areas(self) -> dict[str, str]:
        """Area -> Chinese name, in the order of metadata.yml."""
        return self.metadata.get("plugins", {}).get("xianjie", {}).get("areas") or {}

    @cached_property
    def ledgers(self) -> dict[str, Ledger]:
        """The ledgers that have a table on this site, in the package's order."""
        everything = self.package.ledgers
        return {name: ledger for name, ledger in everything.items() if self.internal or name in self.tables}

    @cached_property
    def ledger_of_key(self) -> dict[str, str]:
        """A column that is the primary key of exactly one ledger -> that ledger (资产编号 -> assets)."""
        keys = [(ledger.primary_key[0], name) for name, ledger in self.ledgers.items() if len(ledger.primary_key) == 1]
        names = [key for key, _ in keys]
        return {key: name for key, name in keys if names.count(key) == 1}

    def title_of(self, table: str) -> str:
        """The Chinese name of a table, view or audit; its own name where it has none."""
        if table in self.audits:
            return self.audits[table].title
        ledger = self.package.ledgers.get(table)
        return self.tables.get(table, {}).get("title") or (ledger.title if ledger else table)

    def village(self, code: object) -> str:
        """The name of a village; the code itself where it is unknown."""
        return self.villages.get(str(code), str(code))


class QuietDatabase(Database):
    """Datasette writes a failed query with its parameters to stderr: ID numbers would end up in a log."""

    async def execute(self, *args: Any, **kwargs: Any) -> Any:
        return await super().execute(*args, **{**kwargs, "log_sql_errors": False})

    def connect(self, write: bool = False) -> sqlite3.Connection:
        # As a URI: Datasette pastes the path as it is, and a folder with # or % in its name would not be found.
        uri = f"{Path(self.path).resolve().as_uri()}?immutable=1"
        connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self._all_file_connections.append(connection)
        return connection


class SiteDatasette(Datasette):
    """A Datasette that carries its Site. Not in the metadata: that can be read at /-/metadata.json."""

    def __init__(self, site: Site, **kwargs: Any) -> None:
        self.site = site
        self.on_login: Callable[[], None] = lambda: None  # called when the login link has been used
        self.link_is_used: Callable[[], bool] = lambda: False  # whether it was, also in an earlier process
        super().__init__(**kwargs)

    def _table_permission_allows(self, database: str, table: str) -> list[Any]:
        # Datasette copies all metadata for each table of a page, a second for the front page's hundred and more
        # (an index has five). That is for nothing where no table has rules of its own.
        if any("allow" in words for words in self.site.tables.values()):
            return super()._table_permission_allows(database, table)
        return []


def _quiet_errors() -> None:
    """Let Datasette print neither the local variables nor the text of an error; plugins/errors.py does it instead."""
    datasette.handle_exception.rich = None
    if pm.get_plugin("datasette.handle_exception"):
        pm.unregister(name="datasette.handle_exception")


def _refuse_unknown_plugins() -> None:
    installed = {plugin["name"] for plugin in get_plugins() if "version" in plugin}
    unknown = sorted(installed - ALLOWED_PLUGINS)
    if unknown:
        raise SiteError(
            f"环境里装有没有审查过的 Datasette 插件：{'、'.join(unknown)}。插件一装上就生效，有的会把整个数据库交给"
            "任何人；请先用 pip uninstall 卸载再启动站点。"
        )


def _villages(path: Path) -> dict[str, str]:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        return dict(connection.execute("select 村代码, 村名 from villages order by 村代码"))
    except sqlite3.OperationalError:  # a public database need not publish them
        return {}
    finally:
        connection.close()


def check_files(dist: Path, kind: str) -> tuple[Path, Path]:
    """dist/<kind>.db and dist/<kind>-metadata.yml; SiteError where there is none."""
    paths = dist / f"{kind}.db", dist / f"{kind}-metadata.yml"
    for path in paths:
        if not path.is_file():
            raise SiteError(f"缺少 {path}，请先运行 python build.py 编译。")
    return paths


def _dictionary(dist: Path, kind: str) -> dict[str, Any]:
    path = dist / f"{kind}-dictionary.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def open_site(package: Package, dist: Path, kind: str, secret: str | None = None) -> SiteDatasette:
    """A Datasette on dist/<kind>.db with dist/<kind>-metadata.yml and the project's plugins and templates.

    kind is "internal" or "public". Raises SiteError when something is missing or an unknown plugin is installed.
    """
    path, words = check_files(dist, kind)
    _quiet_errors()
    _refuse_unknown_plugins()
    metadata = yaml.load(words.read_text(encoding="utf-8"), Loader=_LOADER) or {}
    # The build has checked their SQL; a page compiles its own.
    audits = load_audits(package, names=()) if kind == "internal" else {}
    opened = SiteDatasette(
        Site(kind, package, audits, _villages(path), metadata, _dictionary(dist, kind)),
        metadata=metadata,
        settings={**SETTINGS, **SITE_SETTINGS[kind]},
        template_dir=str(HERE / "templates"),
        plugins_dir=str(HERE / "plugins"),
        static_mounts=[("static", str(HERE / "static"))],
        memory=True,  # without any file Datasette adds _memory anyway; it goes again below
        secret=secret,
    )
    opened.remove_database("_memory")
    opened.add_database(QuietDatabase(opened, str(path), is_mutable=False), name=kind)
    return opened
