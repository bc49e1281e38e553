"""Rights: the insurance cards of a person, with their days and the contracting unit they name."""

from dataclasses import dataclass
from datetime import date, timedelta

from samrit.demo.chance import Chance
from samrit.demo.days import Span
from samrit.demo.places import Facility, Province

UC = "0100"
SSS = "4200"
CSMBS = "1100"
OTHERS = ("1200", "2202", "3303", "7100", "8100")
FOREIGN = ("8401", "8403", "9100")
"""Codes of the 43-file entitlement list (INSTYPE_NEW)."""


@dataclass(frozen=True, slots=True)
class Card:
    """One insurance card: right, first and last day (None = open), contracting unit and primary unit."""

    instype: str
    start: date
    expire: date | None
    main: str
    sub: str

    def holds_on(self, day: date) -> bool:
        """True when the card is valid on a day; both ends count (DEFINITIONS S4.1)."""
        return self.start <= day and (self.expire is None or day <= self.expire)


def issue_cards(
    chance: Chance, span: Span, home: Facility, province: Province, *, age: int, thai: bool
) -> tuple[Card, ...]:
    """The cards of a person of an age at the start of the period: mostly one, sometimes none, sometimes a change."""
    if not thai:
        return () if chance.percent(40) else (_card(chance, span, chance.pick(FOREIGN), "", home),)
    if chance.permille(15):
        return ()
    main = home.hospital
    if chance.permille(25):
        main = chance.pick(tuple({f.hospital: None for f in province.facilities}))
    working = 18 <= age < 60
    # Over all ages UC comes to about 72 of 100 residents (rates.csv), missing and ended cards included.
    right = chance.weigh(
        ((UC, 66), (SSS, 26), (CSMBS, 6), ("", 2)) if working else ((UC, 94), (SSS, 0), (CSMBS, 5), ("", 1))
    )
    right = right or chance.pick(OTHERS)
    first = _card(chance, span, right, main, home)
    if working and chance.permille(60):
        return _changed(chance, span, first, home)
    return (first,)


def right_on(cards: tuple[Card, ...], day: date) -> str:
    """The right that a visit or stay of a day is entered with; 9100 (pays in person) without a valid card."""
    for card in reversed(cards):
        if card.holds_on(day):
            return card.instype
    return "9100"


def _card(chance: Chance, span: Span, right: str, main: str, home: Facility) -> Card:
    start = date(2002, 4, 1) if right == UC and chance.percent(55) else span.before(chance, 7)
    expire = None
    if chance.permille(12):
        expire = span.around(chance, 120, -60)
    elif chance.percent(20):
        expire = span.end + timedelta(chance.between(1, 900))
    return Card(right, start, expire, main, home.hospcode)


def _changed(chance: Chance, span: Span, first: Card, home: Facility) -> tuple[Card, ...]:
    """Somebody who took up or left insured work in the year: the old card ends the day before the new one starts."""
    day = span.any_day(chance)
    right = SSS if first.instype == UC else UC
    old = Card(first.instype, min(first.start, day - timedelta(30)), day - timedelta(1), first.main, first.sub)
    return (old, Card(right, day, None, first.main, home.hospcode))
