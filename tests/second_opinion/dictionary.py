"""The tables of the 43-file standard as this second opinion needs them: columns, kinds, aliases and the keys of S2.2.

`tables.json` is a cut of the data dictionary, edition 2.4.1 (name, key, columns with name, type, format, aliases).
"""

import json
from dataclasses import dataclass
from pathlib import Path

# S2.2: the printed key of ADMISSION holds the discharge, which gets corrected; charges and drugs are known by the stay.
KEYS_OF_THE_BOOK = {
    "ADMISSION": ("HOSPCODE", "AN"),
    "CHARGE_IPD": ("HOSPCODE", "AN"),
    "DRUG_IPD": ("HOSPCODE", "AN"),
    "DATA_CORRECT": (),  # kept by file and line
}
BLOCKS = ("CHARGE_IPD", "DRUG_IPD")  # S2.4: one stay in one zip is one block
HEADER_OF_CORRECTIONS = ("HOSPCODE", "TABLENAME", "DATA_CORRECT")
INTEGERS = ("GA", "GRAVIDA")  # S1.7 names these two
DATE_FORMATS = ("YYYYMMDD", "YYYYMMDDHHMMSS")


@dataclass(frozen=True)
class Table:
    """One table: its key columns, the kind of every column (text, date, number, integer), alias -> column."""

    name: str
    key: tuple[str, ...]
    kinds: dict[str, str]
    aliases: dict[str, str]

    @property
    def needed(self) -> tuple[str, ...]:
        """S1.4: the columns without which a header sets its entry aside."""
        if self.name == "DATA_CORRECT":
            return HEADER_OF_CORRECTIONS
        return self.key + (("PID",) if "PID" in self.kinds and "PID" not in self.key else ())


def kind_of(name: str, type_: str, format_: str) -> str:
    """What a cell of the column must be. The format decides on dates: BIRTH is typed C and is a date."""
    if format_ in DATE_FORMATS:
        return "date"
    if name in INTEGERS:
        return "integer"
    return "number" if type_ == "N" else "text"


def read_tables() -> dict[str, Table]:
    """Table name -> Table, all 52."""
    document = json.loads((Path(__file__).parent / "tables.json").read_text(encoding="utf-8"))
    tables = {}
    for table in document["tables"]:
        kinds, aliases = {}, {}
        for name, type_, format_, other_names in table["columns"]:
            kinds[name] = kind_of(name, type_, format_)
            aliases.update(dict.fromkeys(other_names, name))
        key = KEYS_OF_THE_BOOK.get(table["name"], tuple(table["key"]))
        tables[table["name"]] = Table(table["name"], key, kinds, aliases)
    return tables


TABLES = read_tables()
