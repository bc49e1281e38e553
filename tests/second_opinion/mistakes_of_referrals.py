"""Wrong readings of referrals (074) and of the case-mix index (066)."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from second_opinion import case_mix, codes, referrals, store
from second_opinion.existence import updated
from second_opinion.mistakes import Mistake
from second_opinion.persons import day_of
from second_opinion.reading import Row

GROUPS = ("heart", "cancer", "trauma", "newborn", "all")
REGION = tuple(f"referrals_out_of_region_{group}" for group in GROUPS)
ZONE = tuple(f"referrals_out_of_zone_{group}" for group in GROUPS)
EVERY = (*REGION, *ZONE)
CODED = tuple(name for name in EVERY if name.endswith(("heart", "cancer", "all")))
BABIES = tuple(name for name in EVERY if name.endswith(("newborn", "all")))
TRAUMA = tuple(name for name in EVERY if name.endswith("trauma"))
CMI = ("case_mix_index",)

# The right readings, kept before anything is replaced.
find_principal, choose_answer, find_zones = referrals.find_principal, referrals.choose_answer, referrals.find_zones
has_drg, has_weights, have_agreed = case_mix.has_drg, case_mix.has_weights, referrals.have_agreed
Named = referrals.Named


def every_cause_is_out(row: Row) -> bool:
    return True


def a_blank_cause_is_not_out(row: Row) -> bool:
    return row.value.get("CAUSEOUT") not in ("6", "7", None)


def sent_back_alone_is_not_out(row: Row) -> bool:
    return row.value.get("CAUSEOUT") != "6"


def the_number_alone_names_the_referral(row: Row) -> Named:
    return ("", row.text.get("REFERID") or row.text.get("REFERID_SOURCE", ""))


def the_oldest_answer(answers: list[Row]) -> Row | None:
    return min(answers, key=lambda row: (updated(row), row.text["HOSPCODE"]), default=None)


def the_answer_of_the_larger_facility(answers: list[Row]) -> Row | None:
    return max(answers, key=lambda row: (updated(row), row.text["HOSPCODE"]), default=None)


def one_accepting_answer_is_enough(answers: list[Row]) -> Row | None:
    return next((row for row in answers if row.value.get("REFER_RESULT") == "1"), choose_answer(answers))


def blank_is_accepted(row: Row) -> bool:
    return row.value.get("REFER_RESULT") in ("1", None)


def answered_only(params: store.Params) -> bool:
    return False


def the_visit_comes_first(row: Row) -> Named:
    return referrals.visit_of(row) if row.text.get("SEQ") else referrals.stay_of(row)


def the_stay_of_this_patient(row: Row) -> Named:
    return ("stay", row.text["HOSPCODE"], row.text.get("AN", ""), row.text["PID"])


def the_visit_of_anybody(row: Row) -> Named:
    return ("visit", row.text["HOSPCODE"], row.text.get("SEQ", ""))


def nothing_written_is_taken(referral: Row, diagnoses: list[Row]) -> str | None:
    return referrals.choose_principal(diagnoses)


def the_first_written_is_taken(referral: Row, diagnoses: list[Row]) -> str | None:
    turned = ("DIAGFIRST", "DIAGLAST")
    written = (referrals.read_written(referral.text.get(column, "")) for column in turned)
    return referrals.choose_principal(diagnoses) or next((code for code in written if code), None)


def the_written_comes_first(referral: Row, diagnoses: list[Row]) -> str | None:
    return referrals.read_written(referral.text.get("DIAGLAST", "")) or find_principal(referral, diagnoses)


def every_text_is_a_code(text: str) -> str | None:
    return codes.normalise(text) or None


def signs_are_no_code(text: str) -> str | None:
    return text if codes.normalise(text) == text and len(text) > 2 else None


def day_28_is_too_late(birth: date | None, day: date) -> bool:
    return birth is not None and 0 <= (day - birth).days < 28


def day_29_is_in_time(birth: date | None, day: date) -> bool:
    return birth is not None and 0 <= (day - birth).days <= 29


def the_unborn_too(birth: date | None, day: date) -> bool:
    return birth is not None and (day - birth).days <= 28


def agreed_as_written(of: store.Store, origin: str, destination: str) -> bool:
    return (origin, destination) in of.agreements


def nobody_agreed(of: store.Store, origin: str, destination: str) -> bool:
    return False


def an_unknown_region_is_one(of: store.Store, facility: str) -> str:
    return next((row["health_region"] for row in of.people.organisations if row["hospcode"] == facility), "") or "?"


def an_unknown_zone_is_one(of: store.Store, facility: str, group: str) -> set[str]:
    return find_zones(of, facility, group) or {"?"}


def one_zone_for_all_groups(of: store.Store, facility: str, group: str) -> set[str]:
    return find_zones(of, facility, "heart")


def a_stay_ends_before_it_begins(row: Row) -> date | None:
    return day_of(row, "DATETIME_DISCH")


def a_stay_counts_when_it_begins(row: Row) -> date | None:
    return day_of(row, "DATETIME_ADMIT")


def errors_are_groups(row: Row) -> bool:
    return row.text.get("DRG", "") != "" and row.text["DRG"].zfill(5) != "00000"


def five_zeros_are_a_group(row: Row) -> bool:
    return has_drg(row) or (row.text.get("DRG", "").strip("0") == "" and row.text.get("DRG", "") != "")


def errors_as_written(row: Row) -> bool:
    return has_drg(row) and not row.text["DRG"].startswith("265")


def a_blank_group_counts(row: Row) -> bool:
    return has_drg(row) or row.text.get("DRG", "") == ""


def the_adjusted_weight_alone(row: Row) -> bool:
    weight = row.value.get("ADJRW")
    return isinstance(weight, Decimal) and weight > 0


def no_weight_is_a_weight(row: Row) -> bool:
    return all(isinstance(row.value.get(name), Decimal) and row.value[name] >= 0 for name in ("RW", "ADJRW"))


def the_relative_weight(row: Row) -> Decimal:
    weight = row.value["RW"]
    assert isinstance(weight, Decimal)
    return weight


def two_places(row: Row) -> Decimal:
    weight = row.value["ADJRW"]
    assert isinstance(weight, Decimal)
    return round(weight, 2)


def of_referrals(wrong: Callable[..., object], name: str, shown_in: tuple[str, ...]) -> Mistake:
    """A wrong function in the place of one of `referrals`."""
    return Mistake(wrong, ((referrals, name),), shown_in)


def of_weights(wrong: Callable[..., object], name: str) -> Mistake:
    """A wrong function in the place of one of `case_mix`."""
    return Mistake(wrong, ((case_mix, name),), CMI)


MISTAKES_OF_REFERRALS = [
    *(
        of_referrals(wrong, "is_sent_out", EVERY)
        for wrong in (every_cause_is_out, a_blank_cause_is_not_out, sent_back_alone_is_not_out)
    ),
    Mistake(the_number_alone_names_the_referral, ((referrals, "number_of"), (referrals, "answered_number")), EVERY),
    *(
        of_referrals(wrong, "choose_answer", EVERY)
        for wrong in (the_oldest_answer, the_answer_of_the_larger_facility, one_accepting_answer_is_enough)
    ),
    of_referrals(blank_is_accepted, "is_accepted", EVERY),
    of_referrals(answered_only, "counts_unanswered", EVERY),
    of_referrals(the_visit_comes_first, "event_of", CODED),
    of_referrals(the_stay_of_this_patient, "stay_of", CODED),
    of_referrals(the_visit_of_anybody, "visit_of", CODED),
    *(of_referrals(wrong, "find_principal", CODED) for wrong in (nothing_written_is_taken, the_written_comes_first)),
    of_referrals(the_first_written_is_taken, "find_principal", tuple(name for name in CODED if "all" not in name)),
    of_referrals(signs_are_no_code, "read_written", CODED),
    of_referrals(every_text_is_a_code, "read_written", tuple(name for name in CODED if "heart" in name)),
    *(of_referrals(wrong, "is_newborn", BABIES) for wrong in (day_28_is_too_late, day_29_is_in_time, the_unborn_too)),
    *(of_referrals(wrong, "have_agreed", REGION) for wrong in (agreed_as_written, nobody_agreed)),
    of_referrals(an_unknown_region_is_one, "find_region", REGION),
    of_referrals(an_unknown_zone_is_one, "find_zones", ZONE),
    of_referrals(one_zone_for_all_groups, "find_zones", tuple(name for name in ZONE if "heart" not in name)),
    *(of_weights(wrong, "find_discharge") for wrong in (a_stay_ends_before_it_begins, a_stay_counts_when_it_begins)),
    *(
        of_weights(wrong, "has_drg")
        for wrong in (errors_are_groups, five_zeros_are_a_group, errors_as_written, a_blank_group_counts)
    ),
    *(of_weights(wrong, "has_weights") for wrong in (the_adjusted_weight_alone, no_weight_is_a_weight)),
    *(of_weights(wrong, "weigh") for wrong in (the_relative_weight, two_places)),
]
