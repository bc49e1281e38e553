"""The insurance of every day of every person, against a slow plain version (DEFINITIONS S4)."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

from builders import ask, citizen_id, load_all, name_of_zip, person, row, write_zip
from samrit.warehouse import Home, Snapshot

FIRST, LAST = date(1, 1, 1), date(9999, 12, 31)
FACILITIES = ("10705", "11053")
Card = dict[str, str]


def load_cards(folder: Path, people: list[dict[str, str]], cards: list[Card]) -> Snapshot:
    paths = [
        write_zip(
            folder,
            name_of_zip(1, at),
            {
                "PERSON": [p for p in people if p["HOSPCODE"] == at],
                "CARD": [c for c in cards if c["HOSPCODE"] == at] or "HOSPCODE|PID|INSTYPE_NEW\r\n",
            },
        )
        for at in FACILITIES
        if any(p["HOSPCODE"] == at for p in people)
    ]
    return load_all(Home(folder / "home"), *paths).snapshot


def card(**cells: str) -> Card:
    return row("CARD", INSTYPE_NEW="0100", STARTDATE="", EXPIREDATE="") | cells


def day_of(cell: str) -> date | None:
    """A day of the cells that this test writes; nothing else is written as a date."""
    return date(int(cell[:4]), int(cell[4:6]), int(cell[6:8])) if len(cell) == 8 and cell < "2101" else None


def winner(cards: list[Card], day: date) -> Card | None:
    """S4.1, S4.2 said slowly: every card is asked whether it is valid, then they are compared one by one."""
    best: Card | None = None
    for card in cards:
        start, end = day_of(card["STARTDATE"]), day_of(card["EXPIREDATE"])
        if (start is None or start <= day) and (end is None or end >= day) and (best is None or beats(card, best)):
            best = card
    return best


def beats(one: Card, other: Card) -> bool:
    for column in ("STARTDATE", "D_UPDATE"):
        mine, its = day_of(one[column]) or FIRST, day_of(other[column]) or FIRST
        if mine != its:
            return mine > its
    for column in ("HOSPCODE", "PID", "INSTYPE_NEW"):
        if one[column] != other[column]:
            return one[column] < other[column]
    raise AssertionError("two cards of one key")


def test_spans_cover_all_days_and_agree_with_the_winner_of_each_day(tmp_path: Path) -> None:
    dice = Random(4)
    dates = ["", "", "25560101", "18500101", "20130101", "20130102", "20130401", "20131001", "20131002", "21001231"]
    people, cards = [], {}
    for number in range(40):
        pids = [f"{number}", f"{number}b"]
        people += [
            person(pid, HOSPCODE=at, CID=citizen_id(number), SEX=str(number)) for at in FACILITIES for pid in pids
        ]
        mine = {}
        for _ in range(dice.choice([0, 1, 2, 3, 5, 8])):
            made = card(
                HOSPCODE=dice.choice(FACILITIES),
                PID=dice.choice(pids),
                INSTYPE_NEW=dice.choice(["0100", "1100", "4200"]),
                MAIN=str(dice.randrange(10**5)),
                STARTDATE=dice.choice(dates),
                EXPIREDATE=dice.choice(dates),
                D_UPDATE=dice.choice(["", "20131001", "20131001", "20131002"]),
            )
            mine[made["HOSPCODE"], made["PID"], made["INSTYPE_NEW"]] = made
        cards[str(number)] = list(mine.values())
    snapshot = load_cards(tmp_path, people, [c for mine in cards.values() for c in mine])
    sql = "SELECT sex, valid_from, valid_to, insurance, main_unit, card_row_id IS NULL FROM registrations ORDER BY ALL"
    spans: dict[str, list[tuple[date, date, str, str, bool]]] = {}
    for number, *span in ask(snapshot, sql):
        spans.setdefault(number, []).append(tuple(span))
    assert set(spans) == set(cards)
    compared = 0
    for number, mine in spans.items():
        assert mine[0][0] == FIRST
        assert mine[-1][1] == LAST
        for (_, end, *_), (start, *_) in pairwise(mine):
            assert start == end + timedelta(days=1)
        for start, end, insurance, main_unit, without in mine:
            for day in {start, end, min(start + timedelta(days=40), end)}:
                best = winner(cards[number], day)
                said = ("", "", True) if best is None else (best["INSTYPE_NEW"], best["MAIN"], False)
                assert (insurance, main_unit, without) == said, (number, day)
                compared += 1
    assert compared > 200


def insurance_on(snapshot: Snapshot, day: str) -> str:
    (found,) = ask(snapshot, f"SELECT insurance FROM registrations WHERE DATE '{day}' BETWEEN valid_from AND valid_to")
    return str(found[0])


def test_both_ends_of_a_card_count(tmp_path: Path) -> None:
    snapshot = load_cards(tmp_path, [person()], [card(STARTDATE="20130401", EXPIREDATE="20130430")])
    said = [insurance_on(snapshot, d) for d in ("2013-03-31", "2013-04-01", "2013-04-30", "2013-05-01")]
    assert said == ["", "0100", "0100", ""]


def test_card_without_dates_or_with_unreadable_ones_is_valid_always(tmp_path: Path) -> None:
    for turn, cell in enumerate(("", "25560401", "00000000")):
        snapshot = load_cards(tmp_path / str(turn), [person()], [card(STARTDATE=cell, EXPIREDATE=cell)])
        assert [insurance_on(snapshot, day) for day in ("0001-01-01", "9999-12-31")] == ["0100", "0100"]


def test_card_that_ends_before_it_starts_is_never_valid(tmp_path: Path) -> None:
    snapshot = load_cards(tmp_path, [person()], [card(STARTDATE="20130402", EXPIREDATE="20130401")])
    assert {i for (i,) in ask(snapshot, "SELECT insurance FROM registrations")} == {""}


def test_card_of_a_person_without_person_row_makes_no_registration(tmp_path: Path) -> None:
    snapshot = load_cards(tmp_path, [person("P1")], [card(PID="P2")])
    assert ask(snapshot, "SELECT insurance, valid_from, valid_to FROM registrations") == [("", FIRST, LAST)]


def test_card_at_any_facility_and_any_pid_of_the_person_counts(tmp_path: Path) -> None:
    people = [person("1", CID=citizen_id(1)), person("2", CID=citizen_id(1), HOSPCODE="10705", TYPEAREA="4")]
    snapshot = load_cards(tmp_path, people, [card(PID="2", HOSPCODE="10705", INSTYPE_NEW="1100")])
    assert insurance_on(snapshot, "2013-04-01") == "1100"


def test_tie_of_cards_goes_to_the_smaller_facility_then_the_smaller_pid_then_the_smaller_code(tmp_path: Path) -> None:
    people = [person(pid, CID=citizen_id(1), HOSPCODE=at) for at in FACILITIES for pid in ("1", "2")]
    cards = [
        card(HOSPCODE=at, PID=pid, INSTYPE_NEW=code, MAIN=f"{at} {pid} {code}")
        for at, pid, code in [
            ("11053", "1", "0100"),
            ("10705", "2", "0100"),
            ("10705", "1", "4200"),
            ("10705", "1", "1100"),
        ]
    ]
    for turn, winner_of in enumerate(("10705 1 1100", "10705 1 4200", "10705 2 0100", "11053 1 0100")):
        snapshot = load_cards(tmp_path / str(turn), people, cards)
        assert ask(snapshot, "SELECT DISTINCT main_unit FROM registrations") == [(winner_of,)]
        cards = [c for c in cards if c["MAIN"] != winner_of]


def test_registration_says_what_people_says(tmp_path: Path) -> None:
    people = [person("1", CID=citizen_id(1)), person("2", TYPEAREA="4", BIRTH="", NATION="")]
    snapshot = load_cards(tmp_path, people, [card(PID="1")])
    columns = "person_id, home_facility, sex, birth_date, nation, row_id"
    said = ask(snapshot, f"SELECT DISTINCT {columns} FROM registrations ORDER BY ALL")
    assert said == ask(snapshot, f"SELECT {columns} FROM people ORDER BY ALL")
