"""Mistakes: everything that can be said against a measure before anything is counted, each at its file and line."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import sqlglot
from sqlglot import exp

from samrit.measures.binding import bind_check
from samrit.measures.case_reading import read_cases
from samrit.measures.cases import Case
from samrit.measures.codelists import codelist
from samrit.measures.compiling import DIALECT, check_set, compile_measure, set_names
from samrit.measures.definition import Measure, TableValue, lines_of_keys, measure, measure_ids, measure_names
from samrit.measures.errors import MeasuresError
from samrit.measures.finding import Shelf, site
from samrit.measures.naming import set_text
from samrit.problems import Level, Problem, Where, nearest, problem


def mistakes_of(of: Measure) -> list[Problem]:
    """What is wrong with a measure that could be read: its SQL, its parameters, its cases; sorted by place."""
    try:
        found = bind_check(compile_measure(of, of.parameters))
    except MeasuresError as error:
        found = list(error.problems)
    if not any(p.level is Level.ERROR for p in found):
        found += _unused_parameters(of)
    found += _wrong_cases(of)
    return sorted(found, key=lambda p: (p.where, p.code))


def mistakes_of_site() -> list[Problem]:
    """What is wrong with what the packs of the site have beside their measures: names, code lists, named sets."""
    found = site().problems()
    taken = {p.where.file for p in found}
    for name, lists in site().own(Shelf.CODELISTS).items():
        if not taken & {one.place for one in lists}:
            try:
                codelist(name)
            except MeasuresError as error:
                found += error.problems
    for name, sets in site().own(Shelf.SETS).items():
        if not taken & {one.place for one in sets}:
            found += check_set(name, _table_parameters())
    return found


def _table_parameters() -> frozenset[str]:
    """Names of the table parameters of all measures that can be read."""
    found: set[str] = set()
    for measure_id in measure_ids():
        with suppress(MeasuresError):
            of = measure(measure_id)
            found |= {name for name, value in of.parameters.items() if isinstance(value, TableValue)}
    return frozenset(found)


def case_files(of: Measure) -> list[Path]:
    """The case files of a measure: every YAML in its folder but measure.yaml."""
    return sorted(f for f in of.folder.glob("*.yaml") if f.name != "measure.yaml")


def _unused_parameters(of: Measure) -> Iterator[Problem]:
    """Parameters that neither a text nor a set in it nor the formula names: a slip of the pen."""
    used = _names_in_texts(of) | {word for word in of.parameters if word in of.definition.formula}
    lines = lines_of_keys(of.folder / "measure.yaml")
    for name in of.parameters:
        if name not in used:
            where = Where(f"{of.place}/measure.yaml", line=lines.get(("parameters", name), 0), field=name)
            yield problem("measures.parameter.unused", where, name=name)


def _names_in_texts(of: Measure) -> set[str]:
    """Names of $parameters and tables in both texts and in the sets that they name."""
    found: set[str] = set()
    unread, read = [of.a_sql, of.b_sql], set[str]()
    while unread:
        tree = sqlglot.parse_one(unread.pop(), dialect=DIALECT)
        found |= {node.name for node in tree.find_all(exp.Placeholder)}
        tables = {node.name for node in tree.find_all(exp.Table)}
        unread += [set_text(name) for name in sorted(tables - read) if name in set_names()]
        read |= tables
    return found | read


def _wrong_cases(of: Measure) -> Iterator[Problem]:
    files = case_files(of)
    if not files:
        yield problem("measures.cases.none", Where(f"{of.place}/cases.yaml"))
    for file in files:
        try:
            cases = read_cases(file)
        except MeasuresError as error:
            yield from _at(of, error.problems)
            continue
        yield from _at(of, (p for case in cases for p in _wrong_case(of, case)))


def _wrong_case(of: Measure, case: Case) -> Iterator[Problem]:
    """A case of a measure that is not there, and parameters that its measure does not have."""
    where = Where(case.file, line=case.line)
    if case.measure in {of.id, *of.names}:
        try:
            of.with_parameters(case.params)
        except MeasuresError as error:
            for found in error.problems:
                yield replace(found, where=replace(where, field=found.where.field))
    elif case.measure not in {*measure_ids(), *measure_names()} and not of.place.startswith("measures/catalogue/"):
        near = nearest(case.measure, [of.id, *measure_ids()]) or of.id
        yield problem("measures.cases.measure", replace(where, field="measure"), id=case.measure, near=near)


def _at(of: Measure, found: Iterable[Problem]) -> Iterator[Problem]:
    """Problems of case files under the name that problems give the folder."""
    for p in found:
        yield replace(p, where=replace(p.where, file=f"{of.place}/{Path(p.where.file).name}"))
