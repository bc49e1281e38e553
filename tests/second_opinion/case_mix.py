"""The case-mix index (066): adjusted weights of the stays that ended in the period, at the hospital that treated."""

from datetime import date
from decimal import Decimal

from second_opinion.persons import day_of
from second_opinion.reading import Row
from second_opinion.store import Counted, Params, Store

UNGROUPED = "00000"
ERRORS = "265"


def find_discharge(row: Row) -> date | None:
    """S8.1: a discharge before the day of admission is none."""
    admitted, discharged = day_of(row, "DATETIME_ADMIT"), day_of(row, "DATETIME_DISCH")
    return None if admitted and discharged and discharged < admitted else discharged


def has_drg(row: Row) -> bool:
    """066, S7.2: a DRG of digits only has five of them, zeros first; errors and the ungrouped are none."""
    drg = row.text.get("DRG", "")
    if drg.isascii() and drg.isdigit():
        drg = drg.zfill(5)
    return drg != "" and not drg.startswith(ERRORS) and drg != UNGROUPED


def has_weights(row: Row) -> bool:
    """066: both weights are numbers above 0."""
    weights = (row.value.get("RW"), row.value.get("ADJRW"))
    return all(isinstance(weight, Decimal) and weight > 0 for weight in weights)


def weigh(row: Row) -> Decimal:
    """066: what a stay adds to A."""
    weight = row.value["ADJRW"]
    assert isinstance(weight, Decimal)
    return weight


def count_case_mix(store: Store, params: Params) -> tuple[Counted, Counted]:
    """066: B the stays, A the same stays with their weights."""
    stays = [
        row
        for row in store.rows("ADMISSION")
        if store.in_period(find_discharge(row)) and has_drg(row) and has_weights(row)
    ]
    places = [("facility", row.text["HOSPCODE"]) for row in stays]
    return [(*place, str(weigh(row))) for place, row in zip(places, stays, strict=True)], places
