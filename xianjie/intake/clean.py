"""What is done to every text before anything looks at it: invisible characters, wrappers, words for nothing."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from xianjie.package import Field

_INVISIBLE = dict.fromkeys(
    code
    for start, end in [
        *((0x00, 0x08), (0x0B, 0x0C), (0x0E, 0x1F), (0x7F, 0x9F), (0xAD, 0xAD), (0x180E, 0x180E)),
        *((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2064), (0xFEFF, 0xFEFF)),
    ]
    for code in range(start, end + 1)
)
_SPACES = str.maketrans({code: " " for code in [0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F]})
_WRAPPER = re.compile(r'=\s*"([^"]*)"', re.DOTALL)
_MISSING = frozenset(["无", "空", "null", "<null>", "none", "nan", "n/a", "na", "不详", "未知", "待补"])
_STROKES = re.compile(r"[-–—―─/\\]+")
UNITS = {"亿": 100_000_000, "万": 10_000, "千": 1_000, "百": 100}  # …元 -> 元
EXCEL_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)|#{3,}")


def half_width(text: str) -> str:
    """Full-width letters, digits and signs as half-width ones (NFKC). For identifiers and numbers, not for prose."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def clean(text: str) -> tuple[str, tuple[str, ...]]:
    """(text without what nobody sees, kinds of repair). Line breaks become \\n; prose keeps its punctuation."""
    if text.isascii() and text.isalnum():
        return text, ()  # most cells of a long table
    kinds: list[str] = []
    plain = text
    if not text.isascii() or not text.isprintable():
        plain = text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").translate(_INVISIBLE)
        if len(plain) < len(text.replace("\r\n", "\n")):
            kinds.append("invisible")
        plain = plain.translate(_SPACES)
    stripped = plain.strip()
    if stripped != plain:
        kinds.append("spaces")
    wrapped = _WRAPPER.fullmatch(stripped)
    if wrapped:
        stripped = wrapped.group(1).strip()
        kinds.append("wrapper")
    # The sign that tells Excel "this is text"; a pair of them is a quotation.
    if stripped[:1] in ("'", "’", "‘", "`") and not re.search("['’‘`]", stripped[1:]):
        stripped = stripped[1:].strip()
        kinds.append("apostrophe")
    return stripped, tuple(kinds)


def is_missing(text: str) -> bool:
    """Whether a cleaned text is only a word or sign for "nothing here"."""
    value = half_width(text).lower()
    return value in _MISSING or bool(_STROKES.fullmatch(value))


def plain(value: Decimal) -> str:
    """A decimal without exponent and without trailing zeros after the point: 1063300, 0.7."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def comparable(item: Field, value: str) -> str:
    """A cell's value for comparison: 300 and 300.00 are one amount."""
    if item.type != "number":
        return value
    try:
        return plain(Decimal(value))
    except InvalidOperation:
        return value
