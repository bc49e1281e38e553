"""The people of a demo: shared out as the register says, invented from end to end, and living before they are ill."""

from collections import Counter
from datetime import date

import pytest

from samrit.demo.chance import Chance
from samrit.demo.days import Span
from samrit.demo.event import Town
from samrit.demo.expected import home_of
from samrit.demo.identity import check_digit, citizen_number
from samrit.demo.people import make_person
from samrit.demo.places import lay_out, read_data, share
from samrit.demo.pregnancies import expect
from samrit.demo.traits import RANGES, district_traits
from samrit.reference import shipped_register

# Department of Provincial Administration, 31 December 2013: Loei has 632,205 registered persons.
REGISTERED = {
    "4201": 122_916, "4202": 26_087, "4203": 60_283, "4204": 40_647, "4205": 51_086, "4206": 11_398, "4207": 21_665,
    "4208": 27_730, "4209": 111_143, "4210": 34_199, "4211": 24_357, "4212": 41_530, "4213": 34_539, "4214": 24_625,
}  # fmt: skip


def test_people_are_shared_over_the_districts_as_registered_in_2013(demo):
    district = {row.hospcode: row.district_code for row in shipped_register().on(date(2013, 10, 1)).values()}
    living = Counter(district[row["HOSPCODE"]] for row in demo.standing("PERSON") if row["TYPEAREA"] in ("1", "2", "3"))
    assert sum(living.values()) == pytest.approx(3000, rel=0.06)
    for code, registered in REGISTERED.items():
        assert living[code] / sum(living.values()) == pytest.approx(registered / 632_205, abs=0.01)


def test_the_shipped_populations_are_those_of_the_register():
    shipped = {row["district_code"]: int(row["population"]) for row in read_data("district_population.csv")}
    assert {code: shipped[code] for code in REGISTERED} == REGISTERED


def test_shares_add_up_and_the_largest_remainder_gets_the_odd_one():
    # 10 over 2:1 is 6.67 and 3.33; equal remainders go to the larger weight, then to the smaller code.
    assert share(10, {"a": 2, "b": 1}) == {"a": 7, "b": 3}
    assert share(1, {"b": 1, "a": 1}) == {"b": 0, "a": 1}
    assert share(5, {}) == {}
    assert share(5, {"a": 0}) == {"a": 0}


def test_no_citizen_number_is_of_an_office_that_exists(demo):
    numbers = {row["CID"].strip() for name in ("PERSON", "PROVIDER") for row in demo.rows[name]} - {""}
    assert len(numbers) > 3000
    for number in numbers:
        assert len(number) == 13
        # 0: made up by the facility; else digits 2 to 5 are 0000, which is no registration office.
        assert number[0] == "0" or number[1:5] == "0000"


def test_a_check_digit_is_the_one_of_a_number_known_to_be_right():
    # The worked cases give P1 = 1028644678572.
    assert check_digit("102864467857") == "2"


def test_different_people_have_different_numbers():
    assert len({citizen_number(n, 1, 7)[5:12] for n in range(5000)}) == 5000


def test_no_telephone_number_is_written(demo):
    for rows in demo.rows.values():
        assert not any(row.get("TELEPHONE") or row.get("MOBILE") for row in rows)


def test_nobody_is_admitted_seen_or_vaccinated_before_birth(demo):
    born = {(row["HOSPCODE"], row["PID"]): row["BIRTH"] for row in demo.standing("PERSON") if row["BIRTH"].isdigit()}
    checked = 0
    for name, day in (("ADMISSION", "DATETIME_ADMIT"), ("SERVICE", "DATE_SERV"), ("EPI", "DATE_SERV")):
        for row in demo.standing(name):
            birth = born.get((row["HOSPCODE"], row["PID"]))
            if birth and row[day][4:8] != "0231":
                assert birth <= row[day][:8], (name, row)
                checked += 1
    assert checked > 5000


def test_a_mother_is_a_woman_of_childbearing_age(demo):
    person = {(row["HOSPCODE"], row["PID"]): row for row in demo.standing("PERSON")}
    mothers = [person[row["HOSPCODE"], row["PID"]] for row in demo.standing("LABOR")]
    assert len(mothers) > 20
    assert {mother["SEX"] for mother in mothers} == {"2"}
    assert all(1967 < int(mother["BIRTH"][:4]) < 2000 for mother in mothers)


def test_ages_follow_the_table_within_the_chance_of_a_sample(demo):
    # 0-14 years: 16.5 of 100 people (age_sex.csv); children of the year come on top.
    residents = [row for row in demo.standing("PERSON") if row["TYPEAREA"] in ("1", "3")]
    children = sum("19980401" < row["BIRTH"] <= "20130331" for row in residents)
    assert children / len(residents) == pytest.approx(0.165, abs=0.025)
    first = read_data("age_sex.csv")[:3]
    assert sum(float(row[s]) for row in first for s in ("male_share", "female_share")) == pytest.approx(
        0.165, abs=0.001
    )


def test_people_go_to_other_facilities_and_a_few_live_twice(demo):
    by_number: dict[str, list[dict[str, str]]] = {}
    for row in demo.standing("PERSON"):
        if row["CID"] and row["CID"][0] != "0":
            by_number.setdefault(row["CID"], []).append(row)
    at_home = [[r for r in rows if r["TYPEAREA"] in ("1", "3")] for rows in by_number.values()]
    assert sum(len(rows) > 1 for rows in at_home) >= 10
    visitors = [rows for rows in by_number.values() if {"1", "4"} <= {r["TYPEAREA"] for r in rows}]
    assert sum(any(r["HOSPCODE"] == "10705" for r in rows) for rows in visitors) > 100
    assert all(len({r["HOSPCODE"] for r in rows}) == len(rows) for rows in visitors)


def test_most_residents_have_the_uc_right_and_some_have_other_cards(demo):
    cards = demo.standing("CARD")
    uc = sum(row["INSTYPE_NEW"] == "0100" for row in cards)
    assert 0.60 < uc / len(cards) < 0.80
    assert {"4200", "1100"} <= {row["INSTYPE_NEW"] for row in cards}
    held: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in cards:
        held.setdefault((row["HOSPCODE"], row["PID"]), []).append(row)
    changed = [rows for rows in held.values() if len(rows) > 1]
    assert len(changed) > 20
    # The right changed within the year: the new card starts in the period (a few dates are spoilt).
    new = [rows for rows in changed if any("20130401" <= row["STARTDATE"] <= "20140331" for row in rows)]
    assert len(new) > len(changed) * 0.9
    hospital = {row.hospcode: row.cup for row in shipped_register().rows}
    elsewhere = [r for r in cards if r["MAIN"] and hospital[r["HOSPCODE"]] and r["MAIN"] != hospital[r["HOSPCODE"]]]
    assert elsewhere


def test_traits_reach_both_ends_of_their_range_in_some_district():
    found = district_traits(tuple(REGISTERED), 1).values()
    for name, (low, high) in RANGES.items():
        values = [getattr(traits, name) for traits in found]
        assert (min(values), max(values)) == (low, high)


def test_chance_is_the_same_for_the_same_names_and_stays_within_its_limits():
    assert [Chance(1, "a").below(1000) for _ in range(3)] == [Chance(1, "a").below(1000)] * 3
    assert Chance(1, "a").below(10**9) != Chance(1, "b").below(10**9)
    chance = Chance(5)
    assert {chance.between(2, 4) for _ in range(200)} == {2, 3, 4}
    assert {chance.weigh((("x", 1), ("y", 0), ("z", 3))) for _ in range(200)} == {"x", "z"}
    assert sorted(chance.shuffle("abcdef")) == list("abcdef")


def test_births_are_as_common_as_the_crude_birth_rate_says(demo):
    # 8.2 live births per 1,000 people and year (DOPA 2021: 544,570 of 66.17 million): 25 of 3,000 people.
    who = {(row["HOSPCODE"], row["PID"]): row["CID"] or row["HOSPCODE"] + row["PID"] for row in demo.standing("PERSON")}
    born = {
        (who[row["HOSPCODE"], row["PID"]], row["BDATE"])
        for row in demo.standing("LABOR")
        if row["BTYPE"] != "6" and "20130401" <= row["BDATE"] <= "20140331"
    }
    assert 13 <= len(born) <= 40
    at_random = Chance(3)
    span = Span.of(2557)
    place = lay_out("42", 100, 1, span)
    home = place.facilities[0]
    town = Town(home, place, district_traits(place.districts, 1)[home.district], span, at_random)
    people = [make_person(at_random, span, home, place, order=n, seed=1) for n in range(30_000)]
    expected = [pregnancy for person in people if (pregnancy := expect(at_random, span, person, town))]
    births = sum(span.start <= p.ended <= span.end and p.btype != "6" for p in expected)
    assert births / 30_000 == pytest.approx(0.0082, rel=0.15)


def test_who_moved_has_one_home_and_it_is_the_new_one():
    span = Span.of(2557)
    place = lay_out("42", 100, 1, span)
    home = place.facilities[0]
    chance = Chance(9)
    people = [make_person(chance, span, home, place, order=n, seed=1) for n in range(5_000)]
    moved = [person for person in people if person.moved_to]
    # 22 of 1,000 leave, 80 of 100 of them to another place, half of these within the province.
    assert len(moved) / 5_000 == pytest.approx(0.0088, rel=0.4)
    for person in moved:
        assert person.moved_to != home.hospcode
        assert not person.second_home
        assert home_of(person, home.hospcode) == ("" if person.death else person.moved_to)
    gone = [person for person in people if person.left and not person.moved_to and not person.death]
    assert all(home_of(person, home.hospcode) == "" and person.last_day == person.left[1] for person in gone)


def test_people_are_seen_in_other_districts(demo):
    district = {row.hospcode: row.district_code for row in shipped_register().on(date(2013, 10, 1)).values()}
    at: dict[str, set[str]] = {}
    for row in demo.standing("PERSON"):
        if row["CID"][:1] in ("1", "3", "5") and row["HOSPCODE"] != "10705":
            at.setdefault(row["CID"], set()).add(district[row["HOSPCODE"]])
    assert sum(len(districts) > 1 for districts in at.values()) > 20
