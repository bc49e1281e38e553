"""Advice on a register that is much younger than its period: the snapshot that would do, or how to make one.

It depends on what the home holds, so it stands on the screen and never in a run.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from samrit.problems import Problem
from samrit.reference import format_day_th
from samrit.schemes.running import REGISTER_AGE_DAYS
from samrit.warehouse import Home, snapshots

YOUNG = "schemes.run.register_young"


def with_advice(warnings: Iterable[Problem], home: Home, end: date) -> list[Problem]:
    """The warnings of a run of a period that ends on a day, with what this home can do about a young register."""
    return [replace(found, hint=_hint(home, end)) if found.code == YOUNG else found for found in warnings]


def _hint(home: Home, end: date) -> str:
    last = end + timedelta(days=REGISTER_AGE_DAYS)
    fitting = [(shot.newest, shot.number) for shot in snapshots(home) if shot.newest and shot.newest <= last]
    if fitting:
        newest, number = max(fitting)
        return (
            f"ใช้ --snapshot {number} (ส่งล่าสุด {format_day_th(newest)})"
            f" / use --snapshot {number} (newest package {newest})"
        )
    return (
        f"ยังไม่มีชุดข้อมูลที่ใกล้พอ ให้รวม zip ที่ส่งถึง {format_day_th(last)} (วันส่งอยู่ในชื่อ zip) ไว้ในโฟลเดอร์หนึ่ง แล้วใช้"
        " samrit load โฟลเดอร์ --home บ้านใหม่ และคำนวณด้วย --home บ้านใหม่"
        f" / no snapshot is close enough: put the zips sent up to {last} (the day stands in the name) into a folder,"
        " samrit load FOLDER --home NEW, then run with --home NEW"
    )
