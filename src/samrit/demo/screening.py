"""Screening: health risks with weight, waist, pressure and sugar; and the cervix."""

from dataclasses import dataclass
from datetime import timedelta

from samrit.demo.days import cell
from samrit.demo.desk import Desk, Patient
from samrit.demo.event import Event, Happenings, Town
from samrit.demo.people import Person
from samrit.demo.visits import record_visit

LEFT_OUT = {"SMOKE": "9", "ALCOHOL": "", "WAIST_CM": "0", "DBP_1": ""}
"""Columns that are left out now and then, and what stands there instead."""

SMOKERS = 17
"""Percent (rates.csv, smoking_current)."""


@dataclass(frozen=True, slots=True)
class RiskScreening(Event):
    """One screening; `missing` = the column of the form that was left out, "" none; `sugar` = blood sugar as well."""

    missing: str
    sugar: bool

    def record(self, desk: Desk, patient: Patient) -> None:
        """NCDSCREEN."""
        chance = desk.chance
        cells = {
            "SEQ": desk.next_seq() if chance.percent(60) else "",
            "DATE_SERV": cell(self.day),
            "SERVPLACE": chance.pick("12"),
            "SMOKE": chance.pick("23") if chance.percent(SMOKERS) else "1",
            "ALCOHOL": chance.pick("1123"),
            "DMFAMILY": chance.pick("1229"),
            "HTFAMILY": chance.pick("1229"),
            "WEIGHT": f"{chance.between(42, 96)}.{chance.below(10)}",
            "HEIGHT": str(chance.between(143, 180)),
            "WAIST_CM": str(chance.between(64, 115)),
            "SBP_1": str(chance.between(98, 164)),
            "DBP_1": str(chance.between(56, 94)),
            "BSLEVEL": str(chance.between(74, 190)) if self.sugar else "",
            "BSTEST": chance.pick("1344") if self.sugar else "9",
            "SCREENPLACE": desk.facility.hospcode,
            "PROVIDER": desk.provider(),
        }
        if self.missing:
            # Half a form is no complete screening, and two halves do not add up (DEFINITIONS P2).
            cells[self.missing] = LEFT_OUT[self.missing]
        desk.write("NCDSCREEN", patient, self.day, cells)


@dataclass(frozen=True, slots=True)
class CervixScreening(Event):
    """One cervical screening, known by a special-service code or by the visit's diagnosis."""

    by_visit: bool

    def record(self, desk: Desk, patient: Patient) -> None:
        """SPECIALPP, or a visit with Z124 or Z014."""
        if self.by_visit:
            record_visit(desk, patient, self.day, (desk.chance.pick(("Z124", "Z014")),), "มาตรวจคัดกรองมะเร็งปากมดลูก")
            return
        desk.write(
            "SPECIALPP",
            patient,
            self.day,
            {
                "SEQ": desk.next_seq() if self.day >= desk.span.start else "",
                "DATE_SERV": cell(self.day),
                "SERVPLACE": "1",
                "PPSPECIAL": desk.chance.pick(("1B0044", "1B0044", "1B0040", "1B0048", "1B30", "1B40")),
                "PPSPLACE": desk.facility.hospcode,
                "PROVIDER": desk.provider(),
            },
        )


@dataclass(frozen=True, slots=True)
class OtherService(Event):
    """A special service that is no cervical screening."""

    def record(self, desk: Desk, patient: Patient) -> None:
        """SPECIALPP."""
        desk.write(
            "SPECIALPP",
            patient,
            self.day,
            {
                "DATE_SERV": cell(self.day),
                "SERVPLACE": "2",
                "PPSPECIAL": desk.chance.pick(("1B0030", "1B0060", "1B0049")[:2]),
                "PPSPLACE": desk.facility.hospcode,
            },
        )


def screenings(person: Person, town: Town) -> Happenings:
    """The screenings of an adult in the period, and some of the years before."""
    chance, span, traits = town.chance, town.span, town.traits
    age = person.age_on(span.census)
    if age < 15:
        return
    here = town.home.hospcode
    if chance.percent(traits.risk_screened if age >= 35 else 14):
        missing = "" if chance.percent(96) else chance.pick(tuple(LEFT_OUT))
        sugar = chance.percent(traits.sugar_tested)
        day = span.any_day(chance)
        yield here, RiskScreening(day, missing, sugar)
        if chance.percent(5):
            yield (
                here,
                RiskScreening(min(day + timedelta(30), span.end), "" if chance.percent(60) else "WAIST_CM", sugar),
            )
    if age >= 35 and chance.percent(12):
        yield here, RiskScreening(span.before(chance, 1), "", True)
    if person.sex == "2" and 30 <= age <= 61 and chance.percent(traits.cervix_screened):
        day = span.any_day(chance) if chance.percent(35) else span.before(chance, 5)
        by_visit = day >= span.start and chance.percent(25)
        yield (town.hospital if chance.percent(25) else here), CervixScreening(day, by_visit)
    if chance.permille(12):
        yield here, OtherService(span.any_day(chance))
