"""The reader of case files: YAML in the layout of the worked cases -> cases, every mistake with its line.

Source: layout of the worked cases of the definition book; what a case leaves out stands in `case_defaults`.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import yaml

from samrit.measures.case_defaults import (
    AUTOMATIC,
    INSTRUCTIONS,
    ORGANISATION_COLUMNS,
    ORGANISATION_OPTIONAL,
    Row,
    columns_by_table,
    standard_organisation,
)
from samrit.measures.cases import SENDER, Case, CasesError, Expected
from samrit.problems import Problems, Where, nearest, problem

BY = ("facility", "contracting_unit", "level")
ENCODINGS = ("utf-8", "utf-8-sig", "cp874", "tis-620")
HEADERS = ("upper", "lower")
LOGS: Mapping[str, tuple[str, ...]] = {
    "DX_LOG": ("timestamp", "hospcode", "topic", "success"),
    "SHID_LOG": ("timestamp", "hospcode", "action", "success"),
}
ZONE_COLUMNS = ("group", "hospcode", "zone")
AGREEMENT_COLUMNS = ("from", "to")
SETTINGS = ("measure", "period", "census_day", "params", "by", "text", "without", "ORG", "ZONES", "AGREEMENTS")
FILE_KEYS = (*SETTINGS, "cases")
CASE_KEYS = ("case", "expect", *SETTINGS, *LOGS)

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_MINUTE = re.compile(r"(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d)", re.ASCII)
_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_SUBMISSION = re.compile(r"[1-9]\d{0,2}", re.ASCII)
_NULL = "tag:yaml.org,2002:null"


def read_cases(path: Path) -> list[Case]:
    """The cases of a file, in its order. Raises CasesError with every mistake of the file, sorted by line."""
    root = _compose(path)
    file = _CaseFile(str(path))
    cases = file.read(root)
    if file.found.has_errors:
        raise CasesError(*file.found.sorted())
    return cases


def _compose(path: Path) -> yaml.Node | None:
    """The file as YAML nodes. Raises CasesError when it cannot be read as YAML."""
    shown = str(path)
    try:
        return yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError) as error:
        raise CasesError(problem("authored.unreadable", Where(shown), reason=type(error).__name__)) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = Where(shown, line=mark.line + 1 if mark else 0)
        raise CasesError(problem("authored.yaml", where, reason=getattr(error, "problem", None) or "?")) from error


@dataclass(frozen=True)
class _Settings:
    """What may be said for the whole file and again in a case; None = not said."""

    measure: str | None = None
    period: tuple[date, date] | None = None
    census_day: date | None = None
    params: Mapping[str, object] = field(default_factory=dict)
    by: str | None = None
    text: dict[str, str] | None = None
    without: tuple[str, ...] | None = None
    organisation: list[Row] | None = None
    zones: list[Row] | None = None
    agreements: list[Row] | None = None

    def over(self, below: "_Settings") -> "_Settings":
        """These settings laid over those of the file; parameters one by one, all else as a whole."""
        said = {name: value for name, value in vars(self).items() if value is not None}
        return replace(below, **said | {"params": {**below.params, **self.params}})


@dataclass
class _CaseFile:
    """One file being read: its name for the problems and the problems found so far."""

    name: str
    found: Problems = field(default_factory=Problems)

    def read(self, root: yaml.Node | None) -> list[Case]:
        """The cases that could be made; what is wrong is in `found`."""
        if not isinstance(root, yaml.MappingNode):
            self.shape(root, "measure", "รายการคีย์ เริ่มด้วย measure, period, cases", "keys: measure, period, cases")
            return []
        top = self.mapping(root, FILE_KEYS)
        shared = self.settings(top)
        if "cases" not in top:
            self.found.add("authored.key.missing", self.at(root, "cases"), key="cases")
            return []
        listed = top["cases"]
        if not isinstance(listed, yaml.SequenceNode):
            self.shape(listed, "cases", "รายการกรณี", "a list of cases")
            return []
        made = [self.case(node, shared, top) for node in listed.value]
        return [case for case in made if case is not None]

    def case(self, node: yaml.Node, shared: _Settings, top: Mapping[str, yaml.Node]) -> Case | None:
        """One case, or None when what it needs is wrong or missing."""
        if not isinstance(node, yaml.MappingNode):
            self.shape(node, "cases", "รายการกรณี เริ่มด้วย case", "a list of cases, each beginning with case")
            return None
        keys = self.mapping(node, (*CASE_KEYS, *columns_by_table()), tables=columns_by_table())
        for key in ("case", "expect"):
            if key not in keys:
                self.found.add("authored.key.missing", self.at(node, key), key=key)
        for key in ("measure", "period"):
            if key not in keys and key not in top:
                self.found.add("authored.key.missing", self.at(node, key), key=key)
        settings = self.settings(keys).over(shared)
        text = {"encoding": "utf-8", "header": "upper"} | (settings.text or {})
        tables = {key: self.f43_table(key, keys[key], text["encoding"]) for key in keys if key in columns_by_table()}
        logs = {key: self.rows(key, keys[key], LOGS[key], _as_written) for key in keys if key in LOGS}
        name = self.scalar(keys.get("case"), "case")
        expect = self.expect(keys["expect"]) if "expect" in keys else {}
        if name is None or settings.measure is None or settings.period is None:
            return None
        return Case(
            file=self.name,
            name=name,
            line=node.start_mark.line + 1,
            measure=settings.measure,
            period=settings.period,
            census_day=settings.census_day or settings.period[0],
            params=dict(settings.params),
            by=settings.by or BY[0],
            tables=tables,
            organisation=standard_organisation() if settings.organisation is None else settings.organisation,
            zones=settings.zones or [],
            agreements=settings.agreements or [],
            logs={key: [row for _, row in rows] for key, rows in logs.items()},
            without=settings.without or (),
            text=text,
            expect=expect,
        )

    def settings(self, keys: Mapping[str, yaml.Node]) -> _Settings:
        """The settings said at one place, of the file or of a case."""
        return _Settings(
            measure=self.scalar(keys.get("measure"), "measure"),
            period=self.period(keys["period"]) if "period" in keys else None,
            census_day=self.day(keys["census_day"], "census_day") if "census_day" in keys else None,
            params=self.params(keys["params"]) if "params" in keys else {},
            by=self.choice(keys["by"], "by", BY) if "by" in keys else None,
            text=self.text(keys["text"]) if "text" in keys else None,
            without=self.without(keys["without"]) if "without" in keys else None,
            organisation=self.organisation(keys["ORG"]) if "ORG" in keys else None,
            zones=self.zones(keys["ZONES"]) if "ZONES" in keys else None,
            agreements=self.agreements(keys["AGREEMENTS"]) if "AGREEMENTS" in keys else None,
        )

    # Nodes

    def at(self, node: yaml.Node, name: str = "") -> Where:
        """The place of a node."""
        return Where(self.name, line=node.start_mark.line + 1, field=name)

    def shape(self, node: yaml.Node | None, key: str, th: str, en: str) -> None:
        """Keep the problem that a value has the wrong form."""
        where = self.at(node, key) if node is not None else Where(self.name, line=1, field=key)
        self.found.add("measures.cases.shape", where, key=key, expected_th=th, expected_en=en)

    def mapping(
        self, node: yaml.MappingNode, good: Collection[str], tables: Collection[str] = ()
    ) -> dict[str, yaml.Node]:
        """Keys of a mapping that are known; unknown and repeated ones are problems. Empty `good`: all are known."""
        made: dict[str, yaml.Node] = {}
        for key_node, value in node.value:
            key = str(key_node.value)
            if key in made:
                self.found.add("authored.key.repeated", self.at(key_node, key), key=key)
            elif good and key not in good:
                # A key in capitals was meant as a table.
                if tables and key.isupper():
                    near = nearest(key, (*tables, *LOGS, "ORG", "ZONES", "AGREEMENTS")) or "-"
                    self.found.add("measures.cases.table.unknown", self.at(key_node, key), table=key, near=near)
                else:
                    self.found.add(
                        "authored.key.unknown", self.at(key_node, key), key=key, near=nearest(key, good) or "-"
                    )
            else:
                made[key] = value
        return made

    def scalar(self, node: yaml.Node | None, key: str) -> str | None:
        """The text of a node; None when there is no node or it is empty or no text (then a problem)."""
        if node is None:
            return None
        if not isinstance(node, yaml.ScalarNode) or node.tag == _NULL or not node.value.strip():
            self.shape(node, key, "ข้อความ", "a text")
            return None
        return str(node.value).strip()

    def choice(self, node: yaml.Node, key: str, good: Sequence[str]) -> str | None:
        """One of the good texts, in any case."""
        said = self.scalar(node, key)
        if said is None or said.lower() in good:
            return said and said.lower()
        near = nearest(said.lower(), good) or "-"
        self.found.add("measures.cases.choice", self.at(node, key), key=key, near=near, good=", ".join(good))
        return None

    # Settings

    def day(self, node: yaml.Node, key: str) -> date | None:
        said = self.scalar(node, key)
        made = _date(said) if said is not None else None
        if said is not None and made is None:
            self.found.add("measures.cases.date", self.at(node, key), key=key)
        return made

    def period(self, node: yaml.Node) -> tuple[date, date] | None:
        said = self.scalar(node, "period")
        if said is None:
            return None
        start, _, end = said.partition("..")
        first, last = _date(start.strip()), _date(end.strip())
        if first is None or last is None or first > last:
            self.found.add("measures.cases.period", self.at(node, "period"), key="period")
            return None
        return first, last

    def params(self, node: yaml.Node) -> dict[str, object]:
        if not isinstance(node, yaml.MappingNode):
            self.shape(node, "params", "รายการพารามิเตอร์และค่า", "parameters with their values")
            return {}
        return {key: self.plain(value) for key, value in self.mapping(node, ()).items()}

    def plain(self, node: yaml.Node) -> object:
        """Texts, lists and dicts of a parameter; null is None."""
        if isinstance(node, yaml.MappingNode):
            return {key: self.plain(value) for key, value in self.mapping(node, ()).items()}
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(item) for item in node.value]
        return None if node.tag == _NULL else str(node.value)

    def text(self, node: yaml.Node) -> dict[str, str] | None:
        if not isinstance(node, yaml.MappingNode):
            self.shape(node, "text", "encoding และ header", "encoding and header")
            return None
        keys = self.mapping(node, ("encoding", "header"))
        good = {"encoding": ENCODINGS, "header": HEADERS}
        said = {key: self.choice(value, f"text.{key}", good[key]) for key, value in keys.items()}
        return {key: value for key, value in said.items() if value is not None}

    def without(self, node: yaml.Node) -> tuple[str, ...]:
        if not isinstance(node, yaml.SequenceNode):
            self.shape(node, "without", "รายการ เช่น [person, cards]", "a list such as [person, cards]")
            return ()
        said = [self.choice(item, "without", AUTOMATIC) for item in node.value]
        return tuple(item for item in said if item is not None)

    # Tables

    def rows(
        self,
        table: str,
        node: yaml.Node,
        columns: Collection[str] | None,
        cell: Callable[[str], str],
    ) -> list[tuple[int, Row]]:
        """Line and filled cells of every row of a block text; blank cells are absent. None for columns: any names."""
        if not isinstance(node, yaml.ScalarNode) or node.tag == _NULL:
            self.shape(node, table, "ตารางหลายบรรทัดต่อจากเครื่องหมาย |", "a table of several lines after a | mark")
            return []
        block = node.style == "|"
        first = node.start_mark.line + (2 if block else 1)
        lines = [(first + n * block, line) for n, line in enumerate(node.value.split("\n")) if line.strip()]
        if not lines:
            self.found.add("measures.cases.table.header", self.at(node, table), table=table)
            return []
        header = [name.strip() for name in lines[0][1].split("|")]
        if not self.header(table, header, lines[0][0], columns):
            return []
        made = []
        for line, written in lines[1:]:
            cells = [text.strip() for text in written.split("|")]
            if len(cells) > len(header):
                where = Where(self.name, line=line, field=table)
                facts = {"table": table, "found": len(cells), "columns": len(header)}
                self.found.add("measures.cases.cells", where, **facts)
                continue
            # A row may end early: the columns that it does not reach have their defaults.
            made.append((line, {name: cell(text) for name, text in zip(header, cells, strict=False) if text}))
        return made

    def header(self, table: str, header: Sequence[str], line: int, columns: Collection[str] | None) -> bool:
        """True when all names of a header line are known and different."""
        good = True
        for n, column in enumerate(header):
            where = Where(self.name, line=line, field=column or table)
            if columns is not None and column not in columns:
                facts = {"table": table, "column": column, "near": nearest(column, columns) or "-"}
                self.found.add("measures.cases.column.unknown", where, **facts)
                good = False
            elif column in header[:n]:
                self.found.add("measures.cases.column.repeated", where, table=table, column=column)
                good = False
        return good

    def f43_table(self, table: str, node: yaml.Node, encoding: str) -> list[Row]:
        """Rows of a 43-file table with their instructions, cells turned into what the file holds."""
        rows = self.rows(table, node, (*columns_by_table()[table], *INSTRUCTIONS), _as_filed)
        for line, row in rows:
            if not _SUBMISSION.fullmatch(row.get("zip", "1")):
                self.found.add("measures.cases.zip", Where(self.name, line=line, field="zip"), table=table)
            column = "sender" if row.get("sender") else "HOSPCODE"
            if row.get(column) and not SENDER.fullmatch(row[column]):
                where = Where(self.name, line=line, field=column)
                self.found.add("measures.cases.sender", where, table=table, column=column)
            if not _writable(row.values(), encoding):
                where = Where(self.name, line=line, field=table)
                self.found.add("measures.cases.encoding", where, table=table, encoding=encoding)
        return [row for _, row in rows]

    def organisation(self, node: yaml.Node) -> list[Row]:
        """Rows of an ORG table: all standard columns, the optional ones only where the table has them."""
        rows = self.rows("ORG", node, (*ORGANISATION_COLUMNS, *ORGANISATION_OPTIONAL), _as_written)
        self.need("ORG", rows, ("hospcode",))
        return [dict.fromkeys(ORGANISATION_COLUMNS, "") | row for _, row in rows]

    def zones(self, node: yaml.Node) -> list[Row]:
        rows = self.rows("ZONES", node, ZONE_COLUMNS, _as_written)
        self.need("ZONES", rows, ("group", "hospcode"))
        return [dict.fromkeys(ZONE_COLUMNS, "") | row for _, row in rows]

    def agreements(self, node: yaml.Node) -> list[Row]:
        """Pairs of hospitals: the layout says "two hospital codes", so any two names will do, in their order."""
        rows = self.rows("AGREEMENTS", node, None, _as_written)
        pairs = []
        for line, row in rows:
            if len(row) != len(AGREEMENT_COLUMNS):
                self.found.add("measures.cases.agreements", Where(self.name, line=line, field="AGREEMENTS"))
                continue
            pairs.append(row if set(row) == {"from", "to"} else dict(zip(AGREEMENT_COLUMNS, row.values(), strict=True)))
        return pairs

    def need(self, table: str, rows: Iterable[tuple[int, Row]], columns: Iterable[str]) -> None:
        """Keep a problem for every row that has nothing in one of the columns."""
        for line, row in rows:
            for column in columns:
                if not row.get(column):
                    where = Where(self.name, line=line, field=column)
                    self.found.add("measures.cases.code.missing", where, table=table, column=column)

    # Results

    def expect(self, node: yaml.Node) -> dict[str, Expected]:
        """Group -> expected a, b and value."""
        if not isinstance(node, yaml.MappingNode):
            self.shape(node, "expect", "หน่วยบริการและผล เช่น {}", "facilities with their results, such as {}")
            return {}
        made = {}
        for group, value in self.mapping(node, ()).items():
            if not isinstance(value, yaml.MappingNode):
                self.shape(value, group, "a, b และ value", "a, b and value")
                continue
            keys = self.mapping(value, ("a", "b", "value"))
            for letter in ("a", "b", "value"):
                if letter not in keys:
                    self.found.add("measures.cases.expect.missing", self.at(value, group), group=group, letter=letter)
            a, b, result = (self.number(keys.get(letter), group, letter) for letter in ("a", "b", "value"))
            if a is not None and b is not None:
                made[group] = Expected(a, b, None if result is None else Decimal(result))
        return made

    def number(self, node: yaml.Node | None, group: str, letter: str) -> Decimal | int | None:
        """A whole number as int, another as Decimal; None for a null value or a mistake."""
        if node is None or (letter == "value" and node.tag == _NULL):
            return None
        if not isinstance(node, yaml.ScalarNode) or not _NUMBER.fullmatch(node.value):
            self.found.add("measures.cases.number", self.at(node, group), group=group, letter=letter)
            return None
        return Decimal(node.value) if "." in node.value else int(node.value)


def _date(text: str) -> date | None:
    """A day of the calendar written year-month-day, years 1850 to 2100 (definition book S1.6), else None."""
    parts = _DAY.fullmatch(text)
    try:
        made = date(*(int(part) for part in parts.groups())) if parts else None
    except ValueError:
        return None
    return made if made is not None and 1850 <= made.year <= 2100 else None


def _as_filed(cell: str) -> str:
    """A written cell as the 43-file entry holds it: days and minutes without marks, `-` empty, all else as written."""
    if cell == "-":
        return ""
    if day := _DAY.fullmatch(cell):
        return "".join(day.groups())
    if minute := _MINUTE.fullmatch(cell):
        return "".join(minute.groups()) + "00"
    return cell


def _as_written(cell: str) -> str:
    """A cell of a log or of an organisation table: no 43-file text, so only `-` means empty."""
    return "" if cell == "-" else cell


def _writable(cells: Iterable[str], encoding: str) -> bool:
    try:
        "".join(cells).encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
