"""Instalments: when what is paid falls due, by the calendar of the pack.

Payments of one kind share its amount by their parts; a payment of several months is cut into equal monthly ones.
"""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from samrit.allocation import check_conservation, instalments
from samrit.schemes.authoring.pools import Payment


@dataclass(frozen=True)
class Instalment:
    """One payment to one unit: the id of the payment (with its number when it is monthly), the day, satang."""

    org: str
    payment: str
    due: str
    amount: int


def instalments_of(payments: Sequence[Payment], org: str, amounts: Mapping[str, int]) -> list[Instalment]:
    """The payments of one unit in the order of the calendar. amounts: advance, net, support -> satang to be paid."""
    shares: dict[str, dict[str, int]] = {}
    for kind in dict.fromkeys(payment.of for payment in payments):
        parts = {payment.id: payment.parts for payment in payments if payment.of == kind}
        shares[kind] = instalments(amounts.get(kind, 0), parts)
    made: list[Instalment] = []
    for payment in payments:
        amount = shares[payment.of][payment.id]
        if payment.months == 1:
            made.append(Instalment(org, payment.id, payment.due, amount))
            continue
        months = instalments(amount, {str(number): 1 for number in range(1, payment.months + 1)})
        check_conservation(amount, months)
        days = monthly(date.fromisoformat(payment.due), payment.months)
        made += [
            Instalment(org, f"{payment.id}.{number}", day.isoformat(), months[number])
            for number, day in zip(months, days, strict=True)
        ]
    return made


def monthly(first: date, months: int) -> list[date]:
    """The same day of so many months, or the last day of a shorter one; the end of a month stays the end of months.

    >>> [day.isoformat() for day in monthly(date(2021, 4, 30), 3)]
    ['2021-04-30', '2021-05-31', '2021-06-30']
    """
    is_end = first.day == monthrange(first.year, first.month)[1]
    days = []
    for step in range(months):
        years, month = divmod(first.month - 1 + step, 12)
        last = monthrange(first.year + years, month + 1)[1]
        days.append(date(first.year + years, month + 1, last if is_end else min(first.day, last)))
    return days
