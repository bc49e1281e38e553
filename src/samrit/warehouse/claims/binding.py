"""The standing lines of a hospital as the SQL of a view sees them: tables of its kinds and of the precedence.

The person columns go no further than this: the SQL sees the keyed id.
"""

from dataclasses import dataclass
from pathlib import Path

from samrit.claims import PERSON, PID, CellType, Layout, Precedence, layouts, usual_precedence
from samrit.warehouse.catalogue import View
from samrit.warehouse.claims.standing import StandingClaims

FIRST_SOURCE = "first_source"
"""The table of a view with two sources: facts (the view), source (the one that stands first)."""
DUCKDB_TYPES = {
    CellType.DAY: "DATE",
    CellType.MOMENT: "TIMESTAMP",
    CellType.NUMBER: "DECIMAL(38,9)",
    CellType.MONEY: "BIGINT",
}


@dataclass(frozen=True)
class LinkedClaims:
    """The standing lines of one hospital, who is in them, and which source stands where the 43 files tell the same."""

    standing: StandingClaims
    links: Path
    precedence: Precedence

    def tell(self, view: View) -> bool:
        """True when there are lines of a kind that the view reads."""
        return any(self.standing.path(of.table) for of in layouts_read(view))

    def name_parts(self, view: View) -> list[object]:
        """What the file of the view is named by beside the packages."""
        order = [self.precedence.as_dict()] if FIRST_SOURCE in view.reads else []
        return [self.standing.name, self.links.stem, *order]


def layouts_read(view: View) -> list[Layout]:
    """The kinds whose standing lines a view reads."""
    return [of for of in layouts() if of.table in view.reads]


def tables_of_claims(view: View, claims: LinkedClaims | None) -> dict[str, str]:
    """name -> SELECT of every table of claims that a view reads; without lines an empty one."""
    made = {of.table: _lines_sql(of, claims) for of in layouts_read(view)}
    if FIRST_SOURCE in view.reads:
        order = (claims.precedence if claims else usual_precedence()).as_dict()
        rows = ", ".join(f"('{facts}', '{sources[0]}')" for facts, sources in order.items())
        made[FIRST_SOURCE] = f"SELECT * FROM (VALUES {rows}) AS p(facts, source)"  # noqa: S608 (own words)
    return made


def _lines_sql(of: Layout, claims: LinkedClaims | None) -> str:
    shown = [column for column in of.columns if column.name not in {PERSON, PID}]
    path = claims.standing.path(of.table) if claims else None
    if claims is None or path is None:
        columns = [f'CAST(NULL AS {DUCKDB_TYPES.get(c.type, "VARCHAR")}) AS "{c.name}"' for c in shown]
        empty = ", ".join([*columns, "CAST(NULL AS BIGINT) AS row_id", "CAST(NULL AS BIGINT) AS person_id"])
        return f"SELECT {empty} WHERE false"
    names = ", ".join(f's."{column.name}"' for column in shown)
    return (
        f"SELECT {names}, s.row_id, l.person_id FROM read_parquet({_quoted(path)}) AS s "  # noqa: S608 (own names)
        f"JOIN read_parquet({_quoted(claims.links)}) AS l ON l.person = s.person AND l.pid = s.pid"
    )


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
