"""CPU seconds and peak memory of a function in a process of its own."""

import multiprocessing
import platform
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Measured:
    """CPU and wall seconds, peak memory in MB, what the function gave."""

    cpu: float
    wall: float
    peak_mb: float
    result: Any


def measure(function: Callable[..., Any], *arguments: Any) -> Measured:
    """Run a function in a fresh process; imports it needs are part of what is measured unless already inherited."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_run, args=(theirs, function, arguments))
    process.start()
    measured = ours.recv()
    process.join()
    if isinstance(measured, BaseException):
        raise measured
    return measured


def _run(pipe: Any, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    try:
        before, started = time.process_time(), time.perf_counter()
        result = function(*arguments)
        cpu, wall = time.process_time() - before, time.perf_counter() - started
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        pipe.send(Measured(cpu, wall, peak, result))
    except BaseException as error:
        pipe.send(error)


def machine() -> str:
    """Cores, memory and versions, for dated notes; no paths."""
    import os  # noqa: PLC0415

    import duckdb  # noqa: PLC0415
    import polars  # noqa: PLC0415

    pages = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30
    return (
        f"{os.cpu_count()} cores, {pages} GiB, {platform.machine()}, Python {platform.python_version()}, "
        f"polars {polars.__version__}, duckdb {duckdb.__version__}"
    )


def zips_of(folder: Path) -> list[Path]:
    """The zips of a folder, sorted."""
    return sorted(f for f in folder.rglob("*") if f.suffix.lower() == ".zip")
