"""Commands about schemes: run; list, check, show and new are those of packs, explain and simulate of their own."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import typer

from samrit.cli import packs
from samrit.cli.advice import with_advice
from samrit.cli.inputs import kept_inputs, name_as_received, site_packs
from samrit.cli.organisation import KIND, register_with, with_network
from samrit.cli.shown import (
    DEFAULT_HOME,
    PROBLEMS_FOUND,
    HomeOption,
    JsonOption,
    baht,
    bars,
    err,
    out,
    show_json,
    show_problems,
    show_table,
)
from samrit.problems import Level
from samrit.reference import Register, parse_day
from samrit.reports.words import NO_DATA_TH, money_th, people_th
from samrit.results import find_run
from samrit.schemes import (
    Asked,
    InputFile,
    Pack,
    RunInputs,
    SchemeRun,
    find_inputs,
    read_inputs,
    read_pack,
    run_scheme,
)
from samrit.schemes.authoring.pools import OpenRate, PricePerPoint
from samrit.schemes.inputs import COLUMNS
from samrit.scoring import ScoreStanding
from samrit.warehouse import Home, Snapshot, open_snapshot

app = typer.Typer(help="กติกาการจ่าย / payment schemes", no_args_is_help=True)
packs.register(app)
PackArgument = Annotated[str, typer.Argument(help="รหัสกติกา เช่น qof-2557 / pack id")]
SetOption = Annotated[
    list[str] | None, typer.Option("--set", help="ตำแหน่ง=ค่า เช่น money.netting=floor_zero / path=value")
]
OrgOption = Annotated[str, typer.Option(help="รหัสจังหวัดหรือหน่วยบริการประจำ / province or contracting unit")]
InputsOption = Annotated[
    Path | None,
    typer.Option(
        "--inputs",
        help=f"โฟลเดอร์ข้อมูลประกอบ หรือโฟลเดอร์ที่มีโฟลเดอร์ชื่อกติกา / a folder of inputs, or of folders named"
        f" by pack: {' '.join((*COLUMNS, KIND))}",
    ),
]
PreviousOption = Annotated[
    str, typer.Option(help="รหัสผลของปีก่อน: ผลงานปีก่อนและลูกหนี้ / last year's run: its values and what is owed")
]
AsOfOption = Annotated[str, typer.Option(help="นับบริการถึงวันนี้ ค.ศ. / care delivered up to that day, CE")]
MONEY = {
    "pot": "วงเงิน / pot",
    "earned": "ได้รับ / earned",
    "of_which.assumed": "  ส่วนที่ใช้เกณฑ์หรืออัตราที่ยังไม่เป็นทางการ / of which assumed",
    "undistributed": "ยังไม่จัดสรร / undistributed",
    "of_which.not_computed": "  ยังไม่คำนวณ / not computed",
    "of_which.unscored": "  ไม่มีเกณฑ์ให้คะแนน / unscored",
    "of_which.no_data": f"  {NO_DATA_TH} / no data",
    "of_which.below_full_score": "  ได้คะแนนไม่เต็ม / below full score",
    "of_which.unmatched": "  ไม่ตรงเกณฑ์ขั้นใด / no rung fits",
    "of_which.too_few": "  จำนวนที่ใช้คิดน้อยเกินไป / too few cases",
    "support": "เงินสนับสนุน / support",
    "undistributed.support": "  เงินสนับสนุนที่ยังไม่จัดสรร / support not distributed",
    "excellence": "เงินความเป็นเลิศ / excellence",
    "adjustment": "การปรับยอดที่อนุมัติแล้ว / approved adjustments",
    "advance": "จ่ายล่วงหน้าแล้ว / advance paid",
    "net": "สุทธิ / net",
    "receivable": "  ที่หน่วยบริการต้องคืน / receivable",
    "forgiven": "  ที่ไม่เรียกคืน / forgiven",
    "carried": "หักลูกหนี้จากงวดก่อน / set off against earlier receivables",
    "payable": "จ่ายตามผลงาน / payable for results",
}
FULL = "วงเงินเมื่อได้คะแนนเต็ม / pot at full marks"
ALWAYS = ("pot", "earned", "undistributed", "advance", "net")
SnapshotOption = Annotated[str, typer.Option(help="รหัสหรือเลขที่ชุดข้อมูล / snapshot id or number")]


@app.command("run")
def run(
    pack_id: PackArgument,
    org: OrgOption = "",
    as_of: AsOfOption = "",
    snapshot: SnapshotOption = "",
    inputs: InputsOption = None,
    changes: SetOption = None,
    trend: Annotated[
        bool, typer.Option("--trend", help="เพิ่มผลรายเดือน ไตรมาส สะสม และ 12 เดือนย้อนหลัง / add trend.csv")
    ] = False,
    previous: PreviousOption = "",
    result: Annotated[Path | None, typer.Option("--out", help="คัดลอกผลไปที่โฟลเดอร์นี้ / copy the run there")] = None,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """คำนวณคะแนนและเงิน เก็บเป็นโฟลเดอร์ผลที่คำนวณซ้ำได้ / score and pay; kept as a run that can be recomputed."""
    if result and result.exists() and not result.is_dir():
        raise typer.BadParameter(f"--out {result}: เป็นแฟ้ม ไม่ใช่โฟลเดอร์ / a file, not a folder")
    done, _, _ = make_run(Home(home), pack_id, org, as_of, snapshot, changes, inputs, previous=previous, trend=trend)
    if result:
        done.run.copy_to(result)
    show_problems(with_advice(done.warnings, Home(home), done.period.end))
    if json:
        show_json({**done.run.manifest, "folder": str(done.run.folder)})
    else:
        show_run(done)
    if result:
        err.print(f"เขียนผลไว้ที่ {result} ด้วย / the files of the run are in {result}", markup=False, highlight=False)
    if any(found.level is Level.ERROR for found in done.warnings):
        raise typer.Exit(PROBLEMS_FOUND)


@dataclass(frozen=True)
class Prepared:
    """All that a run needs, read and checked; nothing is counted yet."""

    pack: Pack
    inputs: RunInputs
    asked: Asked
    snapshot: Snapshot
    register: Register
    org_file: InputFile


def prepare_run(
    home: Home,
    pack_id: str,
    org: str = "",
    as_of: str = "",
    snapshot: str = "",
    changes: list[str] | None = None,
    inputs: Path | None = None,
    *,
    previous: str = "",
    trend: bool = False,
) -> Prepared:
    """Read what a run needs: inputs of the folder before inputs of the home, changes of the call before both."""
    shot = open_snapshot(home, snapshot)
    said = _changes(changes)
    given = find_inputs(inputs, pack_id) if inputs else {}
    register, org_file = register_with(home, given.pop(KIND, None))
    files = {kind: kept.path for kind, kept in kept_inputs(home, pack_id).items()} | given
    earlier = find_run(home.runs, previous) if previous else None
    read, pack = read_inputs(files, lambda own: read_pack(pack_id, {**own, **said}, site_packs(home)), earlier)
    read = with_network(home, pack, name_as_received(home, pack_id, read))
    return Prepared(pack, read, Asked(org, parse_day(as_of) if as_of else None, trend), shot, register, org_file)


def make_run(home: Home, pack_id: str, *said: Any, **more: Any) -> tuple[SchemeRun, Snapshot, Register]:
    """A run of a pack, asked for as in `prepare_run`."""
    of = prepare_run(home, pack_id, *said, **more)
    return run_prepared(of), of.snapshot, of.register


def run_prepared(of: Prepared) -> SchemeRun:
    """Count and evaluate what was prepared, with bars on stderr."""
    with bars() as progress:
        return run_scheme(of.pack, of.snapshot, of.register, of.asked, of.inputs, (of.org_file,), progress)


def _changes(texts: list[str] | None) -> dict[str, str]:
    changes = {}
    for text in texts or []:
        path, equals, value = text.partition("=")
        if not equals:
            raise typer.BadParameter(f"--set {text}: ตำแหน่ง=ค่า / path=value")
        changes[path.strip()] = value.strip()
    return changes


def show_run(done: SchemeRun) -> None:
    """For people: the units with points and baht, the items of the whole, and where the money of the whole is."""
    title = f"{done.pack.scheme.title.th}  {done.period}"
    if done.period != done.pack.scheme.period:
        draft = "ร่างก่อนปิดงวด: ผลงานยังไม่ครบช่วง แต่หักเงินล่วงหน้าทั้งปี / a draft: part of the period, the whole advance"
        out.print(draft, style="yellow", markup=False)
    people, money = people_th(done.pack), money_th(done.pack)
    columns = ["หน่วย", "อำเภอ", people, "คะแนน", f"ได้รับ ({money})", "จ่ายล่วงหน้า", f"สุทธิ ({money})"]
    show_table(title, columns, [*_unit_rows(done)], range(2, 7))
    columns = ["ข้อ", "ตัวชี้วัด", "A", "B", "ค่า", f"ได้รับ ({money})", "ให้คะแนน"]
    show_table("รายตัวชี้วัด / by item", columns, [*_item_rows(done)], range(2, 7))
    has_ceilings = all(isinstance(pool, OpenRate | PricePerPoint) for pool in done.pack.scheme.pools)
    sums = [
        (FULL if component == "pot" and has_ceilings else words, baht(done.evaluation.amount(done.whole, component)))
        for component, words in MONEY.items()
        if component in ALWAYS or done.evaluation.amount(done.whole, component)
    ]
    currency = done.pack.scheme.currency.title
    show_table("เงินทั้งหมด / the money", ["", f"{currency.th} / {currency.en}"], sums, (1,))
    out.print(f"ผล / run {done.run.id}  ->  {done.run.folder}", markup=False, highlight=False)


def _unit_rows(done: SchemeRun) -> Iterator[tuple[object, ...]]:
    amount = done.evaluation.amount
    points = dict.fromkeys((p.org for p in done.payees), Decimal(0))
    for line in done.evaluation.scores:
        if line.org in points and line.points is not None:
            points[line.org] += line.points
    for payee in sorted(done.payees, key=lambda p: (p.district_code, p.org)):
        sums = (baht(amount(payee.org, name)) for name in ("earned", "advance", "net"))
        yield (payee.org, payee.name_th, f"{payee.population:,}", f"{points[payee.org]:.1f}", *sums)
    people = sum(p.population for p in done.payees)
    yield ("รวม", "", f"{people:,}", "", *(baht(amount(done.whole, name)) for name in ("earned", "advance", "net")))


def _item_rows(done: SchemeRun) -> Iterator[tuple[object, ...]]:
    orgs = {p.org for p in done.payees}
    for item in done.pack.scheme.items:
        scored = [s.scored for s in done.evaluation.scores if s.item == item.item and s.org in orgs]
        given = sum(s.standing is ScoreStanding.SCORED for s in scored)
        judged = "ไม่มีเกณฑ์" if item.score is None else f"{given}/{len(scored)}"
        earned = sum(done.evaluation.amount(org, f"earned.{item.item}") for org in orgs)
        yield (item.item, item.title.th, *done.total_of(item.item), baht(earned), judged)
