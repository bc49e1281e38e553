"""Commands about kept runs: list, freeze, verify, diff, late data, transfers."""

import getpass
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from samrit.cli.shown import (
    CANNOT_RUN,
    DEFAULT_HOME,
    PROBLEMS_FOUND,
    HomeOption,
    JsonOption,
    baht,
    bars,
    err,
    out,
    show_csv,
    show_json,
    show_table,
)
from samrit.results import (
    Frozen,
    Run,
    as_csv,
    check_run,
    find_run,
    freeze,
    frozen_of,
    frozen_runs,
    list_runs,
    replaced_by,
)
from samrit.schemes import SchemeRun, materials_of
from samrit.schemes.comparing import Cause, Changed, Comparison, compare
from samrit.schemes.kept import measures_of
from samrit.schemes.late import adjustments_of
from samrit.schemes.transfers import (
    CONTROL_COLUMNS,
    MISSING,
    OVERPAID_COLUMNS,
    TRANSFER_COLUMNS,
    control_of,
    overpaid_of,
    transfers_of,
)
from samrit.schemes.verifying import Verdict, remake, verify
from samrit.warehouse import Home, open_snapshot

app = typer.Typer(help="ผลคำนวณที่เก็บไว้ / kept runs", no_args_is_help=True)
RunArgument = Annotated[str, typer.Argument(help="รหัสผล หรือส่วนต้นอย่างน้อย 4 ตัว / id of a run, or its beginning")]
AsOption = Annotated[str, typer.Option("--as", help="ผู้ทำรายการ / who does it (default: the system's user)")]
MOST_ROWS = 40
CAUSES = {
    Cause.DATA: "ข้อมูล / data",
    Cause.INPUTS: "ข้อมูลนำเข้าอื่น / inputs",
    Cause.RULES: "กติกา / rules",
    Cause.CODE: "โปรแกรม / code",
}
VERDICTS = {
    Verdict.SAME: "คำนวณซ้ำได้ผลเหมือนเดิมทุกไบต์ / recomputed: the same, byte by byte",
    Verdict.SAME_RESULTS: "รุ่นโปรแกรมต่างกัน แต่ผลเหมือนเดิมทุกไบต์ / another code version, the same results byte by byte",
    Verdict.DIFFERENT: "คำนวณซ้ำแล้วผลไม่เหมือนเดิม / recomputed: the results are different",
}


@app.command("list")
def list_kept(home: HomeOption = DEFAULT_HOME, json: JsonOption = False) -> None:
    """ผลที่เก็บไว้ และผลที่รับรองแล้ว / kept runs, and which are frozen."""
    runs = Home(home).runs
    frozen = {f.run: f for f in frozen_runs(runs)}
    replaced = {f.replaces: f.run for f in frozen.values() if f.replaces}
    found = list_runs(runs)
    if json:
        show_json(
            [
                {
                    **_say(run),
                    "frozen": frozen[run.id].__dict__ if run.id in frozen else None,
                    "replaced_by": replaced.get(run.id),
                }
                for run in found
            ]
        )
        return
    rows = [
        (run.id, run.manifest["scheme"], run.manifest["parameters"]["period"].partition("..")[2],
         run.manifest["parameters"]["org"], run.manifest["snapshot"][:8],
         f"-> {replaced[run.id][:4]}" if run.id in replaced else frozen[run.id].at[:10] if run.id in frozen else "")
        for run in found
    ]  # fmt: skip
    columns = ["ผล / run", "กติกา", "ถึง / to", "พื้นที่", "ข้อมูล", "รับรอง / frozen"]
    show_table("ผลที่เก็บไว้ / kept runs", columns, rows)


@app.command("freeze")
def freeze_run(
    run_id: RunArgument,
    reason: Annotated[str, typer.Option(help="เหตุผล เช่น มติที่ประชุม / why, for example a decision")],
    user: AsOption = "",
    replaces: Annotated[str, typer.Option(help="ใช้แทนผลที่รับรองไว้ก่อน / the frozen run whose place it takes")] = "",
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """รับรองผลเป็นผลสุดท้าย แก้ไม่ได้อีก / say that a run is final; nothing of it changes after that."""
    runs = Home(home).runs
    run, before = find_run(runs, run_id), find_run(runs, replaces).id if replaces else ""
    made = freeze(runs, run, user or getpass.getuser(), reason, datetime.now().astimezone(), before)
    if json:
        show_json(made.__dict__)
        return
    said = f"รับรองผล {made.run} แล้วโดย {made.user}: {made.reason} / frozen"
    out.print(said, markup=False, highlight=False)


@app.command("verify")
def verify_run(run_id: RunArgument, home: HomeOption = DEFAULT_HOME, json: JsonOption = False) -> None:
    """คำนวณซ้ำจากกติกา ข้อมูลนำเข้า และข้อมูลชุดเดิม แล้วเทียบทุกไบต์ / recompute and compare; exit 1 when different."""
    place = Home(home)
    kept = find_run(place.runs, run_id)
    check_run(place.runs, kept)
    with bars() as progress:
        done = verify(kept, open_snapshot(place, kept.manifest["snapshot"]), progress)
    if json:
        made = done.again.run
        show_json({"run": kept.id, "again": made.id, "verdict": done.verdict.value, "different": list(done.different)})
    else:
        out.print(f"{kept.id}: {VERDICTS[done.verdict]}", markup=False, highlight=False)
        for name in done.different:
            out.print(f"  {name}", markup=False, highlight=False)
    if done.verdict is Verdict.DIFFERENT:
        raise typer.Exit(PROBLEMS_FOUND)


@app.command("diff")
def diff_runs(
    before: RunArgument,
    after: RunArgument,
    out_file: Annotated[Path | None, typer.Option("--out", help="เขียนเป็น CSV / write a CSV")] = None,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """ผลสองชุดต่างกันตรงไหน เพราะอะไร / what differs between two runs and why, per unit and item, to the satang."""
    runs = Home(home).runs
    found = [find_run(runs, text) for text in (before, after)]
    if found[0].manifest["scheme"] != found[1].manifest["scheme"]:
        schemes = " / ".join(run.manifest["scheme"] for run in found)
        err.print(f"คนละกติกา: {schemes} - เทียบได้เฉพาะผลของกติกาเดียวกัน / runs of two schemes", markup=False)
        raise typer.Exit(CANNOT_RUN)
    for run in found:
        check_run(runs, run)
    with measures_of(found[1]):
        changed = compare(found[0], found[1], materials_of(found[0]), materials_of(found[1]))
    _show_comparison(changed, out_file, json=json)


@app.command("late")
def late_data(
    run_id: RunArgument,
    snapshot: Annotated[str, typer.Option(help="รหัสหรือเลขที่ชุดข้อมูลใหม่ / the newer snapshot (default: newest)")] = "",
    adjustments: Annotated[
        Path | None,
        typer.Option(help="เขียนผลต่างเป็นรายการปรับรออนุมัติ / write the differences as entries that wait for approval"),
    ] = None,
    user: AsOption = "",
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """ข้อมูลที่มาหลังรับรองผลจะเปลี่ยนอะไร ผลที่รับรองไม่เปลี่ยน / what late data would change; the frozen run stays."""
    place = Home(home)
    kept = find_run(place.runs, run_id)
    check_run(place.runs, kept)
    shot = open_snapshot(place, snapshot)
    with bars() as progress:
        again: SchemeRun = remake(kept, shot, progress)
    with measures_of(kept):
        found = compare(kept, again.run, materials_of(kept), materials_of(again.run))
    if adjustments:
        today = datetime.now().astimezone().date()
        adjustments.write_bytes(as_csv(*adjustments_of(found, shot.id, user or getpass.getuser(), today)))
        err.print(f"เขียนรายการรออนุมัติที่ {adjustments} / entries that wait for approval", markup=False)
    _show_comparison(found, None, json=json)


@app.command("transfer")
def transfer(
    run_id: RunArgument,
    payment: Annotated[str, typer.Option(help="งวด เช่น final / one payment of the calendar")] = "",
    whole: Annotated[
        bool,
        typer.Option("--whole", help="ผลที่ถูกแทนยังไม่เคยโอน จึงโอนเต็มจำนวน / the replaced run was never transferred"),
    ] = False,
    draft: Annotated[
        bool, typer.Option("--draft", help="ยอมให้ผลที่ยังไม่รับรอง / also of a run that is not frozen")
    ] = False,
    out_file: Annotated[Path | None, typer.Option("--out", help="เขียนเป็น CSV / write a CSV")] = None,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """แฟ้มโอนเงิน (CSV) ของผลที่รับรองแล้ว / the transfer file of a frozen run: who, how much, when."""
    runs = Home(home).runs
    kept = find_run(runs, run_id)
    check_run(runs, kept)
    frozen = frozen_of(runs, kept.id)
    earlier = [] if whole else [find_run(runs, run) for run in _replaced(frozen, runs)]
    with measures_of(kept):
        materials = materials_of(kept)
        later = replaced_by(runs, kept.id)
        rows = transfers_of(kept, materials, frozen, payment, earlier=earlier, later=later, draft=draft)
        overpaid = overpaid_of(kept, materials, earlier, payment)
    if out_file:
        content = b"\xef\xbb\xbf" + as_csv(TRANSFER_COLUMNS, rows)
        control = out_file.with_name(f"{out_file.stem}-control.csv")
        out_file.write_bytes(content)
        sums = control_of(rows, hashlib.sha256(content).hexdigest())
        control.write_bytes(b"\xef\xbb\xbf" + as_csv(CONTROL_COLUMNS, sums))
        err.print(f"{len(rows)} รายการ -> {out_file} / {len(rows)} lines", markup=False, highlight=False)
        err.print(f"ยอดคุม -> {control} / control sums", markup=False, highlight=False)
    else:
        show_csv(TRANSFER_COLUMNS, rows)
    _say_overpaid(overpaid, out_file)
    missing = sum(row[-1] == MISSING for row in rows)
    if missing:
        said = f"ไม่มีเลขที่บัญชี {missing} รายการ ใส่ bank_code และ account_no ในตารางประชากร (populations)"
        err.print(f"{said} / {missing} lines have no account", style="yellow", markup=False, highlight=False)


def _say_overpaid(overpaid: Sequence[tuple[object, ...]], out_file: Path | None) -> None:
    """What an earlier run paid too much is in no transfer and no ledger of this one: say it, and list it."""
    if not overpaid:
        return
    satang = sum(int(str(row[-1])) for row in overpaid)
    said = f"ผลก่อนโอนเกินไปแล้ว {len(overpaid)} รายการ {baht(satang)} บาท ไม่อยู่ในลูกหนี้ของผลนี้ "
    said += "ต้องเรียกคืน หรือคีย์เป็นลูกหนี้ (ledger) ของผลถัดไป"
    en = f"{len(overpaid)} payments of the earlier run were too high; no ledger holds them"
    err.print(f"{said} / {en}", style="yellow", markup=False, highlight=False)
    if out_file:
        listed = out_file.with_name(f"{out_file.stem}-overpaid.csv")
        listed.write_bytes(b"\xef\xbb\xbf" + as_csv(OVERPAID_COLUMNS, overpaid))
        err.print(f"โอนเกิน -> {listed} / overpaid", markup=False, highlight=False)


def _replaced(frozen: Frozen | None, runs: Path) -> Iterator[str]:
    """The ids of all runs whose place a frozen run took, one after the other."""
    while frozen and frozen.replaces:
        yield frozen.replaces
        frozen = frozen_of(runs, frozen.replaces)


def _say(run: Run) -> dict[str, Any]:
    wanted = ("scheme", "snapshot", "code", "parameters", "changes")
    return {"run": run.id, **{name: run.manifest[name] for name in wanted}}


def _show_comparison(found: Comparison, out_file: Path | None, *, json: bool) -> None:
    if out_file:
        out_file.write_bytes(b"\xef\xbb\xbf" + as_csv(DIFF_COLUMNS, _rows(found.items)))
        err.print(f"เขียนไว้ที่ {out_file} / written", markup=False, highlight=False)
    if json:
        show_json(_as_dict(found))
        return
    out.print(f"{found.before.id} -> {found.after.id}", markup=False, highlight=False)
    if not found.inputs and found.same:
        out.print("ไม่ต่างกัน / no difference", markup=False)
        return
    rows = [(CAUSES[d.cause], d.name, d.before[:16] or "-", d.after[:16] or "-") for d in found.inputs]
    show_table("ใช้อะไรต่างกัน / what went in differently", ["เหตุ / cause", "สิ่งที่ต่าง / what", "ก่อน", "หลัง"], rows)
    if found.same:
        out.print("คะแนนและเงินเท่าเดิมทุกหน่วย / points and money are the same", markup=False)
        return
    shown = sorted(found.items, key=lambda c: (-abs(c.satang), c.org, c.item))
    lines = [
        (c.org, c.item, f"{_ab(c.before)} -> {_ab(c.after)}", f"{c.before.score or '-'} -> {c.after.score or '-'}",
         baht(c.satang), _why(c))
        for c in shown[:MOST_ROWS]
    ]  # fmt: skip
    columns = ["หน่วย", "ข้อ", "A/B", "คะแนน", "บาท / baht", "เพราะ / why"]
    show_table(f"ข้อที่เปลี่ยน {len(found.items):,} / items that changed", columns, lines, (4,))
    if len(shown) > MOST_ROWS:
        out.print(f"... อีก {len(shown) - MOST_ROWS:,} รายการ ดูทั้งหมดด้วย --out / more with --out\n", markup=False)
    wanted = ("earned", "adjustment", "excellence", "support", "net", "undistributed")
    money = [
        (m.org, m.component, baht(m.before), baht(m.after), baht(m.after - m.before))
        for m in found.money
        if m.component in wanted
    ]
    columns = ["หน่วย", "ส่วนของเงิน / component", "ก่อน", "หลัง", "ต่าง"]
    show_table("เงินที่เปลี่ยน (บาท) / money that changed", columns, money[:MOST_ROWS], (2, 3, 4))


DIFF_COLUMNS = (
    "org", "item", "a_before", "a_after", "b_before", "b_after", "value_before", "value_after", "score_before",
    "score_after", "points_before", "points_after", "satang_before", "satang_after", *(f"by_{c.value}" for c in Cause),
    "peers",
)  # fmt: skip


def _rows(items: Iterable[Changed]) -> Iterator[tuple[object, ...]]:
    for c in items:
        pairs = [(getattr(c.before, n), getattr(c.after, n)) for n in ("a", "b", "value", "score", "points", "satang")]
        flat = [value for pair in pairs for value in pair]
        yield (c.org, c.item, *flat, *(c.by.get(cause, 0) for cause in Cause), "yes" if c.peers else "")


def _as_dict(found: Comparison) -> dict[str, Any]:
    return {
        "before": found.before.id,
        "after": found.after.id,
        "inputs": [{**d.__dict__, "cause": d.cause.value} for d in found.inputs],
        "items": [dict(zip(DIFF_COLUMNS, row, strict=True)) for row in _rows(found.items)],
        "money": [
            {"org": m.org, "component": m.component, "before": m.before, "after": m.after,
             "by": {cause.value: satang for cause, satang in m.by.items()}}
            for m in found.money
        ],
    }  # fmt: skip


def _ab(result: Any) -> str:
    if result.a == result.b == "":
        return result.value or "-"
    return f"{result.a or 0}/{result.b or 0}"


def _why(change: Changed) -> str:
    if change.peers:
        return "หน่วยอื่นเปลี่ยน / peers"
    return ", ".join(CAUSES[cause].split(" / ")[0] for cause in change.by) or "คะแนนเท่าเดิม / same money"
