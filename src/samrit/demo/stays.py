"""Stays: admissions to a hospital with diagnoses, DRG and weights, charges and drugs."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from samrit.demo import drugs
from samrit.demo.days import cell, clock
from samrit.demo.desk import Desk, Patient
from samrit.demo.drugs import Drug
from samrit.demo.event import Event
from samrit.demo.money import baht
from samrit.demo.visits import record_visit

WARD = "00100"
BAHT_PER_WEIGHT = 8_500
"""Charges of a stay of relative weight 1, roughly."""


@dataclass(frozen=True, slots=True)
class Illness:
    """A reason for admission: principal codes, comorbidities, codes of other types, DRG and its weights.

    rw, rw0d: relative weight of a stay and of a stay under a day, in ten-thousandths; wtlos: mean stay in hundredths
    of a day (Thai DRG version 6.3). nights: fewest and most. also: (DIAGTYPE, code) beside the principal diagnosis.
    """

    name: str
    principal: tuple[str, ...]
    comorbid: tuple[str, ...]
    drg: str
    rw: int
    rw0d: int
    wtlos: int
    nights: tuple[int, int]
    given: tuple[Drug, ...] = (drugs.SALINE, drugs.PARACETAMOL)
    also: tuple[tuple[str, str], ...] = ()


DM_SHORT_TERM = Illness(
    "dm_short_term", ("E111", "E110", "E101", "E131"), ("I10", "N185"), "10561", 6017, 5475, 361, (2, 6),
    (drugs.SALINE, drugs.INSULIN),
)  # fmt: skip
DM_OTHER = Illness("dm", ("E114", "E115", "E119"), ("I10",), "10560", 4104, 4104, 273, (1, 5), (drugs.INSULIN,))
HYPERTENSION = Illness("ht", ("I10", "I119", "I674"), ("E119",), "05600", 3341, 3341, 191, (1, 4), (drugs.AMLODIPINE,))
STROKE_HT = Illness("ht_stroke", ("I619", "I609", "I629"), (), "01550", 11574, 10532, 343, (3, 9), also=(("2", "I10"),))
STROKE_INJURY = Illness(
    "ht_stroke_injury", ("I629",), (), "01550", 11574, 10532, 343, (3, 9), also=(("2", "I10"), ("4", "S065"))
)
RETINA_HT = Illness("ht_retina", ("H350",), (), "05600", 3341, 3341, 191, (1, 2), also=(("2", "I10"),))
ASTHMA = Illness(
    "asthma", ("J459", "J450", "J46"), ("J00",), "04590", 4004, 4004, 275, (1, 4), (drugs.SALBUTAMOL, drugs.SALINE)
)
PNEUMONIA = Illness(
    "pneumonia", ("J189",), ("J449",), "04520", 5661, 5152, 371, (2, 7), (drugs.CEFTRIAXONE, drugs.SALINE)
)
DIARRHOEA = Illness("diarrhoea", ("A099",), ("E876",), "06570", 3229, 3229, 208, (1, 3), (drugs.SALINE, drugs.ORS))
DENGUE = Illness("dengue", ("A90",), (), "04520", 5661, 5152, 371, (2, 5))
APPENDIX = Illness("appendix", ("K358",), (), "06070", 12127, 11036, 305, (2, 5), (drugs.CEFTRIAXONE, drugs.SALINE))
INFARCT = Illness("infarct", ("I214", "I210"), ("I10", "E119"), "05530", 10396, 9460, 400, (1, 6))
INJURY = Illness("injury", ("S720", "S066"), (), "08500", 9924, 8336, 607, (2, 9), also=(("5", "V299"),))
VAGINAL = Illness("vaginal", ("O800",), (), "14500", 4377, 4377, 281, (1, 3), (drugs.OXYTOCIN,), (("2", "Z370"),))
CAESAREAN = Illness("caesarean", ("O820",), (), "14010", 13929, 12675, 399, (3, 5), (drugs.OXYTOCIN, drugs.CEFTRIAXONE))
ABORTION = Illness("abortion", ("O039",), (), "14550", 3121, 3121, 180, (1, 2))


@dataclass(frozen=True, slots=True)
class Stay(Event):
    """An admission for an illness. dischtype: 1 by permission, 4 sent to another hospital, 9 dead."""

    illness: Illness
    nights: int
    dischtype: str = "1"

    @property
    def until(self) -> date:
        """The day of discharge."""
        return self.day + timedelta(self.nights)

    def record(self, desk: Desk, patient: Patient) -> None:
        """The visit, ADMISSION, DIAGNOSIS_IPD, CHARGE_IPD, DRUG_IPD."""
        record_stay(desk, patient, self.day, self.illness, nights=self.nights, dischtype=self.dischtype)


@dataclass(frozen=True, slots=True)
class Chart:
    """What each row of a stay repeats: number, moment of admission, day of discharge, right, reason, price, update."""

    an: str
    admitted: str
    discharged: date
    right: str
    illness: Illness
    price: int
    updated: str

    @property
    def key(self) -> dict[str, str]:
        """AN and DATETIME_ADMIT."""
        return {"AN": self.an, "DATETIME_ADMIT": self.admitted}


def record_stay(
    desk: Desk, patient: Patient, day: date, illness: Illness, *, nights: int, dischtype: str = "1"
) -> None:
    """Write one stay, admitted on a day for a number of nights, with all its rows."""
    chance = desk.chance
    principal = chance.pick(illness.principal)
    seq = record_visit(desk, patient, day, (principal,), "อาการไม่ดีขึ้น แพทย์ให้นอนโรงพยาบาล", typeout="2")
    discharged = day + timedelta(nights)
    weight = _adjusted(illness, nights)
    chart = Chart(
        desk.next_an(day),
        cell(day) + clock(chance.between(6 * 3600, 20 * 3600)),
        discharged,
        patient.right_on(day),
        illness,
        weight * BAHT_PER_WEIGHT // 100 + 100 * chance.between(100, 900),
        desk.updated(discharged),
    )
    leaves = clock(chance.between(9 * 3600, 16 * 3600)) if nights else clock(chance.between(75_000, 86_000))
    sent_on = dischtype == "4"
    cells = chart.key | {
        "SEQ": seq,
        "WARDADMIT": WARD,
        "INSTYPE": chart.right,
        "TYPEIN": "1" if chance.percent(80) else "3",
        "ADMITWEIGHT": f"{chance.between(45, 80)}.0",
        "ADMITHEIGHT": str(chance.between(148, 175)),
        "DATETIME_DISCH": cell(discharged) + leaves,
        "WARDDISCH": WARD,
        "DISCHSTATUS": "9" if dischtype == "9" else "4" if principal.startswith("O8") else "2",
        "DISCHTYPE": dischtype,
        "REFEROUTHOSP": desk.province.referral if sent_on else "",
        "CAUSEOUT": "1" if sent_on else "",
        "COST": baht(chart.price * 7 // 10),
        "PRICE": baht(chart.price),
        "PAYPRICE": "0.00",
        "ACTUALPAY": "0.00",
        "PROVIDER": desk.provider(),
        # 26509 is one of the groups for records that cannot be grouped (DEFINITIONS 066).
        "DRG": "26509" if chance.permille(8) else illness.drg,
        "RW": _weight(illness.rw),
        "ADJRW": _weight(weight),
        "ERROR": "0",
        "WARNING": "0",
        "ACTLOS": str(max(nights, 1)),
        "GROUPER_VERSION": "6.3",
    }
    updated = chart.updated
    if chance.permille(10):
        # A discharge corrected later is still the same stay (DEFINITIONS S2.2).
        mistaken = cells | {"DATETIME_DISCH": cell(discharged) + "163000"}
        desk.write("ADMISSION", patient, discharged, mistaken, updated=updated, extra="discharge_mended")
        updated = max(updated, desk.updated(discharged + timedelta(35)))
    desk.write("ADMISSION", patient, discharged, cells, updated=updated)
    _write_diagnoses(desk, patient, chart, principal)
    if chance.permille(15):
        # The whole stay is charged again, newer: the later block replaces the earlier (DEFINITIONS S2.4).
        _write_block(desk, patient, replace(chart, price=chart.price - 5000), extra="charged_again")
        chart = replace(chart, updated=max(chart.updated, desk.updated(discharged + timedelta(45))))
    _write_block(desk, patient, chart)
    if illness is INJURY:
        _write_accident(desk, patient, day, seq)


def _write_accident(desk: Desk, patient: Patient, day: date, seq: str) -> None:
    """ACCIDENT of a road accident."""
    no_care = dict.fromkeys(("AIRWAY", "STOPBLEED", "SPLINT", "FLUID"), "3")
    cells = no_care | {
        "SEQ": seq,
        "DATETIME_SERV": cell(day) + "110000",
        "DATETIME_AE": cell(day) + "101500",
        "AETYPE": "01",
        "AEPLACE": "05",
        "TYPEIN_AE": "1",
        "TRAFFIC": "1",
        "VEHICLE": "02",
        "ALCOHOL": desk.chance.pick("1229"),
        "NACROTIC_DRUG": "2",
        "BELT": "9",
        "HELMET": desk.chance.pick("129"),
        "URGENCY": desk.chance.pick("12345"),
    }
    desk.write("ACCIDENT", patient, day, cells)


def _adjusted(illness: Illness, nights: int) -> int:
    """Weight adjusted for a short stay, in ten-thousandths (Thai DRG: a third of the mean stay is the limit)."""
    if nights == 0:
        return illness.rw0d
    if nights * 300 < illness.wtlos:
        steps = -(-illness.wtlos // 300)
        return illness.rw0d + nights * (illness.rw - illness.rw0d) // steps
    return illness.rw


def _weight(ten_thousandths: int) -> str:
    return f"{ten_thousandths // 10_000}.{ten_thousandths % 10_000:04d}"


def _write_diagnoses(desk: Desk, patient: Patient, chart: Chart, principal: str) -> None:
    found = [("1", principal), *chart.illness.also]
    if chart.illness.comorbid and desk.chance.percent(55):
        found.append(("2", desk.chance.pick(chart.illness.comorbid)))
    for sort, code in found:
        cells = {"WARDDIAG": WARD, "DIAGTYPE": sort, "DIAGCODE": code, "PROVIDER": desk.provider()}
        desk.write("DIAGNOSIS_IPD", patient, chart.discharged, chart.key | cells, updated=chart.updated)


def _write_block(desk: Desk, patient: Patient, chart: Chart, *, extra: str = "") -> None:
    """CHARGE_IPD and DRUG_IPD of a stay; keys repeat within it, as in half of the real rows, and every row counts."""
    price = chart.price
    # 46 of 100 real rows repeat a key: three of seven here, one of them with the same content.
    parts = [("01", price * 3 // 10), ("03", price // 10), ("03", price // 10), ("07", price // 5), ("07", price // 10)]
    parts.append(("12", price // 20))
    for item, amount in (*parts, ("12", price - sum(part for _, part in parts))):
        cells = {
            "WARDSTAY": WARD,
            "CHARGEITEM": item,
            "CHARGELIST": "000000",
            "QUANTITY": "1",
            "INSTYPE": chart.right,
            "COST": baht(amount * 7 // 10),
            "PRICE": baht(amount),
            "PAYPRICE": "0.00",
        }
        desk.write("CHARGE_IPD", patient, chart.discharged, chart.key | cells, updated=chart.updated, extra=extra)
    for drug in chart.illness.given:
        for amount in range(1, desk.chance.between(1, 3) + 1):
            cells = {
                "WARDSTAY": WARD,
                "TYPEDRUG": "1",
                "DIDSTD": drug.code,
                "DNAME": drug.name,
                "DATESTART": chart.admitted[:8],
                "DATEFINISH": cell(chart.discharged),
                "AMOUNT": str(amount),
                "DRUGPRICE": baht(drug.price),
                "DRUGCOST": baht(drug.cost),
                "PROVIDER": desk.provider(),
            }
            desk.write("DRUG_IPD", patient, chart.discharged, chart.key | cells, updated=chart.updated, extra=extra)
