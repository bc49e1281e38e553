"""One-change mutants of a Python module: the slips of the pen that a test should notice.

A comparison moved or turned, an operator of arithmetic exchanged, a number one higher, yes for no, `and` for `or`, a
condition turned or dropped, the smallest for the largest, a result forgotten. Annotations, docstrings, texts, asserts
and what is raised are left alone: they are not the arithmetic.
"""

import ast
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import partial

COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
REACHED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
}
CALLED = {"min": "max", "max": "min", "any": "all", "all": "any"}
METHODS = {"add": "subtract", "subtract": "add", "multiply": "divide", "divide": "multiply"}
"""Arithmetic of decimal contexts."""
Change = Callable[[ast.AST], ast.AST | None]


@dataclass(frozen=True)
class Mutant:
    """What was changed (`where: old -> new`, numbered when it fits twice), its line, and how to make the module."""

    change: str
    line: int
    make: Callable[[], ast.Module]


def mutants(source: str) -> list[Mutant]:
    """All mutants of a module, in the order of its lines."""
    tree = ast.parse(source)
    places = _places(tree)
    found: list[Mutant] = []
    times: dict[str, int] = {}
    for place, (node, where) in enumerate(places):
        for old, new, change in _changes(node):
            words = f"{where}: {old} -> {new}"
            times[words] = times.get(words, 0) + 1
            shown = words if times[words] == 1 else f"{words} (#{times[words]})"
            found.append(Mutant(shown, getattr(node, "lineno", 0), partial(_changed, tree, place, change)))
    return sorted(found, key=lambda mutant: mutant.line)


def _changed(tree: ast.Module, place: int, change: Change) -> ast.Module:
    changed = deepcopy(tree)
    target = _places(changed)[place][0]
    _put(changed, target, change(target))
    return ast.fix_missing_locations(changed)


def _places(tree: ast.Module) -> list[tuple[ast.AST, str]]:
    """Every node that may be changed, with the name of the class or function that it stands in."""
    return list(_walk(tree, ""))


def _walk(node: ast.AST, where: str) -> Iterator[tuple[ast.AST, str]]:
    if isinstance(node, ast.ClassDef | ast.FunctionDef):
        where = f"{where}.{node.name}".strip(".")
    yield node, where
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "decorator_list", "bases", "type_params"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_left_alone(child):
                yield from _walk(child, where)


def _is_left_alone(node: ast.AST) -> bool:
    match node:
        case ast.Raise() | ast.Assert() | ast.JoinedStr() | ast.Import() | ast.ImportFrom():
            return True
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
        case ast.Assign(value=ast.BinOp(op=ast.BitOr())):  # an alias of types
            return True
        case ast.Call(func=ast.Name(id="problem" | "isinstance")):
            return True
        case _:
            return False


def _changes(node: ast.AST) -> Iterator[tuple[str, str, Change]]:  # noqa: PLR0912 (one case for each kind of slip)
    old = ast.unparse(node) if isinstance(node, ast.expr) else ""
    match node:
        case ast.Compare():
            for at, op in enumerate(node.ops):
                for other in COMPARED[type(op)]:
                    yield _expression(old, node, _compare(at, other))
        case ast.BinOp() if type(node.op) in REACHED:
            yield _expression(old, node, _operator(REACHED[type(node.op)]))
        case ast.BoolOp():
            yield _expression(old, node, _operator(ast.Or if isinstance(node.op, ast.And) else ast.And))
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield _expression(old, node, lambda n: n.operand)  # type: ignore[attr-defined]
        case ast.Constant(value=bool(value)):
            yield _expression(old, node, lambda _, v=value: ast.Constant(not v))  # type: ignore[misc]
        case ast.Constant(value=int(value)):
            yield _expression(old, node, lambda _, v=value: ast.Constant(v + 1))  # type: ignore[misc]
        case ast.Call(func=ast.Name(id=name)) if name in CALLED:
            yield _expression(old, node, _call(CALLED[name]))
        case ast.Call(func=ast.Attribute(attr=name, value=ast.Name())) if name in METHODS and len(node.args) == 2:
            yield _expression(old, node, _method(METHODS[name]))
        case ast.IfExp():
            yield _expression(old, node, lambda n: n.body)  # type: ignore[attr-defined]
            yield _expression(old, node, lambda n: n.orelse)  # type: ignore[attr-defined]
        case ast.If():
            test = ast.unparse(node.test)
            yield f"if {test}", f"if not ({test})", _turn
        case ast.comprehension(ifs=[_, *_]):
            yield f"if {ast.unparse(node.ifs[0])}", "all of them", _drop_condition
        case ast.Return(value=ast.expr() as value) if not _is_none(value):
            yield f"return {ast.unparse(value)[:60]}", "return None", _forget
        case _:
            pass


def _expression(old: str, node: ast.AST, change: Change) -> tuple[str, str, Change]:
    made = change(deepcopy(node))
    assert made is not None
    return old, ast.unparse(ast.fix_missing_locations(made)), change


def _compare(at: int, other: type[ast.cmpop]) -> Change:
    def change(node: ast.AST) -> ast.AST:
        assert isinstance(node, ast.Compare)
        node.ops[at] = other()
        return node

    return change


def _operator(other: type[ast.operator] | type[ast.boolop]) -> Change:
    def change(node: ast.AST) -> ast.AST:
        node.op = other()  # type: ignore[attr-defined]
        return node

    return change


def _call(other: str) -> Change:
    def change(node: ast.AST) -> ast.AST:
        node.func = ast.Name(other, ast.Load())  # type: ignore[attr-defined]
        return node

    return change


def _method(other: str) -> Change:
    def change(node: ast.AST) -> ast.AST:
        node.func.attr = other  # type: ignore[attr-defined]
        return node

    return change


def _turn(node: ast.AST) -> ast.AST:
    assert isinstance(node, ast.If)
    node.test = ast.UnaryOp(ast.Not(), node.test)
    return node


def _drop_condition(node: ast.AST) -> ast.AST:
    assert isinstance(node, ast.comprehension)
    node.ifs = node.ifs[1:]
    return node


def _forget(node: ast.AST) -> ast.AST:
    assert isinstance(node, ast.Return)
    node.value = ast.Constant(None)
    return node


def _is_none(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def _put(tree: ast.Module, old: ast.AST, new: ast.AST | None) -> None:
    """Put a node in the place of another."""
    if new is old:
        return
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, name, new)
            elif isinstance(value, list) and any(one is old for one in value):
                setattr(parent, name, [new if one is old else one for one in value])
