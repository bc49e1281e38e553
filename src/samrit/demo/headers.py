"""Headers: the columns that an exporter of an edition writes, in the printed order, and how it misspells them."""

from functools import cache

from samrit.f43 import table, table_names

EDITIONS = ("2.0", "2.3", "2.4")
"""2.0 ends at D_UPDATE; 2.1-2.3 add columns behind it (CID, DRG ...); 2.4 adds a few more (PRENATAL.HEIGHT ...)."""

SINCE_2_4 = {
    "LABFU": ("LABPLACE", "PROVIDER"),
    "PRENATAL": ("HEIGHT",),
    "ANC": ("WEIGHT",),
    "NEWBORN": ("LENGTH", "HEADCIRCUM"),
}

MISSPELT = {
    ("HOME", "BCONTROL"): "BCTRL",
    ("HOME", "ACONTROL"): "ACTRL",
    ("PROVIDER", "MOVEFROM"): "MOVEFORM",
    ("REFER_HISTORY", "PTYPEDIS"): "PTYEDIS",
    ("REFER_RESULT", "REFERID_SOURCE"): "REFERID",
    ("ICF", "DATE_SERV"): "DATE_SERRV",
}
"""Header names met in real exports; the standard's aliases map them back."""

NAMELESS_AFTER = "LONGITUDE"
"""One vendor's VILLAGE header has an empty name here, and its rows are one cell short."""


def sent_tables() -> tuple[str, ...]:
    """The tables that exporters of those years sent: the 43 files and the refer files."""
    return tuple(name for name in table_names() if name not in ("DATA_CORRECT", "POLICY"))


@cache
def columns(name: str, edition: str) -> tuple[str, ...]:
    """Column names of a table in an edition; columns for 9-digit codes (edition 2.4.1) are in none of them."""
    names = tuple(n for n in table(name).column_names if "9" not in n)
    if edition == "2.4":
        return names
    if edition == "2.3":
        return tuple(n for n in names if n not in SINCE_2_4.get(name, ()))
    return names[: names.index("D_UPDATE") + 1]


@cache
def header(name: str, edition: str, *, misspelt: bool, nameless: bool, lacking: tuple[str, ...] = ()) -> str:
    """The header line in upper case, without line end; `lacking`: columns that the exporter forgot."""
    names = [n for n in columns(name, edition) if n not in lacking]
    written = [MISSPELT.get((name, n), n) if misspelt else n for n in names]
    if nameless and name == "VILLAGE":
        written.insert(written.index(NAMELESS_AFTER) + 1, "")
    return "|".join(written)
