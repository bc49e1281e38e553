"""A pack: one payment scheme of one year as data. It names measures, bands, weights, money rules, and holds no SQL."""

import hashlib
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Literal

import yaml
from pydantic import Field, field_validator

from samrit.allocation import NettingPolicy
from samrit.authored import AuthoredError, Model, read
from samrit.measures import measure, measure_ids
from samrit.problems import Problem, Problems, Where, nearest, problem
from samrit.reference import Period, parse_day, read_sheet
from samrit.reference.refused import ReferenceRefused
from samrit.schemes.changing import lay_over
from samrit.schemes.errors import SchemesError
from samrit.schemes.payees import OPTIONAL, REQUIRED, Payee, payees_of
from samrit.scoring import Bands, Better, ScoringError

POT_COLUMNS = ("component", "rate_baht_per_uc_printed", "amount_baht_printed")


class Standing(StrEnum):
    """Where a figure comes from."""

    PRINTED = "printed"
    RECONSTRUCTED = "reconstructed"
    ASSUMED = "assumed"
    TYPED_IN = "typed_in"
    COMPUTED = "computed"


class Words(Model):
    """Thai and English."""

    th: str
    en: str


class Figure(Model):
    """A number from 0 with its standing."""

    value: Decimal = Field(ge=0)
    standing: Standing


class BandSet(Model):
    """Edges between the scores; a value is rounded half up to `decimals` before it is compared.

    Where more is better they open the scores 2, 3, ...; where less is better they are the mirror image: upper edges,
    still rising, and the smallest closes the best score.
    """

    unit: Literal["percent", "ratio", "rate", "level"]
    lower_edges: tuple[Decimal, ...]
    decimals: int = 2
    standing: Standing


class BandsOf(Model):
    """Which band set an item uses, and who says so."""

    name: str
    standing: Standing


class Item(Model):
    """One line of the scheme: a measure that is counted, or an entry that is typed in."""

    item: str = Field(pattern=r"^[0-9]+[.][0-9]+$")
    title: Words
    points: Figure
    rate: Figure
    measure: str = ""
    entry: Literal["", "percent", "level"] = ""
    bands: BandsOf | None = None

    @property
    def domain(self) -> int:
        return int(self.item.partition(".")[0])

    @property
    def computed(self) -> bool:
        """True when its measure is in the catalogue."""
        return self.measure in measure_ids()

    @property
    def better(self) -> Better:
        """Which way its values improve: as its measure says; typed-in values improve upwards."""
        return _better_of(self.measure) if self.computed else Better.HIGHER


@cache
def _better_of(measure_id: str) -> Better:
    return Better.LOWER if measure(measure_id).definition.better == "lower" else Better.HIGHER


class Domain(Model):
    """A group of items with the points and the rate that its items must add up to."""

    no: int
    title: Words
    points: Decimal
    rate: Decimal


class Excellence(Model):
    """The pots of the region and of the provinces, in baht, and how winners share one."""

    region: Figure
    province: Figure
    share: Literal["population", "equal"]


class Region(Model):
    """The region whose money the pots are, and its people."""

    code: str
    population: Figure


class Pot(Model):
    """A pot as it is printed: never recomputed from rate x people (qof-2557 C1)."""

    component: str
    rate: Decimal | None
    amount: Decimal


class Money(Model):
    """How points become baht. `advance` and `budget` are baht per person, `pool` is the region's pot in baht."""

    rule: Literal["open_rate", "closed_pool"]
    netting: NettingPolicy
    advance: Figure
    budget: Figure
    pool: Figure
    excellence: Excellence


class Population(Model):
    """The table of people per payee."""

    file: str
    day: str
    standing: Standing


class Scheme(Model):
    """scheme.yaml."""

    id: str
    title: Words
    year: int
    payee: Literal["contracting_unit"]
    period: Period
    census_day: str
    population: Population
    region: Region
    best_score: int
    bands: dict[str, BandSet]
    money: Money
    domains: tuple[Domain, ...]
    items: tuple[Item, ...]

    @field_validator("period", mode="before")
    @classmethod
    def _period(cls, text: str) -> Period:
        try:
            return Period.parse(text)
        except ReferenceRefused as error:
            raise ValueError(error.problems[0].en) from error

    @field_validator("census_day")
    @classmethod
    def _day(cls, text: str) -> str:
        try:
            return parse_day(text).isoformat()
        except ReferenceRefused as error:
            raise ValueError(error.problems[0].en) from error


@dataclass(frozen=True)
class Pack:
    """A scheme that was read and checked, its payees, and the hash of its folder."""

    scheme: Scheme
    payees: tuple[Payee, ...]
    pots: tuple[Pot, ...]
    hash: str
    changes: dict[str, str]

    @property
    def id(self) -> str:
        return self.scheme.id

    def item(self, code: str) -> Item:
        """The item of that code. Raises SchemesError with the nearest good one."""
        for item in self.scheme.items:
            if item.item == code:
                return item
        near = nearest(code, [i.item for i in self.scheme.items]) or "-"
        raise SchemesError(problem("schemes.item.unknown", Where(file=self.id), item=code, near=near))

    def bands(self, item: Item) -> Bands | None:
        """The bands of an item, in the direction in which its values improve; None: unscored."""
        return None if item.bands is None else _bands(self.scheme.bands[item.bands.name], item.better)


def packs_folder() -> Path:
    """Where the shipped packs are."""
    return Path(str(resources.files("samrit.schemes").joinpath("packs")))


@cache
def pack_ids() -> tuple[str, ...]:
    """Ids of the shipped packs, sorted."""
    return tuple(sorted(f.parent.name for f in packs_folder().glob("*/scheme.yaml")))


def read_pack(pack_id: str, changes: Mapping[str, str] | None = None) -> Pack:
    """The pack of that id, with `changes` (path -> value) laid over it. Raises SchemesError with every mistake."""
    if pack_id not in pack_ids():
        near = nearest(pack_id, pack_ids()) or "-"
        raise SchemesError(problem("schemes.unknown", id=pack_id, near=near))
    return read_pack_folder(packs_folder() / pack_id, changes)


def read_pack_folder(folder: Path, changes: Mapping[str, str] | None = None) -> Pack:
    """The pack in a folder. Raises SchemesError with every mistake, at file and line."""
    shown = f"schemes/packs/{folder.name}/scheme.yaml"
    try:
        scheme = (
            _changed(folder, shown, dict(changes or {})) if changes else read(folder / "scheme.yaml", Scheme, shown)
        )
    except AuthoredError as error:
        raise SchemesError(*error.problems) from error
    found = Problems()
    found.extend(_mistakes(scheme, folder.name, shown))
    payees = _payees(folder / scheme.population.file, found)
    pots = _pots(folder / "pot.csv", found)
    if found.has_errors:
        raise SchemesError(*found.sorted())
    return Pack(scheme, payees, pots, _hash(folder), dict(changes or {}))


def _changed(folder: Path, shown: str, changes: dict[str, str]) -> Scheme:
    """The scheme with values replaced; a mistake is told at its place of the scheme, not at a line of the file."""
    body = yaml.load((folder / "scheme.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    lay_over(body, changes, shown)
    with tempfile.TemporaryDirectory() as aside:
        changed = Path(aside) / "scheme.yaml"
        changed.write_text(yaml.safe_dump(body, allow_unicode=True, sort_keys=False), encoding="utf-8")
        try:
            return read(changed, Scheme, f"{shown} --set")
        except AuthoredError as error:
            told = (replace(p, where=replace(p.where, line=0)) for p in error.problems)
            raise AuthoredError(*told) from error


def _bands(of: BandSet, better: Better) -> Bands:
    return Bands(tuple(range(1, len(of.lower_edges) + 2)), of.lower_edges, of.decimals, better)


def _mistakes(scheme: Scheme, name: str, shown: str) -> list[Problem]:
    """What the model cannot see: names that are missing, sums that do not add up, edges with holes."""
    found = Problems()
    if scheme.id != name:
        found.add("schemes.id", Where(file=shown), id=scheme.id, name=name)
    for code, of in scheme.bands.items():
        _check_bands(code, of, scheme.best_score, shown, found)
    codes = [item.item for item in scheme.items]
    for code in sorted({c for c in codes if codes.count(c) > 1}):
        found.add("schemes.item.repeated", Where(file=shown, field=f"items.{code}"), item=code)
    for item in scheme.items:
        _check_item(item, scheme, shown, found)
    for domain in scheme.domains:
        inside = [item for item in scheme.items if item.domain == domain.no]
        for what, wanted in (("points", domain.points), ("rate", domain.rate)):
            total = sum((getattr(item, what).value for item in inside), Decimal(0))
            if total != wanted:
                at = Where(file=shown, field=f"domains.{domain.no}.{what}")
                found.add("schemes.domain.sum", at, domain=domain.no, what=what, total=total, wanted=wanted)
    return found.sorted()


def _check_bands(code: str, of: BandSet, best_score: int, shown: str, found: Problems) -> None:
    at = Where(file=shown, field=f"bands.{code}")
    rising = all(low < high for low, high in pairwise(of.lower_edges))
    if not rising or len(of.lower_edges) != best_score - 1:
        found.add("schemes.bands.edges", at, name=code)
        return
    try:
        _bands(of, Better.HIGHER)
    except ScoringError as error:
        found.extend(replace(p, where=at) for p in error.problems)


def _check_item(item: Item, scheme: Scheme, shown: str, found: Problems) -> None:
    at = Where(file=shown, field=f"items.{item.item}")
    if bool(item.measure) == bool(item.entry):
        found.add("schemes.item.source", at, item=item.item)
    if item.measure and not item.computed:
        near = nearest(item.measure, measure_ids()) or "-"
        found.add("schemes.item.measure", at, item=item.item, name=item.measure, near=near)
    if item.domain not in {domain.no for domain in scheme.domains}:
        found.add("schemes.item.domain", at, item=item.item)
    if item.bands and item.bands.name not in scheme.bands:
        near = nearest(item.bands.name, scheme.bands) or "-"
        found.add("schemes.bands.unknown", at, name=item.bands.name, near=near)


def _payees(path: Path, found: Problems) -> tuple[Payee, ...]:
    if not path.is_file():
        found.add("schemes.population.missing", Where(file=path.name))
        return ()
    return payees_of(read_sheet(path, REQUIRED, OPTIONAL, found), path.name, found)


def _pots(path: Path, found: Problems) -> tuple[Pot, ...]:
    """The printed pots; a pack without the table has none."""
    if not path.is_file():
        return ()
    pots = []
    for line in read_sheet(path, POT_COLUMNS, ("relation",), found):
        try:
            rate, amount = (Decimal(text) if text else None for text in (line.cells[c] for c in POT_COLUMNS[1:]))
        except InvalidOperation:
            rate = amount = None
        if amount is None or amount < 0:
            found.add("schemes.pot.number", Where(file=path.name, line=line.number))
        else:
            pots.append(Pot(component=line.cells["component"], rate=rate, amount=amount))
    return tuple(pots)


def _hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            digest.update(f"{file.relative_to(folder).as_posix()}\n".encode() + file.read_bytes())
    return digest.hexdigest()
