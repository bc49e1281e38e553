"""Advance: what a unit was paid before results, by a rate per person or by a share of last year's payment."""

from collections.abc import Mapping
from decimal import Decimal

from samrit.allocation import Index, advance_on_last, rate_amount
from samrit.schemes.authoring.pools import Advance
from samrit.schemes.payees import Payee
from samrit.schemes.paying.lines import PaymentLine

ONE = Decimal(1)


def advance_line(of: Advance, payee: Payee, last_paid: Mapping[str, int]) -> PaymentLine:
    """The advance of one unit in satang. last_paid: org -> satang of last year; without it the unit got nothing."""
    if of.rate is not None:
        people = payee.people.get(of.people, 0) if of.people else payee.population
        words = f"{of.rate.value} baht per head, {of.rate.standing.value}"
        return PaymentLine(payee.org, "advance", payee.population, rate_amount(of.rate.value, people), words)
    share = of.share_of_last
    if share is None or payee.org not in last_paid:
        return PaymentLine(payee.org, "advance", payee.population, 0, "last year's payment not entered")
    uprating = of.uprating.value if of.uprating else ONE
    amount = advance_on_last(last_paid[payee.org], share.value, [Index(uprating, ONE)])
    words = f"{share.value} x last year's payment x {uprating}, {share.standing.value}"
    return PaymentLine(payee.org, "advance", payee.population, amount, words)
