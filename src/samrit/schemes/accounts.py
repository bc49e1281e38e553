"""Bank accounts of payees: optional columns of a population table. What is not there is missing, and never made up.

A number is kept for the transfer file alone: no message, table of a run or explanation shows it.
"""

import re
from dataclasses import dataclass, field

from samrit.problems import Problems, Where
from samrit.reference import SheetLine

ACCOUNT_COLUMNS = ("bank_code", "account_no", "account_name")
BANK = re.compile(r"[0-9]{3}", re.ASCII)
NUMBER = re.compile(r"[0-9]{10,15}", re.ASCII)
BETWEEN = re.compile(r"[ -]")
"""What people write between the digits of an account number."""


@dataclass(frozen=True, slots=True)
class BankAccount:
    """Where a payee is paid: the code of the bank (3 digits), the number (digits only), the name of the account."""

    bank: str
    number: str = field(repr=False)
    name: str = field(default="", repr=False)


def read_account(line: SheetLine, file: str, problems: Problems) -> BankAccount | None:
    """The account of a line; None when the line has none, and for a mistake, which is told without what was written."""
    bank, written, name = (line.cells.get(column, "") for column in ACCOUNT_COLUMNS)
    number = BETWEEN.sub("", written)
    if not (bank or number):
        return None
    before = len(problems)
    if not BANK.fullmatch(bank):
        problems.add("schemes.account.bank", Where(file=file, line=line.number, field="bank_code"))
    if not NUMBER.fullmatch(number):
        problems.add("schemes.account.number", Where(file=file, line=line.number, field="account_no"))
    return BankAccount(bank, number, name) if len(problems) == before else None
