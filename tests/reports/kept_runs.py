"""A kept run of every shipped pack, made from small input files and without a snapshot, so that all papers can be made.

The figures are made up: one unit of qof-2557 earns more than its advance and owes from a year before, the others owe;
nhso-2552 has hospitals in its second pool; qof-2560 has two bases of people; uk-qof pays in pounds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from samrit.problems import problem
from samrit.reference import Period, Span, shipped_register
from samrit.results import Run, keep_run
from samrit.schemes import Asked, SchemeRun, TrendLine, choose, evaluate, find_inputs, read_inputs, read_pack
from samrit.schemes.counting import gather_counts
from samrit.schemes.tables import run_tables
from schemes.building import write_csv

SIGNED = ("สมชาย", "2014-04-15")
BEST, WORST = "11033", "28861"
"""A unit of Loei that scores well, and one that reports little."""
ENTRIES = ("item", "org", "a", "b", "value", "author", "entered_on")
WARNING = problem("schemes.run.register_young", days=104, newest="2014-06-12", newest_th="12 มิ.ย. 2557")
TREND = (
    TrendLine("1.1", BEST, Span.MONTH, Period.parse("2013-04-01..2013-04-30"), 1, 4, Decimal(25)),
    TrendLine("1.1", BEST, Span.QUARTER, Period.parse("2013-04-01..2013-06-30"), 0, 0, None),
)
"""In the run of qof-2557."""
PACKS = ("qof-2557", "nhso-2552", "qof-2560", "uk-qof")


def write_inputs(pack_id: str, folder: Path) -> Path:
    """The input files of a pack."""
    {"qof-2557": _qof_2557, "nhso-2552": _nhso_2552, "qof-2560": _qof_2560, "uk-qof": _uk_qof}[pack_id](folder)
    return folder


def keep(pack_id: str, home: Path, changes: Mapping[str, str] | None = None) -> SchemeRun:
    """The run of a pack with changes, kept in the runs of a home."""
    folder = write_inputs(pack_id, home / "given" / pack_id)
    register, org = shipped_register(), "42" if pack_id == "qof-2557" else ""
    inputs, pack = read_inputs(find_inputs(folder), lambda own: read_pack(pack_id, {**own, **(changes or {})}))
    chosen = choose(pack, register, Asked(org), inputs)
    materials = replace(chosen, counts=gather_counts(pack, {}, inputs, register, chosen.days[1]))
    evaluation = evaluate(materials)
    period, census_day = materials.days
    manifest = {
        "scheme": pack.id,
        "pack": pack.hash,
        "changes": pack.changes,
        "snapshot": "fedcba9876543210",
        "code": "0.1.0+abc",
        "inputs": {file.kind: file.as_dict() for file in inputs.files},
        "parameters": {
            "org": org, "as_of": "", "period": str(period), "census_day": census_day.isoformat(), "trend": False,
            "previous": "",
        },
        "warnings": [WARNING.as_dict()],
    }  # fmt: skip
    trend = TREND if pack_id == "qof-2557" else ()
    papers = {file.kept_as: file.content for file in inputs.files}
    papers |= {f"pack/{name}": content for name, content in pack.papers().items()}
    run: Run = keep_run(home / "runs", manifest, run_tables(pack.id, {}, evaluation, inputs.adjustments, trend), papers)
    return SchemeRun(run, materials, period, census_day, {}, evaluation, trend, (WARNING,))


def _qof_2557(folder: Path) -> None:
    items = [i for i in read_pack("qof-2557").scheme.items if i.score]
    counted = [(i.item, BEST, 195, 100) if i.item == "2.1" else (i.item, BEST, 99, 100) for i in items if i.measure]
    write_csv(folder / "cube.csv", ("item", "org", "a", "b"), [*counted, ("1.1", WORST, 64, 100)])
    typed = [(i.item, BEST, 99, 100, "", *SIGNED) for i in items if i.entry == "percent"]
    write_csv(folder / "entries.csv", ENTRIES, typed)
    columns = ("org", "item", "kind", "amount_baht", "reason", "author", "entered_on", "approved_by", "approved_on")
    adjustments = [
        (BEST, "2.6", "appeal", "1250.50", "ส่งแฟ้มช้าเพราะระบบขัดข้อง", *SIGNED, "สมหญิง", "2014-05-01"),
        (BEST, "", "adjustment", "-300", "คิดซ้ำ", *SIGNED, "", ""),
    ]
    write_csv(folder / "adjustments.csv", columns, adjustments)
    owed = [(BEST, "2555", "1000"), (BEST, "2556", "2000.25"), (WORST, "2556", "500")]
    write_csv(folder / "ledger.csv", ("org", "since", "amount_baht"), owed)


def _nhso_2552(folder: Path) -> None:
    units = (("10705", "4201", "เมืองเลย", 90_000, 200_000), ("11030", "4202", "นาด้วง", 20_000, ""),
             ("11447", "4204", "ด่านซ้าย", 40_000, 60_000), ("11031", "4203", "เชียงคาน", 50_000, 0))  # fmt: skip
    columns = ("org", "district_code", "name_th", "uc_population", "referral_population")
    write_csv(folder / "populations.csv", columns, units)
    orgs = [unit[0] for unit in units]
    pool = read_pack("nhso-2552").items_of("referral")
    hospitals = {item.item: [org for org in orgs if org != "11031"] for item in pool}
    rows = [(item, org) for item in ("P2", "P3", "P4", "P5", "P6", "R5", "R6") for org in hospitals.get(item, orgs)]
    spread = {org: 10 * (place + 1) for place, org in enumerate(orgs)}
    write_csv(folder / "cube.csv", ("item", "org", "a", "b"), [(i, o, spread[o] + len(i), 90) for i, o in rows])
    typed = [("P7", org, spread[org], 50, "", *SIGNED) for org in orgs]
    typed += [(item, org, spread[org], 50, "", *SIGNED) for item in ("R2", "R7") for org in hospitals[item]]
    levels = [(item, org, "", "", place + 2, *SIGNED)
              for item in ("R3", "R4") for place, org in enumerate(hospitals[item])]  # fmt: skip
    write_csv(folder / "entries.csv", ENTRIES, [*typed, *levels])
    facts: list[Sequence[object]] = []
    for org in orgs:
        facts += [("P1", org, f"{org}-1", name, value, *SIGNED) for name, value in (("people", 4000), ("nurses", 1))]
    facts += [("R1", org, "", "hnqa_units", 10, *SIGNED) for org in hospitals["R1"]]
    facts.append(("R1", "10705", "", "certificate", "ha_step_1", *SIGNED))
    write_csv(folder / "facts.csv", ("item", "org", "unit", "fact", "value", "author", "entered_on"), facts)
    shares = [(org, 1, 30 * (place + 1), 5) for place, org in enumerate(orgs)]
    write_csv(folder / "activities.csv", ("org", "hospitals", "beds", "units"), shares)


def _qof_2560(folder: Path) -> None:
    columns = ("org", "district_code", "name_th", "uc_population", "thai_population")
    units = [("10705", "4201", "เมืองเลย", 90_001, 120_007), ("11030", "4202", "นาด้วง", 20_003, 26_000)]
    write_csv(folder / "populations.csv", columns, units)
    rows = [("1.1", "10705", 62, 100), ("1.2", "10705", 85, 100), ("2.1", "10705", 140, 100), ("2.2", "10705", 8, 100),
            ("1.1", "11030", 55, 100), ("2.3", "11030", 3, 12)]  # fmt: skip
    write_csv(folder / "cube.csv", ("item", "org", "a", "b"), rows)
    write_csv(folder / "last.csv", ("item", "org", "a", "b"), [("2.2", "10705", 9, 100)])
    write_csv(folder / "ledger.csv", ("org", "since", "amount_baht"), [("11030", "2559", "50000")])


def _uk_qof(folder: Path) -> None:
    columns = ("org", "district_code", "name_th", "list_size")
    write_csv(folder / "populations.csv", columns, [("A1", "4201", "คลินิกหนึ่ง", 9_103), ("A2", "4201", "คลินิกสอง", 5_001)])
    rows = [("1.1", "A1", 100, 100, "", *SIGNED), ("2.1", "A1", 66, 90, "", *SIGNED), ("1.2", "A2", 1, 3, "", *SIGNED)]
    write_csv(folder / "entries.csv", ENTRIES, rows)
    write_csv(folder / "indices.csv", ("org", "item", "name", "value"), [("A1", "2.1", "prevalence", "1.3")])
    columns = ("org", "kind", "amount_baht", "reason", "author", "entered_on", "approved_by", "approved_on")
    write_csv(folder / "adjustments.csv", columns, [("A1", "appeal", "10", "late", *SIGNED, "", "")])
    write_csv(folder / "last_paid.csv", ("org", "amount_baht"), [("A1", "9000.01"), ("A2", "20000")])
