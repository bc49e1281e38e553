"""Expected: A and B of every item of fiscal year 2557 as the generator knows them, without reading a row.

They are counted from lives (who somebody is, what happened when), person by person, at the contracting unit of the
card or of the home (DEFINITIONS S5.3), and are right for the clean twin. The same rules stand in the measures; this
is a second, plain reading of DEFINITIONS Part 3 that shares no line with them.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from typing import TypeVar

from samrit.demo import stays
from samrit.demo.children import MEASLES, Dose
from samrit.demo.chronic import STILL_TREATED, FollowUp, Registration
from samrit.demo.community import HomeVisit
from samrit.demo.days import Span, age_on
from samrit.demo.disability import AbilitySurvey, Detection
from samrit.demo.event import Event
from samrit.demo.mouth import OralExamination
from samrit.demo.people import Person
from samrit.demo.places import Facility
from samrit.demo.pregnancies import WINDOWS, Antenatal, Delivery
from samrit.demo.rights import UC, right_on
from samrit.demo.screening import CervixScreening, RiskScreening
from samrit.demo.stays import Stay
from samrit.demo.visits import Visit

PRIMARY_OF_RATIO, HOSPITALS_OF_RATIO = ("18", "08", "04"), ("05", "06", "07")
HT_STAYS = (stays.HYPERTENSION, stays.STROKE_HT, stays.RETINA_HT)
"""A bleeding brain beside an injury is none (DEFINITIONS S8.3)."""

E = TypeVar("E", bound=Event)
Found = Iterator[tuple[str, int, int]]
"""(item, A, B) of one person"""


class Expected:
    """Counts of A and B by item and contracting unit. unit_of: facility -> its contracting unit."""

    def __init__(self, span: Span, unit_of: Mapping[str, str]) -> None:
        self._span = span
        self._unit_of = unit_of
        self._a: Counter[tuple[str, str]] = Counter()
        self._b: Counter[tuple[str, str]] = Counter()

    def rows(self) -> list[tuple[object, ...]]:
        """(item, contracting unit, a, b), sorted; an item that has no A by nature has None there."""
        keys = sorted(key for key in self._a | self._b if key[1] and (self._a[key] or self._b[key]))
        return [(*key, None if key[0] in HEADS else self._a[key], self._b[key]) for key in keys]

    def lived(self, person: Person, home: Facility, events: Iterable[Event]) -> None:
        """Count a person with everything that happened; home: where the generator put the person."""
        at = home_of(person, home.hospcode)
        if not at:
            return
        unit = self._unit_of.get(at, "")
        uc = right_on(person.cards, self._span.census) == UC
        if uc:
            main = next(card.main for card in person.cards if card.holds_on(self._span.census))
            unit = main if main in self._unit_of else unit
        life = _Life(person, self._span, list(events))
        for item, a, b in chain(
            life.thai() if person.nation == "099" else (), life.insured() if uc else (), life.stays()
        ):
            self._a[item, unit] += a
            self._b[item, unit] += b

    def visited(self, facility: Facility, day: date, right: str, place: str) -> None:
        """Count a visit for the ratio of primary care to hospitals (2.1): it needs no person."""
        if right == UC and place == "1" and self._span.start <= day <= self._span.end:
            key = "op_primary_to_hospital_ratio", self._unit_of.get(facility.hospcode, "")
            self._a[key] += facility.hostype in PRIMARY_OF_RATIO
            self._b[key] += facility.hostype in HOSPITALS_OF_RATIO


HEADS = ("thai_residents", "uc_persons", "registered_dm", "registered_ht", "deliveries")
"""Items that are no measure: people and pregnancies behind the denominators."""


def home_of(person: Person, home: str) -> str:
    """The home facility by the register, or "": nobody lives where they died, left, or are only seen."""
    if person.death:
        return ""
    if person.left:
        return person.moved_to
    if person.lives_elsewhere:
        return person.second_home
    return home if person.typearea in "13" else ""


class _Life:
    """One person: the items of DEFINITIONS Part 3, each as A and B of 0 or 1 (stays: as many as there were)."""

    def __init__(self, person: Person, span: Span, events: list[Event]) -> None:
        self.person = person
        self.span = span
        self.events = events
        self.age = person.age_on(span.census)
        lines = [event for event in events if isinstance(event, Registration)]
        self.dm = self._found(lines, "E1")
        self.ht = self._found(lines, "I1")
        self.asthma = self._found(lines, "J4")
        self.in_treatment = any(line.ended == STILL_TREATED and line.day < span.census for line in lines)

    def thai(self) -> Found:
        """The items of Thai residents."""
        person, span = self.person, self.span
        yield "thai_residents", 0, 1
        dm, ht = self._registered(self.dm), self._registered(self.ht)
        yield "registered_dm", 0, int(dm)
        yield "registered_ht", 0, int(ht)
        yield "dm_retina_exam", *self._part(dm, self._any(FollowUp, lambda event: event.retina in "1234"))
        yield "ht_controlled", *self._part(ht, self._controlled())
        yield from self._pregnancy()
        woman = person.sex == "2" and 30 <= self.age <= 60
        seen = any(
            isinstance(event, CervixScreening) and date(span.end.year - 5, 4, 1) <= event.day <= span.end
            for event in self.events
        )
        yield "cervical_screening_cumulative", *self._part(woman, seen)
        infant = date(span.start.year - 1, 4, 1) <= person.birth < span.start
        dosed = any(
            isinstance(event, Dose)
            and event.vaccine == MEASLES
            and event.day <= span.end
            and age_on(event.day, person.birth) < 2
            for event in self.events
        )
        yield "measles_vaccine_age_1", *self._part(infant, dosed)
        pupil = 6 <= self.age <= 7
        yield "p1_oral_examination", *self._part(pupil, self._any(OralExamination, lambda event: True))
        yield "p1_sealant", *self._part(pupil, self._any(OralExamination, lambda event: event.sealed))
        known = any(day is not None and day < span.start for day in (self.dm, self.ht))
        sugar = self._any(RiskScreening, lambda event: event.sugar)
        pressure = self._any(RiskScreening, lambda event: event.missing != "DBP_1")
        yield "dm_ht_screening", *self._part(35 <= self.age <= 59 and not known, sugar and pressure)
        disabled = any(isinstance(e, Detection) and e.numbered and e.day <= span.end for e in self.events)
        surveyed = any(isinstance(event, AbilitySurvey) and event.day <= span.end for event in self.events)
        yield "disability_icf", *self._part(disabled, surveyed)
        yield "chronic_home_visit", *self._part(self.in_treatment, self._any(HomeVisit, lambda event: True))
        depressed = self._any(Visit, lambda event: event.code.startswith("F3"))
        yield "depression_access", *self._part(self.age >= 15, depressed)

    def insured(self) -> Found:
        """The items of people with the UC right on the census day."""
        yield "uc_persons", 0, 1
        if self.age < 15:
            return
        census, before = self.span.census, date(self.span.census.year - 1, 10, 1)
        attacks = any(
            isinstance(e, Stay) and e.illness is stays.ASTHMA and before <= e.day < census for e in self.events
        )
        yield "asthma_patient_admission_rate", 0, int(self._registered(self.asthma) or attacks)
        yield "dm_patient_admission_rate", 0, int(self._registered(self.dm))
        yield "ht_patient_admission_rate", 0, int(self._registered(self.ht))

    def stays(self) -> Found:
        """A of 2.2 to 2.4: stays by the right of the stay, of any resident of 15 or more on the day of admission."""
        for event in self.events:
            if isinstance(event, Stay) and self.span.start <= event.until <= self.span.end:
                insured = right_on(self.person.cards, event.day) == UC
                if insured and self.person.age_on(event.day) >= 15:
                    yield "asthma_patient_admission_rate", int(event.illness is stays.ASTHMA), 0
                    yield "dm_patient_admission_rate", int(event.illness is stays.DM_SHORT_TERM), 0
                    yield "ht_patient_admission_rate", int(event.illness in HT_STAYS), 0

    def _pregnancy(self) -> Found:
        births = [e for e in self.events if isinstance(e, Delivery) and e.pregnancy.btype != "6"]
        if not any(self.span.start <= birth.day <= self.span.end for birth in births):
            return
        weeks = {e.pregnancy.weeks_on(e.day) for e in self.events if isinstance(e, Antenatal)}
        kept = [any(low <= week <= high for week in weeks) for low, high in WINDOWS]
        yield "deliveries", 0, 1
        yield "anc_five_visits", int(all(kept)), 1
        yield "anc_first_visit_12_weeks", int(kept[0]), 1

    def _controlled(self) -> bool:
        """The last two days with a reading were both below 140/90."""
        readings = {e.day: e for e in self.events if isinstance(e, FollowUp) and self._within(e)}
        last = [readings[day] for day in sorted(readings)[-2:]]
        return len(last) == 2 and all(reading.sbp < 140 and reading.dbp < 90 for reading in last)

    def _within(self, event: Event) -> bool:
        return self.span.start <= event.day <= self.span.end

    def _any(self, sort: type[E], condition: Callable[[E], bool]) -> bool:
        return any(isinstance(event, sort) and self._within(event) and condition(event) for event in self.events)

    def _registered(self, found: date | None) -> bool:
        return found is not None and found < self.span.census

    @staticmethod
    def _found(lines: list[Registration], prefix: str) -> date | None:
        return min((line.day for line in lines if line.code.startswith(prefix)), default=None)

    @staticmethod
    def _part(b: bool, a: bool) -> tuple[int, int]:
        """A is part of B."""
        return int(a and b), int(b)
