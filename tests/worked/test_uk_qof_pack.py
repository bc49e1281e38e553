"""UK QOF 2021/22 as a pack: a proof that the engine is general (qof-2557 section 6)."""

from samrit.schemes import read_pack
from samrit.schemes.authoring.pools import PricePerPoint
from samrit.schemes.proving import prove

PACK = read_pack("uk-qof")


def test_a_point_is_worth_201_16_at_a_mean_list_of_9103() -> None:
    """Section 6: UK checks."""
    (pool,) = PACK.scheme.pools
    assert isinstance(pool, PricePerPoint)
    assert (str(pool.price.value), pool.price.standing) == ("201.16", "printed")
    assert [(index.name, index.reference.value) for index in pool.indices] == [("list", 9103), ("prevalence", 1)]


def test_the_quality_improvement_domain_has_74_points() -> None:
    """Section 6: 74 points x 201.16 = 14,885.84."""
    assert sum(PACK.full_points(PACK.item(item)) for item in ("1.1", "1.2")) == 74
    assert {PACK.best(item) for item in PACK.scheme.items} == {1}


def test_the_advance_is_60_percent_of_last_year_in_monthly_parts() -> None:
    """Section 6: aspiration."""
    advance = PACK.scheme.money.advance
    assert advance is not None
    assert advance.share_of_last is not None
    assert str(advance.share_of_last.value) == "0.6"
    assert [(payment.of, payment.months) for payment in PACK.scheme.calendar.payments] == [("advance", 12), ("net", 1)]


def test_the_printed_amounts_come_out() -> None:
    """Section 6: mean list, half, double."""
    assert prove(PACK).problems == ()
