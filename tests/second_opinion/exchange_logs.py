"""The logs of 067.1 and 067.2, read line by line with the plainest means, and the two measures counted on them.

Read: definition book 067.1, 067.2; a log is CSV (commas) or one JSON object a line. A line is kept, or aside, or kept
with a success that says neither yes nor no.
"""

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from second_opinion.store import Counted, Params, Store

Log = tuple[str, Path]  # (data-exchange or smart-health-id, file)
LogFault = tuple[str, int, str, str]  # file, line, column, rule
WHAT = {"data-exchange": "topic", "smart-health-id": "action"}
TOPICS = [[f"DX{number:02d}"] for number in range(1, 11)]
YES, NO = ("1", "true", "yes"), ("0", "false", "no", "")
BANGKOK = timedelta(hours=7)


@dataclass(frozen=True)
class Call:
    """One kept line of a log, its moment in Bangkok."""

    kind: str
    moment: datetime
    facility: str
    what: str
    succeeded: bool


def read_logs(logs: Sequence[Log]) -> tuple[list[Call], list[LogFault]]:
    """The calls of all files, and what is wrong with their lines."""
    calls: list[Call] = []
    faults: list[LogFault] = []
    for kind, path in logs:
        for number, cells in read_lines(path):
            if isinstance(cells, str):
                faults.append((path.name, number, "", cells))
                continue
            found = judge(kind, cells)
            faults += [(path.name, number, *fault) for fault in found]
            if not found or found == [("success", "success")]:
                moment = read_moment(cells["timestamp"])
                assert moment is not None
                succeeded = cells.get("success", "").lower() in YES
                calls.append(Call(kind, moment, cells["hospcode"], cells[WHAT[kind]], succeeded))
    return calls, sorted(faults)


def read_lines(path: Path) -> Iterator[tuple[int, dict[str, str] | str]]:
    """(line number, cells or the rule that keeps them from being read); the header and blank lines left out."""
    lines = path.read_bytes().decode("utf-8-sig").split("\n")
    header: list[str] | None = None
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        if line.strip().startswith("{") if header is None else False:
            header = []
        if header == []:
            yield number, read_object(line)
            continue
        cells = [cell.strip() for cell in next(csv.reader([line.rstrip("\r")]))]
        if header is None:
            header = [cell.lower() for cell in cells]
        elif line.count('"') % 2:
            yield number, "quotes"
        elif len(cells) != len(header):
            yield number, "cells"
        else:
            yield number, dict(zip(header, cells, strict=True))


def read_object(line: str) -> dict[str, str] | str:
    """The cells of a JSON line, numbers as they are written."""
    try:
        found = json.loads(line, parse_int=str, parse_float=str)
    except ValueError:
        return "json"
    if not isinstance(found, dict):
        return "json"
    return {name.strip().lower(): write_value(value) for name, value in found.items()}


def write_value(value: Any) -> str:
    """A JSON value as the cell of a CSV would hold it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value).strip()


def judge(kind: str, cells: dict[str, str]) -> list[tuple[str, str]]:
    """(column, rule) of everything that is wrong with the cells of a line."""
    wrong = [(column, "blank") for column in ("timestamp", "hospcode", WHAT[kind]) if not cells.get(column)]
    blank = [column for column, _ in wrong]
    if "timestamp" not in blank and read_moment(cells["timestamp"]) is None:
        wrong.append(("timestamp", "timestamp"))
    code = cells.get("hospcode", "")
    small = len(code) == 5 and all(sign in "0123456789" for sign in code)
    large = len(code) == 9 and all(sign in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" for sign in code)
    if "hospcode" not in blank and not small and not large:
        wrong.append(("hospcode", "hospcode_form"))
    if not wrong and cells.get("success", "").lower() not in (*YES, *NO):
        wrong.append(("success", "success"))
    return wrong


def read_moment(text: str) -> datetime | None:
    """The Bangkok time of an ISO 8601 moment of the years 1850-2100; without an offset it is Bangkok time already."""
    shapes = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d", "%Y%m%dT%H%M%S", "%Y%m%dT%H%M", "%Y%m%d"]
    main, offset = split_offset(text)
    main = main.replace(" ", "T", 1).replace("t", "T", 1)
    whole, fraction = main.replace(",", ".").split(".", 1) if "." in main.replace(",", ".") else (main, "0")
    if offset is None or not fraction.isdigit() or not fraction.isascii():
        return None
    for shape in shapes:
        try:
            moment = datetime.strptime(whole, shape)  # noqa: DTZ007 - Bangkok time
        except ValueError:
            continue
        if moment.strftime(shape) != whole or (fraction != "0" and "%S" not in shape):
            continue  # strptime is easy about zeros
        if (offset or text.upper().endswith("Z")) and "%H" not in shape:
            return None
        if not 1850 <= moment.year <= 2100:
            return None
        return moment if offset == timedelta() and not has_offset(text) else moment - offset + BANGKOK
    return None


def has_offset(text: str) -> bool:
    """Is there an offset or Z behind the time?"""
    return text.upper().endswith("Z") or (len(text) > 11 and any(sign in text[11:] for sign in "+-"))


def split_offset(text: str) -> tuple[str, timedelta | None]:
    """The text without its offset, and the offset; None when the offset is none."""
    if text.upper().endswith("Z"):
        return text[:-1], timedelta()
    if not has_offset(text):
        return text, timedelta()
    at = max(text.rfind("+"), text.rfind("-"))
    digits = text[at + 1 :].replace(":", "")
    if not digits.isascii() or not digits.isdigit() or len(digits) not in (2, 4) or text[at + 1 :].count(":") > 1:
        return text, None
    hours, minutes = int(digits[:2]), int(digits[2:] or "0")
    if hours > 23 or minutes > 59:
        return text, None
    ahead = timedelta(hours=hours, minutes=minutes)
    return text[:at], ahead if text[at] == "+" else -ahead


def worked(call: Call) -> bool:
    """Did the call succeed?"""
    return call.succeeded


def cell_of(call: Call) -> tuple[Any, ...]:
    """067.1: calls of one facility, topic and calendar month are one."""
    return (call.facility, call.what, call.moment.year, call.moment.month)


def is_sender(row: dict[str, str]) -> bool:
    """067.1: on the list of senders of the 43 files; not marked means on it."""
    return row.get("sends_43", "") != "0"


def is_listed(row: dict[str, str]) -> bool:
    """067.2: a regional or general hospital on the list; not marked means on it."""
    return row["hostype"] in ("05", "06") and row.get("smart_health_id_target", "") != "0"


def is_read(call: Call) -> bool:
    """067.2: connecting alone is no use."""
    return call.what == "read"


def months_of(store: Store, rule: str) -> int:
    """067.1: twelve, or the calendar months that the period touches."""
    if rule == "year":
        return 12
    days = (store.start + timedelta(days=at) for at in range((store.end - store.start).days + 1))
    return len({(day.year, day.month) for day in days})


def count_exchange_uses(store: Store, params: Params) -> tuple[Counted, Counted]:
    """067.1: cells (facility, topic, month) with a success in the period; B topics x months of every sender."""
    topics = {topic for (topic,) in params.get("topics", TOPICS)}
    senders = [row["hospcode"] for row in store.people.organisations if is_sender(row)]
    used = {
        cell_of(call)
        for call in store.calls
        if call.kind == "data-exchange" and worked(call) and store.in_period(call.moment.date())
        if call.facility in senders and call.what in topics
    }
    cells = len(topics) * months_of(store, params.get("denominator_months", "year"))
    return [("facility", facility) for facility, *_ in used], [("facility", s) for s in senders for _ in range(cells)]


def count_identity_reads(store: Store, params: Params) -> tuple[Counted, Counted]:
    """067.2: hospitals of the list with a successful read in the period; B the hospitals of the list."""
    listed = [row["hospcode"] for row in store.people.organisations if is_listed(row)]
    readers = {
        call.facility
        for call in store.calls
        if call.kind == "smart-health-id" and is_read(call) and worked(call)
        if store.in_period(call.moment.date())
    }
    return [("facility", code) for code in listed if code in readers], [("facility", code) for code in listed]
