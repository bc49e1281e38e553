"""Pregnancies: antenatal visits, delivery, the newborn, and the care of both afterwards."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from samrit.demo import drugs
from samrit.demo.chance import Chance
from samrit.demo.days import AFTERMATH, Span, cell
from samrit.demo.desk import Desk, Patient
from samrit.demo.event import Event, Happenings, Town
from samrit.demo.kinds import VISITOR
from samrit.demo.people import Person, age_table, rate
from samrit.demo.registers import enrol
from samrit.demo.stays import ABORTION, CAESAREAN, VAGINAL, record_stay
from samrit.demo.visits import PARENT_MISSING, record_visit

BIRTHS_BY_AGE = ((15, 0), (20, 50), (25, 90), (30, 90), (35, 65), (40, 30), (45, 8), (200, 0))
"""How common births are below an age of the mother, in a year per 1,000 women (assumption); the pattern is scaled so
that all of them make cbr_per_1000 of rates.csv live births per 1,000 people."""

ABORTIONS = 4
"""Of the pregnancies, the percentage that ends in an abortion; these come on top of the births."""

WINDOWS = ((1, 12), (16, 20), (24, 28), (30, 34), (36, 40))
"""Completed weeks of the five antenatal visits on schedule (DEFINITIONS 1.1)."""


@dataclass(frozen=True, slots=True)
class Pregnancy:
    """One pregnancy: count, last menstruation, day it ended, BTYPE (1 normal, 2 caesarean, 6 abortion), place."""

    gravida: int
    lmp: date
    ended: date
    btype: str
    hospital: str

    @property
    def text(self) -> str:
        """GRAVIDA as programs write it: `2` here, `02` there; both are the number 2 (DEFINITIONS S1.7)."""
        return f"{self.gravida:02d}" if self.lmp.day % 3 == 0 else str(self.gravida)

    def weeks_on(self, day: date) -> int:
        """Completed weeks on a day."""
        return (day - self.lmp).days // 7


@dataclass(frozen=True, slots=True)
class Booking(Event):
    """The pregnancy is entered: history and laboratory tests."""

    pregnancy: Pregnancy

    def record(self, desk: Desk, patient: Patient) -> None:
        """PRENATAL."""
        chance = desk.chance
        desk.write(
            "PRENATAL",
            patient,
            self.day,
            {
                "GRAVIDA": self.pregnancy.text,
                "LMP": cell(self.pregnancy.lmp),
                "EDC": cell(self.pregnancy.lmp + timedelta(280)),
                "VDRL_RESULT": "1",
                "HB_RESULT": chance.pick("11112"),
                "HIV_RESULT": "1",
                "DATE_HCT": cell(self.day),
                "HCT_RESULT": str(chance.between(30, 41)),
                "THALASSEMIA": chance.pick("1129"),
                "HEIGHT": str(chance.between(145, 170)),
            },
        )


@dataclass(frozen=True, slots=True)
class Antenatal(Event):
    """One antenatal visit; number 1 to 5 by the visit, not by the window."""

    pregnancy: Pregnancy
    number: int
    at: str

    def record(self, desk: Desk, patient: Patient) -> None:
        """SERVICE and its rows unless the visit was at another facility (`at`), ANC."""
        code = "Z340" if self.pregnancy.gravida == 1 else "Z348"
        here = self.at == desk.facility.hospcode
        withheld = PARENT_MISSING if desk.chance.percent(15 if desk.facility.is_hospital else 40) else ""
        seq = "" if not here else record_visit(
            desk, patient, self.day, (code,), "มาฝากครรภ์ตามนัด", given=(drugs.FERROUS,), typein="2", withheld=withheld
        )  # fmt: skip
        desk.write(
            "ANC",
            patient,
            self.day,
            {
                "SEQ": seq,
                "DATE_SERV": cell(self.day),
                "GRAVIDA": self.pregnancy.text,
                "ANCNO": str(min(self.number, 5)),
                "GA": str(self.pregnancy.weeks_on(self.day)),
                "ANCRESULT": "1",
                "ANCPLACE": self.at,
                "PROVIDER": desk.provider(),
                "WEIGHT": str(desk.chance.between(42, 78)),
            },
        )


@dataclass(frozen=True, slots=True)
class Delivery(Event):
    """The end of a pregnancy: at the hospital with a stay, or as the home unit hears of it."""

    pregnancy: Pregnancy
    baby: Person | None

    def record(self, desk: Desk, patient: Patient) -> None:
        """LABOR; at the hospital also the stay, and NEWBORN for the baby."""
        pregnancy, chance = self.pregnancy, desk.chance
        here = desk.facility.hospcode == pregnancy.hospital
        aborted = pregnancy.btype == "6"
        result = "O039" if aborted else "O820" if pregnancy.btype == "2" else "O800"
        if here:
            illness = ABORTION if aborted else CAESAREAN if pregnancy.btype == "2" else VAGINAL
            record_stay(desk, patient, self.day, illness, nights=2)
        desk.write(
            "LABOR",
            patient,
            self.day,
            {
                "GRAVIDA": pregnancy.text,
                "LMP": cell(pregnancy.lmp),
                "EDC": cell(pregnancy.lmp + timedelta(280)),
                "BDATE": cell(self.day),
                "BRESULT": result,
                "BPLACE": "1",
                "BHOSP": pregnancy.hospital,
                "BTYPE": pregnancy.btype,
                "BDOCTOR": "1" if pregnancy.btype in "26" else "2",
                "LBORN": "0" if aborted else "1",
                "SBORN": "0",
            },
        )
        if here and self.baby:
            born = enrol(desk, self.baby, VISITOR, self.day)
            desk.write(
                "NEWBORN",
                born,
                self.day,
                {
                    "MPID": patient.pid,
                    "GRAVIDA": pregnancy.text,
                    "GA": str(pregnancy.weeks_on(self.day)),
                    "BDATE": cell(self.day),
                    "BTIME": f"{chance.below(24):02d}{chance.below(60):02d}00",
                    "BPLACE": "1",
                    "BHOSP": pregnancy.hospital,
                    "BIRTHNO": "1",
                    "BTYPE": pregnancy.btype,
                    "BDOCTOR": "1" if pregnancy.btype == "2" else "2",
                    "BWEIGHT": str(chance.between(1900 if chance.percent(8) else 2500, 3900)),
                    "ASPHYXIA": str(chance.between(8, 10)),
                    "VITK": "1",
                    "TSH": "1",
                    "TSHRESULT": f"{chance.between(1, 9)}.0",
                    "LENGTH": str(chance.between(46, 53)),
                    "HEADCIRCUM": str(chance.between(31, 36)),
                },
            )


@dataclass(frozen=True, slots=True)
class Aftercare(Event):
    """A visit to mother and child after the birth."""

    pregnancy: Pregnancy
    baby: Person

    def record(self, desk: Desk, patient: Patient) -> None:
        """POSTNATAL for the mother, NEWBORNCARE for the child."""
        place = desk.facility.hospcode
        desk.write(
            "POSTNATAL",
            patient,
            self.day,
            {
                "GRAVIDA": self.pregnancy.text,
                "BDATE": cell(self.pregnancy.ended),
                "PPCARE": cell(self.day),
                "PPPLACE": place,
                "PPRESULT": "1",
                "PROVIDER": desk.provider(),
            },
        )
        born = desk.patients.get(self.baby.number)
        if born:
            desk.write(
                "NEWBORNCARE",
                born,
                self.day,
                {
                    "BDATE": cell(self.baby.birth),
                    "BCARE": cell(self.day),
                    "BCPLACE": place,
                    "BCARERESULT": "1",
                    "FOOD": desk.chance.pick("1112"),
                    "PROVIDER": desk.provider(),
                },
            )


def expect(chance: Chance, span: Span, person: Person, town: Town) -> Pregnancy | None:
    """The pregnancy of a woman that ends in or near the period, or None."""
    if person.sex != "2":
        return None
    yearly = next(births for below, births in BIRTHS_BY_AGE if person.age_on(span.start) < below)
    before, after = 60, 26
    if not yearly or not chance.million(yearly * _scale() * (span.days + before + after) // span.days):
        return None
    ended = span.around(chance, before, after)
    btype = chance.weigh((("1", 70), ("2", 30 - ABORTIONS), ("6", ABORTIONS)))
    weeks = chance.between(8, 16) if btype == "6" else chance.weigh(((36, 8), (37, 12), (38, 25), (39, 30), (40, 25)))
    lmp = ended - timedelta(weeks * 7 + chance.below(7))
    hospital = town.referral if chance.percent(30) else town.hospital
    return Pregnancy(chance.weigh(((1, 42), (2, 36), (3, 16), (4, 6))), lmp, ended, btype, hospital)


@cache
def _scale() -> int:
    """What a birth of the pattern (per 1,000) stands for, as pregnancies of a million."""
    births_per_100_million = sum(
        weight * next(births for below, births in BIRTHS_BY_AGE if low < below)
        for (sex, low, _), weight in age_table()
        if sex == "2"
    )
    wanted = rate("cbr_per_1000", 1_000) * 100 * 100 // (100 - ABORTIONS)
    return 1000 * wanted // births_per_100_million


def pregnancy_care(pregnancy: Pregnancy, baby: Person | None, town: Town) -> Happenings:
    """The events of the mother from the first visit to the care after the birth."""
    chance = town.chance
    days = _antenatal_days(pregnancy, town)
    at = town.hospital if chance.percent(20) else town.home.hospcode
    if days:
        yield at, Booking(days[0], pregnancy)
    for number, day in enumerate(days, 1):
        place = town.hospital if chance.percent(12) else at
        yield place, Antenatal(day, pregnancy, number, place)
        if place != town.home.hospcode and chance.percent(90):
            # The home unit copies it from the mother's book: an antenatal row without a visit.
            yield town.home.hospcode, Antenatal(day, pregnancy, number, place)
    yield pregnancy.hospital, Delivery(pregnancy.ended, pregnancy, baby)
    if pregnancy.hospital != town.home.hospcode and chance.percent(65):
        yield town.home.hospcode, Delivery(pregnancy.ended, pregnancy, baby)
    if baby:
        for lag in (chance.between(1, 7), chance.between(8, 15), chance.between(16, 42))[: chance.between(1, 3)]:
            day = pregnancy.ended + timedelta(lag)
            if day <= town.span.end + timedelta(AFTERMATH):
                yield town.home.hospcode, Aftercare(day, pregnancy, baby)


def _antenatal_days(pregnancy: Pregnancy, town: Town) -> list[date]:
    """One day in each window kept; an early start follows the district, a full set less often."""
    chance, traits = town.chance, town.traits
    early = chance.percent(traits.anc_early)
    regular = early and chance.percent(traits.anc_regular)
    days = []
    for order, (low, high) in enumerate(WINDOWS):
        if order == 0:
            # GA 0 is "not recorded" and 13 weeks is too late (DEFINITIONS 1.1, 1.2): both edges occur.
            week = chance.between(5, 12) if early else chance.between(13, 15)
            keep = early or chance.percent(55)
        else:
            # The last window is open until the birth: a mother on schedule comes before it.
            week = chance.between(low, max(min(high, pregnancy.weeks_on(pregnancy.ended) - regular), low))
            keep = regular or chance.percent(72)
        day = pregnancy.lmp + timedelta(week * 7 + chance.below(7))
        if keep and day < pregnancy.ended:
            days.append(day)
    return days
