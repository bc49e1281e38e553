"""Mouth: oral examinations and sealants of school children, and a few of grown-ups."""

from dataclasses import dataclass

from samrit.demo.days import cell
from samrit.demo.desk import Desk, Patient
from samrit.demo.event import Event, Happenings, Town
from samrit.demo.people import Person
from samrit.demo.visits import CLINIC, record_visit

SEALANT = "2387030"
"""Pit and fissure sealant (DEFINITIONS 4.4)."""


@dataclass(frozen=True, slots=True)
class OralExamination(Event):
    """An oral examination; `sealed` = a sealant was put on as well."""

    pupil: bool
    sealed: bool

    def record(self, desk: Desk, patient: Patient) -> None:
        """A visit, DENTAL, PROCEDURE_OPD for the sealant."""
        chance = desk.chance
        seq = record_visit(desk, patient, self.day, ("Z012",), "ตรวจสุขภาพช่องปาก", place="2" if self.pupil else "1")
        milk = chance.between(8, 16) if self.pupil else 0
        caries = chance.between(0, 4)
        desk.write(
            "DENTAL",
            patient,
            self.day,
            {
                "SEQ": seq,
                "DATE_SERV": cell(self.day),
                "DENTTYPE": "3" if self.pupil else "5",
                "SERVPLACE": "2" if self.pupil else "1",
                "PTEETH": str(28 - milk),
                "PCARIES": str(0 if self.pupil else caries),
                "PFILLING": "0",
                "PEXTRACT": "0",
                "DTEETH": str(milk),
                "DCARIES": str(caries if self.pupil else 0),
                "DFILLING": "0",
                "DEXTRACT": "0",
                "NEED_FLUORIDE": "1",
                "NEED_SCALING": "2",
                "NEED_SEALANT": str(chance.between(0, 4)),
                "NEED_PFILLING": "0",
                "NEED_DFILLING": str(caries if self.pupil else 0),
                "NEED_PEXTRACT": "0",
                "NEED_DEXTRACT": "0",
                "NPROSTHESIS": "4",
                "GUM": "0",
                "SCHOOLTYPE": "2" if self.pupil else "",
                "CLASS": "1" if self.pupil else "",
                "PROVIDER": desk.provider(),
            },
        )
        if self.sealed:
            desk.write(
                "PROCEDURE_OPD",
                patient,
                self.day,
                {
                    "SEQ": seq,
                    "DATE_SERV": cell(self.day),
                    "CLINIC": CLINIC,
                    "PROCEDCODE": SEALANT,
                    "SERVICEPRICE": "0.00",
                    "PROVIDER": desk.provider(),
                },
            )


def oral_care(person: Person, town: Town) -> Happenings:
    """Examinations of pupils of the first grade by the district's habit, of others now and then."""
    chance, span = town.chance, town.span
    age = person.age_on(span.census)
    pupil = 6 <= age <= 7
    if chance.percent(town.traits.teeth_seen) if pupil else age >= 3 and chance.permille(25):
        sealed = pupil and chance.percent(town.traits.teeth_sealed)
        at = town.hospital if chance.percent(25) else town.home.hospcode
        yield at, OralExamination(span.any_day(chance), pupil, sealed)
