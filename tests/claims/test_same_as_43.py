"""A random world whose stays are told by a claims file counts as the same world whose stays are in the 43 files.

The worlds and their right answers are those of the second opinion, which knows nothing of claims.
"""

import csv
import dataclasses
import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from random import Random

import pytest

from builders import write_zip
from samrit.claims import Source, layout
from samrit.measures import Engine
from samrit.warehouse import claims_rejects, prefer_source, rebuild
from second_opinion import existence
from second_opinion.admissions import choose_principal
from second_opinion.persons import cid_is_valid
from second_opinion.reading import Row
from second_opinion.samrit_adapter import Product
from second_opinion.worlds import LEVELS, World, ask_counts, build_world, values_of

STAYS = (
    "asthma_admission_rate", "dm_short_term_admission_rate", "ht_admission_rate",  # P4 P5 P6
    "dm_readmission_28_days", "ht_readmission_28_days",  # R5 R6
    "dm_patient_admission_rate", "ht_patient_admission_rate",  # 2.3 2.4
)  # fmt: skip
SEEDS = (1, 2)
Tables = Mapping[str, Mapping[tuple[str, ...], Row]]


def without_stays(folder: Path, tables: Tables) -> list[Path]:
    """The standing rows of a world but for its stays, one zip per facility."""
    packages: dict[str, dict[str, list[dict[str, str]]]] = {}
    for name, rows in tables.items():
        for row in rows.values() if name not in {"ADMISSION", "DIAGNOSIS_IPD"} else ():
            packages.setdefault(row.text["HOSPCODE"], {}).setdefault(name, []).append({**row.text, "HOSPCODE9": ""})
    return [write_zip(folder, f"F43_{sender}_20991231000000.zip", of) for sender, of in packages.items()]


def write_claims(path: Path, tables: Tables, dice: Random) -> Path:
    """The standing stays of a world as a claims file: persons by citizen number or by PID, as chance will."""
    names = layout("inpatient").column_names
    found: dict[tuple[str, str], list[Row]] = {}
    for row in tables["DIAGNOSIS_IPD"].values():
        found.setdefault((row.text["HOSPCODE"], row.text["AN"]), []).append(row)
    cids = {(row.text["HOSPCODE"], row.text["PID"]): row.text.get("CID", "") for row in tables["PERSON"].values()}
    text = io.StringIO()
    writer = csv.DictWriter(text, names, lineterminator="\n")
    writer.writeheader()
    for row in dice.sample(list(tables["ADMISSION"].values()), len(tables["ADMISSION"])):
        cells = row.text
        codes = found.get((cells["HOSPCODE"], cells["AN"]), [])
        others = [(d.text["DIAGCODE"], "2" if d.value.get("DIAGTYPE") == "2" else "4") for d in codes]
        cid = cids.get((cells["HOSPCODE"], cells["PID"]), "")
        by_number = cid_is_valid(cid) and dice.random() < 0.5
        writer.writerow(
            {
                "hospital": cells["HOSPCODE"],
                "an": cells["AN"],
                "person": cid if by_number else "",
                "pid": "" if by_number else cells["PID"],
                "insurance": cells.get("INSTYPE", ""),
                "admitted_at": cells.get("DATETIME_ADMIT", ""),
                "discharged_at": cells.get("DATETIME_DISCH", ""),
                "principal_diagnosis": choose_principal(codes) or "",
                "other_diagnoses": " ".join(f"{code}:{kind}" for code, kind in others if code),
                "discharge_type": cells.get("DISCHTYPE", ""),
                "discharge_status": cells.get("DISCHSTATUS", ""),
            }
        )
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def counted(product: Product, world: World) -> dict[tuple[str, tuple[date, date, date], str], object]:
    return {
        (measure, days, level): values
        for measure in STAYS
        for (days, level), values in product.counts(measure, world.periods, LEVELS, together=True)
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_stays_of_claims_count_as_those_of_the_43_files(seed: int, tmp_path: Path) -> None:
    world = build_world(seed, tmp_path)
    world = dataclasses.replace(world, periods=world.periods[:1])
    tables = existence.standing(world.zips)
    right = {question: values_of(question[0], totals) for question, totals in ask_counts(world, STAYS, tables)}
    assert sum(a for (m, _, _), values in right.items() if m in STAYS[:3] for a, *_ in values.values()) > 20
    claims = write_claims(tmp_path / "claims.csv", tables, Random(seed))
    kept = len(tables["ADMISSION"])

    zips = without_stays(tmp_path / "left", tables)
    with Product(zips, world.organisations) as bare:
        assert counted(bare, world) != right, "the stays matter"
    with Product(zips, world.organisations, claims=[("inpatient", claims)]) as product:
        faults = {(r.rule, r.state) for r in claims_rejects(product.snapshot.home)}
        assert faults <= {("moment", "voided"), ("right", "voided")}, "a stay was lost on the way"
        assert product.engine.rows("SELECT count(*), min(source) FROM admissions") == [(kept, "claims")]
        assert counted(product, world) == right

    with Product(world.zips, world.organisations, claims=[("inpatient", claims)]) as product:
        assert product.engine.rows("SELECT count(*), min(source) FROM admissions") == [(kept, "f43")]
        assert counted(product, world) == right
        prefer_source(product.snapshot.home, "admissions", Source.CLAIMS, date(2026, 11, 24))
        product.snapshot = rebuild(product.snapshot.home)
        with Engine(product.snapshot, product.register) as engine:
            product.engine = engine
            assert engine.rows("SELECT count(*), min(source), max(source) FROM admissions") == [
                (kept, "claims", "claims")
            ]
            assert counted(product, world) == right
