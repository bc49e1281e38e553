"""Commands about logs of shared systems: load, usage."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from samrit.cli.loaded import end_load
from samrit.cli.organisation import current_register, names_of
from samrit.cli.shown import (
    DEFAULT_HOME,
    HomeOption,
    JsonOption,
    bars,
    show_csv,
    show_json,
    show_table,
)
from samrit.logs import log_kind
from samrit.reference import OrgLevel, Period
from samrit.warehouse import Home, count_usage, load_logs, open_snapshot
from samrit.warehouse.logs.usage import By

app = typer.Typer(help="บันทึกการใช้ระบบกลาง / logs of shared systems: who called what, when", no_args_is_help=True)
Kind = Literal["data-exchange", "smart-health-id"]
ROWS = {
    "read": "แถวที่อ่าน / rows read",
    "kept": "แถวที่ใช้อยู่ / kept",
    "rejected": "แถวที่พักไว้ / set aside",
    "superseded": "แถวที่แฟ้มอื่นบอกแล้ว / told by another file",
}
KEYS = {
    "person": "บุคคล (เข้ารหัสแล้ว) / person (hashed)",
    "call": "เรื่องที่เรียก / what was called",
    "hospital": "หน่วยบริการ / facility",
    "province": "จังหวัด / province",
    "month": "เดือน / month",
}
COLUMNS = ("kind", "key", "calls", "succeeded", "persons", "facilities")
LEVELS = {"hospital": OrgLevel.FACILITY, "province": OrgLevel.PROVINCE}


@app.command("load")
def load(
    kind: Annotated[Kind, typer.Argument(help="ชนิดของบันทึก / kind of log")],
    files: Annotated[
        list[Path], typer.Argument(help="แฟ้ม CSV หรือ JSON บรรทัดละรายการ / CSV or JSON lines", show_default=False)
    ],
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """รับบันทึกเข้าคลังและสร้างชุดข้อมูลใหม่ / receive logs and publish a snapshot of everything received."""
    with bars() as progress:
        loaded = load_logs(Home(home), log_kind(kind), files, progress)
    end_load(loaded, f"นำเข้าบันทึก / load {loaded.kind}", "logs", ROWS, json=json)


@app.command("usage")
def usage(
    by: Annotated[By, typer.Option("--by", help="แจกแจงตาม / counted by")],
    period: Annotated[str, typer.Option(help="ช่วงวันที่ ค.ศ. เช่น 2017-10-01..2018-09-30 / closed period, CE")],
    snapshot: Annotated[str, typer.Option(help="รหัสหรือเลขที่ชุดข้อมูล / snapshot id or number")] = "",
    form: Annotated[Literal["csv", "json", "table"], typer.Option("--format", help="รูปแบบ / format")] = "table",
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """จำนวนการใช้ระบบกลาง ไม่แสดงตัวบุคคล / how much the shared systems are used; counts only, nobody is named."""
    closed = Period.parse(period)
    place = Home(home)
    register = current_register(place)
    found = count_usage(open_snapshot(place, snapshot), register, by, closed)
    rows = [(u.kind, u.key, u.calls, u.succeeded, u.persons, u.facilities) for u in found]
    if form == "csv":
        show_csv(COLUMNS, rows)
    elif form == "json":
        show_json([dict(zip(COLUMNS, row, strict=True)) for row in rows])
    else:
        names = names_of(register, LEVELS[by], closed.start) if by in LEVELS else {}
        shown = [(kind, f"{key or '-'} {names.get(key, '')}".rstrip(), *counts) for kind, key, *counts in rows]
        heads = ["ชนิด / kind", KEYS[by], "ครั้ง / calls", "สำเร็จ / succeeded", "คน / persons", "แห่ง / facilities"]
        show_table(f"การใช้ระบบกลาง / usage  {closed}", heads, shown, (2, 3, 4, 5))
