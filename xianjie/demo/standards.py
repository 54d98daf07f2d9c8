"""Amounts and thresholds that the demo keeps to: those of the package's own standards.csv, each on its day."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from xianjie.demo.days import AS_OF, day, iso
from xianjie.package import PackageError


class DemoError(PackageError):
    """The demo cannot be made; the text is a Chinese sentence."""


def read_rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as handle:
            return list(csv.DictReader(handle))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DemoError(f"读不了 {path}（{error}），生成不了示范乡镇。") from None


@dataclass(frozen=True)
class Standards:
    """(项目, 档次) -> (生效日期, 失效日期 or "", 数值), the latest first."""

    source: Path
    periods: dict[tuple[str, str], list[tuple[str, str, Decimal]]]

    @classmethod
    def read(cls, path: Path) -> Standards:
        periods: dict[tuple[str, str], list[tuple[str, str, Decimal]]] = {}
        for row in read_rows(path):
            try:
                value = Decimal(row.get("数值") or "")
            except InvalidOperation:
                continue
            key = (row.get("项目") or "", row.get("档次") or "")
            periods.setdefault(key, []).append((row.get("生效日期") or "", row.get("失效日期") or "", value))
        for dated in periods.values():
            dated.sort(reverse=True)
        return cls(path, periods)

    def amount(self, item: str, tier: str = "", on: int | None = None) -> Decimal:
        """What holds on a day, that of the demo when none is named."""
        text = AS_OF if on is None else iso(on)
        for first, last, value in self.periods.get((item, tier), ()):
            if first <= text and (not last or last >= text):
                return value
        what = f"“{item}”" + (f"的“{tier}”档" if tier else "")
        raise DemoError(f"{self.source} 里没有 {text} 执行的{what}标准，生成不了示范乡镇，请先补上。")

    def of_year(self, item: str, year: int) -> Decimal:
        """What holds at the end of a year, for amounts that are announced year by year."""
        return self.amount(item, on=day(f"{year}-12-31"))

    def whole(self, item: str, tier: str = "") -> int:
        return int(self.amount(item, tier))

    def applies(self, item: str) -> bool:
        """For standards that say yes (1) or no."""
        return self.amount(item) == 1
