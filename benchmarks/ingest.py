"""Ingest against the least that any reader must do: inflate, decode and count the fields of the same zips.

Two baselines are printed: fields cut and counted line by line, as a plain reader does, and delimiters merely counted,
which no reader can get below. The ratio that is quoted is the first one; views (people, registrations, events) are
part of `samrit load` and shown apart.

    python benchmarks/ingest.py FOLDER
"""

import sys
import tempfile
import time
import zipfile
from pathlib import Path

from measured import machine, measure, zips_of


def baseline(folder: str, cut: bool) -> dict[str, int]:
    """Inflate + decode + field count, the fields cut or only their delimiters counted."""
    lines = fields = size = 0
    for path in zips_of(Path(folder)):
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                content = archive.read(info)
                size += len(content)
                try:
                    text = content.decode("utf-8")
                except UnicodeDecodeError:
                    text = content.decode("cp874", errors="replace")
                for line in text.split("\n"):
                    lines += 1
                    fields += len(line.split("|")) if cut else line.count("|") + 1
    return {"lines": lines, "fields": fields, "bytes": size}


def ingest(folder: str) -> dict[str, float]:
    """`samrit load` into an empty home."""
    from samrit.warehouse import Home, load  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as aside:
        seconds: dict[str, float] = {}
        last = [time.process_time()]

        def note(stage: str, done: int, total: int) -> None:
            now = time.process_time()
            seconds[stage] = seconds.get(stage, 0.0) + now - last[0]
            last[0] = now

        load(Home(Path(aside) / "home"), [Path(folder)], note)
        return seconds


def main() -> None:
    folder = sys.argv[1]
    count, raw, load = measure(baseline, folder, False), measure(baseline, folder, True), measure(ingest, folder)
    views = load.result["views"]
    print(machine())
    print(f"zips: {len(zips_of(Path(folder)))}, {raw.result}")
    print(f"{'':34}{'CPU s':>10}{'wall s':>10}{'peak MB':>10}")
    rows = (
        ("inflate + decode + delimiter count", count),
        ("inflate + decode + field count", raw),
        ("samrit load", load),
    )
    for name, m in rows:
        print(f"{name:34}{m.cpu:10.2f}{m.wall:10.2f}{m.peak_mb:10.0f}")
    print("stages, CPU s:", {stage: round(s, 1) for stage, s in load.result.items()})
    print(f"ingest (packages to standing rows) / field count: {(load.cpu - views) / raw.cpu:.1f}")
    print(f"whole load with views / field count: {load.cpu / raw.cpu:.1f}")
    print(f"ingest / delimiter count: {(load.cpu - views) / count.cpu:.1f}, whole load: {load.cpu / count.cpu:.1f}")


if __name__ == "__main__":
    main()
