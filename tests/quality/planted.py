"""A home and a centre's file in which every cause of a difference is planted, facility by facility.

All are on the hypertension register; A is controlled: the last two days with a reading below 140/90 (readings = 1: the
last day). What the centre has is written down from the reasons beside each facility, never counted by Samrit.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from builders import citizen_id, load_all, person, row, write_zip
from samrit.warehouse import Home

AGREES, LATE, VOIDED, LEFT, GAINED, OTHER, NOISE, OURS = (
    "04801", "04802", "04811", "04812", "04813", "04814", "04815", "04816",
)  # fmt: skip
THEIRS = "99999"
CUT = "2014-04-20"
IN_TIME, TOO_LATE = "20140410080000", "20140501080000"
GOOD, BAD = ("128", "78"), ("150", "95")
PERIOD = ("--period", "2013-04-01..2014-03-31", "--census", "2013-10-01")


@dataclass(frozen=True)
class Planted:
    """The home, the centre's file, and what each facility's causes must be: (facility, letter) -> cause -> count."""

    home: Path
    centre: Path
    causes: dict[tuple[str, str], dict[str, int]]


CENTRE = {  # facility -> target (B), result (A), results of May and June
    AGREES: (2, 2, 0, 2),
    LATE: (3, 3, 0, 3),  # two more came in the package of 1 May
    VOIDED: (4, 4, 0, 4),  # three of its second readings are written in another form; a forgiving loader takes them
    LEFT: (2, 2, 0, 2),  # two of its four are registered at GAINED too, and the centre counts them there
    GAINED: (3, 3, 0, 3),
    OTHER: (3, 2, 0, 2),  # one has only a last reading that is good: the centre takes one reading
    NOISE: (5, 3, 0, 3),  # the centre has one person more, nobody knows whom, and one result less
    THEIRS: (7, 1, 0, 1),  # has never sent us a package
}
CAUSES = {
    (LATE, "a"): {"late": -2},
    (LATE, "b"): {"late": -2},
    (VOIDED, "a"): {"voided": 3},
    (LEFT, "a"): {"moved": -2},
    (LEFT, "b"): {"moved": -2},
    (GAINED, "a"): {"moved": 2},
    (GAINED, "b"): {"moved": 2},
    (OTHER, "a"): {"definition": 1},
    (NOISE, "a"): {"unknown": -1},
    (NOISE, "b"): {"unknown": 1},
    (THEIRS, "a"): {"unknown": 1},
    (THEIRS, "b"): {"unknown": 7},
}


def plant(folder: Path) -> Planted:
    """Load the packages into a home and write the centre's file."""
    zips = folder / "zips"
    _send(zips, AGREES, [*_patient(AGREES, 1), *_patient(AGREES, 2)])
    _send(zips, LATE, [r for n in (1, 2, 3) for r in _patient(LATE, n)])
    _send(zips, LATE, [r for n in (4, 5) for r in _patient(LATE, n)], TOO_LATE)
    _send(
        zips, VOIDED, [*_patient(VOIDED, 1), *_patient(VOIDED, 2, sbp="128 mmHg"), *_patient(VOIDED, 3, day="25560601")]
    )
    _send_short(zips)
    _send(zips, LEFT, [r for n in (1, 2) for r in _patient(LEFT, n)]
          + [r for n in (71, 72) for r in _patient(LEFT, n, cid=n)])  # fmt: skip
    _send(zips, GAINED, [*_patient(GAINED, 1), *(_second_home(n) for n in (71, 72))])
    _send(zips, OTHER, [*_patient(OTHER, 1), *_patient(OTHER, 2, before=BAD), *_patient(OTHER, 3, last=BAD)])
    _send(zips, NOISE, [r for n in (1, 2, 3, 4) for r in _patient(NOISE, n)])
    _send(zips, OURS, _patient(OURS, 1))
    load_all(Home(folder / "home"), *sorted(zips.iterdir()))
    centre = folder / "centre.csv"
    lines = [f"{facility},2557,{','.join(map(str, figures))}" for facility, figures in CENTRE.items()]
    centre.write_text("\n".join(["hospcode,b_year,target,result,result05,result06", *lines, ""]))
    return Planted(folder / "home", centre, CAUSES)


def _patient(
    facility: str,
    number: int,
    *,
    before: tuple[str, str] = GOOD,
    last: tuple[str, str] = GOOD,
    sbp: str = "",
    day: str = "20130601",
    cid: int = 0,
) -> list[dict[str, str]]:
    """A person on the register with a reading in May and one in June; `sbp`, `day`: what the line of June says."""
    who = {"HOSPCODE": facility, "HOSPCODE9": "", "PID": f"P{number}"}
    readings = [("20130501", *before), (day, sbp or last[0], last[1])]
    return [
        person(**{**who, "pid": who["PID"]} | {"CID": citizen_id(cid) if cid else ""}),
        row("CHRONIC", CHRONIC="I10", DATE_DIAG="20120101", **who),
        *(row("CHRONICFU", DATE_SERV=on, SBP=high, DBP=low, **who) for on, high, low in readings),
    ]


def _second_home(number: int) -> dict[str, str]:
    """The same person registered as living at GAINED too; the row is older, so it does not win."""
    who = {"HOSPCODE": GAINED, "HOSPCODE9": "", "D_UPDATE": "20120101"}
    return person(f"S{number}", CID=citizen_id(number), **who)


def _tables(rows: list[dict[str, str]]) -> Iterator[tuple[str, list[dict[str, str]]]]:
    for name, column in (("PERSON", "TYPEAREA"), ("CHRONIC", "CHRONIC"), ("CHRONICFU", "SBP")):
        mine = [cells for cells in rows if column in cells]
        if mine:
            yield name, mine


def _send(zips: Path, facility: str, rows: list[dict[str, str]], stamp: str = IN_TIME) -> None:
    write_zip(zips, f"F43_{facility}_{stamp}.zip", dict(_tables(rows)))


def _send_short(zips: Path) -> None:
    """A fourth patient of VOIDED, sent apart: the line of June lacks its last cell, so it is set aside."""
    rows = dict(_tables(_patient(VOIDED, 4)))
    columns = ["HOSPCODE", "PID", "DATE_SERV", "SBP", "DBP", "D_UPDATE"]
    lines = ["|".join(cells[c] for c in columns) for cells in rows["CHRONICFU"]]
    short = lines[1].rpartition("|")[0]
    text = "\n".join(["|".join(columns), lines[0], short, ""])
    entries = {"PERSON": rows["PERSON"], "CHRONIC": rows["CHRONIC"], "CHRONICFU": text}
    write_zip(zips, f"F43_{VOIDED}_{IN_TIME[:-1]}1.zip", entries)
