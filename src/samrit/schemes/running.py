"""Run a pack on a snapshot: gather the materials, evaluate, and keep everything in a run folder.

A run is named by what went into it: snapshot, pack, code, inputs, parameters. The same run id has the same bytes; one
changed byte anywhere gives another id. Its folder keeps the bytes of every input and of the pack, so that anyone can
make it again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from samrit.formula import round_half_up
from samrit.measures import When
from samrit.measures.naming import papers_of
from samrit.problems import Problem, problem
from samrit.reference import Period, Register, format_day_th
from samrit.results import Amount, Cell, Run, add, code_hash, keep_run
from samrit.schemes.authoring.pack import Pack
from samrit.schemes.authoring.pools import ClosedPool, RelativeToMean
from samrit.schemes.choosing import choose_payees, with_attributes
from samrit.schemes.counting import Progress, count_items, gather_counts
from samrit.schemes.errors import SchemesError
from samrit.schemes.evaluating import Evaluation, check_region, evaluate
from samrit.schemes.inputs import InputFile, RunInputs, counted_value
from samrit.schemes.materials import Materials
from samrit.schemes.payees import Payee
from samrit.schemes.scores import payees_of_pool
from samrit.schemes.tables import run_tables
from samrit.schemes.trend import TrendLine, trend_lines, trend_whens
from samrit.scoring import ScoreStanding
from samrit.warehouse import Snapshot

REGISTER_AGE_DAYS = 90
SILENT = {ScoreStanding.NO_DATA, ScoreStanding.UNMATCHED, ScoreStanding.NOT_COMPUTED}
MOST_NAMED = 8


@dataclass(frozen=True)
class Asked:
    """What a run is asked for. org: a province ("42"), a region ("region:8"), a payee, or '' for all payees."""

    org: str = ""
    as_of: date | None = None
    trend: bool = False


@dataclass(frozen=True)
class SchemeRun:
    """A finished run: its folder, what was counted and what it gave."""

    run: Run
    materials: Materials
    period: Period
    census_day: date
    cells: dict[str, list[Cell]]
    evaluation: Evaluation
    trend: tuple[TrendLine, ...]
    warnings: tuple[Problem, ...]

    @property
    def pack(self) -> Pack:
        return self.materials.pack

    @property
    def payees(self) -> tuple[Payee, ...]:
        return self.materials.payees

    @property
    def inputs(self) -> RunInputs:
        return self.materials.inputs

    @property
    def whole(self) -> str:
        """What the sums are called: what was asked for, or "all"."""
        return self.materials.whole

    def total_of(self, item_code: str) -> tuple[Amount | None, Amount | None, Decimal | None]:
        """A, B and value (two places) of an item over all payees; None where nothing is known. Never an average."""
        orgs = {p.org for p in self.payees}
        counted = [s.counted for s in self.evaluation.scores if s.item == item_code and s.org in orgs]
        if not any(c.a is not None for c in counted) or any(c.a is None and c.value is not None for c in counted):
            return None, None, None  # nothing, or values that cannot be summed
        a, b = (add(*(getattr(c, part) or 0 for c in counted)) for part in ("a", "b"))
        value = counted_value(self.pack, self.pack.item(item_code), a, b)
        return a, b, None if value is None else round_half_up(value, 2)


def run_scheme(
    pack: Pack,
    snapshot: Snapshot,
    register: Register,
    asked: Asked,
    inputs: RunInputs | None = None,
    papers: Sequence[InputFile] = (),
    progress: Progress = lambda stage, done, total: None,
) -> SchemeRun:
    """Run a pack and keep the run in the snapshot's home.

    inputs: what was read beside the snapshot; papers: files that the caller applied itself (org). Raises SchemesError,
    before anything is counted, when no payee is meant, the day is before the period, or a rule needs a whole region.
    """
    bare = choose(pack, register, asked, inputs or RunInputs())
    materials, counted = gather(bare, snapshot, register, trend=asked.trend, progress=progress)
    period, census_day = materials.days
    cells = {item: [c for c in of_item if c.period == period] for item, of_item in counted.items()}
    orgs = [p.org for p in materials.payees]
    trend = trend_lines(pack, counted, period, register, census_day, orgs) if asked.trend else []
    evaluation = evaluate(materials)
    warnings = (*_warnings(snapshot, materials), *_unreported(materials, evaluation), *evaluation.problems)
    files = (*papers, *materials.inputs.files)
    own_measures = papers_of({item.measure for item in pack.scheme.items if item.item in counted})
    manifest: dict[str, Any] = {
        "scheme": pack.id,
        "pack": pack.hash,
        "changes": pack.changes,
        "snapshot": snapshot.id,
        "code": code_hash(),
        "inputs": {file.kind: file.as_dict() for file in files},
        "parameters": {
            "org": asked.org,
            "as_of": asked.as_of.isoformat() if asked.as_of else "",
            "period": str(period),
            "census_day": census_day.isoformat(),
            "trend": asked.trend,
            "previous": materials.inputs.previous,
        },
        "warnings": [w.as_dict() for w in warnings],
    }
    if own_measures:  # shipped measures are named by the version of the code
        manifest["measures"] = {name: sha256(content).hexdigest() for name, content in own_measures.items()}
    tables = run_tables(pack.id, cells, evaluation, materials.inputs.adjustments, trend if asked.trend else None)
    kept = {file.kept_as: file.content for file in files if file.content}
    kept |= {f"pack/{name}": content for name, content in {**pack.papers(), **own_measures}.items()}
    run = keep_run(snapshot.home.runs, manifest, tables, kept)
    return SchemeRun(run, materials, period, census_day, cells, evaluation, tuple(trend), warnings)


def choose(pack: Pack, register: Register, asked: Asked, inputs: RunInputs) -> Materials:
    """The materials of a run before anything is counted: payees, period, what was given.

    Raises SchemesError when no payee is meant, the day is before the period, or a rule needs a whole region.
    """
    census_day = date.fromisoformat(pack.scheme.census_day)
    every = inputs.populations or pack.payees
    payees = choose_payees(pack, every, asked.org, register, census_day)
    # the sums never take the code of a unit
    whole = asked.org if asked.org not in {"", *(p.org for p in payees)} else "all"
    made = Materials(
        pack,
        with_attributes(payees, register, census_day),
        whole,
        inputs=inputs,
        is_cut=len(payees) < len(every),
        period=_period(pack, asked.as_of),
        census_day=census_day,
    )
    check_region(made)
    return made


def gather(
    chosen: Materials, snapshot: Snapshot, register: Register, *, trend: bool, progress: Progress
) -> tuple[Materials, dict[str, list[Cell]]]:
    """The materials with what is counted on a snapshot, and the cells of all items and periods."""
    period, census_day = chosen.days
    wanted = [When(period, census_day), *(trend_whens(period, census_day) if trend else [])]
    counted = count_items(chosen.pack, snapshot, register, chosen.inputs.network, wanted, progress)
    cells = {item: [c for c in of_item if c.period == period] for item, of_item in counted.items()}
    counts = gather_counts(chosen.pack, cells, chosen.inputs, register, census_day)
    return replace(chosen, counts=counts), counted


def _period(pack: Pack, as_of: date | None) -> Period:
    """The period of the scheme, or the year to date: care delivered up to that day."""
    period = pack.scheme.period
    if as_of is None:
        return period
    if as_of < period.start:
        raise SchemesError(problem("schemes.run.as_of", day=as_of.isoformat(), start=period.start.isoformat()))
    return period.year_to(min(as_of, period.end))


def _warnings(snapshot: Snapshot, of: Materials) -> list[Problem]:
    return [*_young_register(snapshot, of.days[0]), *_uneven_people(of)]


def _young_register(snapshot: Snapshot, period: Period) -> list[Problem]:
    """A register much younger than the period has lost the people who moved or died since (DEFINITIONS S3.4)."""
    stamps = [p.stamp[:8] for p in snapshot.packages]
    if not stamps:
        return []
    try:
        newest = date.fromisoformat(max(stamps))
    except ValueError:
        return []
    days = (newest - period.end).days
    if days <= REGISTER_AGE_DAYS:
        return []
    return [problem("schemes.run.register_young", days=days, newest=newest, newest_th=format_day_th(newest))]


def _unreported(of: Materials, evaluation: Evaluation) -> list[Problem]:
    """Units of a shared pot without a result: their money goes to the others, so somebody must look first."""
    told = []
    for pool in of.pack.scheme.pools:
        if not isinstance(pool, ClosedPool | RelativeToMean):
            continue
        items = {item.item for item in of.pack.items_of(pool.id)}
        paid = {payee.org for payee in payees_of_pool(pool, of.payees)}
        lines = [s for s in evaluation.scores if s.item in items and s.org in paid]
        silent = [s.org for s in lines if s.scored.standing in SILENT]
        units = set(silent)
        if silent:
            every = len(paid)
            said = ", ".join(sorted(units)[:MOST_NAMED]) + (" ..." if len(units) > MOST_NAMED else "")
            facts = {"pool": pool.id, "lines": len(silent), "units": len(units), "every": every, "said": said}
            told.append(problem("schemes.run.unreported", **facts))
    return told


def _uneven_people(of: Materials) -> list[Problem]:
    """A base that another one stands in for holds the same people, each once, so the sums are equal (nhso-2552 A7)."""
    told = []
    for name, base in of.pack.scheme.people.items():
        if not base.otherwise:
            continue
        found, wanted = (sum(p.people.get(n, 0) for p in of.payees) for n in (name, base.otherwise))
        if found != wanted and not of.is_cut:
            facts = {"base": base.column, "found": f"{found:,}", "wanted": f"{wanted:,}"}
            told.append(problem("schemes.run.people_differ", **facts))
    return told
