"""A pack: one payment scheme of one year as data. It names measures, bands, weights, money rules, and holds no SQL."""

import csv
import hashlib
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import field_validator

from samrit.allocation import NettingPolicy
from samrit.authored import AuthoredError, Model, read
from samrit.measures import measure_ids
from samrit.problems import Problem, Problems, Where, nearest, problem
from samrit.reference import Period
from samrit.schemes.errors import SchemesError
from samrit.scoring import Bands, Better

SCORES = (1, 2, 3, 4, 5)


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
    """A number with its standing."""

    value: Decimal
    standing: Standing


class BandSet(Model):
    """Lower edges of the scores 2, 3, ...; a value is rounded half up to `decimals` before it is compared."""

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

    item: str
    title: Words
    points: Figure
    rate: Figure
    measure: str = ""
    entry: str = ""
    bands: BandsOf | None = None

    @property
    def domain(self) -> int:
        return int(self.item.partition(".")[0])

    @property
    def computed(self) -> bool:
        """True when its measure is in the catalogue."""
        return self.measure in measure_ids()


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
    def _period(cls, text: Any) -> Any:
        return Period.parse(text) if isinstance(text, str) else text


@dataclass(frozen=True)
class Payee:
    """A unit that is paid: its code, names and people."""

    org: str
    district_code: str
    name_th: str
    name_en: str
    population: int


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
        """The bands of an item; None: unscored. The direction is that of its measure's values: higher is better."""
        if item.bands is None:
            return None
        of = self.scheme.bands[item.bands.name]
        return Bands(SCORES[: len(of.lower_edges) + 1], of.lower_edges, of.decimals, Better.HIGHER)


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
    if found.has_errors:
        raise SchemesError(*found.sorted())
    return Pack(scheme, payees, _pots(folder / "pot.csv"), _hash(folder), dict(changes or {}))


def _changed(folder: Path, shown: str, changes: dict[str, str]) -> Scheme:
    """The scheme with values replaced: `money.netting`, `items.2.6.bands.name`, `bands.B1.lower_edges.0`."""
    body = yaml.load((folder / "scheme.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    for path, value in changes.items():
        _set(body, path, value, shown)
    with tempfile.TemporaryDirectory() as aside:
        changed = Path(aside) / "scheme.yaml"
        changed.write_text(yaml.safe_dump(body, allow_unicode=True, sort_keys=False), encoding="utf-8")
        return read(changed, Scheme, f"{shown} --set")


def _set(body: dict[str, Any], path: str, value: str, shown: str) -> None:
    rest, at = path, body
    parent: Any = None
    key: Any = None
    while rest:
        names = _names(at)
        key = next((n for n in sorted(names, key=len, reverse=True) if rest == n or rest.startswith(n + ".")), None)
        if key is None:
            near = nearest(rest.partition(".")[0], names) or "-"
            raise SchemesError(problem("schemes.set.path", Where(file=shown, field=path), path=path, near=near))
        parent, at = at, names[key]
        rest = rest[len(key) + 1 :]
    if isinstance(parent, list):
        parent[parent.index(at)] = value
    elif isinstance(at, dict | list):
        raise SchemesError(problem("schemes.set.path", Where(file=shown, field=path), path=path, near=path + ".value"))
    else:
        parent[key] = value


def _names(at: Any) -> dict[str, Any]:
    """What a path may name here: keys; items by their code, domains by number, other lists by place."""
    if isinstance(at, dict):
        optional = {"bands": None} if "points" in at and "item" in at else {}
        return {**optional, **at}
    if isinstance(at, list):
        return {str(e.get("item", e.get("no", n)) if isinstance(e, dict) else n): e for n, e in enumerate(at)}
    return {}


def _mistakes(scheme: Scheme, name: str, shown: str) -> list[Problem]:
    """What the model cannot see: names that are missing, sums that do not add up, edges with holes."""
    found = Problems()
    where = Where(file=shown)
    if scheme.id != name:
        found.add("schemes.id", where, id=scheme.id, name=name)
    for code, of in scheme.bands.items():
        rising = all(low < high for low, high in zip(of.lower_edges, of.lower_edges[1:], strict=False))
        if not rising or len(of.lower_edges) != scheme.best_score - 1:
            found.add("schemes.bands.edges", Where(file=shown, field=f"bands.{code}"), name=code)
    codes = [item.item for item in scheme.items]
    for code in sorted({c for c in codes if codes.count(c) > 1}):
        found.add("schemes.item.repeated", where, item=code)
    for item in scheme.items:
        at = Where(file=shown, field=f"items.{item.item}")
        if bool(item.measure) == bool(item.entry):
            found.add("schemes.item.source", at, item=item.item)
        if item.bands and item.bands.name not in scheme.bands:
            near = nearest(item.bands.name, scheme.bands) or "-"
            found.add("schemes.bands.unknown", at, name=item.bands.name, near=near)
    for domain in scheme.domains:
        inside = [item for item in scheme.items if item.domain == domain.no]
        for what, wanted in (("points", domain.points), ("rate", domain.rate)):
            total = sum((getattr(item, what).value for item in inside), Decimal(0))
            if total != wanted:
                at = Where(file=shown, field=f"domains.{domain.no}.{what}")
                found.add("schemes.domain.sum", at, domain=domain.no, what=what, total=total, wanted=wanted)
    return found.sorted()


def _payees(path: Path, found: Problems) -> tuple[Payee, ...]:
    if not path.is_file():
        found.add("schemes.population.missing", Where(file=path.name))
        return ()
    payees = []
    with path.open(encoding="utf-8", newline="") as stream:
        for line, row in enumerate(csv.DictReader(stream), start=2):
            people = row.get("uc_population") or ""
            if not (people.isascii() and people.isdigit()):
                found.add("schemes.population.number", Where(file=path.name, line=line, field="uc_population"))
                continue
            payees.append(Payee(row["org"], row["district_code"], row["name_th"], row["name_en"], int(people)))
    return tuple(sorted(payees, key=lambda p: p.org))


def _pots(path: Path) -> tuple[Pot, ...]:
    with path.open(encoding="utf-8", newline="") as stream:
        return tuple(
            Pot(
                component=row["component"],
                rate=Decimal(row["rate_baht_per_uc_printed"]) if row["rate_baht_per_uc_printed"] else None,
                amount=Decimal(row["amount_baht_printed"]),
            )
            for row in csv.DictReader(stream)
        )


def _hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            digest.update(f"{file.relative_to(folder).as_posix()}\n".encode() + file.read_bytes())
    return digest.hexdigest()
