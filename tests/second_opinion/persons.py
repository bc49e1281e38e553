"""Persons, their homes, their right and their contracting unit (S3, S4, S5.2, S5.3, S6.2)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from second_opinion.codes import UC
from second_opinion.existence import updated
from second_opinion.reading import Row

Person = tuple[str, ...]


def cid_is_valid(cid: str) -> bool:
    """S3.1: 13 digits 0-9, the first 1-8, the check digit right, the first twelve not all equal."""
    if len(cid) != 13 or any(sign not in "0123456789" for sign in cid):
        return False
    if cid[0] in "09" or len(set(cid[:12])) == 1:
        return False
    total = sum(int(digit) * (13 - place) for place, digit in enumerate(cid[:12]))
    return (11 - total % 11) % 10 == int(cid[12])


def latest_then_smaller(rows: Iterable[Row], *smaller: str) -> Row | None:
    """The row with the latest D_UPDATE (null oldest); tie -> the smaller text of the columns, one after the other."""
    ordered = sorted(rows, key=lambda row: tuple(row.text[column] for column in smaller))
    return max(ordered, key=updated, default=None)  # max keeps the first of equals


def day_of(row: Row, column: str) -> date | None:
    """S1.6: the day of a date or date-time column; None when null or not in the file."""
    value = row.value.get(column)
    return value.date() if isinstance(value, datetime) else None


def age_on(birth: date | None, day: date | None) -> int | None:
    """S6.2: completed years on the day. Born 29 February: older on 1 March of a common year."""
    if birth is None or day is None:
        return None
    had_birthday = (day.month, day.day) >= (birth.month, birth.day)
    return day.year - birth.year - (0 if had_birthday else 1)


def is_home(row: Row) -> bool:
    """S3.3: lives here and was not discharged."""
    return row.value.get("TYPEAREA") in ("1", "3") and row.value.get("DISCHARGE") == "9"


def card_is_valid(card: Row, day: date) -> bool:
    """S4.1: both ends count, a null end is open."""
    start, expire = day_of(card, "STARTDATE"), day_of(card, "EXPIREDATE")
    has_type = card.value.get("INSTYPE_NEW") is not None
    return has_type and (start is None or start <= day) and (expire is None or expire >= day)


def choose_card(cards: list[Row]) -> Row | None:
    """S4.2: latest STARTDATE (null oldest), latest D_UPDATE, smaller HOSPCODE, PID, INSTYPE_NEW."""
    if not cards:
        return None
    newest = max(day_of(card, "STARTDATE") or date.min for card in cards)
    rest = [card for card in cards if (day_of(card, "STARTDATE") or date.min) == newest]
    return latest_then_smaller(rest, "HOSPCODE", "PID", "INSTYPE_NEW")


def find_unit(organisations: Sequence[dict[str, str]], facility: str) -> str | None:
    """S5.2: the contracting unit of a facility: its cup, else the first hospital of its district, else none."""
    own = next((unit for unit in organisations if unit["hospcode"] == facility), None)
    if own is None:
        return None
    if own.get("cup"):
        return own["cup"]
    hospitals = [
        (unit["hostype"], unit["hospcode"])
        for unit in organisations
        if unit.get("hostype") in ("05", "06", "07")
        and own.get("district_code")
        and unit.get("district_code") == own["district_code"]
    ]
    return min(hospitals)[1] if hospitals else None


@dataclass(frozen=True)
class People:
    """All persons of a store, judged on one census day."""

    of_row: dict[tuple[str, str], Person]
    winners: dict[Person, Row]
    homes: dict[Person, str]
    cards: dict[Person, Row]
    organisations: Sequence[dict[str, str]]
    census: date
    missing_card: str = "not_uc"

    def find(self, row: Row) -> Person:
        """S3.2: the person of a row of any table with PID; without a PERSON row the person is HOSPCODE + PID."""
        place = (row.text["HOSPCODE"], row.text["PID"])
        return self.of_row.get(place, ("pid", *place))

    def birth(self, person: Person) -> date | None:
        """S3.3: out of the winning row only."""
        return day_of(self.winners[person], "BIRTH") if person in self.winners else None

    def is_thai_resident(self, person: Person) -> bool:
        """S3.5."""
        return person in self.homes and self.winners[person].value.get("NATION") == "099"

    def has_uc_card(self, person: Person) -> bool:
        """S4.2: the winning card is UC."""
        return person in self.cards and self.cards[person].value["INSTYPE_NEW"] in UC

    def is_uc(self, person: Person) -> bool:
        """S3.5, S4.3."""
        if person not in self.homes:
            return False
        return self.has_uc_card(person) or (person not in self.cards and self.missing_card == "uc")

    def unit(self, person: Person) -> str | None:
        """S5.3: the main unit of the winning card if that is UC and known, else the unit of the home facility."""
        if self.has_uc_card(person):
            main = self.cards[person].value.get("MAIN")
            if isinstance(main, str) and any(unit["hospcode"] == main for unit in self.organisations):
                return main
        return find_unit(self.organisations, self.homes[person])


def link_persons(
    persons: Iterable[Row],
    cards: Iterable[Row],
    organisations: Sequence[dict[str, str]],
    census: date,
    missing_card: str,
) -> People:
    """People out of the standing PERSON and CARD rows (S3.2, S3.3, S4.1)."""
    of_row: dict[tuple[str, str], Person] = {}
    rows_of: dict[Person, list[Row]] = {}
    for row in persons:
        place, cid = (row.text["HOSPCODE"], row.text["PID"]), row.text.get("CID", "")
        of_row[place] = ("cid", cid) if cid_is_valid(cid) else ("pid", *place)
        rows_of.setdefault(of_row[place], []).append(row)
    winners: dict[Person, Row] = {}
    homes: dict[Person, str] = {}
    for person, rows in rows_of.items():
        at_home = [row for row in rows if is_home(row)]
        winner = latest_then_smaller(at_home or rows, "HOSPCODE", "PID")
        if winner is not None:
            winners[person] = winner
            if at_home:
                homes[person] = winner.text["HOSPCODE"]
    valid: dict[Person, list[Row]] = {}
    for card in cards:
        place = (card.text["HOSPCODE"], card.text["PID"])
        if card_is_valid(card, census):
            valid.setdefault(of_row.get(place, ("pid", *place)), []).append(card)
    chosen = {person: best for person, own in valid.items() if (best := choose_card(own)) is not None}
    return People(of_row, winners, homes, chosen, organisations, census, missing_card)
