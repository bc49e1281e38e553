"""Registers: what a facility keeps about a person, a house or itself - PERSON, CARD, HOME, ADDRESS, DEATH, PROVIDER."""

from datetime import date, timedelta

from samrit.demo.book import Slip
from samrit.demo.chance import Chance
from samrit.demo.days import cell
from samrit.demo.desk import Desk, Patient
from samrit.demo.identity import STAFF, citizen_number, family_name, given_name
from samrit.demo.kinds import VISITOR
from samrit.demo.people import Person

DEATH_CAUSES = ("I469", "C229", "A419", "N185", "J449", "I639", "E119", "J189")
OCCUPATIONS = ("6111", "9621", "5221", "9629")


def enrol(desk: Desk, person: Person, typearea: str, day: date, *, stated: str = "", moved_in: bool = False) -> Patient:
    """The patient of a person at a facility, registered now if not known there yet.

    typearea: as it should be; stated: as the facility writes it by mistake ("" = no mistake). moved_in: the person
    left another facility to live here.
    """
    known = desk.patients.get(person.number)
    if known is not None:
        return known
    count = len(desk.patients) + 1
    hospital = desk.facility.is_hospital
    patient = Patient(person, f"{count:07d}" if hospital else f"{count:06d}", f"{count:09d}" if hospital else "")
    desk.patients[person.number] = patient
    shown = stated or typearea
    _write_person(desk, patient, typearea, day, stated=stated, moved_in=moved_in)
    if shown == VISITOR:
        _write_address(desk, patient, day)
    if shown != VISITOR or desk.chance.percent(30):
        _write_cards(desk, patient, day)
    if shown in "13":
        _write_house(desk, patient, day)
        if person.death:
            _write_death(desk, patient)
    return patient


def write_staff(desk: Desk) -> None:
    """PROVIDER: three at a primary unit, a dozen at a hospital, with invented numbers."""
    chance = Chance(desk.seed, "staff", desk.facility.hospcode)
    sorts = ("01", "02", "03", "03", "03", "06", "11") if desk.facility.is_hospital else ("03", "04", "05")
    for count, sort in enumerate(sorts * (2 if desk.facility.is_hospital else 1)):
        sex = chance.weigh((("1", 3), ("2", 7)))
        number = f"{desk.facility.hospcode}{count + 1:03d}"
        desk.staff.append(number)
        start = desk.span.before(chance, 12)
        desk.book.add(
            "PROVIDER",
            "",
            desk.updated(desk.span.start - timedelta(chance.between(1, 200))),
            {
                "PROVIDER": number,
                "CID": citizen_number(STAFF + desk.facility.number * 20 + count, 3, desk.seed),
                "PRENAME": "003" if sex == "1" else "004",
                "NAME": given_name(sex, chance),
                "LNAME": family_name(chance),
                "SEX": sex,
                "BIRTH": cell(start - timedelta(chance.between(9000, 14000))),
                "PROVIDERTYPE": sort,
                "STARTDATE": cell(start),
            },
        )


def write_villages(desk: Desk) -> None:
    """VILLAGE: the three villages of a primary unit."""
    for village in VILLAGES:
        desk.book.add(
            "VILLAGE",
            "",
            desk.updated(desk.span.start - timedelta(60)),
            {
                "VID": desk.facility.subdistrict + village,
                "NBROADCAST": "1",
                "NTEMPLE": "1",
                "NSHOP": str(desk.chance.between(1, 6)),
                "LATITUDE": "17",
                "LONGITUDE": "101",
                "NNUMBERONECLUB": "1",
            },
        )


VILLAGES = ("01", "02", "03")


def _write_person(desk: Desk, patient: Patient, typearea: str, day: date, *, stated: str, moved_in: bool) -> None:
    person, chance = patient.person, desk.chance
    age = person.age_on(day)
    discharge, left = "9", None
    if person.left and typearea != VISITOR and not moved_in:
        discharge, left = person.left
    slips = []
    if stated:
        slips.append(Slip("home_twice", {"TYPEAREA": stated}))
    if person.death and (typearea in "13" or chance.percent(20)):
        if chance.percent(12):
            # A known quarrel between files: in DEATH, but PERSON.DISCHARGE still 9.
            slips.append(Slip("death_not_discharged", {"DISCHARGE": discharge, "DDISCHARGE": cell(left)}))
        discharge, left = "1", person.death
    if age < 15:
        prename = "001" if person.sex == "1" else "002"
    else:
        prename = "003" if person.sex == "1" else chance.pick(("004", "005"))
    if typearea == VISITOR and chance.permille(6):
        # One citizen number with two birth dates (a quality rule, L04).
        slips.append(Slip("birth_differs", {"BIRTH": cell(person.birth - timedelta(366))}))
    came = person.birth if age < 10 else desk.span.before(chance, 8)
    if moved_in:
        came = day
    desk.register(
        "PERSON",
        patient,
        left if left and left > day else day,
        {
            "HID": _house_number(person) if typearea in "13" else "",
            "PRENAME": prename,
            "NAME": person.name,
            "LNAME": person.lname,
            "HN": patient.hn,
            "SEX": person.sex,
            "BIRTH": cell(person.birth),
            "MSTATUS": "1" if age < 20 else chance.pick("1222345"),
            "OCCUPATION_NEW": "" if age < 15 else chance.pick(OCCUPATIONS),
            "RACE": person.nation,
            "NATION": person.nation,
            "RELIGION": "01" if chance.percent(97) else "03",
            "EDUCATION": "00" if age < 4 else "02" if age > 45 else "03",
            "FSTATUS": "1" if chance.percent(30) else "2",
            "MOTHER": person.mother_cid,
            "VSTATUS": "5",
            "MOVEIN": cell(came) if moved_in or chance.percent(30) else "",
            "DISCHARGE": discharge,
            "DDISCHARGE": cell(left),
            "ABOGROUP": chance.pick("12349"),
            "LABOR": "" if person.nation == "099" else "12",
            "TYPEAREA": typearea,
        },
        tuple(slips),
    )


def _write_cards(desk: Desk, patient: Patient, day: date) -> None:
    for card in patient.person.cards:
        entered = max(card.start, patient.person.birth, desk.span.start - timedelta(desk.chance.between(1, 300)))
        desk.register(
            "CARD",
            patient,
            max(entered, day),
            {
                "INSTYPE_NEW": card.instype,
                "STARTDATE": cell(card.start),
                "EXPIREDATE": cell(card.expire),
                "MAIN": card.main,
                "SUB": card.sub,
            },
        )


def _write_house(desk: Desk, patient: Patient, day: date) -> None:
    """HOME, once for each house; the head of the house is whoever comes first."""
    person, chance = patient.person, desk.chance
    house = _house_number(person)
    if house in desk.houses:
        return
    desk.houses.add(house)
    place = desk.facility.subdistrict
    desk.book.add(
        "HOME",
        "",
        desk.updated(day),
        {
            "HID": house,
            "HOUSETYPE": "1",
            "HOUSE": str(chance.between(1, 250)),
            "VILLANAME": "บ้านสมมุติ",
            "VILLAGE": chance.pick(VILLAGES),
            "TAMBON": place[4:6],
            "AMPUR": place[2:4],
            "CHANGWAT": place[:2],
            "LATITUDE": f"17.{chance.below(999999):06d}",
            "LONGITUDE": f"101.{chance.below(99999):05d}",
            "NFAMILY": "1",
            "LOCATYPE": "2",
            "HEADID": patient.pid,
            "TOILET": "1",
            "WATER": "1",
            "WATERTYPE": chance.pick("126"),
            "GARBAGE": chance.pick("123"),
            "HOUSING": "1",
            "BCONTROL": "1",
            "ACONTROL": "1",
        },
    )


def _write_address(desk: Desk, patient: Patient, day: date) -> None:
    place = desk.facility.subdistrict
    desk.register(
        "ADDRESS",
        patient,
        day,
        {
            "ADDRESSTYPE": "1",
            "HOUSETYPE": "1",
            "HOUSENO": str(desk.chance.between(1, 250)),
            "VILLAGE": desk.chance.pick(VILLAGES),
            "TAMBON": place[4:6],
            "AMPUR": place[2:4],
            "CHANGWAT": place[:2],
        },
    )


def _write_death(desk: Desk, patient: Patient) -> None:
    person, chance = patient.person, desk.chance
    death = person.death or desk.span.end
    cause = chance.pick(DEATH_CAUSES)
    desk.write(
        "DEATH",
        patient,
        death,
        {
            "HOSPDEATH": desk.facility.hospital if chance.percent(40) else "",
            "DDEATH": cell(death),
            "CDEATH_A": cause,
            "CDEATH": cause,
            "PDEATH": chance.pick("12"),
        },
    )


def _house_number(person: Person) -> str:
    return f"{person.household + 1:06d}"
