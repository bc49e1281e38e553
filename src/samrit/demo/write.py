"""The way from nothing to zips: facility by facility, each person's events sent to the facility where they happen."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import ExitStack, closing
from datetime import date, timedelta
from pathlib import Path

from samrit.demo.chance import Chance
from samrit.demo.days import Span
from samrit.demo.desk import Desk
from samrit.demo.errors import DemoError
from samrit.demo.event import Event, Happening, Town
from samrit.demo.expected import Expected
from samrit.demo.identity import MOST_PEOPLE
from samrit.demo.kinds import VISITOR
from samrit.demo.life import OtherHome, live, within_life
from samrit.demo.people import Person, make_baby, make_person
from samrit.demo.places import VISITED, Facility, Province, lay_out
from samrit.demo.plan import make_plan
from samrit.demo.pregnancies import expect, pregnancy_care
from samrit.demo.registers import enrol, write_staff, write_villages
from samrit.demo.strangers import register_strangers
from samrit.demo.traits import Traits, district_traits
from samrit.demo.truth import Truth
from samrit.problems import Where, problem
from samrit.reference import shipped_register

SMALL = 20_000
"""Below so many people the rare kinds of dirt come more often than in real exports, so that each can be seen."""

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
    truth: Path | None = None,
    progress: Progress | None = None,
) -> list[Path]:
    """Write invented 43-file zips of a province into an empty or new folder; the paths, sorted.

    province: two-digit code; people: residents registered when the assessment year starts (children born in the year
    come on top); year: Buddhist fiscal year, 2557 covers April 2013 to March 2014; truth: an empty or new folder beside
    it for what the generator knows (see truth.py); progress: called with (what, facilities done, of how many).
    The same parameters give the same text on every machine, with truth or without.
    Raises DemoError for a folder that is not empty, an unknown province, and numbers out of range.
    """
    _refuse_numbers(people, year)
    span = Span.of(year)
    place = lay_out(province, people, seed, span)
    if truth and truth.resolve().is_relative_to(folder.resolve()):
        raise DemoError(problem("demo.truth.inside", Where(file=str(truth))))
    for wanted in (folder, truth):
        if wanted:
            prepare(wanted)
    traits = district_traits(place.districts, seed)
    waiting: Waiting = defaultdict(list)
    written: list[Path] = []
    with ExitStack() as stack:
        known = stack.enter_context(Truth(truth, Expected(span, _units(place, span)))) if truth else None
        for facility in place.facilities:
            plan = make_plan(seed, span, facility)
            desk = Desk(facility, place, span, plan, seed, truth=known, small=people < SMALL)
            with closing(desk.book):
                if facility.hostype in VISITED:
                    _write_down(desk, None, waiting)
                else:
                    _write_down(desk, _town(facility, place, traits[facility.district], span, seed), waiting)
                written += _send(desk, folder)
            if progress:
                progress("facilities", facility.number + 1, len(place.facilities))
    return sorted(written)


def _town(home: Facility, place: Province, traits: Traits, span: Span, seed: int) -> Town:
    chance = Chance(seed, "life", home.hospcode)
    return Town(home, place, traits, span, chance, place.after(home), place.hospitals_after(home))


def _units(place: Province, span: Span) -> dict[str, str]:
    """Facility -> contracting unit on the census day, for those that have one."""
    register = shipped_register()
    found = {f.hospcode: register.contracting_unit(f.hospcode, span.census) for f in place.facilities}
    return {hospcode: unit for hospcode, unit in found.items() if unit}


def _write_down(desk: Desk, town: Town | None, waiting: Waiting) -> None:
    """Everything that a facility writes down in the year; town: None when nobody lives in its care."""
    write_staff(desk)
    if not desk.facility.is_hospital:
        write_villages(desk)
    if town:
        _settle(desk, town, waiting)
    for person, event in waiting.pop(desk.facility.hospcode, []):
        _record(desk, person, event)
    for hospcode, person, event in desk.sent_on:
        waiting[hospcode].append((person, event))
    register_strangers(desk)


def _send(desk: Desk, folder: Path) -> list[Path]:
    """The zips of a facility; for the truth also the twin's, and what is wrong with whole entries."""
    sent = [parcel.write(folder) for parcel in desk.book.parcels]
    if desk.truth:
        for parcel in desk.book.parcels:
            for kind, table, column, line in parcel.faults():
                desk.truth.plant(kind, table, column, parcel.name, parcel.entry_name(table), line)
        for twin in desk.book.twins:
            twin.write(desk.truth.twin)
    return sent


def _settle(desk: Desk, town: Town, waiting: Waiting) -> None:
    """The residents of a facility, one after the other, with their children of the period."""
    span, home, chance = town.span, town.home, town.chance
    for order in range(home.people):
        person = make_person(chance, span, home, town.province, order=order, seed=desk.seed)
        _move_in(desk, person, _entered(chance, span), waiting)
        happened = list(live(person, town))
        pregnancy = expect(chance, span, person, town)
        if pregnancy:
            # A child born before the period is already among the residents of the age table.
            born = pregnancy.btype != "6" and span.start <= pregnancy.ended <= person.last_day
            baby = make_baby(chance, person, pregnancy.ended, home, desk.seed) if born else None
            if baby:
                _move_in(desk, baby, baby.birth + timedelta(chance.between(1, 20)), waiting)
                _happen(desk, baby, town, live(baby, town), waiting)
            care = pregnancy_care(pregnancy, baby, town)
            happened += [(at, event) for at, event in care if within_life(person, event)]
        _happen(desk, person, town, happened, waiting)


def _entered(chance: Chance, span: Span) -> date:
    """The day on which a resident was last entered: mostly in the survey before the period, sometimes within it."""
    if chance.percent(78):
        return span.start - timedelta(chance.between(1, 400))
    return span.start + timedelta(chance.between(0, 300))


def _move_in(desk: Desk, person: Person, day: date, waiting: Waiting) -> None:
    enrol(desk, person, person.typearea, day)
    if person.moved_to and person.left:
        waiting[person.moved_to].append((person, OtherHome(person.left[1], "1", "")))
    elif person.lives_elsewhere:
        waiting[person.second_home].append((person, OtherHome(day + timedelta(30), person.second_typearea, "")))
    elif person.second_home:
        waiting[person.second_home].append((person, OtherHome(day + timedelta(30), VISITOR, person.second_typearea)))


def _happen(desk: Desk, person: Person, town: Town, happenings: Iterable[Happening], waiting: Waiting) -> None:
    """Send each event to the facility where it happens; who has moved is looked after by the new home unit."""
    events = []
    followed = person.left[1] if person.left and person.moved_to and not town.home.is_hospital else date.max
    for place, event in happenings:
        at = person.moved_to if place == town.home.hospcode and event.day >= followed else place
        events.append(event)
        if at == desk.facility.hospcode:
            _record(desk, person, event)
        else:
            waiting[at].append((person, event))
    if desk.truth:
        desk.truth.expected.lived(person, town.home, events)


def _record(desk: Desk, person: Person, event: Event) -> None:
    if isinstance(event, OtherHome):
        enrol(desk, person, event.typearea, event.day, stated=event.stated, moved_in=bool(person.moved_to))
        return
    event.record(desk, enrol(desk, person, VISITOR, event.day))


def _refuse_numbers(people: int, year: int) -> None:
    found = []
    if not 1 <= people <= MOST_PEOPLE:
        found.append(problem("demo.people.range", found=people, low=1, high=MOST_PEOPLE))
    if not YEARS[0] <= year <= YEARS[1]:
        found.append(problem("demo.year.range", found=year, low=YEARS[0], high=YEARS[1]))
    if found:
        raise DemoError(*found)


def prepare(folder: Path) -> None:
    """Make an empty folder; raises DemoError for a file of that name and for a folder that holds anything."""
    if folder.exists() and not folder.is_dir():
        raise DemoError(problem("demo.folder.file", Where(file=str(folder))))
    if folder.is_dir() and any(folder.iterdir()):
        raise DemoError(problem("demo.folder.used", Where(file=str(folder))))
    folder.mkdir(parents=True, exist_ok=True)
