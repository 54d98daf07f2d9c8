"""What keeps anything but public columns and safe counts from getting into public.db.

Three lines, because each alone could be passed by mistake: SQLite says which columns a SELECT reads, the form of
the SELECT says what a count is, and the values that come out are looked at one by one.
"""

from __future__ import annotations

import re
import sqlite3

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError

from xianjie.ddl import quoted
from xianjie.identifiers import id_number_check_digit
from xianjie.package import Package
from xianjie.public_tables import PublicError, PublicTable

FEWEST = 5  # a smaller count could point at somebody

# Numbers that somebody may have written into a name or a source: an ID number (also inside a longer number, such as
# that of a disability certificate), a mobile phone, a bank account.
_ID_NUMBER = re.compile(r"(?=(\d{6}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]))")
_PHONE = re.compile(r"(?<![0-9A-Za-z])1\d{10}(?![0-9A-Za-z])")
_ACCOUNT = re.compile(r"(?<![0-9A-Za-z])\d{15,30}(?![0-9A-Za-z])")


def published(count: int | None, whole: int | None = None) -> int | None:
    """The SQL function: a count, or None under five; also None where `whole` less the count is under five."""
    if count is None or count < FEWEST:
        return None
    return None if whole is not None and whole - count < FEWEST else count


class Guard:
    """SQLite's authorizer: asked for every column that a SELECT reads, in conditions and subqueries as well."""

    def __init__(self, package: Package) -> None:
        self._public = {
            (ledger.name, field.name)
            for ledger in package.ledgers.values()
            for field in ledger.fields
            if field.privacy == "public"
        }
        self._ledgers = package.ledgers
        self.kind = "counts"
        self.refused: list[str] = []

    def __call__(self, action: int, first: str | None, second: str | None, *_: object) -> int:
        if action == sqlite3.SQLITE_SELECT:
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_FUNCTION:
            # These would change the bytes from build to build, or read files.
            allowed = second not in ("random", "randomblob", "load_extension")
            return self._answer(allowed, f"用了函数 {second}")
        if action == sqlite3.SQLITE_READ:
            allowed = self.kind == "counts" or (first, second) in self._public
            mark = ""
            if first in self._ledgers and second in self._ledgers[first].by_name:
                mark = f"，它标为 {self._ledgers[first].by_name[second].privacy}"
            return self._answer(allowed, f"读取了 {first}.{second}{mark}")
        return self._answer(False, "不是单独一条 SELECT")

    def _answer(self, allowed: bool, what: str) -> int:
        if allowed:
            return sqlite3.SQLITE_OK
        self.refused.append(what)
        return sqlite3.SQLITE_DENY


def selected(
    package: Package, source: sqlite3.Connection, guard: Guard, table: PublicTable
) -> tuple[list[str], list[tuple]]:
    """The columns and rows of a SELECT on internal.db, whose authorizer is `guard`; PublicError if it may not run."""
    if table.kind == "counts":
        _check_counts_select(table)
    guard.kind, guard.refused = table.kind, []
    try:
        cursor = source.execute(table.sql, {"截止日期": package.as_of})
        rows = cursor.fetchall()
    except sqlite3.Error as error:
        if guard.refused:
            raise PublicError(f"public/{table.name}.sql {guard.refused[0]}，不能公开。") from None
        raise PublicError(f"public/{table.name}.sql 不能运行：{error}。") from None
    return [column[0] for column in cursor.description or ()], rows


def _check_counts_select(table: PublicTable) -> None:
    """Whatever is not a grouping column must be published(count(distinct …)): rows of one person are no crowd."""
    try:
        select = parse_one(table.sql, read="sqlite")
    except SqlglotError:
        raise PublicError(f"public/{table.name}.sql 不是能看懂的 SELECT。") from None
    if not isinstance(select, exp.Select):
        raise PublicError(f"public/{table.name}.sql 要写成单独一条 SELECT。")
    for item in select.expressions:
        inner = item.unalias()
        grouping = isinstance(inner, exp.Column) and item.alias_or_name in table.sources
        if not grouping and not _is_published_count(inner):
            raise PublicError(
                f"public/{table.name}.sql 的列“{item.alias_or_name}”既不是 by 里的列，"
                "也没有写成 published(count(distinct …))，不能公开。"
            )


def _is_published_count(item: exp.Expression) -> bool:
    if not isinstance(item, exp.Anonymous) or item.name.lower() != "published":
        return False
    return all(isinstance(part, exp.Count) and isinstance(part.this, exp.Distinct) for part in item.expressions)


def check_rows(
    source: sqlite3.Connection, guard: Guard, table: PublicTable, names: list[str], rows: list[tuple]
) -> None:
    """Look at what really comes out: a SELECT may say something else than was meant. Raises PublicError."""
    known = {field.name for field in table.fields} | set(table.notes)
    unknown = [name for name in names if name not in known]
    if unknown or len(set(names)) != len(names):
        raise PublicError(f"public/{table.name}.sql 的列“{'、'.join(unknown or names)}”不在可以公开的列里，或重复。")
    guard.kind = "counts"  # the lists of known texts are read by this program, not by the SELECT
    known_texts = {
        name: {value for (value,) in source.execute(f"SELECT {quoted(name)} FROM {quoted(ledger.name)}")}
        for name, ledger in table.sources.items()
    }
    keys = table.ledger.primary_key if table.ledger else tuple(table.sources)
    for row in rows:
        for name, value in zip(names, row, strict=True):
            if name in known_texts:
                if value not in known_texts[name]:
                    raise PublicError(f"public/{table.name}.sql 的列“{name}”里有台账中没有的内容，不能公开。")
            elif table.kind == "counts" and not _is_safe_count(value):
                raise PublicError(f"public/{table.name}.sql 的列“{name}”里有少于{FEWEST}的数或不是计数，不能公开。")
            if isinstance(value, str):
                _check_text(table, name, value, is_key=name in keys)


def _is_safe_count(value: object) -> bool:
    return value is None or (isinstance(value, int) and value >= FEWEST)


def _check_text(table: PublicTable, name: str, value: str, is_key: bool) -> None:
    found = _personal_number(value, is_key)
    if found:
        raise PublicError(
            f"公开库的 {table.name} 表“{name}”列里有像{found}的内容（在“{table.title}”里），没有生成。"
            "请在台账里把它从这一列删去。"
        )


def _personal_number(value: str, is_key: bool) -> str | None:
    """What kind of personal number a text seems to contain.

    National numbers of projects and units (`is_key`) are as long as an account's and may hold a year and a month
    where an ID number has them: there the check digit decides.
    """
    for match in _ID_NUMBER.finditer(value):
        number = match[1].upper()
        if not is_key or number[17] == id_number_check_digit(number[:17]):
            return "身份证号"
    if _PHONE.search(value):
        return "手机号"
    return "账号" if _ACCOUNT.search(value) and not is_key else None
