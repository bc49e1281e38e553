"""KPI 74 of the ministry, fiscal year 2564 (source document 000): referrals out of the region and out of the zone.

Thirteen referrals of one half year with what each group must count, worked out by hand from the specification: accepted
referrals by their day, groups by ICD-10, a signed agreement keeps a pair inside, stroke is a fast track of its own.
"""

import csv
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from samrit.measures import Engine, When, compile_measure, list_hits, measure
from samrit.measures.cases import Case, write_packages
from samrit.reference import FacilityRow, OrgLevel, Period, ReferralNetwork, Register, Zone
from samrit.warehouse import Home, load, trace

HERE = Path(__file__).parent
GROUPS = ("heart", "cancer", "trauma", "newborn")


def expected() -> dict[str, Any]:
    told: dict[str, Any] = json.loads((HERE / "moph_074_refer_golden.expected.json").read_text(encoding="utf-8"))
    return told


def referrals() -> list[dict[str, str]]:
    with (HERE / "moph_074_refer_golden.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def as_case(rows: list[dict[str, str]], period: Period) -> Case:
    """The referrals as rows of the standard: one patient and one visit each, the answer of the destination."""
    tables: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        day, who = date.fromisoformat(row["date"]), {"HOSPCODE": row["origin"], "PID": row["refer_id"]}
        birth = f"{day - timedelta(days=int(row['age_days'])):%Y%m%d}"
        visit = {**who, "SEQ": row["refer_id"]}
        tables.setdefault("PERSON", []).append({**who, "CID": "", "BIRTH": birth, "TYPEAREA": "4"})
        codes = [("1", row["pdx"]), *([("5", row["external_cause"])] if row["external_cause"] else [])]
        for kind, code in codes:
            found = {**visit, "DIAGTYPE": kind, "DIAGCODE": code, "DATE_SERV": f"{day:%Y%m%d}"}
            tables.setdefault("DIAGNOSIS_OPD", []).append(found)
        sent = {
            "REFERID": row["refer_id"],
            "DATETIME_REFER": f"{day:%Y%m%d}090000",
            "HOSP_DESTINATION": row["destination"],
        }
        tables.setdefault("REFER_HISTORY", []).append({**visit, **sent})
        answer = {"HOSPCODE": row["destination"], "HOSP_SOURCE": row["origin"], "REFERID_SOURCE": row["refer_id"]}
        result = "1" if row["status"] == "accepted" else "2"
        tables.setdefault("REFER_RESULT", []).append({**answer, "REFER_RESULT": result})
    return Case(
        "golden", "golden", 1, "referrals", (period.start, period.end), period.start, tables=tables, without=("person",)
    )


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """Measure -> the referrals in A, by the number on their received line."""
    told, folder = expected(), tmp_path_factory.mktemp("golden")
    period = Period(*(date.fromisoformat(day) for day in told["period"]))
    rows = referrals()
    write_packages(as_case(rows, period), folder / "zips")
    snapshot = load(Home(folder / "home"), [folder / "zips"]).snapshot
    assert snapshot is not None
    register = Register(
        FacilityRow(
            code, hostype="05", service_level=of["class"], province_code=of["province"], health_region=of["region"]
        )
        for code, of in told["facilities"].items()
    )
    zones = tuple(Zone(g, code, zone) for g, of in told["zones"].items() for code, zone in of.items())
    network = ReferralNetwork(zones, tuple(map(tuple, told["agreement_pairs"])))
    by_origin = {code: [r["refer_id"] for r in rows if r["origin"] == code] for code in told["facilities"]}
    found = {}
    with Engine(snapshot, register, network) as engine:
        for area in ("region", "zone"):
            for group in (*GROUPS, "all"):
                of = measure(f"referrals_out_of_{area}_{group}")
                compiled = compile_measure(of, of.parameters)
                hits = list_hits(engine, compiled, When(period, period.start), "a", OrgLevel.COUNTRY, "TH")
                lines = [line for hit in hits for line in trace(snapshot, hit.row_ids)]
                # line 1 is the header; the rows of a sender stand in the order of the file
                found[of.id] = {by_origin[line.facility][line.line - 2] for line in lines}
    return found


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("area", ["region", "zone"])
def test_the_referrals_of_a_group_are_those_worked_out_by_hand(
    area: str, group: str, counted: dict[str, set[str]]
) -> None:
    assert counted[f"referrals_out_of_{area}_{group}"] == set(expected()[f"out_of_{area}"][group])


def test_all_groups_together_count_each_referral_once(counted: dict[str, set[str]]) -> None:
    told = expected()
    every = counted["referrals_out_of_region_all"]
    assert len(every) == told["out_of_region_total_distinct"]
    assert every.isdisjoint(told["not_counted"])
    assert every.isdisjoint(told["fast_track"]["stroke"])
