"""Plan: when a facility sends, what it picks for each submission, and what its exporter is like."""

from dataclasses import dataclass
from datetime import date, timedelta

from samrit.demo.book import ALWAYS, Line
from samrit.demo.chance import Chance
from samrit.demo.days import AFTERMATH, Span, cell, clock
from samrit.demo.places import Facility


@dataclass(frozen=True, slots=True)
class Submission:
    """One zip: its number from 0, stamp (14 digits), name suffix, days of service rows, whether registers go whole."""

    number: int
    stamp: str
    suffix: str
    first: str
    last: str
    before: str
    whole_registers: bool

    def carries(self, line: Line) -> bool:
        """True for a line known at the stamp that is of these days or changed since the submission before.

        Exporters pick rows by date or by D_UPDATE: so late rows come, and a child row may come without its parent.
        """
        if line.only != ALWAYS:
            return line.only == self.number
        if line.updated > self.stamp:
            return False
        if line.updated > self.before:
            return True
        return self.whole_registers if not line.day else self.first <= line.day <= self.last


@dataclass(frozen=True, slots=True)
class Exporter:
    """The ways of a facility's export program."""

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
        submissions.append(Submission(number, stamp, suffix, cell(first), cell(day), before, number == 0 or whole))
    return Plan(_exporter(chance, facility), tuple(submissions))


def _exporter(chance: Chance, facility: Facility) -> Exporter:
    hospital = facility.is_hospital
    old = chance.weigh((("2.0", 75), ("2.3", 17), ("2.4", 8)))
    return Exporter(
        edition="2.3" if hospital else old,
        upper=hospital or chance.percent(25),
        folder=chance.percent(70),
        line_end="\r\n" if chance.percent(85) else "\n",
        thai_code_page=not hospital and chance.percent(18),
        byte_order_mark=chance.percent(6),
        statistics=hospital,
        misspelt=not hospital and chance.percent(55),
        nameless=not hospital and chance.percent(40),
        entry_suffix=chance.percent(8),
        zip_prefix="f43" if chance.percent(5) else "F43",
    )
