"""Wrong readings of the readmission within 28 days (R5, R6, S9)."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from second_opinion import admissions, codes, measures, persons, readmissions, store
from second_opinion.existence import OLDEST
from second_opinion.mistakes import Mistake
from second_opinion.reading import Row
from second_opinion.readmissions import Stay

RETURNS = ("dm_readmission_28_days", "ht_readmission_28_days")

# The right readings, kept before anything is replaced.
find_left, find_stays, is_index, is_soon = (
    readmissions.find_left,
    readmissions.find_stays,
    readmissions.is_index,
    readmissions.is_soon,
)
began, ended, find_returned, is_death = (
    readmissions.began,
    readmissions.ended,
    readmissions.find_returned,
    readmissions.is_death,
)
Group = Callable[[admissions.Diagnoses], bool]


def the_day_itself_is_out(left: Stay, back: Stay, days: int) -> bool:
    return is_soon(left, back, days) and readmissions.day_left(left) != back.admitted.date()


def day_28_is_out(left: Stay, back: Stay, days: int) -> bool:
    return is_soon(left, back, days - 1)


def whole_days_by_the_clock(left: Stay, back: Stay, days: int) -> bool:
    return left.discharged is not None and (timedelta(0) <= back.admitted - left.discharged <= timedelta(days))


def the_return_must_end(left: Stay, back: Stay, days: int) -> bool:
    return back.discharged is not None and is_soon(left, back, days)


def the_return_must_be_elsewhere(left: Stay, back: Stay, days: int) -> bool:
    return left.facility != back.facility and is_soon(left, back, days)


def the_return_must_be_here(left: Stay, back: Stay, days: int) -> bool:
    return left.facility == back.facility and is_soon(left, back, days)


def deaths_can_return(of: store.Store, stay: Stay) -> bool:
    return of.in_period(readmissions.day_left(stay)) and not stay.is_transfer


def transfers_can_return(of: store.Store, stay: Stay) -> bool:
    return of.in_period(readmissions.day_left(stay)) and not stay.is_dead


def begun_in_the_period(of: store.Store, stay: Stay) -> bool:
    return of.in_period(stay.admitted.date()) and not stay.is_transfer and not stay.is_dead


def the_way_alone_tells_of_death(row: Row) -> bool:
    return row.value.get("DISCHTYPE") in ("8", "9")


def the_state_alone_tells_of_death(row: Row) -> bool:
    return row.value.get("DISCHSTATUS") in ("8", "9")


def returns_pass_over_the_excluded(stay: Stay, own: list[Stay]) -> Stay | None:
    return find_left(stay, [other for other in own if not other.is_dead and not other.is_transfer])


def the_stay_may_still_last(stay: Stay, own: list[Stay]) -> Stay | None:
    return max((other for other in own if began(other) < began(stay) and other.discharged), key=ended, default=None)


def by_the_clock(stay: Stay, own: list[Stay]) -> Stay | None:
    return find_left(stay, [other for other in own if other.discharged is None or other.discharged <= stay.admitted])


def begun_at_another_moment(stay: Stay, own: list[Stay]) -> Stay | None:
    return find_left(stay, [other for other in own if other.admitted != stay.admitted])


def first_of_the_earlier(stay: Stay, own: list[Stay]) -> Stay | None:
    day = stay.admitted.date()
    earlier = [o for o in own if began(o) < began(stay) and o.discharged and o.discharged.date() <= day]
    return min(earlier, key=ended, default=None)


def last_begun_of_the_earlier(stay: Stay) -> tuple[datetime, str, str]:
    return began(stay)


def smaller_number_is_the_last(stay: Stay) -> tuple[datetime, datetime, str, tuple[int, ...]]:
    return (stay.discharged or OLDEST, stay.admitted, stay.facility, tuple(-ord(sign) for sign in stay.an))


def numbers_are_numbers(stay: Stay) -> tuple[datetime, str, int, str]:
    digits = stay.an.strip("R")
    return (stay.admitted, stay.facility, int(digits) if digits.isdecimal() else 0, stay.an)


def every_earlier_stay_is_returned_after(stays: list[Stay], days: int) -> set[Stay]:
    return {
        one
        for one in stays
        for back in stays
        if one.person == back.person and began(one) < began(back) and is_soon(one, back, days)
    }


def people_with_a_home_only(of: store.Store, group: Group) -> list[Stay]:
    return [stay for stay in find_stays(of, group) if stay.person in of.people.homes]


def adults_only(of: store.Store, group: Group) -> list[Stay]:
    stays = find_stays(of, group)
    return [s for s in stays if store.is_aged(persons.age_on(of.people.birth(s.person), s.admitted.date()), 15)]


def in_one_hospital_a_person(of: store.Store, group: Group) -> list[Stay]:
    return [replace(stay, person=(*stay.person, stay.facility)) for stay in find_stays(of, group)]


def stays_of_the_period_only(of: store.Store, group: Group) -> list[Stay]:
    return [stay for stay in find_stays(of, group) if of.in_period(stay.admitted.date())]


def stays_of_any_right(row: Row) -> bool:
    return True


def right_by_its_beginning(row: Row) -> bool:
    return str(row.value.get("INSTYPE")).startswith("0100")


def short_term_only(stay: admissions.Diagnoses) -> bool:
    return codes.in_list(stay.principal, codes.DM_SHORT_TERM)


def principal_pressure_only(stay: admissions.Diagnoses) -> bool:
    return codes.in_list(stay.principal, codes.HT_PRINCIPAL)


def every_return_counts(of: store.Store, params: store.Params, group: Group) -> tuple[store.Counted, store.Counted]:
    stays = readmissions.find_stays(of, group)
    days = int(params.get("days", 28))
    b = [stay for stay in stays if is_index(of, stay)]
    left = [find_left(stay, [other for other in stays if other.person == stay.person]) for stay in stays]
    pairs = [(one, back) for one, back in zip(left, stays, strict=True) if one in b and is_soon(one, back, days)]
    return [readmissions.place_of(one) for one, _ in pairs], [readmissions.place_of(stay) for stay in b]


def counted_where_they_came_back(
    of: store.Store, params: store.Params, group: Group
) -> tuple[store.Counted, store.Counted]:
    stays = readmissions.find_stays(of, group)
    b = {stay for stay in stays if is_index(of, stay)}
    back_at: dict[Stay, Stay] = {}
    for stay in stays:
        left = find_left(stay, [other for other in stays if other.person == stay.person])
        if left in b and left is not None and is_soon(left, stay, int(params.get("days", 28))):
            back_at[left] = stay
    return [readmissions.place_of(back) for back in back_at.values()], [readmissions.place_of(stay) for stay in b]


def returns_live_at_home(of: store.Store, measure: str, things: store.Counted, by: str) -> Iterator[str | None]:
    for thing in things:
        yield thing[1]


def wrong(function: Callable[..., object], name: str, measures_: tuple[str, ...] = RETURNS) -> Mistake:
    """A wrong function in the place of one of `readmissions`."""
    return Mistake(function, ((readmissions, name),), measures_)


MISTAKES_OF_RETURNS = [
    *(
        wrong(function, "is_soon")
        for function in (
            *(the_day_itself_is_out, day_28_is_out, whole_days_by_the_clock, the_return_must_end),
            *(the_return_must_be_elsewhere, the_return_must_be_here),
        )
    ),
    *(wrong(function, "is_index") for function in (deaths_can_return, transfers_can_return, begun_in_the_period)),
    *(wrong(function, "is_death") for function in (the_way_alone_tells_of_death, the_state_alone_tells_of_death)),
    *(
        wrong(function, "find_left")
        for function in (
            *(returns_pass_over_the_excluded, the_stay_may_still_last, by_the_clock, begun_at_another_moment),
            first_of_the_earlier,
        )
    ),
    *(wrong(function, "ended") for function in (last_begun_of_the_earlier, smaller_number_is_the_last)),
    wrong(numbers_are_numbers, "began"),
    wrong(every_earlier_stay_is_returned_after, "find_returned"),
    *(
        wrong(function, "find_stays")
        for function in (people_with_a_home_only, adults_only, in_one_hospital_a_person, stays_of_the_period_only)
    ),
    *(wrong(function, "has_right") for function in (stays_of_any_right, right_by_its_beginning)),
    *(wrong(function, "count_readmissions") for function in (every_return_counts, counted_where_they_came_back)),
    wrong(short_term_only, "is_dm", RETURNS[:1]),
    wrong(principal_pressure_only, "is_ht", RETURNS[1:]),
    Mistake(returns_live_at_home, ((measures, "find_places"),), RETURNS),
]
