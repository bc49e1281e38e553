"""docs/house.md draws the house that is there: every room, and imports that only go down."""

import ast
import re
import tomllib
from pathlib import Path

from docs.blocks import ROOT, blocks

SOURCE = ROOT / "src" / "samrit"
HOUSE = ROOT / "docs" / "house.md"


def _floors() -> list[list[str]]:
    """The floors of the drawing, from the roof down, each a list of rooms."""
    [drawing] = [b for b in blocks(HOUSE, "text") if b.text.rstrip().splitlines()[-1].startswith("problems")]
    return [re.split(r"\s{2,}", line)[0].split(" | ") for line in drawing.text.splitlines()]


def _rooms() -> set[str]:
    return {module.parent.name for module in SOURCE.glob("*/*.py")}


def _imports(room: str) -> set[str]:
    """The other rooms that the modules of a room import."""
    found: set[str] = set()
    for file in (SOURCE / room).rglob("*.py"):
        found |= _rooms_named(file)
    return found - {room}


def _rooms_named(file: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    rooms = _rooms()
    return {n.split(".")[1] for n in names if n.startswith("samrit.") and n.split(".")[1] in rooms}


def test_every_room_is_drawn_once() -> None:
    drawn = [room for floor in _floors() for room in floor]
    assert sorted(drawn) == sorted(_rooms())


def test_the_drawing_is_the_layers_contract() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    [contract] = project["tool"]["importlinter"]["contracts"]
    floors = [{room.strip(" ()") for room in layer.split("|")} & _rooms() for layer in contract["layers"]]
    assert [set(floor) for floor in _floors()] == [floor for floor in floors if floor]


def test_imports_only_go_down() -> None:
    height = {room: -level for level, floor in enumerate(_floors()) for room in floor}
    upward = [
        f"{room} imports {other}" for room in _rooms() for other in _imports(room) if height[other] >= height[room]
    ]
    assert upward == []


def test_the_imports_of_the_roof_are_seen() -> None:
    assert {"warehouse", "schemes", "measures"} <= _imports("cli")


def test_every_room_says_in_its_first_line_what_it_is() -> None:
    doors = {room: SOURCE / room / "__init__.py" for room in _rooms()}
    silent = [r for r, d in doors.items() if not d.exists() or not ast.get_docstring(ast.parse(d.read_text("utf-8")))]
    assert silent == []
