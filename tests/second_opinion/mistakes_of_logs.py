"""Wrong readings of 067.1 and 067.2. Each must show on the random worlds, in every measure it names."""

from datetime import datetime
from typing import Any

from second_opinion import exchange_logs
from second_opinion.exchange_logs import Call
from second_opinion.mistakes import Mistake
from second_opinion.store import Store

EXCHANGE, IDENTITY = "data_exchange_use", "smart_health_id_use"
LOGS = (EXCHANGE, IDENTITY)

# The right readings, kept before anything is replaced.
read_moment, split_offset, months_of = exchange_logs.read_moment, exchange_logs.split_offset, exchange_logs.months_of


def by_the_clock_of_the_writer(text: str) -> datetime | None:
    return read_moment(split_offset(text)[0])


def without_an_offset_it_is_utc(text: str) -> datetime | None:
    return read_moment(text if exchange_logs.has_offset(text) else f"{text}Z")


def failed_calls_count(call: Call) -> bool:
    return True


def every_call_counts(call: Call) -> tuple[Any, ...]:
    return (call.facility, call.what, call.moment)


def once_in_the_period(call: Call) -> tuple[Any, ...]:
    return (call.facility, call.what)


def all_topics_are_one(call: Call) -> tuple[Any, ...]:
    return (call.facility, call.moment.year, call.moment.month)


def the_same_month_of_two_years(call: Call) -> tuple[Any, ...]:
    return (call.facility, call.what, call.moment.month)


def everyone_is_on_the_list(row: dict[str, str]) -> bool:
    return True


def marked_ones_only(row: dict[str, str]) -> bool:
    return row["sends_43"] == "1"


def hospitals_off_the_list_too(row: dict[str, str]) -> bool:
    return row["hostype"] in ("05", "06")


def community_hospitals_too(row: dict[str, str]) -> bool:
    return row["hostype"] in ("05", "06", "07") and row["smart_health_id_target"] != "0"


def connecting_is_enough(call: Call) -> bool:
    return call.what in ("read", "connect")


def read_is_read_in_any_case(call: Call) -> bool:
    return call.what.lower() == "read"


def the_months_that_passed(store: Store, rule: str) -> int:
    return months_of(store, "elapsed")


MISTAKES_OF_LOGS = [
    Mistake(by_the_clock_of_the_writer, ((exchange_logs, "read_moment"),), LOGS),
    Mistake(without_an_offset_it_is_utc, ((exchange_logs, "read_moment"),), LOGS),
    Mistake(failed_calls_count, ((exchange_logs, "worked"),), LOGS),
    Mistake(every_call_counts, ((exchange_logs, "cell_of"),), (EXCHANGE,)),
    Mistake(once_in_the_period, ((exchange_logs, "cell_of"),), (EXCHANGE,)),
    Mistake(all_topics_are_one, ((exchange_logs, "cell_of"),), (EXCHANGE,)),
    Mistake(the_same_month_of_two_years, ((exchange_logs, "cell_of"),), (EXCHANGE,)),
    Mistake(everyone_is_on_the_list, ((exchange_logs, "is_sender"),), (EXCHANGE,)),
    Mistake(marked_ones_only, ((exchange_logs, "is_sender"),), (EXCHANGE,)),
    Mistake(hospitals_off_the_list_too, ((exchange_logs, "is_listed"),), (IDENTITY,)),
    Mistake(community_hospitals_too, ((exchange_logs, "is_listed"),), (IDENTITY,)),
    Mistake(connecting_is_enough, ((exchange_logs, "is_read"),), (IDENTITY,)),
    Mistake(read_is_read_in_any_case, ((exchange_logs, "is_read"),), (IDENTITY,)),
    Mistake(the_months_that_passed, ((exchange_logs, "months_of"),), (EXCHANGE,)),
]
