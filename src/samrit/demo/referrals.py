"""Referrals: patients sent on, inside the province, inside the region or beyond, and the answers that come back."""

from dataclasses import dataclass
from datetime import date

from samrit.demo import drugs
from samrit.demo.days import cell
from samrit.demo.desk import Desk, Patient
from samrit.demo.event import Event, Happenings, Town
from samrit.demo.people import Person
from samrit.demo.visits import record_visit

GROUPS = {
    "heart": (("I214", "I210", "I209"), (), "01"),
    "cancer": (("C220", "C509", "C349", "D059"), (), "04"),
    "trauma": (("S066", "S720"), ("V299", "W010"), "03"),
    "newborn": (("P073", "P229"), (), "07"),
    "other": (("N185", "K922"), (), "99"),
}
"""Group -> (principal codes, external causes, PTYPEDIS); the groups are those of DEFINITIONS 074."""


@dataclass(frozen=True, slots=True)
class Referral(Event):
    """A patient is sent from the facility to another one for reasons of a group."""

    group: str
    destination: str
    answered_by: tuple[str, ...]

    def record(self, desk: Desk, patient: Patient) -> None:
        """The visit, REFER_HISTORY, now and then DRUG_REFER and PROCEDURE_REFER; the other side is asked to answer."""
        chance = desk.chance
        principals, causes, sort = GROUPS[self.group]
        code = chance.pick(principals)
        codes = (code, chance.pick(causes)) if causes else (code,)
        seq = record_visit(desk, patient, self.day, codes, "ส่งต่อเพื่อรักษา", typeout="3")
        number = desk.next_referral()
        when = cell(self.day)
        back = chance.percent(5)
        desk.write(
            "REFER_HISTORY",
            patient,
            self.day,
            {
                "REFERID": number,
                "SEQ": seq,
                "DATETIME_SERV": when + "083000",
                "DATETIME_REFER": when + "100000",
                "HOSP_DESTINATION": self.destination,
                "CHIEFCOMP": "ส่งต่อเพื่อรักษา",
                "DIAGFIRST": code,
                "DIAGLAST": code,
                "PSTATUS": "รู้สึกตัวดี",
                "PTYPE": chance.pick("12"),
                "EMERGENCY": chance.pick("12345"),
                "PTYPEDIS": sort,
                # 6 and 7 are answers and returns, not referrals (DEFINITIONS 074).
                "CAUSEOUT": chance.pick("67") if back else chance.pick("1113"),
                "PROVIDER": desk.provider(),
            },
        )
        updated = desk.updated(self.day)
        if chance.percent(45):
            drug = chance.pick((drugs.SALINE, drugs.PARACETAMOL))
            given = {"REFERID": number, "DATETIME_DSTART": when + "090000", "DIDSTD": drug.code, "DNAME": drug.name}
            desk.book.add("DRUG_REFER", when, updated, given)
        if chance.percent(45):
            done = {"REFERID": number, "TIMESTART": when + "091500", "PROCEDCODE": "9904", "PROCEDURENAME": "IV FLUID"}
            desk.book.add("PROCEDURE_REFER", when, updated, done)
        if self.destination in self.answered_by and chance.percent(85):
            answer = Answer(self.day, number, desk.facility.hospcode, chance.weigh((("1", 92), ("2", 5), ("4", 3))))
            desk.send_on(self.destination, patient.person, answer)


@dataclass(frozen=True, slots=True)
class Answer(Event):
    """What became of a referral, written by the hospital that got it; result 1 = accepted."""

    number: str
    source: str
    result: str

    def record(self, desk: Desk, patient: Patient) -> None:
        """REFER_RESULT."""
        desk.book.add(
            "REFER_RESULT",
            cell(self.day),
            desk.updated(self.day),
            {
                "REFERID_SOURCE": self.number,
                "HOSP_SOURCE": self.source,
                "REFER_RESULT": self.result,
                "DATETIME_IN": cell(self.day) + "123000",
                "PID_IN": patient.pid if self.result == "1" else "",
            },
        )


def referrals(person: Person, town: Town) -> Happenings:
    """The referrals of a person in the period: from the district hospital, and from the province's hospital."""
    chance, span = town.chance, town.span
    newborn = person.birth >= span.start
    # An assumption: six of a hundred newborns are sent on, and 16 of a thousand others in a year.
    if not chance.permille(60 if newborn else 16):
        return
    group = "newborn" if newborn else chance.weigh((("heart", 30), ("cancer", 30), ("trauma", 25), ("other", 15)))
    day = person.birth if newborn else span.any_day(chance)
    yield from _sent(person, town, group, day)


def _sent(person: Person, town: Town, group: str, day: date) -> Happenings:
    chance, province = town.chance, town.province
    inside = (province.referral,)
    origin = town.hospital if chance.percent(70) else province.referral
    if origin != province.referral and chance.percent(65):
        yield origin, Referral(day, group, province.referral, inside)
        origin = province.referral
        if chance.percent(60):
            return
    beyond = province.other_region or province.same_region
    yield origin, Referral(day, group, chance.pick(province.same_region if chance.percent(70) else beyond), inside)
