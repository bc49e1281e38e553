"""Commands about claims and registry files: layout, load, rejects, only-one-source, prefer."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from samrit.claims import Source, layout
from samrit.cli.loaded import end_load, say_snapshot
from samrit.cli.rejected import RULES, STATES
from samrit.cli.shown import (
    DEFAULT_HOME,
    HomeOption,
    JsonOption,
    bars,
    err,
    out,
    show_csv,
    show_json,
    show_table,
)
from samrit.received import Aside
from samrit.reference import Period
from samrit.warehouse import (
    ClaimsReject,
    ComparedStay,
    Home,
    Snapshot,
    claims_rejects,
    compare_stays,
    current_precedence,
    latest,
    load_claims,
    open_snapshot,
    prefer_source,
    rebuild,
    summarise,
    trace,
)

app = typer.Typer(
    help="แฟ้มเบิกชดเชยและทะเบียน: แหล่งอื่นของข้อเท็จจริงเดียวกัน / claims and registries: other sources of the same facts",
    no_args_is_help=True,
)
Kind = Literal["inpatient", "risk-screening", "cervical", "paid-items"]
Format = Annotated[Literal["csv", "json", "table"], typer.Option("--format", help="รูปแบบ / format")]
HospitalOption = Annotated[str, typer.Option(help="เฉพาะหน่วยบริการนี้ / only this facility")]
ROWS = {
    "read": "แถวที่อ่าน / rows read",
    "kept": "แถวที่ใช้อยู่ / kept",
    "rejected": "แถวที่พักไว้หรือตีกลับ / set aside or bounced",
    "superseded": "แถวที่มีรุ่นใหม่กว่า / superseded",
}
FOUND = {
    "both": "ทั้งสองแหล่ง / both",
    "f43": "43 แฟ้มเท่านั้น / 43 files only",
    "claims": "เบิกชดเชยเท่านั้น / claims only",
}
REJECT_COLUMNS = ("hospital", "kind", "file", "line", "field", "rule", "state", "th", "en")
STAY_COLUMNS = ("hospital", "found", "differs", "f43_file", "f43_line", "claims_file", "claims_line")
MOST_SHOWN = 200


@app.command("layout")
def show_layout(
    kind: Annotated[Kind, typer.Argument(help="ชนิดของแฟ้ม / kind of file")],
    form: Annotated[
        Literal["csv", "table"],
        typer.Option("--format", help="csv = บรรทัดชื่อคอลัมน์ของแฟ้มเปล่า / csv: the header of an empty file"),
    ] = "table",
) -> None:
    """คอลัมน์ของแฟ้มแต่ละชนิด / the columns of a kind of file."""
    of = layout(kind)
    if form == "csv":
        show_csv(of.column_names, [])
        return
    rows = []
    for column in of.columns:
        says = " ".join(column.one_of) or ("> 0" if column.form == "positive" else column.type.value)
        must = "*" if column.needed or column.may_bounce else ""
        rows.append((column.name + must, ", ".join(column.aliases), says, f"{column.th}\n{column.en}"))
    heads = ["คอลัมน์ / column", "ชื่ออื่น / also", "รูปแบบ / form", "ความหมาย / meaning"]
    show_table(f"{of.th} / {of.en}  (* ต้องกรอก / must be filled in)", heads, rows)


@app.command("load")
def load(
    kind: Annotated[Kind, typer.Argument(help="ชนิดของแฟ้ม / kind of file")],
    files: Annotated[list[Path], typer.Argument(help="แฟ้ม CSV หรือ XLSX / CSV or XLSX", show_default=False)],
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """รับแฟ้มเข้าคลังและสร้างชุดข้อมูลใหม่ / receive files and publish a snapshot of everything received."""
    with bars() as progress:
        loaded = load_claims(Home(home), layout(kind), files, progress)
    end_load(loaded, f"นำเข้า / load {loaded.kind}", "files", ROWS, json=json)


@app.command("rejects")
def list_rejects(
    kind: Annotated[Kind | None, typer.Option(help="เฉพาะแฟ้มชนิดนี้ / only this kind")] = None,
    hospital: HospitalOption = "",
    form: Format = "table",
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """แบบที่ตีกลับ แถวที่พักไว้ และช่องที่ถือเป็นว่าง แยกหน่วยบริการเพื่อแก้แล้วส่งใหม่ / what each facility has to mend."""
    found = claims_rejects(Home(home), kind or "", hospital)
    if form == "json":
        show_json({"rejects": [reject.as_dict() for reject in found]})
    elif form == "csv":
        show_csv(REJECT_COLUMNS, map(_reject_row, found))
    else:
        _show_rejects(found)


def _reject_row(reject: ClaimsReject) -> tuple[object, ...]:
    of = (reject.hospital, reject.kind, reject.file, reject.line, reject.field, reject.rule, reject.state)
    return (*of, *RULES[reject.rule])


def _show_rejects(found: Sequence[ClaimsReject]) -> None:
    """The first faults facility by facility, then how many lines and faults each facility has."""
    rows = [
        (r.hospital or "-", f"{r.file}:{r.line}", r.field or "-", STATES[Aside(r.state)][0], " / ".join(RULES[r.rule]))
        for r in found[:MOST_SHOWN]
    ]
    heads = ["หน่วยบริการ / facility", "ที่ / place", "ช่อง / field", "สถานะ / state", "เหตุผล / reason"]
    show_table("ต้องแก้แล้วส่งใหม่ / to be mended and sent again", heads, rows)
    faults = Counter(reject.hospital for reject in found)
    lines = Counter(hospital for hospital, *_ in {(r.hospital, r.kind, r.sha256, r.line) for r in found})
    sums = [(hospital or "-", lines[hospital], count) for hospital, count in sorted(faults.items())]
    show_table("รวม / in all", ["หน่วยบริการ / facility", "แถว / lines", "ข้อ / faults"], sums, (1, 2))
    if len(found) > MOST_SHOWN:
        out.print(
            f"แสดง {MOST_SHOWN:,} จาก {len(found):,} รายการ --format csv แสดงทั้งหมด / csv shows all {len(found):,}"
        )


@app.command("only-one-source")
def only_one_source(
    hospital: HospitalOption = "",
    period: Annotated[
        str, typer.Option(help="เฉพาะการนอนที่จำหน่ายในช่วงนี้ เช่น 2013-04-01..2014-03-31 / only stays that ended in it")
    ] = "",
    stays: Annotated[
        bool, typer.Option("--stays", help="ทีละการนอน ไม่ใช่ผลรวม / stay by stay instead of the sums")
    ] = False,
    snapshot: Annotated[str, typer.Option(help="รหัสหรือเลขที่ชุดข้อมูล / snapshot id or number")] = "",
    form: Format = "table",
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """การนอนที่พบในแหล่งเดียว และที่สองแหล่งบอกต่างกัน / stays found in one source only, and what differs for those in both.

    ไม่แสดงตัวบุคคล บอกเพียงแฟ้มและบรรทัด / nobody is named: a stay is shown by file and line.
    """
    shot = open_snapshot(Home(home), snapshot)
    found = compare_stays(shot, hospital, Period.parse(period) if period else None)
    sums = [of.as_dict() for of in summarise(found)]
    listed = [_stay_dict(shot, stay) for stay in found if not stay.agrees]
    if form == "json":
        show_json({"snapshot": shot.id, "hospitals": sums, "stays": listed})
    elif form == "csv":
        columns, rows = (STAY_COLUMNS, listed) if stays else (tuple(sums[0]) if sums else ("hospital",), sums)
        show_csv(columns, [[_as_cell(row[column]) for column in columns] for row in rows])
    elif stays:
        _show_stays(listed)
    else:
        _show_sums(sums)


def _stay_dict(shot: Snapshot, stay: ComparedStay) -> dict[str, Any]:
    said: dict[str, Any] = {"hospital": stay.hospital, "found": stay.found, "differs": list(stay.differs)}
    for source, row in ((Source.F43, stay.f43_row), (Source.CLAIMS, stay.claims_row)):
        line = trace(shot, [row])[0] if row is not None else None
        said |= {f"{source}_file": line.place if line else None, f"{source}_line": line.line if line else None}
    return said


def _as_cell(value: object) -> object:
    return " ".join(value) if isinstance(value, list) else value


def _show_sums(sums: Sequence[dict[str, Any]]) -> None:
    rows = [
        (s["hospital"], s["both"], s["only_f43"], s["only_claims"], s["agree"],
         " ".join(f"{kind.removeprefix('differ_')}={count}" for kind, count in s.items()
                  if kind.startswith("differ_") and count))
        for s in sums
    ]  # fmt: skip
    heads = ["หน่วยบริการ / facility", *FOUND.values(), "ตรงกัน / agree", "ต่างกันที่ / differ in"]
    show_table("การนอนโรงพยาบาลในสองแหล่ง / stays in the two sources", heads, rows, (1, 2, 3, 4))
    if not any(s["both"] or s["only_claims"] for s in sums):
        err.print("ยังไม่มีแฟ้มเบิกชดเชยในชุดข้อมูลนี้ / no claims in this snapshot", markup=False)


def _show_stays(listed: Sequence[dict[str, Any]]) -> None:
    rows = [
        (s["hospital"], FOUND[s["found"]], " ".join(s["differs"]) or "-", *(_place(s, of) for of in ("f43", "claims")))
        for s in listed[:MOST_SHOWN]
    ]
    heads = ["หน่วยบริการ / facility", "พบใน / found in", "ต่างกันที่ / differ in", "43 แฟ้ม / 43 files", "เบิกชดเชย / claims"]
    show_table("การนอนที่ไม่ตรงกัน / stays that do not agree", heads, rows)
    if len(listed) > MOST_SHOWN:
        out.print(f"แสดง {MOST_SHOWN:,} จาก {len(listed):,} --format csv แสดงทั้งหมด / csv shows all {len(listed):,}")


def _place(stay: dict[str, Any], source: str) -> str:
    return f"{stay[f'{source}_file']}:{stay[f'{source}_line']}" if stay[f"{source}_file"] else "-"


@app.command("prefer")
def prefer(
    facts: Annotated[str, typer.Argument(help="admissions หรือ screenings (เว้นไว้ = แสดง) / none: only show")] = "",
    source: Annotated[Source, typer.Argument(help="แหล่งที่ใช้เมื่อพบทั้งสองแหล่ง / the source that stands")] = Source.F43,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """แหล่งที่ใช้เมื่อสองแหล่งบอกเรื่องเดียวกัน (ค่าเริ่มต้น 43 แฟ้ม) / which source stands when both tell; default: 43 files."""
    place = Home(home)
    if facts:
        prefer_source(place, facts, source, date.today())  # noqa: DTZ011 (roof)
        if latest(place):
            rebuild(place)
    said = current_precedence(place).as_dict()
    if json:
        show_json(said)
        return
    rows = [(view, " > ".join(sources)) for view, sources in said.items()]
    show_table("แหล่งที่มาก่อน / which source stands first", ["วิว / view", "ลำดับ / order"], rows)
    say_snapshot(latest(place))
