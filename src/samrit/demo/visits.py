"""Visits: outpatient visits at the primary unit or the hospital, with diagnosis, drugs and charges."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from samrit.demo import drugs
from samrit.demo.days import cell, clock
from samrit.demo.desk import Desk, Patient
from samrit.demo.drugs import Drug
from samrit.demo.event import Event, Happenings, Town
from samrit.demo.money import baht
from samrit.demo.people import Person

CLINIC = "00100"
PARENT_MISSING = "parent_missing"
"""The kind of dirt by which a visit is not sent, while its diagnoses and services are."""

ELSEWHERE = 2
"""Of the visits, the percentage at another facility: a hospital or unit of another area."""

COMPLAINTS: tuple[tuple[tuple[str, str, tuple[Drug, ...]], int], ...] = (
    (("J00", "ไข้ ไอ มีน้ำมูก 2 วัน", (drugs.PARACETAMOL, drugs.CHLORPHENIRAMINE)), 20),
    (("J029", "เจ็บคอ มีไข้", (drugs.AMOXICILLIN, drugs.PARACETAMOL)), 12),
    (("J069", "ไอ เจ็บคอ", (drugs.PARACETAMOL,)), 10),
    (("K30", "ปวดจุกลิ้นปี่ แน่นท้อง", (drugs.ANTACID,)), 10),
    (("M545", "ปวดหลังส่วนล่าง", (drugs.IBUPROFEN, drugs.PARACETAMOL)), 9),
    (("M791", "ปวดเมื่อยกล้ามเนื้อ", (drugs.IBUPROFEN,)), 10),
    (("R51", "ปวดศีรษะ", (drugs.PARACETAMOL,)), 6),
    (("A099", "ถ่ายเหลว 3 ครั้ง", (drugs.ORS,)), 5),
    (("N390", "ปัสสาวะแสบขัด", (drugs.NORFLOXACIN,)), 3),
    (("L309", "ผื่นคันตามตัว", (drugs.CHLORPHENIRAMINE,)), 6),
    (("H109", "ตาแดง เคืองตา", ()), 2),
    (("K021", "ปวดฟัน", (drugs.IBUPROFEN,)), 3),
    (("Z480", "มาล้างแผล", ()), 4),
)
"""((ICD-10 code, complaint, drugs), weight)"""

DEPRESSION = (("F329", "F321", "F320", "F339"), "ซึมเศร้า นอนไม่หลับ")

VISITS_BY_AGE = ((5, (1, 2, 3)), (15, (0, 1, 1)), (60, (0, 0, 1, 2)), (200, (1, 2, 3)))
"""Visits a year below an age; each number is as likely."""


@dataclass(frozen=True, slots=True)
class Visit(Event):
    """An ordinary visit for one complaint."""

    code: str
    complaint: str
    given: tuple[Drug, ...]

    def record(self, desk: Desk, patient: Patient) -> None:
        """SERVICE, DIAGNOSIS_OPD, DRUG_OPD, CHARGE_OPD."""
        # Outreach visits stand outside the outpatient ratio (DEFINITIONS 2.1: SERVPLACE 1 only).
        place = "2" if not desk.facility.is_hospital and desk.chance.percent(6) else "1"
        record_visit(desk, patient, self.day, (self.code,), self.complaint, given=self.given, place=place)


def visits(person: Person, town: Town) -> Happenings:
    """The ordinary visits of a person in the period and shortly around it."""
    chance = town.chance
    age = person.age_on(town.span.start)
    for _ in range(chance.pick(next(counts for below, counts in VISITS_BY_AGE if age < below))):
        code, complaint, given = chance.weigh(COMPLAINTS)
        at = town.hospital if chance.percent(town.traits.hospital_visits) else town.home.hospcode
        if town.elsewhere and chance.percent(ELSEWHERE):
            at = chance.pick(town.elsewhere)
        yield at, Visit(town.span.around(chance, 40, 10), code, complaint, given)
    if age >= 15 and chance.permille(town.traits.depression_seen):
        codes, complaint = DEPRESSION
        for _ in range(chance.between(1, 3)):
            yield (
                town.hospital,
                Visit(town.span.around(chance, 90, 0), chance.pick(codes), complaint, (drugs.FLUOXETINE,)),
            )
    if town.province.visited and town.hospital == town.referral and chance.permille(25):
        code, complaint, given = chance.weigh(COMPLAINTS)
        yield chance.pick(town.province.visited), Visit(town.span.any_day(chance), code, complaint, given)


def record_visit(
    desk: Desk,
    patient: Patient,
    day: date,
    codes: Sequence[str],
    complaint: str,
    *,
    given: Sequence[Drug] = (),
    place: str = "1",
    typein: str = "1",
    typeout: str = "1",
    pressure: tuple[str, str] = ("", ""),
    lab: int = 0,
    withheld: str = "",
) -> str:
    """Write one visit of any reason, codes[0] being the principal diagnosis; returns its SEQ.

    `lab`: price of laboratory tests in satang; `withheld`: kind of dirt by which the SERVICE row is not sent.
    """
    chance = desk.chance
    seq = desk.next_seq()
    right = patient.right_on(day)
    price = 5000 * desk.facility.is_hospital + 3000 + lab + sum(drug.amount * drug.price for drug in given)
    own = price if right == "9100" else 0
    person = patient.person
    updated = desk.updated(day)
    when = cell(day)
    if desk.truth:
        desk.truth.expected.visited(desk.facility, day, right, place)
    desk.write(
        "SERVICE",
        patient,
        day,
        {
            "HN": patient.hn,
            "SEQ": seq,
            "DATE_SERV": when,
            "TIME_SERV": clock(8 * 3600 + chance.below(28_000)),
            "LOCATION": "1" if person.typearea in "13" else "2",
            "INTIME": "1",
            "INSTYPE": right,
            "MAIN": person.cards[-1].main if person.cards else "",
            "TYPEIN": typein,
            "CHIEFCOMP": complaint,
            "SERVPLACE": place,
            "BTEMP": f"{chance.between(36, 38)}.{chance.below(10)}",
            "SBP": pressure[0] or str(chance.between(96, 152)),
            "DBP": pressure[1] or str(chance.between(56, 92)),
            "PR": str(chance.between(62, 104)),
            "RR": str(chance.between(16, 24)),
            "TYPEOUT": typeout,
            "COST": baht(price * 6 // 10),
            "PRICE": baht(price),
            "PAYPRICE": baht(own),
            "ACTUALPAY": baht(own),
        },
        updated=updated,
        withheld=withheld,
    )
    provider = desk.provider()
    for order, code in enumerate(codes):
        desk.write(
            "DIAGNOSIS_OPD",
            patient,
            day,
            {
                "SEQ": seq,
                "DATE_SERV": when,
                "DIAGTYPE": "1" if order == 0 else "5" if code[0] in "VWXY" else "2",
                "DIAGCODE": code,
                "CLINIC": CLINIC,
                "PROVIDER": provider,
            },
            updated=updated,
        )
    for drug in given:
        desk.write(
            "DRUG_OPD",
            patient,
            day,
            {
                "SEQ": seq,
                "DATE_SERV": when,
                "CLINIC": CLINIC,
                "DIDSTD": drug.code,
                "DNAME": drug.name,
                "AMOUNT": str(drug.amount),
                "DRUGPRICE": baht(drug.price),
                "DRUGCOST": baht(drug.cost),
                "PROVIDER": provider,
            },
            updated=updated,
        )
    medicine = sum(drug.amount * drug.price for drug in given)
    for item, amount in (("12", price - medicine - lab), ("03", medicine), ("07", lab)):
        if amount:
            desk.write(
                "CHARGE_OPD",
                patient,
                day,
                {
                    "SEQ": seq,
                    "DATE_SERV": when,
                    "CLINIC": CLINIC,
                    "CHARGEITEM": item,
                    "CHARGELIST": "000000",
                    "QUANTITY": "1",
                    "INSTYPE": right,
                    "COST": baht(amount * 6 // 10),
                    "PRICE": baht(amount),
                    "PAYPRICE": baht(amount if own else 0),
                },
                updated=updated,
            )
    return seq
