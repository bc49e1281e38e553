"""Corrections: a row sent by mistake in an early zip and withdrawn with DATA_CORRECT in the last one."""

import json
from datetime import date, timedelta

from samrit.demo.days import cell
from samrit.demo.desk import Desk, Patient
from samrit.demo.dirt import Cells

MOST = 2
"""Withdrawals of one facility."""


def withdraw(desk: Desk, patient: Patient, day: date, reading: Cells) -> None:
    """Perhaps: write a follow-up of the day before that never was, sent in the first zip, withdrawn in the last.

    Every third facility withdraws, at most two rows, and only if it sends several zips and the first one knows the row.
    """
    submissions = desk.plan.submissions
    wrong_day = day - timedelta(1)
    updated = cell(day) + "160000"
    if desk.facility.number % 3 or len(submissions) == 1 or desk.withdrawn >= MOST or updated > submissions[0].stamp:
        return
    desk.withdrawn += 1
    wrong = reading | {"DATE_SERV": cell(wrong_day), "SBP": "222", "DBP": "111"}
    desk.write("CHRONICFU", patient, wrong_day, wrong, updated=updated, only=0, extra="withdrawn")
    key = {"HOSPCODE": desk.facility.hospcode, "PID": patient.pid, "DATE_SERV": cell(wrong_day)}
    if desk.withdrawn == MOST:
        key["EDITOR_CID"] = ""
    text = json.dumps(key)
    # Single quotes occur in real exports (DEFINITIONS S2.5).
    quoted = text.replace('"', "'") if desk.withdrawn == MOST else text
    desk.book.add(
        "DATA_CORRECT",
        "",
        cell(desk.plan.final_day - timedelta(1)) + "150000",
        {"TABLENAME": "CHRONICFU", "DATA_CORRECT": quoted},
        only=submissions[-1].number,
        extra="correction",
    )
