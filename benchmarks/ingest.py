"""Ingest against the least that any reader must do: inflate, decode and count the fields of the same zips.

    python benchmarks/ingest.py FOLDER
"""

import sys
import tempfile
import zipfile
from pathlib import Path

from measured import machine, measure, zips_of


def baseline(folder: str) -> dict[str, int]:
    """Inflate + decode + field count."""
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
                    fields += line.count("|") + 1
    return {"lines": lines, "fields": fields, "bytes": size}


def ingest(folder: str) -> dict[str, int]:
    """`samrit load` into an empty home."""
    from samrit.warehouse import Home, load  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as aside:
        stages: dict[str, int] = {}
        loaded = load(Home(Path(aside) / "home"), [Path(folder)], lambda stage, done, total: stages.update({stage: done}))
        return {**stages, "facilities": len(loaded.snapshot.facilities)}


def main() -> None:
    folder = sys.argv[1]
    raw = measure(baseline, folder)
    load = measure(ingest, folder)
    print(machine())
    print(f"zips: {len(zips_of(Path(folder)))}, {raw.result}")
    print(f"{'':22}{'CPU s':>10}{'wall s':>10}{'peak MB':>10}")
    for name, m in (("inflate+decode+count", raw), ("samrit load", load)):
        print(f"{name:22}{m.cpu:10.2f}{m.wall:10.2f}{m.peak_mb:10.0f}")
    print(f"ratio of CPU: {load.cpu / raw.cpu:.1f}  ({load.result})")


if __name__ == "__main__":
    main()
