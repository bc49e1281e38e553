"""Logs of a random world: calls at the edges of months and periods, of any clock; lines that cannot be read.

The dice are thrown apart from those of the zips, so the zips of a seed are the same with and without logs.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from second_opinion.exchange_logs import WHAT, Log

Cells = dict[str, str]

CALLED = {
    "data-exchange": ("DX01", "DX01", "DX02", "DX09", "DX10", "DX11", "dx01", ""),
    "smart-health-id": ("read", "read", "read", "connect", "Read", ""),
}
OFFSETS = (("", 7), ("+07:00", 7), ("Z", 0), ("+00:00", 0), ("-0430", -4.5), ("+09", 9))
SUCCESS = ("1", "1", "1", "true", "TRUE", "yes", "0", "false", "No", "", "ok", "2")
UNREADABLE = (
    "",
    "2560-01-01T08:00:00",
    "2017-02-30T08:00:00",
    "1/2/2013 08:00",
    "2013-06-01T24:00:00",
    "20130601080000",
)
HOSPCODES = ("99999", "99999", "4801", "", "0480A", "EA0011053")


def make_logs(
    seed: int, folder: Path, organisations: list[Cells], periods: Sequence[tuple[date, date, date]]
) -> list[Log]:
    """Two logs of either kind, one as CSV and one as JSON lines; marks some facilities as not on the lists.

    Adds hospitals that only call: few enough calls each that some have no read in a period, or one at its edge.
    """
    dice = Random(f"logs {seed}")
    columns = {column: "" for row in organisations for column in row}
    organisations += [
        {**columns, "hospcode": f"1068{number}", "hostype": dice.choice(["05", "06", "06", "07"])}
        for number in range(9)
    ]
    for row in organisations:
        row["sends_43"] = dice.choice(["", "1", "1", "0"])
        row["smart_health_id_target"] = dice.choice(["", "1", "1", "0"])
    codes = [*(row["hospcode"] for row in organisations), *(row["hospcode"] for row in organisations[:5])]
    logs: list[Log] = []
    for kind in WHAT:
        lines = [make_call(dice, kind, codes, periods) for _ in range(dice.randint(150, 250))]
        half = len(lines) // 2
        # what one file tells of, the other tells again
        logs.append((kind, write_csv(dice, folder / f"{kind}.csv", lines[: half + 20])))
        logs.append((kind, write_objects(dice, folder / f"{kind}.jsonl", lines[half:])))
    return logs


def make_call(dice: Random, kind: str, codes: Sequence[str], periods: Sequence[tuple[date, date, date]]) -> Cells:
    """One line, mostly of a few facilities, so that cells fill up."""
    code = dice.choice(codes) if dice.random() < 0.9 else dice.choice(HOSPCODES)
    return {
        "timestamp": write_moment(dice, periods) if dice.random() < 0.93 else dice.choice(UNREADABLE),
        "hospcode": code,
        WHAT[kind]: dice.choice(CALLED[kind]),
        "success": dice.choice(SUCCESS),
        "person": dice.choice(["", "1100000000001", "x"]),
    }


def write_moment(dice: Random, periods: Sequence[tuple[date, date, date]]) -> str:
    """A moment beside the end of a month or of a period, or anywhere inside, by one of several clocks."""
    start, end, _ = dice.choice(periods)
    inside = start + timedelta(days=dice.randrange((end - start).days + 1))
    first_of_month = inside.replace(day=1)
    day = dice.choice([start, end + timedelta(days=1), first_of_month, first_of_month, inside])
    seconds = dice.choice([-1, 0, 0, 1, -25_200, 25_200, 3600, 25_199])
    bangkok = datetime(day.year, day.month, day.day) + timedelta(seconds=seconds)  # noqa: DTZ001 - Bangkok time
    offset, hours = dice.choice(OFFSETS)
    local = bangkok + timedelta(hours=hours - 7)
    shape = dice.choice(["%Y-%m-%dT%H:%M:%S"] * 3 + ["%Y-%m-%d %H:%M:%S", "%Y%m%dT%H%M%S"])
    fraction = dice.choice(["", "", "", ".5", ",250000"])
    return f"{local.strftime(shape)}{fraction}{offset}"


def write_csv(dice: Random, path: Path, lines: Sequence[Cells]) -> Path:
    """Commas, some cells in quotes, blank lines, lines that are cut wrongly; columns in any order and case."""
    names = dice.sample(list(lines[0]), len(lines[0]))
    written = [",".join(dice.choice([name, name.upper(), f" {name} "]) for name in names)]
    for cells in lines:
        line = ",".join(dice.choice(['"{}"', "{}", " {} "]).format(cells[name].replace(",", ".")) for name in names)
        written.append(line)
        if dice.random() < 0.05:
            written.append(dice.choice(["", "  ", line + ",", "x", f'{line},"', f'"{line}']))
    path.write_bytes("".join(line + dice.choice(["\r\n", "\n"]) for line in written).encode("utf-8-sig"))
    return path


def write_objects(dice: Random, path: Path, lines: Sequence[Cells]) -> Path:
    """One JSON object a line; numbers, true and null where JSON has them; lines that are no object."""
    written = []
    for cells in lines:
        shown: dict[str, object] = {}
        for name, cell in cells.items():
            if name == "success" and dice.random() < 0.5:
                shown[name] = {"1": 1, "0": 0, "true": True, "false": False, "": None}.get(cell, cell)
            elif cell or dice.random() < 0.5:
                shown[name] = cell
        written.append(json.dumps(shown))
        if dice.random() < 0.05:
            written.append(dice.choice(["", "[]", "{", '"x"', "null"]))
    path.write_bytes("".join(f"{line}\n" for line in written).encode())
    return path
