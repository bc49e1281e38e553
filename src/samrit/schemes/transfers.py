"""The transfer file: who is paid what, when, to which account, by which frozen run; below zero is never transferred.

A run that takes the place of an earlier one transfers only what it adds: nobody is paid twice; what the earlier one
paid too much is listed, for no transfer and no ledger of the new run holds it. A run whose place was taken transfers
nothing any more. Beside the file stands its control file, as banks expect one: lines and sums by payment and day, and
the SHA-256 of the bytes.
"""

from collections.abc import Sequence

from samrit.allocation import show_satang
from samrit.problems import nearest, problem
from samrit.results import Frozen, Run
from samrit.schemes.errors import SchemesError
from samrit.schemes.materials import Materials
from samrit.schemes.payees import Payee

TRANSFER_COLUMNS = (
    "scheme", "run", "frozen_on", "payment", "due", "org", "name_th", "currency", "amount", "amount_satang",
    "bank_code", "account_no", "account_name", "account",
)  # fmt: skip
CONTROL_COLUMNS = (
    "scheme", "run", "frozen_on", "payment", "due", "currency", "lines", "amount", "amount_satang", "without_account",
    "sha256",
)  # fmt: skip
OVERPAID_COLUMNS = (
    "scheme", "run", "payment", "org", "name_th", "paid_satang", "now_satang", "overpaid", "overpaid_satang",
)  # fmt: skip
REGISTERED, MISSING = "registered", "missing"
"""What the column account says: the register of payees has one, or has none."""
TOTAL = "total"


def transfers_of(
    run: Run,
    materials: Materials,
    frozen: Frozen | None,
    payment: str = "",
    *,
    earlier: Sequence[Run] = (),
    later: Frozen | None = None,
    draft: bool = False,
) -> list[tuple[object, ...]]:
    """The rows of the transfer file, by payment, day and unit; what a unit owes stays out and stands in the ledger.

    earlier: the runs whose place this one took, in any order; the most that any of them transferred is taken off.
    later: the frozen run that took the place of this one.

    Raises SchemesError for a run that is not frozen (unless a draft is wanted), for one whose place was taken, and for
    a payment that the calendar of the pack does not have.
    """
    if later is not None:
        raise SchemesError(problem("schemes.transfer.replaced", run=run.id, by=later.run, on=later.at[:10]))
    if frozen is None and not draft:
        raise SchemesError(problem("schemes.transfer.not_frozen", run=run.id))
    known = [p.id for p in materials.pack.scheme.calendar.payments]
    if payment and payment not in known:
        near = nearest(payment, known) or "-"
        raise SchemesError(problem("schemes.transfer.payment", payment=payment, known=", ".join(known), near=near))
    payees = {payee.org: payee for payee in materials.payees}
    places = {name: place for place, name in enumerate(known)}
    said = (materials.pack.id, run.id, frozen.at[:10] if frozen else "")
    currency = materials.pack.scheme.currency.code
    paid = _paid(earlier)
    rows = [
        (*said, name, due, org, payees[org].name_th, currency, *_money(rest), *_account(payees[org]))
        for (org, name), (due, satang) in _amounts(run).items()
        if (rest := satang - paid.get((org, name), 0)) > 0 and payment in {"", name.partition(".")[0]}
    ]
    return sorted(rows, key=lambda row: (places[str(row[3]).partition(".")[0]], row[4], row[5]))


def overpaid_of(run: Run, materials: Materials, earlier: Sequence[Run], payment: str = "") -> list[tuple[object, ...]]:
    """What earlier runs transferred and this one does not pay, by unit and payment (rows of OVERPAID_COLUMNS).

    It was paid when the earlier transfer file was used. No sum of this run holds it, so it has to be asked back, or
    typed in as a receivable of the next run.
    """
    names = {payee.org: payee.name_th for payee in materials.payees}
    now = _amounts(run)
    rows: list[tuple[object, ...]] = []
    for (org, name), satang in sorted(_paid(earlier).items()):
        left = now.get((org, name), ("", 0))[1]
        if satang > left and payment in {"", name.partition(".")[0]}:
            over = show_satang(satang - left, grouped=False)
            rows.append((materials.pack.id, run.id, name, org, names.get(org, ""), satang, left, over, satang - left))
    return rows


def control_of(rows: Sequence[tuple[object, ...]], sha256: str) -> list[tuple[object, ...]]:
    """The rows of the control file of a transfer file: a line per payment and day, then the total with its SHA-256."""
    sums: dict[tuple[object, ...], list[int]] = {}
    place = TRANSFER_COLUMNS.index
    for row in rows:
        of_day, whole = row[: place("org")], (*row[: place("payment")], TOTAL, "")
        for key in (of_day, whole):
            of = sums.setdefault((*key, row[place("currency")]), [0, 0, 0])  # lines, satang, without an account
            of[0] += 1
            of[1] += int(str(row[place("amount_satang")]))
            of[2] += row[place("account")] == MISSING
    made = [
        (*key, lines, *_money(satang), missing, sha256 if TOTAL in key else "")
        for key, (lines, satang, missing) in sums.items()
    ]
    return sorted(made, key=lambda row: TOTAL in row)


def _money(satang: int) -> tuple[str, int]:
    """An amount in baht and in satang."""
    return show_satang(satang, grouped=False), satang


def _account(payee: Payee) -> tuple[object, ...]:
    """Bank, number and name, and whether the register has them."""
    of = payee.account
    return ("", "", "", MISSING) if of is None else (of.bank, of.number, of.name, REGISTERED)


def _paid(earlier: Sequence[Run]) -> dict[tuple[str, str], int]:
    """(unit, payment) -> the most satang that one of the runs transferred."""
    paid: dict[tuple[str, str], int] = {}
    for other in earlier:
        for key, (_, satang) in _amounts(other).items():
            paid[key] = max(paid.get(key, 0), satang)
    return paid


def _amounts(run: Run) -> dict[tuple[str, str], tuple[str, int]]:
    """(unit, payment) -> day and satang of what a run pays."""
    return {
        (row["org"], row["payment"]): (row["due"], satang)
        for row in run.table("instalments.csv")
        if (satang := int(row["amount_satang"])) > 0
    }
