"""Commands about schemes: list, check, show, run, explain."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from samrit.cli.organisation import KIND, register_with
from samrit.cli.shown import (
    DEFAULT_HOME,
    PROBLEMS_FOUND,
    HomeOption,
    JsonOption,
    baht,
    bars,
    out,
    show_json,
    show_problems,
    show_table,
)
from samrit.reference import Register, parse_day
from samrit.schemes import (
    Asked,
    SchemeRun,
    SchemesError,
    explain,
    find_inputs,
    pack_ids,
    read_inputs,
    read_pack,
    run_scheme,
)
from samrit.schemes.inputs import COLUMNS
from samrit.scoring import ScoreStanding
from samrit.warehouse import Home, Snapshot, current_input, open_snapshot

app = typer.Typer(help="กติกาการจ่าย / payment schemes", no_args_is_help=True)
PackArgument = Annotated[str, typer.Argument(help="รหัสกติกา เช่น qof-2557 / pack id")]
SetOption = Annotated[
    list[str] | None, typer.Option("--set", help="ตำแหน่ง=ค่า เช่น money.netting=floor_zero / path=value")
]
OrgOption = Annotated[str, typer.Option(help="รหัสจังหวัดหรือหน่วยบริการประจำ / province or contracting unit")]
InputsOption = Annotated[
    Path | None,
    typer.Option("--inputs", help="โฟลเดอร์ entries populations winners changes cube org / a folder of inputs"),
]
AsOfOption = Annotated[str, typer.Option(help="นับบริการถึงวันนี้ ค.ศ. / care delivered up to that day, CE")]
MONEY = {
    "pot": "วงเงินเมื่อได้คะแนนเต็ม / pot at full marks",
    "earned": "ได้รับ / earned",
    "of_which.assumed": "  ส่วนที่ใช้เกณฑ์หรืออัตราที่ยังไม่เป็นทางการ / of which assumed",
    "undistributed": "ยังไม่จัดสรร / undistributed",
    "of_which.not_computed": "  ยังไม่คำนวณ / not computed",
    "of_which.unscored": "  ไม่มีเกณฑ์ให้คะแนน / unscored",
    "of_which.no_data": "  ไม่มีผลงาน / no data",
    "of_which.below_full_score": "  ได้คะแนนไม่เต็ม / below full score",
    "excellence": "เงินความเป็นเลิศ / excellence",
    "advance": "จ่ายล่วงหน้าแล้ว / advance paid",
    "net": "สุทธิ / net",
    "receivable": "  ที่หน่วยบริการต้องคืน / receivable",
    "forgiven": "  ที่ไม่เรียกคืน / forgiven",
}
ALWAYS = ("pot", "earned", "undistributed", "advance", "net")
SnapshotOption = Annotated[str, typer.Option(help="รหัสหรือเลขที่ชุดข้อมูล / snapshot id or number")]


@app.command("list")
def list_packs(json: JsonOption = False) -> None:
    """กติกาที่มี / the packs."""
    packs = [read_pack(pack_id).scheme for pack_id in pack_ids()]
    if json:
        show_json([{"id": p.id, "title": p.title.model_dump(), "year": p.year} for p in packs])
        return
    rows = [(p.id, p.title.th, str(p.period), len(p.items)) for p in packs]
    show_table("กติกา / schemes", ["id", "ชื่อ / title", "ช่วงผลงาน / period", "ข้อ / items"], rows, (3,))


@app.command("check")
def check_pack(pack_id: PackArgument) -> None:
    """ตรวจกติกา: คีย์ ชื่อ ผลรวม เกณฑ์ / check a pack; exit 1 when something is wrong."""
    try:
        pack = read_pack(pack_id)
    except SchemesError as error:
        show_problems(error.problems)
        raise typer.Exit(PROBLEMS_FOUND if pack_id in pack_ids() else 2) from error
    out.print(f"{pack.id}: {len(pack.scheme.items)} ข้อ {len(pack.payees)} หน่วยรับเงิน ถูกต้อง / fine", markup=False)


@app.command("show")
def show_pack(pack_id: PackArgument, json: JsonOption = False) -> None:
    """วัดอะไร ให้คะแนนและจ่ายอย่างไร / what is measured, scored and paid, with the standing of each figure."""
    pack = read_pack(pack_id)
    if json:
        show_json(pack.scheme.model_dump(mode="json"))
        return
    rows = [
        (i.item, f"{i.title.th}\n{i.measure or f'({i.entry} - คีย์เข้า / typed in)'}", i.points.value, i.rate.value,
         i.rate.standing.value, f"{i.bands.name} {i.bands.standing.value}" if i.bands else "-")
        for i in pack.scheme.items
    ]  # fmt: skip
    columns = ["ข้อ", "ตัวชี้วัด / measure", "คะแนน", "บาท/UC", "ที่มาของอัตรา", "เกณฑ์"]
    show_table(f"{pack.id}: {pack.scheme.title.th}  {pack.scheme.period}", columns, rows, (2, 3))
    for name, of in pack.scheme.bands.items():
        edges = " / ".join(str(edge) for edge in of.lower_edges)
        out.print(f"{name:<6} {of.unit:<8} {edges}  ({of.standing.value})", markup=False, highlight=False)


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
    result: Annotated[Path | None, typer.Option("--out", help="คัดลอกผลไปที่โฟลเดอร์นี้ / copy the run there")] = None,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """คำนวณคะแนนและเงิน เก็บเป็นโฟลเดอร์ผลที่คำนวณซ้ำได้ / score and pay; kept as a run that can be recomputed."""
    if result and result.exists() and not result.is_dir():
        raise typer.BadParameter(f"--out {result}: เป็นแฟ้ม ไม่ใช่โฟลเดอร์ / a file, not a folder")
    done, _, _ = make_run(Home(home), pack_id, org, as_of, snapshot, changes, inputs, trend=trend)
    if result:
        done.run.copy_to(result)
    show_problems(done.warnings)
    if json:
        show_json({**done.run.manifest, "folder": str(done.run.folder)})
    else:
        show_run(done)


def make_run(
    home: Home,
    pack_id: str,
    org: str = "",
    as_of: str = "",
    snapshot: str = "",
    changes: list[str] | None = None,
    inputs: Path | None = None,
    *,
    trend: bool = False,
) -> tuple[SchemeRun, Snapshot, Register]:
    """A run of a pack: inputs of the folder before inputs of the home, changes of the call before changes of both."""
    shot = open_snapshot(home, snapshot)
    said = _changes(changes)
    given = find_inputs(inputs) if inputs else {}
    register, paper = register_with(home, given.pop(KIND, None))
    files = {kind: kept.path for kind in COLUMNS if (kept := current_input(home, kind))} | given
    read, pack = read_inputs(files, lambda own: read_pack(pack_id, {**own, **said}))
    asked = Asked(org, parse_day(as_of) if as_of else None, trend)
    with bars() as progress:
        done = run_scheme(pack, shot, register, asked, read, {KIND: paper}, progress)
    return done, shot, register


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
    columns = ["หน่วย", "อำเภอ", "UC", "คะแนน", "ได้รับ (บาท)", "จ่ายล่วงหน้า", "สุทธิ (บาท)"]
    show_table(title, columns, [*_unit_rows(done)], range(2, 7))
    columns = ["ข้อ", "ตัวชี้วัด", "A", "B", "ค่า", "ได้รับ (บาท)", "ให้คะแนน"]
    show_table("รายตัวชี้วัด / by item", columns, [*_item_rows(done)], range(2, 7))
    money = [
        (words, baht(done.evaluation.amount(done.whole, component)))
        for component, words in MONEY.items()
        if component in ALWAYS or done.evaluation.amount(done.whole, component)
    ]
    show_table("เงินทั้งหมด / the money", ["", "บาท / baht"], money, (1,))
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
        judged = "ไม่มีเกณฑ์" if item.bands is None else f"{given}/{len(scored)}"
        earned = sum(done.evaluation.amount(org, f"earned.{item.item}") for org in orgs)
        yield (item.item, item.title.th, *done.total_of(item.item), baht(earned), judged)


@app.command("explain")
def explain_item(
    pack_id: PackArgument,
    org: Annotated[str, typer.Option(help="รหัสหน่วยบริการประจำ / contracting unit")],
    item: Annotated[str, typer.Option(help="ข้อ เช่น 2.6 / item")],
    level: Annotated[str, typer.Option(help="ระดับ: contracting_unit / level of the payee")] = "contracting_unit",
    as_of: AsOfOption = "",
    snapshot: SnapshotOption = "",
    inputs: InputsOption = None,
    changes: SetOption = None,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """จากบาทถึงบรรทัดในแฟ้มที่รับมา / from the baht to the line of a received file, in words."""
    if level != "contracting_unit":
        raise typer.BadParameter("หน่วยรับเงินของกติกานี้คือ contracting_unit / payees are contracting units")
    done, shot, register = make_run(Home(home), pack_id, "", as_of, snapshot, changes, inputs)
    said = explain(done, shot, register, org, item)
    if json:
        show_json(said.as_dict())
        return
    for sentence in said.sentences():
        out.print(sentence, markup=False, highlight=False)
    out.print(f"ผล / run {done.run.id}  ชุดข้อมูล / snapshot {shot.id}", markup=False, highlight=False)
