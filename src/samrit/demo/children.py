"""Children: vaccines and growth."""

from dataclasses import dataclass
from datetime import timedelta

from samrit.demo.days import cell
from samrit.demo.desk import Desk, Patient
from samrit.demo.event import Event, Happenings, Town
from samrit.demo.people import Person

MEASLES = "061"

SCHEDULE = (
    (0, "010"), (0, "041"), (61, "091"), (61, "081"), (122, "092"), (122, "082"), (183, "093"), (183, "083"),
    (274, MEASLES), (548, "034"), (548, "084"), (548, "051"), (1461, "035"), (1461, "085"),
)  # fmt: skip
"""(age in days, vaccine code of the 43-file list)"""

LOOK_BACK = 730
"""Days before the period from which doses are still in the files."""


@dataclass(frozen=True, slots=True)
class Dose(Event):
    """One vaccine dose."""

    vaccine: str

    def record(self, desk: Desk, patient: Patient) -> None:
        """EPI."""
        desk.write(
            "EPI",
            patient,
            self.day,
            {
                "SEQ": desk.next_seq() if self.day >= desk.span.start else "",
                "DATE_SERV": cell(self.day),
                "VACCINETYPE": self.vaccine,
                "VACCINEPLACE": desk.facility.hospcode,
                "PROVIDER": desk.provider(),
            },
        )


@dataclass(frozen=True, slots=True)
class Weighing(Event):
    """Weight in kilograms, height in centimetres and development of a child."""

    def record(self, desk: Desk, patient: Patient) -> None:
        """NUTRITION."""
        months = (self.day - patient.person.birth).days // 30
        chance = desk.chance
        desk.write(
            "NUTRITION",
            patient,
            self.day,
            {
                "DATE_SERV": cell(self.day),
                "NUTRITIONPLACE": desk.facility.hospcode,
                "WEIGHT": f"{4 + months // 4 + chance.below(3)}.{chance.below(10)}",
                "HEIGHT": f"{54 + months + chance.below(5)}.0",
                "CHILDDEVELOP": "1" if chance.percent(94) else "2",
                "FOOD": "1" if months < 6 else "4",
                "PROVIDER": desk.provider(),
            },
        )


def child_care(person: Person, town: Town) -> Happenings:
    """Doses of the last years and weighings of the period, for children under six."""
    chance, span = town.chance, town.span
    if person.age_on(span.end) > 5:
        return
    last = span.end + timedelta(20)
    for age, vaccine in SCHEDULE:
        day = person.birth + timedelta(age + (chance.below(60) if age else 0))
        taken = chance.percent(town.traits.measles if vaccine == MEASLES else 93)
        if taken and span.start - timedelta(LOOK_BACK) <= day <= last:
            at = town.hospital if age == 0 else town.home.hospcode
            yield at, Dose(day, vaccine)
    for _ in range(chance.between(0, 3)):
        yield town.home.hospcode, Weighing(span.any_day(chance))
