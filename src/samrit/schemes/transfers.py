"""The transfer file: who is paid what, when, by which frozen run; what is below zero is never transferred.

A run that takes the place of an earlier one transfers only what it adds: nobody is paid twice.
"""

from collections.abc import Sequence

from samrit.allocation import show_satang
from samrit.problems import nearest, problem
from samrit.results import Frozen, Run
from samrit.schemes.errors import SchemesError
from samrit.schemes.materials import Materials

TRANSFER_COLUMNS = (
    "scheme", "run", "frozen_on", "payment", "due", "org", "name_th", "currency", "amount", "amount_satang",
)  # fmt: skip


def transfers_of(
    run: Run,
    materials: Materials,
    frozen: Frozen | None,
    payment: str = "",
    *,
    earlier: Sequence[Run] = (),
    draft: bool = False,
) -> list[tuple[object, ...]]:
    """The rows of the transfer file, by payment, day and unit; what a unit owes stays out and stands in the ledger.

    earlier: the runs whose place this one took, in any order; the most that any of them transferred is taken off.

    Raises SchemesError for a run that is not frozen (unless a draft is wanted) and for a payment that the calendar of
    the pack does not have.
    """
    if frozen is None and not draft:
        raise SchemesError(problem("schemes.transfer.not_frozen", run=run.id))
    known = [p.id for p in materials.pack.scheme.calendar.payments]
    if payment and payment not in known:
        near = nearest(payment, known) or "-"
        raise SchemesError(problem("schemes.transfer.payment", payment=payment, known=", ".join(known), near=near))
    names = {payee.org: payee.name_th for payee in materials.payees}
    places = {name: place for place, name in enumerate(known)}
    said = (materials.pack.id, run.id, frozen.at[:10] if frozen else "")
    currency = materials.pack.scheme.currency.code
    paid: dict[tuple[str, str], int] = {}
    for other in earlier:
        for key, (_, satang) in _amounts(other).items():
            paid[key] = max(paid.get(key, 0), satang)
    rows = [
        (*said, name, due, org, names.get(org, ""), currency, show_satang(rest, grouped=False), rest)
        for (org, name), (due, satang) in _amounts(run).items()
        if (rest := satang - paid.get((org, name), 0)) > 0 and payment in {"", name.partition(".")[0]}
    ]
    return sorted(rows, key=lambda row: (places[str(row[3]).partition(".")[0]], row[4], row[5]))


def _amounts(run: Run) -> dict[tuple[str, str], tuple[str, int]]:
    """(unit, payment) -> day and satang of what a run pays."""
    return {
        (row["org"], row["payment"]): (row["due"], satang)
        for row in run.table("instalments.csv")
        if (satang := int(row["amount_satang"])) > 0
    }
