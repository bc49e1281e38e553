"""Admissions: who is admitted, for what, where, and who comes back within 28 days."""

from datetime import date, timedelta

from samrit.demo import stays
from samrit.demo.days import AFTERMATH
from samrit.demo.event import Happenings, Town
from samrit.demo.people import Person
from samrit.demo.stays import Illness, Stay

ORDINARY_BY_AGE = ((5, 90), (15, 35), (60, 38), (200, 120))
"""Ordinary admissions a year per 1,000 people below an age."""

UNKNOWN_DIABETICS = 100
"""Of a million adults without known diabetes, those admitted for its short-term complications in a year."""

FAR = 4
"""Of the stays that are not at the referral hospital, the percentage at the hospital of another district."""

LONGEST = 9
"""Nights of the longest stay."""

ORDINARY = (
    (stays.PNEUMONIA, 30), (stays.DIARRHOEA, 28), (stays.DENGUE, 14), (stays.APPENDIX, 10), (stays.INJURY, 18),
)  # fmt: skip


def admissions(person: Person, town: Town) -> Happenings:
    """The stays of a person in and around the period."""
    chance, span, traits = town.chance, town.span, town.traits
    age = person.age_on(span.start)
    if chance.permille(next(often for below, often in ORDINARY_BY_AGE if age < below)):
        yield from _stay(town, chance.weigh(ORDINARY), 40, 10)
    # A few people without a registered illness are admitted for one: they count in A without being in B (2.3).
    if chance.permille(traits.dm_stays) if person.dm else age >= 15 and chance.million(UNKNOWN_DIABETICS):
        yield from _stay(town, stays.DM_SHORT_TERM, 50, 20, again=14)
    if person.dm and chance.percent(4):
        yield from _stay(town, stays.DM_OTHER, 50, 20, again=14)
    if person.ht and chance.permille(traits.ht_stays):
        sort = chance.weigh(
            ((stays.HYPERTENSION, 60), (stays.STROKE_HT, 26), (stays.STROKE_INJURY, 6), (stays.RETINA_HT, 8))
        )
        yield from _stay(town, sort, 50, 20, again=10)
    if person.asthma and chance.permille(traits.asthma_stays):
        yield from _stay(town, stays.ASTHMA, 50, 20, again=10)
    if age >= 45 and chance.permille(4):
        yield from _stay(town, stays.INFARCT, 30, 10)
    if person.death and chance.percent(45):
        nights = chance.between(0, 6)
        at = town.referral if chance.percent(40) else town.hospital
        yield at, Stay(person.death - timedelta(nights), stays.PNEUMONIA, nights, "9")


def _stay(town: Town, illness: Illness, before: int, after: int, again: int = 0) -> Happenings:
    """One stay, perhaps a transfer at its end, perhaps (`again` percent) a return within 28 days of the discharge."""
    chance = town.chance
    day = town.span.around(chance, before, after)
    nights = chance.between(*illness.nights)
    at = town.referral if chance.percent(22) else town.hospital
    if at != town.referral and town.far_hospitals and chance.percent(FAR):
        at = chance.pick(town.far_hospitals)
    if at != town.referral and chance.percent(6):
        yield at, Stay(day, illness, 0, "4")
        at = town.referral
    yield at, Stay(day, illness, nights)
    if again and chance.percent(again):
        back = day + timedelta(nights + chance.between(0, 32))
        if back <= _last_day(town):
            yield at, Stay(back, illness, chance.between(*illness.nights))


def _last_day(town: Town) -> date:
    """The last day on which somebody may come back: the longest stay still ends before the last zip is sent."""
    return town.span.end + timedelta(AFTERMATH - LONGEST)
