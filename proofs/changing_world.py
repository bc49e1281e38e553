"""A small random world that changes: every change is what a site receives next: packages, logs, claims, a register.

People, rows and their dirt are those of `tests/second_opinion`; here they arrive bit by bit, are sent again, corrected,
withdrawn, given to other persons and moved.
"""

# ruff: noqa: S311 - the dice of a proof need not be secret

import sys
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from claims.making import form, smear, stay, write
from second_opinion.random_lives import build_world
from second_opinion.random_logs import make_logs
from second_opinion.random_packages import SUFFIXES, change, spoil, write_correction, write_zip
from second_opinion.random_world import HOSPITALS, Cells, Fact, make_cid
from second_opinion.worlds import YEARS

DRUGS, SENDERS = 6, 4


@dataclass(frozen=True)
class Change:
    """What arrives: packages; logs and claims (kind, file); what it is called."""

    kind: str
    packages: tuple[Path, ...] = ()
    logs: tuple[tuple[str, Path], ...] = ()
    claims: tuple[tuple[str, Path], ...] = ()


class ChangingWorld:
    """A world of a seed in a folder; `begin` gives the first packages, `change` the next ones of a kind.

    organisations: the rows of the register, as they are now.
    """

    def __init__(self, seed: int, folder: Path, people: int) -> None:
        self.periods = YEARS[seed % len(YEARS)]
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._world = build_world(seed, self.periods, people)
        self._dice = Random(f"changes {seed}")
        self.organisations: list[Cells] = self._world.organisations
        self._logs = make_logs(seed, folder, self.organisations, self.periods)
        end = self._world.end
        self._clock = datetime(end.year, end.month, end.day, 8) + timedelta(days=10)  # noqa: DTZ001 - local time
        self._senders = self._dice.sample(self._world.facilities, SENDERS)
        self._waiting: dict[str, list[Fact]] = {facility: [] for facility in self._world.facilities}
        for fact in self._dice.sample(self._world.facts, len(self._world.facts)):
            self._waiting[fact.cells["HOSPCODE"]].append(fact)
        self._standing: dict[str, list[Fact]] = {}
        self._written: list[Path] = []
        self._kinds: dict[str, Callable[[], Change]] = {
            "rows added": lambda: self._sent(self._added()),
            "rows changed": lambda: self._sent(self._changed()),
            "rows vanished": lambda: self._sent(self._vanished()),
            "rows erased by DATA_CORRECT": lambda: self._sent(self._erased()),
            "persons merged": lambda: self._sent(self._merged()),
            "persons split": lambda: self._sent(self._split()),
            "persons moved": lambda: self._sent(self._moved()),
            "a facility that is new": self._new,
            "a package that is late": lambda: self._sent(self._changed() | self._erased(), late=True),
            "the same package twice": self._twice,
            "a damaged package": self._damaged,
            "several facilities at once": lambda: self._sent(self._added() | self._changed() | self._moved()),
            "a log": self._log,
            "a file of claims": self._claimed,
            "another register": self._register,
        }

    @property
    def kinds(self) -> tuple[str, ...]:
        """What may happen."""
        return tuple(self._kinds)

    def begin(self) -> Change:
        """The first packages: half of the facilities send most of what they have."""
        first = self._senders[: SENDERS // 2]
        return self._sent({facility: self._take(facility, 0.7) for facility in first}, kind="the beginning")

    def change(self, kind: str) -> Change:
        """The next change of a kind."""
        made = self._kinds[kind]()
        return replace(made, kind=kind)

    def _take(self, facility: str, share: float) -> list[Fact]:
        """Rows of a facility that were never sent."""
        waiting = self._waiting[facility]
        number = max(1, int(len(waiting) * share)) if waiting else 0
        self._waiting[facility] = waiting[number:]
        return waiting[:number]

    def _sent(self, rows: dict[str, list[Fact]], *, late: bool = False, kind: str = "") -> Change:
        """One package of each facility with these rows; some are spoilt."""
        paths = []
        for facility, facts in rows.items():
            self._clock += timedelta(days=self._dice.choice([0, 1, 7]), seconds=1)
            stamp = self._clock - timedelta(days=400) if late else self._clock
            tables: dict[str, list[Cells]] = {}
            for fact in facts:
                row = spoil(self._world, fact.table, {**fact.cells, "HOSPCODE9": ""}, by_nine=False)
                tables.setdefault(fact.table, []).append(row)
            path = self.folder / f"F43_{facility}_{stamp:%Y%m%d%H%M%S}{self._dice.choice(SUFFIXES)}.zip"
            write_zip(self._world.dice, path, tables)
            paths.append(path)
            known = self._standing.setdefault(facility, [])
            known += [fact for fact in facts if fact.table != "DATA_CORRECT"]
        self._written += paths
        return Change(kind, tuple(paths))

    def _sender(self) -> str:
        return self._dice.choice([facility for facility, rows in self._standing.items() if rows])

    def _some(self, facility: str, share: float) -> list[Fact]:
        rows = self._standing[facility]
        return self._dice.sample(rows, max(1, int(len(rows) * share)))

    def _added(self) -> dict[str, list[Fact]]:
        sender = self._sender()
        return {sender: self._take(sender, 0.5) or self._some(sender, 0.5)}

    def _changed(self) -> dict[str, list[Fact]]:
        sender = self._sender()
        return {sender: [Fact(fact.table, change(self._world, fact)) for fact in self._some(sender, 0.4)]}

    def _vanished(self) -> dict[str, list[Fact]]:
        """Everything once more, but a third; of the drugs of a stay, sent as a block, only some."""
        sender = self._sender()
        rows = [fact for fact in self._some(sender, 0.67) if fact.table != "DRUG_IPD"]
        drug = {"HOSPCODE": sender, "PID": "P1", "AN": "A1", "DATETIME_ADMIT": "20130601080000", "WARDSTAY": "10100"}
        drugs = [
            Fact("DRUG_IPD", {**drug, "TYPEDRUG": "1", "DIDSTD": f"{number:024d}", "D_UPDATE": self._now()})
            for number in self._dice.sample(range(DRUGS), self._dice.randint(1, DRUGS))
        ]
        return {sender: rows + drugs}

    def _erased(self) -> dict[str, list[Fact]]:
        sender = self._sender()
        asked = [
            {"HOSPCODE": sender, "TABLENAME": fact.table, "D_UPDATE": self._now(),
             "DATA_CORRECT": write_correction(self._world, fact, fact.cells)}
            for fact in self._some(sender, 0.3)
        ]  # fmt: skip
        return {sender: [Fact("DATA_CORRECT", cells) for cells in asked]}

    def _persons(self) -> list[Fact]:
        return [fact for rows in self._standing.values() for fact in rows if fact.table == "PERSON"]

    def _mended(self, persons: Sequence[Fact], **cells: str) -> dict[str, list[Fact]]:
        """PERSON rows sent again, with other cells and the time of now."""
        made: dict[str, list[Fact]] = {}
        for fact in persons:
            row = {**fact.cells, **cells, "D_UPDATE": self._now()}
            made.setdefault(row["HOSPCODE"], []).append(Fact("PERSON", row))
        return made

    def _merged(self) -> dict[str, list[Fact]]:
        """Two or three get the citizen number of another."""
        persons = self._persons()
        other = self._dice.choice([fact.cells["CID"] for fact in persons if len(fact.cells["CID"]) == 13] or [""])
        return self._mended(self._dice.sample(persons, min(3, len(persons))), CID=other or self._new_cid())

    def _split(self) -> dict[str, list[Fact]]:
        """Those who shared a number have their own, or none."""
        persons = self._persons()
        return self._mended(
            self._dice.sample(persons, min(3, len(persons))), CID=self._dice.choice(["", self._new_cid()])
        )

    def _moved(self) -> dict[str, list[Fact]]:
        """Some leave home, others come, at another facility than before."""
        persons = self._persons()
        gone = self._mended(self._dice.sample(persons, min(2, len(persons))), TYPEAREA=self._dice.choice("24"))
        come = self._mended(self._dice.sample(persons, min(2, len(persons))), TYPEAREA=self._dice.choice("13"))
        return {
            facility: gone.get(facility, []) + come.get(facility, []) for facility in sorted(gone.keys() | come.keys())
        }

    def _new(self) -> Change:
        silent = [facility for facility in self._senders if not self._standing.get(facility)]
        sender = self._dice.choice(silent) if silent else self._sender()
        return self._sent({sender: self._take(sender, 0.8) or self._some(sender, 0.5)})

    def _twice(self) -> Change:
        """The very same file, and its bytes under another name."""
        path = self._dice.choice(self._written)
        again = path.with_name(f"{path.stem}-z.zip")
        again.write_bytes(path.read_bytes())
        return Change("", (path, again) if self._dice.random() < 0.5 else (path,))

    def _damaged(self) -> Change:
        """Half a zip: refused."""
        whole = self._dice.choice(self._written)
        path = self.folder / f"F43_{self._sender()}_{self._clock:%Y%m%d}999999.zip"
        path.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
        if zipfile.is_zipfile(path):
            raise AssertionError("half a zip is no zip")
        return Change("", (path,))

    def _log(self) -> Change:
        return Change("", logs=(self._logs.pop(),) if self._logs else ())

    def _claimed(self) -> Change:
        """Stays, forms or smears of people who are known, and of some who are not."""
        make, kind = self._dice.choice(((stay, "inpatient"), (form, "risk-screening"), (smear, "cervical")))
        numbers = [fact.cells["CID"] for fact in self._persons()] + [self._new_cid()]
        lines = []
        for number in range(self._dice.randint(3, 9)):
            day = self._world.beside().isoformat()
            own = (
                {"an": f"C{number}", "admitted_at": day, "discharged_at": day} if kind == "inpatient" else {"day": day}
            )
            lines.append(make(hospital=self._sender(), person=self._dice.choice(numbers), **own))
        return Change("", claims=((kind, write(self.folder, f"{kind}-{self._now()}.csv", kind, lines)),))

    def _register(self) -> Change:
        """A facility goes to another contracting unit."""
        row = self._dice.choice(self.organisations)
        row["cup"] = self._dice.choice([code for code in HOSPITALS if code != row["cup"]])
        return Change("")

    def _now(self) -> str:
        return f"{self._clock:%Y%m%d%H%M%S}"

    def _new_cid(self) -> str:
        return make_cid(f"3{self._dice.randrange(10**11):011d}")
