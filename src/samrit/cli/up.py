"""`samrit up`: from an empty machine to a first result, and what to do next with one's own files."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from samrit.cli.data import show_loaded
from samrit.cli.schemes import make_run, show_run
from samrit.cli.shown import DEFAULT_HOME, HomeOption, bars, err, out
from samrit.demo import write_demo
from samrit.warehouse import Home, latest, load

PACK, PROVINCE = "qof-2557", "42"
NEXT = """
ทำต่อกับข้อมูลของท่าน / next, with your own files
  1. ตรวจแฟ้มก่อน / check first:          samrit f43 check โฟลเดอร์ที่มี-zip
  2. ใช้โฟลเดอร์ข้อมูลใหม่ / a home of your own:  samrit load โฟลเดอร์ที่มี-zip --home บ้านของฉัน
  3. ทะเบียนหน่วยบริการ / your register:      samrit org import หน่วยบริการ.xlsx --home บ้านของฉัน
  4. คะแนนและเงิน / points and baht:       samrit schemes run qof-2557 --org 42 --out ผล --home บ้านของฉัน
  5. ทำไมได้เท่านี้ / why this much:         samrit schemes explain qof-2557 --org {org} --item 2.6 --home บ้านของฉัน
  6. แถวที่ใช้ไม่ได้ / rows set aside:       samrit rejects --home บ้านของฉัน"""


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("up")(up)


def up(
    home: HomeOption = DEFAULT_HOME,
    demo: Annotated[bool, typer.Option("--demo/--no-demo", help="ใส่ข้อมูลสาธิตเมื่อยังว่าง / demo data when empty")] = True,
    people: Annotated[int, typer.Option(min=1, help="จำนวนคนในข้อมูลสาธิต / people in the demo")] = 20_000,
) -> None:
    """ทั้งหมดในคำสั่งเดียว: ข้อมูลสาธิต นำเข้า คำนวณ แสดงผล / everything in one command."""
    place = Home(home)
    if latest(place) is None:
        if not demo:
            err.print("ยังไม่มีข้อมูล ใช้ samrit load โฟลเดอร์ / nothing loaded yet: samrit load FOLDER")
            return
        with tempfile.TemporaryDirectory(prefix="samrit-demo-") as aside:
            folder = Path(aside) / "zips"
            with bars() as progress:
                write_demo(folder, province=PROVINCE, people=people, progress=progress)
                loaded = load(place, [folder], progress)
        show_loaded(loaded)
    done, _, _ = make_run(place, PACK, PROVINCE)
    show_run(done)
    out.print(NEXT.format(org=done.payees[0].org), markup=False, highlight=False)
