"""The ledgers of health: patients, doctors, clinics and bills, and the cases of their audits."""

from __future__ import annotations

from xianjie.demo import cases_medicine, clinics
from xianjie.demo.medicine import Practice, doctor_names
from xianjie.demo.model import Township
from xianjie.demo.pool import Pool


def fill(town: Township) -> None:
    dice = town.dice("health")
    doctors = doctor_names(town)
    practice = Practice(town, dice, doctors)
    clinics.build(town, dice, doctors)
    for household in town.households:
        practice.household(household)
    pool = Pool(town, "health")
    cases_medicine.spoil(town, practice, pool)
    clinics.spoil(town, dice, pool)
    town.tables["clinic_doctors"].sort(key=lambda row: (row["村代码"], row["起始日期"]))
    town.tables["doctor_services"].sort(key=lambda row: (row["日期"], row["身份证号"]))
    town.tables["medical_claims"].sort(key=lambda row: row["结算编号"])
