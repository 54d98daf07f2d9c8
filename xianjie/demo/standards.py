"""Amounts and thresholds that the demo keeps to: those of the package's own standards.csv on the day of the demo."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from xianjie.demo.days import AS_OF
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
    """(项目, 档次) -> 数值."""

    source: Path
    values: dict[tuple[str, str], Decimal]

    @classmethod
    def read(cls, path: Path) -> Standards:
        latest: dict[tuple[str, str], tuple[str, Decimal]] = {}
        for row in read_rows(path):
            first, last = row.get("生效日期") or "", row.get("失效日期") or ""
            if first > AS_OF or (last and last < AS_OF):
                continue
            try:
                value = Decimal(row.get("数值") or "")
            except InvalidOperation:
                continue
            key = (row.get("项目") or "", row.get("档次") or "")
            if key not in latest or first > latest[key][0]:
                latest[key] = (first, value)
        return cls(path, {key: value for key, (_, value) in latest.items()})

    def amount(self, item: str, tier: str = "") -> Decimal:
        try:
            return self.values[item, tier]
        except KeyError:
            what = f"“{item}”" + (f"的“{tier}”档" if tier else "")
            raise DemoError(f"{self.source} 里没有 {AS_OF} 执行的{what}标准，生成不了示范乡镇，请先补上。") from None

    def whole(self, item: str) -> int:
        return int(self.amount(item))

    def applies(self, item: str) -> bool:
        """For standards that say yes (1) or no."""
        return self.amount(item) == 1
