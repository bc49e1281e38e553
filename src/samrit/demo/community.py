"""Community: visits to the chronically ill at home, and family planning of women."""

from dataclasses import dataclass
from datetime import timedelta

from samrit.demo.days import cell
from samrit.demo.desk import Desk, Patient
from samrit.demo.event import Event, Happenings, Town
from samrit.demo.people import Person
from samrit.demo.visits import PARENT_MISSING, record_visit

HOME_VISITS = {"ht": "1A000", "dm": "1A001", "asthma": "1A003", "other": "1A008"}


@dataclass(frozen=True, slots=True)
class HomeVisit(Event):
    """A visit to somebody at home."""

    service: str

    def record(self, desk: Desk, patient: Patient) -> None:
        """A visit outside, which is not sent in 42 of 100 cases, and COMMUNITY_SERVICE."""
        withheld = PARENT_MISSING if desk.chance.percent(42) else ""
        seq = record_visit(desk, patient, self.day, ("Z718",), "เยี่ยมบ้าน", place="2", withheld=withheld)
        cells = {"SEQ": seq, "DATE_SERV": cell(self.day), "COMSERVICE": self.service, "PROVIDER": desk.provider()}
        desk.write("COMMUNITY_SERVICE", patient, self.day, cells)


@dataclass(frozen=True, slots=True)
class WomanEntry(Event):
    """A married woman of childbearing age is entered; method 1 to 7, 9 none."""

    method: str

    def record(self, desk: Desk, patient: Patient) -> None:
        """WOMEN."""
        children = desk.chance.between(0, 3)
        desk.register(
            "WOMEN",
            patient,
            self.day,
            {
                "FPTYPE": self.method,
                "NOFPCAUSE": desk.chance.pick("123") if self.method == "9" else "",
                "TOTALSON": str(children),
                "NUMBERSON": str(children),
                "ABORTION": "0",
                "STILLBIRTH": "0",
            },
        )


@dataclass(frozen=True, slots=True)
class FamilyPlanning(Event):
    """A family-planning service; method 1 to 7."""

    method: str

    def record(self, desk: Desk, patient: Patient) -> None:
        """FP."""
        desk.write(
            "FP",
            patient,
            self.day,
            {
                "SEQ": desk.next_seq(),
                "DATE_SERV": cell(self.day),
                "FPTYPE": self.method,
                "FPPLACE": desk.facility.hospcode,
                "PROVIDER": desk.provider(),
            },
        )


def community_care(person: Person, town: Town) -> Happenings:
    """Home visits of the chronically ill and a few others; the women's register and its services."""
    chance, span = town.chance, town.span
    here = town.home.hospcode
    reason = "ht" if person.ht else "dm" if person.dm else "asthma" if person.asthma else ""
    if reason and chance.percent(town.traits.home_visited):
        for _ in range(chance.between(1, 2)):
            yield here, HomeVisit(span.any_day(chance), HOME_VISITS[reason])
    elif chance.permille(8):
        yield here, HomeVisit(span.any_day(chance), HOME_VISITS["other"])
    if person.sex == "2" and 15 <= person.age_on(span.start) <= 44 and chance.percent(60):
        method = chance.weigh((("1", 28), ("2", 22), ("3", 1), ("4", 6), ("5", 3), ("7", 26), ("9", 14)))
        yield here, WomanEntry(span.start - timedelta(chance.between(1, 300)), method)
        if method in "12":
            for _ in range(chance.between(0, 3)):
                yield here, FamilyPlanning(span.any_day(chance), method)
