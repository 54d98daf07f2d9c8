"""The ledgers of housing, and the cases of their audits."""

from __future__ import annotations

from xianjie.demo import cases_houses, houses
from xianjie.demo.model import Township
from xianjie.demo.pool import Pool


def fill(town: Township) -> None:
    estate = houses.Estate(town, town.dice("housing"))
    houses.build(town, estate)
    cases_houses.spoil(town, estate, Pool(town, "housing"))
    estate.close()
