"""The way from nothing to zips: facility by facility, each person's events sent to the facility where they happen."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from samrit.demo.chance import Chance
from samrit.demo.days import Span
from samrit.demo.desk import Desk
from samrit.demo.errors import DemoError
from samrit.demo.event import Event, Town
from samrit.demo.identity import MOST_PEOPLE
from samrit.demo.life import SecondHome, live, within_life
from samrit.demo.people import Person, make_baby, make_person
from samrit.demo.places import VISITED, lay_out
from samrit.demo.plan import make_plan
from samrit.demo.pregnancies import expect, pregnancy_care
from samrit.demo.registers import VISITOR, enrol, write_staff, write_villages
from samrit.demo.traits import district_traits
from samrit.demo.zips import write_zip
from samrit.problems import Where, problem

YEARS = (2550, 2600)

Progress = Callable[[str, int, int], None]
Waiting = defaultdict[str, list[tuple[Person, Event]]]
"""Hospcode of a facility still to be written -> what it will have to write down."""


def write_demo(
    folder: Path,
    *,
    province: str = "42",
    people: int = 20_000,
    seed: int = 1,
    year: int = 2557,
    progress: Progress | None = None,
) -> list[Path]:
    """Write invented 43-file zips of a province into an empty or new folder; the paths, sorted.

    province: two-digit code; people: residents registered when the assessment year starts (children born in the year
    come on top); year: Buddhist fiscal year, 2557 covers April 2013 to March 2014; progress: called with (what,
    facilities done, of how many). The same parameters give the same text on every machine.
    Raises DemoError for a folder that is not empty, an unknown province, and numbers out of range.
    """
    _refuse_numbers(people, year)
    span = Span.of(year)
    place = lay_out(province, people, seed, span)
    _prepare(folder)
    traits = district_traits(place.districts, seed)
    waiting: Waiting = defaultdict(list)
    written: list[Path] = []
    for facility in place.facilities:
        plan = make_plan(seed, span, facility)
        desk = Desk(facility, place, span, plan, seed)
        write_staff(desk)
        if not facility.is_hospital:
            write_villages(desk)
        if facility.hostype not in VISITED:
            town = Town(facility, place, traits[facility.district], span, Chance(seed, "life", facility.hospcode))
            _settle(desk, town, seed, waiting)
        for person, event in waiting.pop(facility.hospcode, []):
            _record(desk, person, event)
        _pass_on(desk, waiting)
        written += [write_zip(folder, desk.book, plan.exporter, submission) for submission in plan.submissions]
        if progress:
            progress("facilities", facility.number + 1, len(place.facilities))
    return sorted(written)


def _settle(desk: Desk, town: Town, seed: int, waiting: Waiting) -> None:
    """The residents of a facility, one after the other, with their children of the period."""
    span, facility, chance = town.span, town.home, town.chance
    for order in range(facility.people):
        person = make_person(chance, span, facility, town.province, order=order, seed=seed)
        _move_in(desk, person, _entered(chance, span), waiting)
        _happen(desk, person, town, waiting)
        pregnancy = expect(chance, span, person, town)
        if pregnancy is None:
            continue
        # A child born before the period is already among the residents of the age table.
        born = pregnancy.btype != "6" and span.start <= pregnancy.ended
        baby = make_baby(chance, person, pregnancy.ended, facility, seed) if born else None
        if person.death and person.death <= pregnancy.ended:
            baby = None
        if baby:
            _move_in(desk, baby, baby.birth + timedelta(chance.between(1, 20)), waiting)
            _happen(desk, baby, town, waiting)
        for at, event in pregnancy_care(pregnancy, baby, town):
            if within_life(person, event):
                _route(desk, person, at, event, waiting)


def _entered(chance: Chance, span: Span) -> date:
    """The day on which a resident was last entered: mostly in the survey before the period, sometimes within it."""
    if chance.percent(78):
        return span.start - timedelta(chance.between(1, 400))
    return span.start + timedelta(chance.between(0, 300))


def _move_in(desk: Desk, person: Person, day: date, waiting: Waiting) -> None:
    enrol(desk, person, person.typearea, day)
    if person.second_home:
        waiting[person.second_home].append((person, SecondHome(day + timedelta(30))))


def _happen(desk: Desk, person: Person, town: Town, waiting: Waiting) -> None:
    for at, event in live(person, town):
        _route(desk, person, at, event, waiting)


def _route(desk: Desk, person: Person, at: str, event: Event, waiting: Waiting) -> None:
    """Write an event down here, or leave it for the facility where it happens."""
    if at == desk.facility.hospcode:
        _record(desk, person, event)
    else:
        waiting[at].append((person, event))


def _record(desk: Desk, person: Person, event: Event) -> None:
    typearea = person.second_typearea if isinstance(event, SecondHome) else VISITOR
    event.record(desk, enrol(desk, person, typearea, event.day))


def _pass_on(desk: Desk, waiting: Waiting) -> None:
    for hospcode, person, event in desk.sent_on:
        waiting[hospcode].append((person, event))


def _refuse_numbers(people: int, year: int) -> None:
    found = []
    if not 1 <= people <= MOST_PEOPLE:
        found.append(problem("demo.people.range", found=people, low=1, high=MOST_PEOPLE))
    if not YEARS[0] <= year <= YEARS[1]:
        found.append(problem("demo.year.range", found=year, low=YEARS[0], high=YEARS[1]))
    if found:
        raise DemoError(*found)


def _prepare(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise DemoError(problem("demo.folder.file", Where(file=str(folder))))
    if folder.is_dir() and any(folder.iterdir()):
        raise DemoError(problem("demo.folder.used", Where(file=str(folder))))
    folder.mkdir(parents=True, exist_ok=True)
