"""Disability: the register of disabled people and the surveys of what they can do."""

from dataclasses import dataclass
from datetime import timedelta

from samrit.demo.days import cell
from samrit.demo.desk import Desk, Patient
from samrit.demo.event import Event, Happenings, Town
from samrit.demo.people import Person

ABILITIES = ("b117", "b210", "b230", "d310", "d450", "d510", "d550", "d710")


def register_number(person: Person) -> str:
    """An invented number of the disability register: 13 digits beginning with 00, which no citizen number does."""
    return f"00{person.number:011d}"


@dataclass(frozen=True, slots=True)
class Detection(Event):
    """A disability is entered; `numbered` = with a number of the official register."""

    sort: str
    numbered: bool

    def record(self, desk: Desk, patient: Patient) -> None:
        """DISABILITY."""
        desk.register(
            "DISABILITY",
            patient,
            max(self.day, desk.span.start - timedelta(200)),
            {
                "DISABID": register_number(patient.person) if self.numbered else "",
                "DISABTYPE": self.sort,
                "DISABCAUSE": desk.chance.pick("123"),
                "DATE_DETECT": cell(self.day),
            },
        )


@dataclass(frozen=True, slots=True)
class AbilitySurvey(Event):
    """A survey with the international classification of functioning."""

    def record(self, desk: Desk, patient: Patient) -> None:
        """ICF."""
        desk.write(
            "ICF",
            patient,
            self.day,
            {
                "DISABID": register_number(patient.person),
                "SEQ": desk.next_seq(),
                "DATE_SERV": cell(self.day),
                "ICF": desk.chance.pick(ABILITIES),
                "QUALIFIER": desk.chance.pick("0123489"),
                "PROVIDER": desk.provider(),
            },
        )


@dataclass(frozen=True, slots=True)
class DailyLiving(Event):
    """A test of the activities of daily living of somebody old."""

    def record(self, desk: Desk, patient: Patient) -> None:
        """FUNCTIONAL."""
        score = desk.chance.between(4, 20)
        desk.write(
            "FUNCTIONAL",
            patient,
            self.day,
            {
                "SEQ": desk.next_seq(),
                "DATE_SERV": cell(self.day),
                "FUNCTIONAL_TEST": "01",
                "TESTRESULT": str(score),
                "DEPENDENT": "1" if score < 12 else "2",
                "PROVIDER": desk.provider(),
            },
        )


def disability_care(person: Person, town: Town) -> Happenings:
    """Registration at home, surveys at the hospital."""
    chance, span = town.chance, town.span
    age = person.age_on(span.start)
    if chance.permille(12 if age < 60 else 40) and age >= 1:
        numbered = chance.percent(85)
        yield town.home.hospcode, Detection(span.before(chance, min(9, age)), chance.weigh(
            (("1", 10), ("2", 14), ("3", 50), ("4", 10), ("5", 12), ("6", 2), ("7", 2))
        ), numbered)  # fmt: skip
        if chance.percent(town.traits.icf_done):
            day = span.any_day(chance) if chance.percent(70) else span.before(chance, 3)
            yield town.hospital, AbilitySurvey(day)
    if age >= 70 and chance.percent(10):
        yield town.hospital, DailyLiving(span.any_day(chance))
