"""The head of an audit or view: `-- key: value` lines before the SQL."""

from __future__ import annotations

import re
from pathlib import Path


class AuditError(Exception):
    """An audit or view cannot be used; the text is a Chinese sentence that names the file."""


def split(path: Path, place: str) -> tuple[dict[str, str], str]:
    """The front matter (`-- key: value` lines, continued by `--   more`) and the SQL after it.

    `place` names the file in messages. Raises AuditError.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise AuditError(f"{place}：不是 UTF-8 编码，请另存为 UTF-8。") from None
    header: dict[str, str] = {}
    key, first = "", len(lines)
    for number, line in enumerate(lines):
        entry = re.fullmatch(r"-- ([a-z_]+):\s*(.*?)\s*", line)
        more = re.fullmatch(r"--\s{2,}(\S.*?)\s*", line)
        if entry:
            key = entry[1]
            if key in header:
                raise AuditError(f"{place} 第{number + 1}行：{key} 写了两遍。")
            header[key] = entry[2]
        elif more and key:
            header[key] = f"{header[key]} {more[1]}".strip()
        else:
            first = number
            break
    return header, "\n".join(lines[first:]).strip()


def check_keys(header: dict[str, str], required: tuple[str, ...], optional: tuple[str, ...], place: str) -> None:
    """Raise AuditError when a required line is missing or blank, or a line is not known."""
    missing = [key for key in required if not header.get(key)]
    if missing:
        raise AuditError(f"{place}：开头的说明缺 {'、'.join(missing)}，写成“-- {missing[0]}: …”。")
    unknown = [key for key in header if key not in required + optional]
    if unknown:
        raise AuditError(f"{place}：开头的说明里不认识 {'、'.join(unknown)}；可以写 {'、'.join(required + optional)}。")


def names_in(value: str | None) -> list[str]:
    """The names in a line of the front matter, separated by commas, 、 or spaces."""
    return [part for part in re.split(r"[,，、\s]+", value or "") if part]
