"""Referrals that leave the region or the zone (074), one after the other, counted at the facility that sends."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial

from second_opinion.admissions import choose_principal
from second_opinion.codes import EXTERNAL_CAUSE, REFER_CANCER, REFER_HEART, in_list, normalise
from second_opinion.existence import updated
from second_opinion.persons import day_of
from second_opinion.reading import Row
from second_opinion.store import Counted, Params, Store

GROUPS = ("heart", "cancer", "trauma", "newborn")
Named = tuple[str, ...]
SENT_BACK = ("6", "7")  # CAUSEOUT: sent back, answered only


def is_sent_out(row: Row) -> bool:
    """074: not sent back and not only answered; a blank cause is neither."""
    return row.value.get("CAUSEOUT") not in SENT_BACK


def number_of(referral: Row) -> Named:
    """074: a number is given by the one who sends."""
    return (referral.text["HOSPCODE"], referral.text["REFERID"])


def answered_number(answer: Row) -> Named:
    """074: an answer names the sender and his number, whoever answers."""
    return (answer.text["HOSP_SOURCE"], answer.text["REFERID_SOURCE"])


def choose_answer(answers: list[Row]) -> Row | None:
    """074: latest D_UPDATE, tie -> smaller HOSPCODE (the facility that answers)."""
    ordered = sorted(answers, key=lambda row: row.text["HOSPCODE"])
    return max(ordered, key=updated, default=None)  # max keeps the first of equals


def is_accepted(row: Row) -> bool:
    """074: 1 is accepted, everything else is not."""
    return row.value.get("REFER_RESULT") == "1"


def counts_unanswered(params: Params) -> bool:
    """074: a referral that nobody answered counts, unless the parameter drops it."""
    return params.get("without_result", "count") == "count"


def stay_of(row: Row) -> Named:
    """074: a stay is HOSPCODE + AN, whoever the patient is said to be."""
    return ("stay", row.text["HOSPCODE"], row.text.get("AN", ""))


def visit_of(row: Row) -> Named:
    """074: a visit is HOSPCODE + PID + SEQ, whatever the day."""
    return ("visit", row.text["HOSPCODE"], row.text["PID"], row.text.get("SEQ", ""))


def event_of(referral: Row) -> Named:
    """074: the stay when AN is given, else the visit."""
    return stay_of(referral) if referral.text.get("AN") else visit_of(referral)


def group_rows(rows: Iterable[Row], name: Callable[[Row], Named]) -> dict[Named, list[Row]]:
    """The rows of each name."""
    found: dict[Named, list[Row]] = {}
    for row in rows:
        found.setdefault(name(row), []).append(row)
    return found


def read_written(text: str) -> str | None:
    """074: what DIAGLAST or DIAGFIRST says when, normalised, it is a letter, two digits and up to three signs."""
    code = normalise(text)
    return code if re.fullmatch("[A-Z][0-9]{2}[A-Z0-9]{0,3}", code) else None


def find_principal(referral: Row, diagnoses: list[Row]) -> str | None:
    """074: as S8.2; if there is none the last diagnosis as written, then the first."""
    written = (read_written(referral.text.get(column, "")) for column in ("DIAGLAST", "DIAGFIRST"))
    return choose_principal(diagnoses) or next((code for code in written if code), None)


def is_newborn(birth: date | None, day: date) -> bool:
    """074, S6.2: 0 to 28 days old on the day of the referral."""
    return birth is not None and 0 <= (day - birth).days <= 28


def find_groups(store: Store, referral: Row, diagnoses: list[Row], day: date) -> set[str]:
    """074: the disease groups of a referral; there may be several or none."""
    principal = find_principal(referral, diagnoses)
    is_in = {
        "heart": in_list(principal, REFER_HEART),
        "cancer": in_list(principal, REFER_CANCER),
        "trauma": any(in_list(code, EXTERNAL_CAUSE) for code in (principal, *(r.text["DIAGCODE"] for r in diagnoses))),
        "newborn": is_newborn(store.people.birth(store.people.find(referral)), day),
    }
    return {group for group in GROUPS if is_in[group]}


def find_region(store: Store, facility: str) -> str:
    """S5.1: the region of a facility; empty when the facility or its region is not known."""
    return next((row["health_region"] for row in store.people.organisations if row["hospcode"] == facility), "")


def find_zones(store: Store, facility: str, group: str) -> set[str]:
    """074: the zone of a facility for a group; none or one."""
    return {row["zone"] for row in store.zones if (row["group"], row["hospcode"]) == (group, facility)}


def have_agreed(store: Store, origin: str, destination: str) -> bool:
    """074: the pair stands in the list, in either direction."""
    return (origin, destination) in store.agreements or (destination, origin) in store.agreements


def leaves_region(store: Store, origin: str, destination: str, groups: set[str]) -> bool:
    """074: both regions known and different, no agreement."""
    here, there = find_region(store, origin), find_region(store, destination)
    return bool(here and there) and here != there and not have_agreed(store, origin, destination)


def leaves_zone(store: Store, origin: str, destination: str, groups: set[str]) -> bool:
    """074: the same region, and for one of the groups both zones known and different."""
    here, there = find_region(store, origin), find_region(store, destination)
    zones = [(find_zones(store, origin, group), find_zones(store, destination, group)) for group in groups]
    return bool(here) and here == there and any(one and other and one != other for one, other in zones)


def count_referrals(
    store: Store, params: Params, group: str, leaves: Callable[[Store, str, str, set[str]], bool]
) -> tuple[Counted, Counted]:
    """074: B the referrals of the group (all: of any of the four, each once), A those of B that leave."""
    groups = set(GROUPS) if group == "all" else {group}
    answers = group_rows(store.rows("REFER_RESULT"), answered_number)
    findings = group_rows(store.rows("DIAGNOSIS_IPD"), stay_of) | group_rows(store.rows("DIAGNOSIS_OPD"), visit_of)
    a, b = [], []
    for row in store.rows("REFER_HISTORY"):
        day = day_of(row, "DATETIME_REFER")
        if day is None or not store.in_period(day) or not is_sent_out(row):
            continue
        answer = choose_answer(answers.get(number_of(row), []))
        if not (is_accepted(answer) if answer else counts_unanswered(params)):
            continue
        own = find_groups(store, row, findings.get(event_of(row), []), day) & groups
        if own:
            origin, destination = row.text["HOSPCODE"], row.text.get("HOSP_DESTINATION", "")
            b.append(("facility", origin))
            if leaves(store, origin, destination, own):
                a.append(("facility", origin))
    return a, b


OUT_OF_REGION = {group: partial(count_referrals, group=group, leaves=leaves_region) for group in (*GROUPS, "all")}
OUT_OF_ZONE = {group: partial(count_referrals, group=group, leaves=leaves_zone) for group in (*GROUPS, "all")}
