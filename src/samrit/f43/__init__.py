"""The 43-file standard: its tables as data, package names, and the reader that gives every received row one state.

A row is kept, kept with a cell voided, or aside; there is no fourth state.

>>> from samrit.f43 import table
>>> table("CHRONICFU").key
('HOSPCODE', 'PID', 'DATE_SERV')
"""

from samrit.f43.checking import Summary, check_package
from samrit.f43.errors import F43Error
from samrit.f43.package import Entry, Package, PackageName, open_package, package_name
from samrit.f43.reader import ReadEntry, Rule, read_entry
from samrit.f43.tables import Column, ColumnType, Stands, Table, spec_hash, table, table_names, table_of_entry
from samrit.f43.values import is_citizen_id, typed

__all__ = [
    "Column",
    "ColumnType",
    "Entry",
    "F43Error",
    "Package",
    "PackageName",
    "ReadEntry",
    "Rule",
    "Stands",
    "Summary",
    "Table",
    "check_package",
    "is_citizen_id",
    "open_package",
    "package_name",
    "read_entry",
    "spec_hash",
    "table",
    "table_names",
    "table_of_entry",
    "typed",
]
