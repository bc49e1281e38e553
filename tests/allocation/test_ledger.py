"""Ledger: what is owed is taken out of later payments, oldest first and never below zero."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samrit.allocation import AllocationError, Closed, Ledger, Posting, PostingKind, Settled, close_period, settle


def receivable(amount: int, period: str = "2557", org: str = "11053") -> Posting:
    return Posting(org, period, PostingKind.RECEIVABLE, amount)


def codes(*postings: Posting) -> list[str]:
    with pytest.raises(AllocationError) as caught:
        Ledger(postings)
    return [p.code for p in caught.value.problems]


def test_payment_without_debts_is_paid_whole() -> None:
    assert settle("11053", 500, {}) == Settled("11053", 500, 500, {}, {}, 0)
    assert settle("11053", 0, {"2557": 4}) == Settled("11053", 0, 0, {}, {"2557": 4}, 0)


def test_debts_are_taken_out_oldest_first() -> None:
    owed = {"2556": 300, "2555": 400}  # the order says which is older, not the name
    assert settle("11053", 350, owed) == Settled("11053", 350, 0, {"2556": 300, "2555": 50}, {"2555": 350}, 0)
    assert settle("11053", 700, owed) == Settled("11053", 700, 0, {"2556": 300, "2555": 400}, {}, 0)
    assert settle("11053", 701, owed) == Settled("11053", 701, 1, {"2556": 300, "2555": 400}, {}, 0)


def test_period_below_zero_pays_nothing_and_is_a_new_debt() -> None:
    assert settle("11053", -40, {"2556": 300}) == Settled("11053", -40, 0, {}, {"2556": 300}, 40)


def test_what_is_kept_back_is_shown_as_undistributed() -> None:
    assert settle("11053", 350, {"2555": 300, "2556": 20}).undistributed == 320
    assert settle("11053", -40, {"2555": 300}).undistributed == 0


def test_debt_below_zero_is_refused() -> None:
    with pytest.raises(AllocationError) as caught:
        settle("11053", 1, {"2556": -1})
    assert "'11053 2556'" in caught.value.problems[0].en


def test_ledger_knows_what_is_open_by_period() -> None:
    ledger = Ledger((receivable(400), receivable(50, "2558"), receivable(7, "2557", "10705")))
    assert ledger.owed("11053") == {"2557": 400, "2558": 50}
    assert ledger.balance("11053") == -450
    assert ledger.balance("99999") == 0
    assert ledger.owed("99999") == {}
    assert list(ledger.closing_balances().items()) == [("10705", -7), ("11053", -450)]


@pytest.mark.parametrize("kind", [PostingKind.OFFSET, PostingKind.REPAID, PostingKind.FORGIVEN])
def test_every_other_kind_takes_off(kind: PostingKind) -> None:
    ledger = Ledger((receivable(400),)).post(Posting("11053", "2558", kind, 150, "letter 7", of="2557"))
    assert ledger.owed("11053") == {"2557": 250}
    settled = ledger.post(Posting("11053", "2559", kind, 250, of="2557"))
    assert settled.owed("11053") == {}
    assert settled.closing_balances() == {"11053": 0}
    assert len(settled.postings) == 3


def test_taking_off_without_naming_a_period_means_its_own() -> None:
    ledger = Ledger((receivable(400), Posting("11053", "2557", PostingKind.FORGIVEN, 400)))
    assert ledger.balance("11053") == 0


def test_debts_of_one_period_add_up() -> None:
    assert Ledger((receivable(400), receivable(5))).owed("11053") == {"2557": 405}


def test_taking_off_more_than_is_owed_is_refused() -> None:
    paid = Posting("11053", "2558", PostingKind.REPAID, 401, of="2557")
    assert codes(receivable(400), paid) == ["allocation.ledger.exceeds"]
    assert codes(paid) == ["allocation.ledger.exceeds"]
    # another unit's or another period's debt does not serve, nor one that is posted later
    assert codes(receivable(500, "2556"), receivable(500, org="10705"), paid, receivable(500)) == [
        "allocation.ledger.exceeds"
    ]


def test_message_names_unit_periods_and_amount() -> None:
    with pytest.raises(AllocationError) as caught:
        Ledger((Posting("11053", "2558", PostingKind.REPAID, 401),))
    english = caught.value.problems[0].en
    assert english == "'11053' in '2558' takes off 401 satang, more than is owed for '2558'"


def test_postings_of_nothing_or_less_are_refused_together() -> None:
    assert codes(receivable(0), receivable(-5)) == ["allocation.ledger.amount"] * 2
    assert Ledger((receivable(1),)).balance("11053") == -1


def test_kinds_have_the_names_of_a_file() -> None:
    assert [kind.value for kind in PostingKind] == ["receivable", "offset", "repaid", "forgiven"]


def test_closing_periods_carries_debts_until_they_are_paid_off() -> None:
    first = close_period(Ledger(), "2557", {"11053": -400, "10705": 900})
    assert first.settled["11053"] == Settled("11053", -400, 0, {}, {}, 400)
    assert (first.total, first.undistributed) == (900, 0)
    second = close_period(first.ledger, "2558", {"11053": 150, "10705": -1})
    assert (second.total, second.undistributed) == (0, 150)
    assert second.ledger.closing_balances() == {"10705": -1, "11053": -250}
    third = close_period(second.ledger, "2559", {"11053": 1000})
    assert third.settled["11053"].offset == {"2557": 250}
    assert (third.total, third.undistributed) == (750, 250)
    assert third.ledger.closing_balances() == {"10705": -1, "11053": 0}
    assert third.ledger.postings == (
        Posting("11053", "2557", PostingKind.RECEIVABLE, 400),
        Posting("11053", "2558", PostingKind.OFFSET, 150, of="2557"),
        Posting("10705", "2558", PostingKind.RECEIVABLE, 1),
        Posting("11053", "2559", PostingKind.OFFSET, 250, of="2557"),
    )


def test_unit_without_a_due_keeps_what_it_owes() -> None:
    ledger = Ledger((receivable(400),))
    assert close_period(ledger, "2558", {}) == Closed(ledger, {}, 0, 0)


DUES = st.lists(st.dictionaries(st.sampled_from(["a", "b", "c"]), st.integers(-500, 500)), max_size=6)


@settings(max_examples=120, deadline=None)
@given(DUES)
def test_dues_less_payments_are_the_change_of_what_is_owed(periods: list[dict[str, int]]) -> None:
    ledger, due, paid = Ledger(), 0, 0
    for number, dues in enumerate(periods):
        closed = close_period(ledger, str(2557 + number), dues)
        ledger = closed.ledger
        due += sum(dues.values())
        paid += closed.total
        assert all(one.paid >= 0 for one in closed.settled.values())
        assert closed.total + closed.undistributed == sum(amount for amount in dues.values() if amount > 0)
    assert due - paid == sum(ledger.closing_balances().values())
