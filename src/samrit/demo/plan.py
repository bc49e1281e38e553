"""Plan: when a facility sends, what it picks for each submission, and what its exporter is like."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from samrit.demo.chance import Chance
from samrit.demo.days import AFTERMATH, Span, cell, clock
from samrit.demo.places import Facility

ALWAYS = -1
"""In place of a submission's number: whichever submissions carry the line."""

REACH = {"DIAGNOSIS_OPD": timedelta(50), "DRUG_OPD": timedelta(110), "ANC": timedelta(120)}
"""How much further back than the visits themselves some tables are exported: their rows come without a parent."""

HEADERLESS = "NUTRITION"
"""The entry that an exporter wrote without its header."""


@dataclass(frozen=True, slots=True)
class Submission:
    """One zip: its number from 0, stamp (14 digits), name suffix, days of service rows, whether registers go whole.

    firsts: the first day of the tables that are exported from further back (REACH). before: stamp of the last one.
    """

    number: int
    stamp: str
    suffix: str
    first: str
    last: str
    before: str
    whole_registers: bool
    firsts: Mapping[str, str]

    def carries(self, table: str, day: str, updated: str, only: int = ALWAYS) -> bool:
        """True for a line known at the stamp that is of these days or changed since the submission before.

        day: of the event, "" for a line of a register; only: the number of the one submission that carries the line.
        Exporters pick rows by date or by D_UPDATE: so late rows come, and a child row may come without its parent.
        """
        if only != ALWAYS:
            return only == self.number
        if updated > self.stamp:
            return False
        if updated > self.before:
            return True
        if not day:
            return self.whole_registers
        return self.firsts.get(table, self.first) <= day <= self.last


@dataclass(frozen=True, slots=True)
class Exporter:
    """The ways of a facility's export program. lacks: (table, column) forgotten; headerless: a table, or "".

    refers: sends the files about referrals as well.
    """

    edition: str
    upper: bool
    folder: bool
    line_end: str
    thai_code_page: bool
    byte_order_mark: bool
    statistics: bool
    misspelt: bool
    nameless: bool
    entry_suffix: bool
    zip_prefix: str
    lacks: tuple[tuple[str, str], ...]
    headerless: str
    refers: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """What a facility does: its exporter and its submissions, oldest first."""

    exporter: Exporter
    submissions: tuple[Submission, ...]

    @property
    def final_day(self) -> date:
        """The day of the last submission."""
        stamp = self.submissions[-1].stamp
        return date(int(stamp[:4]), int(stamp[4:6]), int(stamp[6:8]))


def make_plan(seed: int, span: Span, facility: Facility) -> Plan:
    """The plan of a facility: one to four zips, the last one after everything has happened."""
    chance = Chance(seed, "plan", facility.hospcode)
    final = span.end + timedelta(AFTERMATH + chance.between(8, 45))
    sort = chance.weigh((("one", 30), ("halves", 35), ("same_day", 15), ("quarters", 20)))
    if facility.is_hospital and sort == "one":
        sort = "halves"
    days: list[date] = {
        "one": [final],
        "halves": [span.census + timedelta(chance.between(9, 25)), final],
        "same_day": [span.census + timedelta(chance.between(9, 25)), final, final],
        "quarters": [span.start + timedelta(91 * n + chance.between(5, 20)) for n in (1, 2, 3)] + [final],
    }[sort]
    overlap = chance.weigh(((0, 50), (30, 50)))
    whole = chance.percent(30)
    submissions: list[Submission] = []
    for number, day in enumerate(days):
        before = submissions[-1].stamp if submissions else ""
        second = sort == "same_day" and number == 2
        back = 150 if second else overlap + 31
        first = days[number - 1] - timedelta(back) if number else date(1900, 1, 1)
        stamp = cell(day) + clock(chance.between(8 * 3600, 15 * 3600) + 3600 * 4 * second)
        suffix = "-1" if second else chance.weigh((("", 88), ("-1", 6), ("_150127081316", 6)))
        firsts = {table: cell(first - reach) for table, reach in REACH.items()}
        submissions.append(
            Submission(number, stamp, suffix, cell(first), cell(day), before, number == 0 or whole, firsts)
        )
    return Plan(_exporter(chance, facility), tuple(submissions))


def _exporter(chance: Chance, facility: Facility) -> Exporter:
    """Seen in 108 zips: nearly all with a folder, 20 with entries in the code page, 2 of 4,229 entries with a mark."""
    hospital = facility.is_hospital
    old = chance.weigh((("2.0", 75), ("2.3", 17), ("2.4", 8)))
    return Exporter(
        edition="2.3" if hospital else old,
        upper=hospital or chance.percent(25),
        folder=chance.percent(95),
        line_end="\r\n" if chance.percent(85) else "\n",
        thai_code_page=not hospital and chance.percent(22),
        byte_order_mark=facility.number % 70 == 9,
        statistics=hospital,
        misspelt=not hospital and chance.percent(55),
        nameless=not hospital and chance.percent(40),
        entry_suffix=chance.percent(5),
        zip_prefix="f43" if chance.percent(5) else "F43",
        lacks=(("REFER_HISTORY", "AN"),) if chance.percent(25) else (),
        headerless=HEADERLESS if facility.number % 70 == 5 else "",
        refers=hospital,
    )
