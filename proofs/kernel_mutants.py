"""Do the tests notice a changed kernel? `python proofs/kernel_mutants.py [PATH...] [--sample 300] [--write]`.

Every module of scoring, allocation and the money of schemes is changed in one place at a time (mutating_python.py) and
the tests of its room are run, those of the module first, until one fails. A mutant that no test notices survives:
either a test is missing, or none can notice it and `kernel_equivalent.yaml` says why.
PATH: parts of names of modules (scoring/bands). --sample: so many mutants, chosen evenly over all of them.
--write puts the result into docs/proofs/kernel.md. Exit code 1 when a survivor has no reason.
"""

import argparse
import ast
import gc
import importlib
import os
import platform
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from datetime import date
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from io import StringIO
from pathlib import Path
from types import ModuleType

import pytest
import yaml
from hypothesis import HealthCheck, Phase, settings
from mutating_python import Mutant, mutants

HERE = Path(__file__).parent
ROOT = HERE.parent
PAGE = ROOT / "docs" / "proofs" / "kernel.md"
ROOMS = ("scoring", "allocation", "schemes/paying", "schemes/scores.py", "schemes/norms.py")
ALREADY = ("samrit.problems", "samrit.authored", "samrit.reference", "samrit.measures", "samrit.results")
"""What does not read the rooms under test is imported once."""
TESTS = {
    "scoring": ("tests/scoring", "tests/worked/test_nhso_2552_scores.py", "tests/worked/test_qof_2557_bands.py"),
    "allocation": (
        "tests/allocation",
        "tests/worked/test_nhso_2552_allocation.py",
        "tests/worked/test_qof_2557_netting.py",
    ),
    "schemes": tuple(
        f"tests/schemes/{name}.py"
        for name in (
            *("test_scores", "test_money", "test_evaluate", "test_excellence"),
            *("authoring/test_worked", "test_second_opinion"),
        )
    ),
}
PLAIN = (
    "-x",
    "-q",
    "--assert=plain",
    "-o",
    "addopts=",
    *("-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:pytest_cov"),
)
PATIENCE = 5
"""What takes so many times as long as without a change does not come to an end, and is noticed."""


@dataclass
class Tally:
    """What became of the mutants of one module."""

    name: str
    killed: int = 0
    by_time: int = 0
    survivors: list[Mutant] = field(default_factory=list)


def modules() -> list[Path]:
    """The modules under test, below src/samrit."""
    source = ROOT / "src" / "samrit"
    found = [
        p for room in ROOMS for p in ([source / room] if room.endswith(".py") else sorted((source / room).glob("*.py")))
    ]
    return [path.relative_to(source) for path in found if path.name != "__init__.py"]


def tests_of(module: Path, copy: Path) -> list[list[str]]:
    """The tests of the module itself, then all that look at its room; only those that exist."""
    room = module.parts[0]
    own = [copy / "tests" / module.parent / f"test_{module.stem}.py", copy / "tests" / room / f"test_{module.stem}.py"]
    stages = [[path for path in own if path.is_file()][:1], [copy / path for path in TESTS[room]]]
    return [[str(path) for path in stage if path.exists()] for stage in stages if stage]


class Changed(MetaPathFinder, Loader):
    """Gives the changed module to whoever imports it."""

    def __init__(self, name: str, tree: ast.Module, path: Path) -> None:
        self.name, self.tree, self.path = name, tree, path

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """The spec of the changed module."""
        del path, target
        return spec_from_loader(fullname, self, origin=str(self.path)) if fullname == self.name else None

    def exec_module(self, module: ModuleType) -> None:
        """Run the changed module."""
        module.__file__ = str(self.path)
        exec(compile(self.tree, str(self.path), "exec"), module.__dict__)  # noqa: S102


def notices(module: Path, tree: ast.Module | None, copy: Path, limit: float) -> str:
    """'killed', 'time' or 'survived' after so many seconds: the tests against a changed module (None: as it is)."""
    child = os.fork()
    if not child:
        os._exit(_run(module, tree, copy))
    deadline = time.monotonic() + limit
    while time.monotonic() < deadline:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return "survived" if os.waitstatus_to_exitcode(status) == 0 else "killed"
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "time"


def _run(module: Path, tree: ast.Module | None, copy: Path) -> int:
    """In a process of its own: 0 when every test passes."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    if tree is not None:
        name = ".".join(("samrit", *module.with_suffix("").parts))
        sys.meta_path.insert(0, Changed(name, tree, copy / "src" / "samrit" / module))
    try:
        return next((int(code) for stage in tests_of(module, copy) if (code := pytest.main([*PLAIN, *stage]))), 0)
    except BaseException:  # whatever it is, it was noticed
        return 1


def prepare(copy: Path) -> None:
    """A copy of the sources and tests, so that nobody's work is in the way; what is always the same is imported."""
    ignore = shutil.ignore_patterns("__pycache__", "*.pyc")
    for folder in ("src", "tests", "docs"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", copy)
    sys.path[:0] = [str(copy / "src"), str(copy / "tests")]
    os.chdir(copy)
    os.environ.pop("PYTEST_ADDOPTS", None)
    settings.register_profile(
        "mutants",
        phases=[Phase.explicit, Phase.generate],  # the first counterexample is enough
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    settings.load_profile("mutants")
    for name in ALREADY:
        importlib.import_module(name)
    from samrit.measures import measure, measure_ids  # noqa: PLC0415 (from the copy)

    for name in measure_ids():
        measure(name)
    with redirect_stdout(StringIO()):  # pytest and what tests use
        pytest.main([*PLAIN, "--collect-only", str(copy / "tests" / "problems" / "test_problem.py")])
    early = [name for name in sys.modules if name.startswith(("samrit.scoring", "samrit.allocation", "samrit.schemes"))]
    if early:
        raise SystemExit(f"imported too early to be changed: {' '.join(early)}")
    gc.collect()
    gc.freeze()


def run(paths: Sequence[str], sample: int, copy: Path) -> tuple[list[Tally], int]:
    """The tallies of the modules, and how many mutants there are without sampling."""
    chosen = [m for m in modules() if not paths or any(path in m.as_posix() for path in paths)]
    limits = {}
    for room in sorted({m.parts[0] for m in chosen}):
        first, before = next(m for m in chosen if m.parts[0] == room), time.monotonic()
        if notices(first, None, copy, 600) != "survived":
            raise SystemExit(f"the tests of {room} fail before anything is changed")
        limits[room] = PATIENCE * (time.monotonic() - before)
    made = [
        (m, mutant) for m in chosen for mutant in mutants((ROOT / "src" / "samrit" / m).read_text(encoding="utf-8"))
    ]
    step = max(1.0, len(made) / sample) if sample else 1.0
    taken = [made[int(n * step)] for n in range(int(len(made) / step))]
    tallies = {m: Tally(m.as_posix()) for m in chosen}
    why = reasons()
    for module, mutant in taken:
        tally, found = tallies[module], notices(module, mutant.make(), copy, limits[module.parts[0]])
        tally.killed += found != "survived"
        tally.by_time += found == "time"
        if found == "survived":
            tally.survivors.append(mutant)
            known = "" if (tally.name, mutant.change) not in why else " (known)"
            sys.stdout.write(f"{tally.name}:{mutant.line} survived{known}: {mutant.change}\n")
            sys.stdout.flush()
    return [tally for tally in tallies.values() if tally.killed or tally.survivors], len(made)


def reasons() -> dict[tuple[str, str], str]:
    """Why a survivor makes no difference: (module, change) -> reason."""
    listed = yaml.safe_load((HERE / "kernel_equivalent.yaml").read_text(encoding="utf-8")) or []
    return {(entry["module"], change): entry["why"] for entry in listed for change in entry["changes"]}


def page(tallies: Sequence[Tally], total: int, command: str, seconds: float, coverage: str) -> Iterator[str]:
    """The result as lines of a page."""
    why = reasons()
    tested = sum(t.killed + len(t.survivors) for t in tallies)
    killed = sum(t.killed for t in tallies)
    known = sum((t.name, m.change) in why for t in tallies for m in t.survivors)
    yield "# Do the tests notice a changed kernel?"
    yield ""
    day = date.today().isoformat()  # noqa: DTZ011
    yield f"Written by `{command}` on {day} in {seconds / 60:,.0f} minutes: {platform.machine()},"
    yield f"{os.cpu_count()} cores, Python {platform.python_version()}."
    yield ""
    yield "Every module of scoring, allocation and the money of schemes is changed in one place at a time (a comparison"
    yield "moved or turned, an operator exchanged, a number one higher, a condition turned or dropped, a result"
    yield "forgotten), and the tests of its room are run until one fails."
    yield ""
    yield f"- mutants: {total:,}" + (f"; tried: {tested:,}, chosen evenly over all of them" if tested < total else "")
    live, part = max(tested - known, 1), killed * 1000 // max(tested, 1) / 10
    yield f"- killed: {killed:,} of {tested:,} ({part} %), {sum(t.by_time for t in tallies)} of them by time"
    yield f"- survivors that no test can notice, each with its reason below: {known}"
    yield f"- survivors without a reason: {tested - killed - known};"
    yield f"  killed of those that could be: {killed * 1000 // live / 10} %"
    yield ""
    yield coverage
    yield "| module | tried | killed | no test can notice | missed |"
    yield "|---|--:|--:|--:|--:|"
    for t in tallies:
        same = sum((t.name, m.change) in why for m in t.survivors)
        yield f"| {t.name} | {t.killed + len(t.survivors)} | {t.killed} | {same} | {len(t.survivors) - same} |"
    yield ""
    yield "## Survivors"
    for t in tallies:
        for m in t.survivors:
            yield f"- {t.name}: `{m.change}` - {why.get((t.name, m.change), '**no test notices this yet**')}"


def kept_coverage() -> str:
    """What the page says of coverage, which another command measures."""
    if not PAGE.is_file():
        return ""
    text = PAGE.read_text(encoding="utf-8")
    _, start, rest = text.partition("<!-- coverage -->")
    return f"{start}{rest.partition('<!-- end -->')[0]}<!-- end -->\n" if start else ""


def main() -> int:
    """Run and report."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("paths", nargs="*", help="parts of names of modules; all when none is named")
    arguments.add_argument("--sample", type=int, default=0, help="so many mutants, chosen evenly; all without it")
    arguments.add_argument("--write", action="store_true", help="write docs/proofs/kernel.md")
    given = arguments.parse_args()
    command = " ".join(["python proofs/kernel_mutants.py", *sys.argv[1:]])
    before = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="samrit-kernel-") as folder:
        copy = Path(folder)
        prepare(copy)
        tallies, total = run(given.paths, given.sample, copy)
        os.chdir(ROOT)
    text = "\n".join(page(tallies, total, command, time.monotonic() - before, kept_coverage())) + "\n"
    if given.write:
        PAGE.write_text(text, encoding="utf-8")
    why = reasons()
    missed = sum((t.name, m.change) not in why for t in tallies for m in t.survivors)
    sys.stdout.write(f"{sum(t.killed for t in tallies)} killed, {missed} missed\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
