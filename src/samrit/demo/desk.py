"""Desk: where a facility writes down what happens. It knows the patients, numbers visits and stays, and dates rows."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from samrit.demo.book import Book, Slip
from samrit.demo.chance import Chance
from samrit.demo.days import Span, cell, clock
from samrit.demo.dirt import Cells, Spoiler
from samrit.demo.kinds import KINDS
from samrit.demo.people import Person
from samrit.demo.places import Facility, Province
from samrit.demo.plan import ALWAYS, Plan
from samrit.demo.rights import right_on
from samrit.demo.truth import Truth

if TYPE_CHECKING:
    from samrit.demo.event import Event

_TIMES = tuple(clock(second) for second in range(8 * 3600, 17 * 3600, 7))


@dataclass(frozen=True, slots=True)
class Patient:
    """A person as a facility knows them: PID, HN ("" at primary units), the right of each day by their cards."""

    person: Person
    pid: str
    hn: str

    def right_on(self, day: date) -> str:
        """INSTYPE of a visit or stay of that day."""
        return right_on(self.person.cards, day)


class Desk:
    """The desk of one facility, fed with people and events; its book is what gets sent."""

    def __init__(
        self,
        facility: Facility,
        province: Province,
        span: Span,
        plan: Plan,
        seed: int,
        *,
        truth: Truth | None = None,
        small: bool = False,
    ) -> None:
        self.facility = facility
        self.province = province
        self.span = span
        self.plan = plan
        self.seed = seed
        self.chance = Chance(seed, "desk", facility.hospcode)
        self.truth = truth
        spoiler = Spoiler(Chance(seed, "dirt", facility.hospcode), KINDS, small=small)
        self.book = Book(facility.hospcode, plan, spoiler, truth)
        self.patients: dict[int, Patient] = {}
        self.staff: list[str] = []
        self.houses: set[str] = set()
        self.withdrawn = 0
        self.sent_on: list[tuple[str, Person, Event]] = []
        self._final = plan.final_day - timedelta(1)
        self._visits = 0
        self._stays: dict[int, int] = {}
        self._referrals = 0

    def updated(self, day: date) -> str:
        """A D_UPDATE for something of a day: mostly within days, sometimes months later, never after the last zip."""
        draw = self.chance.below(100)
        lag = draw % 4 if draw < 74 else 4 + draw % 17 if draw < 97 else self.chance.between(30, 150)
        return cell(min(day + timedelta(lag), self._final)) + self.chance.pick(_TIMES)

    def write(
        self,
        table: str,
        patient: Patient,
        day: date,
        cells: Cells,
        *,
        updated: str = "",
        only: int = ALWAYS,
        extra: str = "",
        withheld: str = "",
    ) -> None:
        """Write a row about a patient, of an event on a day (the other words are those of Book.add)."""
        cells["PID"] = patient.pid
        cells["CID"] = patient.person.cid
        updated = updated or self.updated(day)
        self.book.add(table, cell(day), updated, cells, only=only, extra=extra, withheld=withheld)

    def register(self, table: str, patient: Patient, day: date, cells: Cells, slips: tuple[Slip, ...] = ()) -> None:
        """Write a register row about a patient, entered on a day."""
        cells["PID"] = patient.pid
        cells.setdefault("CID", patient.person.cid)
        self.book.add(table, "", self.updated(day), cells, slips=slips)

    def provider(self) -> str:
        """One of the staff, for PROVIDER columns."""
        return self.chance.pick(self.staff)

    def next_seq(self) -> str:
        """A new visit number (SEQ)."""
        self._visits += 1
        return f"{self._visits:09d}"

    def next_an(self, day: date) -> str:
        """A new stay number (AN): two digits of the Buddhist year, then a count."""
        year = day.year + 543
        self._stays[year] = self._stays.get(year, 0) + 1
        return f"{year % 100:02d}{self._stays[year]:07d}"

    def next_referral(self) -> str:
        """A new referral number (REFERID), at most 10 characters."""
        self._referrals += 1
        return f"R{self._referrals:08d}"

    def send_on(self, hospcode: str, person: Person, event: "Event") -> None:
        """Something that another facility, written later, has to write down."""
        self.sent_on.append((hospcode, person, event))
