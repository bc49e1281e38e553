"""QOF 2560 as a pack: two pots of two populations, no result no money (qof-2557 section 6)."""

from samrit.schemes import read_pack
from samrit.schemes.proving import prove

PACK = read_pack("qof-2560")


def test_two_pots_of_ten_baht_one_per_thai_one_per_uc_person() -> None:
    """Section 6 (c): OP 10 baht per UC person and PP 10 baht per Thai."""
    pots = {pool.id: (pool.people, pool.pot.rate.value) for pool in PACK.scheme.pools if pool.pot and pool.pot.rate}
    assert pots == {"pp": ("thai", 10), "op": ("uc", 10)}


def test_the_rates_of_the_items_of_a_pot_add_up_to_it() -> None:
    for pool in PACK.scheme.pools:
        assert sum(item.rate.value for item in PACK.items_of(pool.id) if item.rate) == 10


def test_no_result_no_money_comes_out() -> None:
    assert prove(PACK).problems == ()
