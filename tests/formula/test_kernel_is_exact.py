"""The source of the kernel: no float, no clock, no chance, no files, and no import but problems and the own room."""

import ast
from pathlib import Path

import pytest

import samrit

SRC = Path(samrit.__file__).parent
ROOMS = ("formula", "scoring", "allocation")
FILES = sorted(path for room in ROOMS for path in (SRC / room).rglob("*.py"))
ALLOWED = {"bisect", "collections", "dataclasses", "datetime", "decimal", "enum", "fractions", "functools", "itertools"}
ALLOWED |= {"re", "typing"}
WHOLE_NUMBERS = {"gcd", "isqrt", "lcm"}  # of math: exact on whole numbers
BANNED_NAMES = {"float", "complex", "round", "truediv", "open", "eval", "exec", "compile", "__import__", "getcontext"}
BANNED_NAMES |= {"now", "today", "from_float", "setcontext", "localcontext", "datetime"}


def faults(source: str, room: str) -> list[str]:
    """What the kernel must not contain, one text per place."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, float | complex):
            found.append("float literal")
        elif isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div):
            found.append("division by /")  # divide through a decimal context or Fraction(a, b)
        elif isinstance(node, ast.Name) and node.id in BANNED_NAMES:
            found.append(f"name {node.id}")
        elif isinstance(node, ast.Attribute) and node.attr in BANNED_NAMES and node.attr != "compile":
            found.append(f"attribute {node.attr}")
        elif isinstance(node, ast.Import | ast.ImportFrom):
            modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
            for module in modules:
                own = module == "samrit.problems" or module.split(".")[:2] == ["samrit", room]
                whole = module == "math" and {alias.name for alias in node.names} <= WHOLE_NUMBERS
                if not own and not whole and module.split(".")[0] not in ALLOWED:
                    found.append(f"import {module}")
            if isinstance(node, ast.ImportFrom):
                found += [f"import {alias.name}" for alias in node.names if alias.name in BANNED_NAMES]
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_kernel_source_stays_exact_and_pure(path: Path) -> None:
    assert faults(path.read_text(encoding="utf-8"), path.parent.name) == []


def test_all_three_rooms_are_looked_at() -> None:
    assert {path.parent.name for path in FILES} == set(ROOMS)


@pytest.mark.parametrize(
    "source",
    [
        "x = 0.5",
        "x = 1j",
        "x = float(3)",
        "x = 1 / 3",
        "x /= 3",
        "x = round(y)",
        "import math",
        "from math import sqrt",
        "from math import lcm, sqrt",
        "import random",
        "import time",
        "from datetime import datetime",
        "x = clock.now()",
        "x = day.today()",
        "from operator import truediv",
        "from decimal import getcontext",
        "import decimal\nx = decimal.getcontext()",
        "from samrit.scoring import band",
        "from samrit.problems.problem import problem",
        "import pathlib",
        "x = open('f')",
        "x = eval('1')",
    ],
)
def test_the_look_at_the_source_finds_what_is_not_allowed(source: str) -> None:
    assert faults(source, "formula")


def test_the_look_at_the_source_lets_exact_code_pass() -> None:
    source = (
        "from decimal import Decimal\nimport re\nfrom samrit.problems import problem\nx = 7 // 2\ny = re.compile('a')"
    )
    assert faults(source, "formula") == []
