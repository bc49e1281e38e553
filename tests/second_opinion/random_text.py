"""How rows are spoilt on their way into a text file: headers, padding, blank lines, line ends, encodings."""

from collections.abc import Sequence
from random import Random

from second_opinion.dictionary import TABLES

Cells = dict[str, str]

UNDEFINED = b"\xdb"  # a byte that cp874 does not define


def choose_header(dice: Random, table: str, rows: Sequence[Cells], nine: bool) -> list[str]:
    """Column names of an entry: what the rows have, shuffled; with strangers, twins, nameless ones, and gaps."""
    names = sorted({name for row in rows for name in row} - ({"HOSPCODE9"} if not nine else set()))
    if dice.random() < 0.12:  # a column that no key needs is left out: D_UPDATE, MAIN, CID ...
        spare = [name for name in names if name not in TABLES[table].needed and name != "HOSPCODE9"]
        names.remove(dice.choice(spare))
    if dice.random() < 0.03:
        names.remove(dice.choice([name for name in TABLES[table].needed if name in names]))
    dice.shuffle(names)
    if table == "ICF" and "DATE_SERV" in names and dice.random() < 0.6:
        names[names.index("DATE_SERV")] = "DATE_SERRV"
        if dice.random() < 0.4:
            names.append("DATE_SERV")
    if dice.random() < 0.2:
        names.insert(dice.randint(0, len(names)), dice.choice(["FOO", "หมายเหตุ", "SBP9"]))
    if dice.random() < 0.15:
        names.append(dice.choice([name for name in names if name in TABLES[table].kinds]))
    if dice.random() < 0.2:
        names.insert(dice.randint(0, len(names)), "")
    return names


def pick_cell(dice: Random, names: Sequence[str], place: int, row: Cells) -> str:
    """The cell at a place of the header: the second of two equal names and strangers carry junk."""
    name = names[place]
    if name == "DATE_SERRV":
        return "20990101" if "DATE_SERV" in names else row.get("DATE_SERV", "")
    if name in names[:place]:
        return dice.choice(["junk", "", "1"])
    return row.get(name, dice.choice(["", "ก", "12"]))


def write_row(dice: Random, names: Sequence[str], row: Cells, paddings: Sequence[str]) -> str:
    """One line: at times padded, short where a column has no name, or with a cell too many or too few."""
    cells = [pick_cell(dice, names, place, row) for place in range(len(names))]
    if "" in names and dice.random() < 0.6:
        cells = [cell for cell, name in zip(cells, names, strict=True) if name]
    if dice.random() < 0.015:
        cells = dice.choice([cells[:-1], [*cells, ""], [*cells, "x", "y"]])
    return "|".join(pad(dice, cell, paddings) for cell in cells)


def pad(dice: Random, cell: str, paddings: Sequence[str]) -> str:
    """White space around one cell in twelve."""
    if dice.random() < 0.08:
        return dice.choice(paddings) + cell + dice.choice(paddings)
    return cell


def write_entry(dice: Random, table: str, rows: Sequence[Cells], nine: bool = False) -> bytes:
    """The bytes of an entry of a table."""
    encoding = dice.choice(["utf-8", "utf-8", "utf-8-sig", "cp874"])
    paddings = [" ", "\t", "\xa0", "  "] + ([] if encoding == "cp874" else ["\u3000", "\x0b", "\x1f"])
    names = choose_header(dice, table, rows, nine)
    style = dice.choice([str.upper, str.upper, str.lower, str.title])
    lines = ["|".join(pad(dice, style(name), paddings) for name in names)]
    for row in rows:
        if dice.random() < 0.04:
            lines.append(dice.choice(["", " ", "\t", "\xa0 "]))
        lines.append(write_row(dice, names, row, paddings))
    if dice.random() < 0.1:
        lines.insert(0, dice.choice(["", " \t"]))
    ends = dice.choice([["\r\n"], ["\n"], ["\r\n", "\n"], ["\r\n", "\r\r\n"]])
    text = "".join(line + dice.choice(ends) for line in lines)
    if dice.random() < 0.3:
        text = text.rstrip("\r\n")
    if encoding != "cp874":
        return text.encode(encoding)
    return UNDEFINED.join(part.encode("cp874", errors="ignore") for part in text.split("\ue000"))
