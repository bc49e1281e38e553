"""Known: the change since last year."""

import decimal
from decimal import Decimal

import pytest

from samrit.scoring import Known
from scoring.reasons import codes_of


def test_change_is_the_value_less_that_of_last_year() -> None:
    assert Known(Decimal("78.5"), last=Decimal(82)).change == Decimal("-3.5")


@pytest.mark.parametrize("known", [Known(), Known(Decimal(1)), Known(last=Decimal(1))])
def test_without_both_values_there_is_no_change(known: Known) -> None:
    assert known.change is None


@pytest.mark.parametrize("known", [Known(Decimal("NaN"), Decimal(1)), Known(Decimal(1), Decimal("Infinity"))])
def test_change_of_what_is_no_number_is_refused(known: Known) -> None:
    assert codes_of(lambda: known.change) == ["scoring.value"]


def test_change_does_not_follow_the_callers_context() -> None:
    with decimal.localcontext(prec=2):
        assert Known(Decimal("100.25"), last=Decimal("0.005")).change == Decimal("100.245")


def test_change_that_is_too_long_is_cut_so_that_it_never_reaches_an_edge_it_did_not() -> None:
    """5 - 10^-60 is below 5 and has 60 digits."""
    change = Known(Decimal(5), last=Decimal("1e-60")).change
    assert change is not None
    assert change < 5
