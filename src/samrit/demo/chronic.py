"""Chronic illness: registers of diabetes, hypertension and asthma, and follow-ups with their blood pressures."""

from dataclasses import dataclass
from datetime import date, timedelta

from samrit.demo import drugs
from samrit.demo.corrections import withdraw
from samrit.demo.days import cell
from samrit.demo.desk import Desk, Patient
from samrit.demo.event import Event, Happenings, Town
from samrit.demo.people import Person
from samrit.demo.visits import CLINIC, PARENT_MISSING, record_visit

DM_CODES = (("E119", 84), ("E112", 6), ("E115", 4), ("E109", 2), ("E149", 4))
HT_CODES = (("I10", 94), ("I119", 4), ("I129", 2))
ASTHMA_CODES = (("J459", 8), ("J450", 2))
STILL_TREATED = "03"
ENDINGS = ((STILL_TREATED, 92), ("06", 4), ("07", 2), ("10", 2))
NOT_REGISTERED = 3
"""Of the patients of a chronic clinic, the percentage with diagnoses and no line on the register."""
LAB_APART = 40
"""Of the laboratory tests of diabetics, the percentage taken some days before on a visit that is not sent."""
FASTING_SUGAR = "0531101"
CREATININE = "0581902"


@dataclass(frozen=True, slots=True)
class Registration(Event):
    """A chronic illness is entered on the register of a facility; `day` is the day of diagnosis.

    ended: TYPEDISCH, 03 = still in treatment.
    """

    code: str
    entered: date
    ended: str

    def record(self, desk: Desk, patient: Patient) -> None:
        """CHRONIC."""
        desk.register(
            "CHRONIC",
            patient,
            self.entered,
            {
                "DATE_DIAG": cell(self.day),
                "CHRONIC": self.code,
                "HOSP_DX": desk.facility.hospital,
                "HOSP_RX": desk.facility.hospcode,
                "DATE_DISCH": "" if self.ended == STILL_TREATED else cell(self.entered),
                "TYPEDISCH": self.ended,
            },
        )


@dataclass(frozen=True, slots=True)
class FollowUp(Event):
    """A visit of the chronic clinic with a blood pressure (mmHg), and for diabetics sugar, feet and eyes."""

    codes: tuple[str, ...]
    sbp: int
    dbp: int
    retina: str

    def record(self, desk: Desk, patient: Patient) -> None:
        """SERVICE and its rows, CHRONICFU, LABFU, APPOINTMENT; now and then a mistaken row, withdrawn later."""
        chance = desk.chance
        diabetic = self.codes[0].startswith("E1")
        given = (drugs.METFORMIN, drugs.GLIPIZIDE) if diabetic else (drugs.AMLODIPINE,)
        if len(self.codes) > 1:
            given = (drugs.METFORMIN, drugs.ENALAPRIL)
        pressure = (str(self.sbp), str(self.dbp))
        seq = record_visit(
            desk,
            patient,
            self.day,
            self.codes,
            "มาตามนัดคลินิกโรคเรื้อรัง",
            given=given,
            typein="2",
            pressure=pressure,
            lab=4000 if diabetic else 0,
        )
        reading = {
            "SEQ": seq,
            "DATE_SERV": cell(self.day),
            "WEIGHT": f"{chance.between(42, 92)}.{chance.below(10)}",
            "HEIGHT": str(chance.between(145, 178)),
            "WAIST_CM": str(chance.between(66, 112)),
            "SBP": pressure[0],
            "DBP": pressure[1],
            "FOOT": chance.pick("1129") if diabetic else "9",
            "RETINA": self.retina,
            "PROVIDER": desk.provider(),
        }
        updated = desk.updated(self.day)
        if chance.permille(12):
            # The pressure was typed wrong: the same key comes again, newer (DEFINITIONS S2.3).
            mistyped = reading | {"SBP": str(self.sbp + 2)}
            desk.write("CHRONICFU", patient, self.day, mistyped, updated=updated, extra="mended_later")
            updated = max(updated, desk.updated(self.day + timedelta(40)))
        desk.write("CHRONICFU", patient, self.day, reading, updated=updated)
        withdraw(desk, patient, self.day, reading)
        if diabetic:
            self._test(desk, patient, seq)
        if chance.percent(55):
            desk.write(
                "APPOINTMENT",
                patient,
                self.day,
                {
                    "SEQ": seq,
                    "DATE_SERV": cell(self.day),
                    "CLINIC": CLINIC,
                    "APDATE": cell(self.day + timedelta(chance.between(28, 90))),
                    "APTYPE": "131",
                    "APDIAG": self.codes[0],
                    "PROVIDER": desk.provider(),
                },
            )

    def _test(self, desk: Desk, patient: Patient, seq: str) -> None:
        """LABFU: sugar and kidneys, on the day of the visit or a few days before."""
        chance = desk.chance
        taken = self.day
        if chance.percent(LAB_APART):
            taken = self.day - timedelta(chance.between(2, 9))
            seq = record_visit(desk, patient, taken, ("Z017",), "มาเจาะเลือดตามนัด", withheld=PARENT_MISSING)
        for test, result in ((FASTING_SUGAR, chance.between(88, 260)), (CREATININE, chance.between(0, 2))):
            text = f"{result}.{chance.between(1, 9)}" if test == CREATININE else str(result)
            cells = {"SEQ": seq, "DATE_SERV": cell(taken), "LABTEST": test, "LABRESULT": text}
            desk.write("LABFU", patient, taken, cells)


def chronic_care(person: Person, town: Town) -> Happenings:
    """Registrations (for most) and follow-ups of a person's diabetes, hypertension and asthma."""
    chance = town.chance
    at = town.hospital if chance.percent(35) else town.home.hospcode
    codes = []
    registered = not chance.percent(NOT_REGISTERED)
    for found, choices in ((person.dm, DM_CODES), (person.ht, HT_CODES), (person.asthma, ASTHMA_CODES)):
        if found is None:
            continue
        code = chance.weigh(choices)
        codes.append(code)
        if not registered:
            continue
        ended = chance.weigh(ENDINGS)
        entered = max(found, town.span.start - timedelta(chance.between(1, 500)))
        # A few are registered at the hospital alone, a few at both.
        place = chance.weigh(((town.home.hospcode, 86), (town.hospital, 14)))
        yield place, Registration(found, code, entered, ended)
        if place == town.home.hospcode and at == town.hospital != place and chance.percent(60):
            yield at, Registration(found, code, entered, ended)
    seen = tuple(code for code in codes if code[0] in "EI")
    if seen:
        yield from _follow_ups(person, town, at, seen)


def _follow_ups(person: Person, town: Town, at: str, codes: tuple[str, ...]) -> Happenings:
    """Two to six clinic days; whether the last two pressures of the period are good follows the district."""
    chance, span = town.chance, town.span
    found = max(day for day in (person.dm, person.ht) if day)
    good = chance.percent(town.traits.ht_controlled)
    if not good and chance.percent(14):
        return  # never seen in the year: in B, not in A
    count = chance.between(2, 6) if good or chance.percent(88) else 1
    days = sorted({span.any_day(chance) for _ in range(count)})
    bad = -1 if good else chance.between(1, min(2, len(days)))
    eye = chance.below(len(days)) if person.dm and chance.percent(town.traits.retina_seen) else -1
    for order, day in enumerate(days):
        back = len(days) - order
        controlled = back != bad if back <= 2 else chance.percent(60)
        if len(days) == 1 and not good:
            controlled = True  # one good day is not enough
        sbp, dbp = _pressure(town, controlled)
        retina = chance.pick("1122234") if order == eye else "8"
        if day >= found:
            yield at, FollowUp(day, codes, sbp, dbp, retina)
    if chance.percent(25):
        sbp, dbp = _pressure(town, chance.percent(50))
        after = span.end + timedelta(chance.between(1, 25))
        yield at, FollowUp(after, codes, sbp, dbp, "8")  # after the period: counts for nothing in it
    if found < span.start - timedelta(200) and chance.percent(20):
        sbp, dbp = _pressure(town, chance.percent(50))
        yield at, FollowUp(span.start - timedelta(chance.between(1, 180)), codes, sbp, dbp, "1")


def _pressure(town: Town, controlled: bool) -> tuple[int, int]:
    """A pressure below 140/90, or one that is not, in either figure; the edges 139/89 and 140/90 occur."""
    chance = town.chance
    if controlled:
        return chance.between(104, 139), chance.between(60, 89)
    if chance.percent(75):
        return chance.between(140, 188), chance.between(70, 112)
    return chance.between(118, 139), chance.between(90, 104)
