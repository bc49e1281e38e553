"""The command `claims paid-twice`: persons whose service a pool pays for and that was paid as an item too; logged."""

import getpass
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

import typer

from samrit.claims import paid_service
from samrit.cli.organisation import current_register
from samrit.cli.shown import DEFAULT_HOME, HomeOption, baht, err, out, show_csv, show_json
from samrit.measures import Engine, PaidTwice, When, compile_measure, list_paid_twice, measure
from samrit.problems import problem
from samrit.reference import OrgLevel, Period, parse_day
from samrit.warehouse import Access, Home, ReceivedLine, Snapshot, WarehouseError, log_access, open_snapshot, trace
from samrit.warehouse.links import persons_of

COLUMNS = (
    "service", "measure", "facility", "contracting_unit", "person", "paid_facility", "service_day",
    "amount_satang", "paid_file", "paid_line", "counted_lines",
)  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add the command to its group."""
    app.command("paid-twice")(paid_twice)


def paid_twice(
    service: Annotated[
        str, typer.Argument(help="บริการ เช่น risk-screening cervical / service as in the file of payments")
    ],
    period: Annotated[str, typer.Option(help="ช่วงผลงาน ค.ศ. เช่น 2008-04-01..2009-03-31 / closed period, CE")],
    reason: Annotated[str, typer.Option(help="เหตุผลที่ดูรายชื่อ / why you look at persons")],
    org: Annotated[str, typer.Option(help="รหัสหน่วยงาน / organisation code")] = "TH",
    level: Annotated[OrgLevel, typer.Option(help="ระดับหน่วยงาน / level")] = OrgLevel.COUNTRY,
    census: Annotated[str, typer.Option(help="วันสำรวจ (เว้นไว้ = วันแรกของช่วง) / census day, default: first day")] = "",
    by: Annotated[
        str, typer.Option("--measure", help="ตัวชี้วัดที่วงเงินใช้ (เว้นไว้ = ที่ประกาศไว้) / the measure of the pool")
    ] = "",
    snapshot: Annotated[str, typer.Option(help="รหัสหรือเลขที่ชุดข้อมูล / snapshot id or number")] = "",
    user: Annotated[str, typer.Option("--as", help="ผู้ใช้ (เว้นไว้ = ผู้ใช้เครื่อง) / default: system user")] = "",
    form: Annotated[Literal["csv", "json", "table"], typer.Option("--format", help="รูปแบบ / format")] = "table",
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """บริการที่จ่ายรายครั้งแล้ว และวงเงินรวมนับจ่ายอีก (บันทึกการเข้าดูทุกครั้ง) / services paid singly and by a pool; logged."""
    if not reason.strip():
        raise WarehouseError(problem("warehouse.access.reason"))
    place = Home(home)
    of = measure(by or paid_service(service).measure)
    when = When(Period.parse(period), parse_day(census) if census else Period.parse(period).start)
    shot = open_snapshot(place, snapshot)
    with Engine(shot, current_register(place)) as engine:
        found = list_paid_twice(engine, compile_measure(of, of.parameters), when, service, level, org)
    asked = {"service": service, "measure": of.id, "org": org, "level": level.value, "period": period}
    moment = datetime.now().astimezone()
    who = user or getpass.getuser()
    log_access(place, Access(moment, who, "claims paid-twice", asked | {"snapshot": shot.id}, len(found), reason))
    listed = _listed(shot, found)
    if form == "json":
        show_json({"service": service, "measure": of.id, "persons": listed})
    elif form == "csv":
        show_csv(COLUMNS, _rows(service, of.id, listed))
    else:
        _show(of.definition.title.th, listed)


def _listed(shot: Snapshot, found: Sequence[PaidTwice]) -> list[dict[str, Any]]:
    known = persons_of(shot, {of.hit.person_id for of in found if of.hit.person_id is not None})
    listed = []
    for of in found:
        pairs = known.get(of.hit.person_id, []) if of.hit.person_id is not None else []
        at = [pair for pair in pairs if pair[0] == of.hit.facility] or pairs
        paid = [
            {"facility": item.facility, "day": item.day.isoformat(), "amount_satang": item.amount_satang, **_line(line)}
            for item, line in zip(of.items, trace(shot, [item.row_id for item in of.items]), strict=True)
        ]
        listed.append(
            {
                "facility": of.hit.facility,
                "contracting_unit": of.hit.contracting_unit,
                "person": "/".join(at[0]) if at else "",
                "amount_satang": of.amount_satang,
                "paid": paid,
                "counted": [_line(line) for line in trace(shot, of.hit.row_ids)],
            }
        )
    return listed


def _line(line: ReceivedLine) -> dict[str, Any]:
    return {"file": line.place, "line": line.line, "table": line.table}


def _rows(service: str, measure_id: str, listed: Sequence[dict[str, Any]]) -> list[tuple[object, ...]]:
    """One row per item that was paid."""
    return [
        (service, measure_id, of["facility"], of["contracting_unit"], of["person"], item["facility"], item["day"],
         item["amount_satang"], item["file"], item["line"],
         "; ".join(f"{line['file']}:{line['line']}" for line in of["counted"]))
        for of in listed
        for item in of["paid"]
    ]  # fmt: skip


def _show(title: str, listed: Sequence[dict[str, Any]]) -> None:
    out.print(title, markup=False, highlight=False)
    for of in listed:
        out.print(f"{of['person'] or '-'}  CUP {of['contracting_unit'] or '-'}", markup=False, highlight=False)
        for item in of["paid"]:
            amount = "-" if item["amount_satang"] is None else f"{baht(item['amount_satang'])} บาท"
            said = f"    จ่ายรายครั้ง / paid  {item['day']} {item['facility']} {amount}  {item['file']}:{item['line']}"
            out.print(said, markup=False, highlight=False)
        for line in of["counted"]:
            out.print(f"    นับในวงเงินจาก / counted from  {line['file']}:{line['line']}", markup=False, highlight=False)
    total = sum(of["amount_satang"] for of in listed)
    said = f"{len(listed)} คน {baht(total)} บาท / {len(listed)} persons, {baht(total)} baht"
    out.print(f"จ่ายซ้ำ / paid twice: {said}", markup=False, highlight=False)
    err.print("บันทึกการเข้าดูแล้ว / the look was logged", markup=False)
