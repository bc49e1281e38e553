"""Logs as received: kept byte for byte in the vault beside the packages, with a receipt. What has one is never lost."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from samrit.logs import LogKind, LogsError
from samrit.objects import canonical, name_of, put_file
from samrit.problems import Problem, Where, problem
from samrit.warehouse.home import Home
from samrit.warehouse.logs.parsing import ParsedLog, parse_log
from samrit.warehouse.logs.receipt import LogReceipt


@dataclass(frozen=True)
class ReceivedLog:
    """What became of one file: loaded, duplicate or rejected; and what is to be said of it."""

    file: str
    status: str
    receipt: LogReceipt | None
    problems: tuple[Problem, ...] = field(default=())


def receive_log(home: Home, kind: LogKind, path: Path) -> ReceivedLog:
    """Keep a log and write its receipt. Call under the writers' lock."""
    shown = path.name.encode(errors="replace").decode()
    try:
        content = path.read_bytes()
    except OSError as error:
        found = problem("logs.file.unreadable", Where(file=str(path)), reason=type(error).__name__)
        return ReceivedLog(shown, "rejected", None, (found,))
    receipt = LogReceipt(kind.id, hashlib.sha256(content).hexdigest(), shown)
    paper = _paper(home, receipt.kind, receipt.sha256)
    if paper.exists():
        return ReceivedLog(shown, "duplicate", receipt)
    try:
        parsed = parse_log(home, receipt, content)
    except LogsError as error:
        return ReceivedLog(shown, "rejected", None, error.problems)
    kept = home.packages / f"{receipt.sha256}.log"
    if not kept.exists():
        put_file(kept, content, mode=0o600)
    put_file(paper, canonical(receipt.__dict__), mode=0o600)
    return ReceivedLog(shown, "loaded", receipt, tuple(_problems_of(parsed)))


def log_receipts(home: Home) -> list[LogReceipt]:
    """Every log received so far, by kind and bytes: the order of arrival is forgotten."""
    return sorted(LogReceipt(**json.loads(paper.read_bytes())) for paper in home.log_receipts.glob("*.json"))


def log_receipt_of(home: Home, kind: str, sha256: str) -> LogReceipt:
    """The receipt of a log by what it is known by."""
    return LogReceipt(**json.loads(_paper(home, kind, sha256).read_bytes()))


def _paper(home: Home, kind: str, sha256: str) -> Path:
    return home.log_receipts / f"{name_of(kind, sha256)}.json"


def _problems_of(parsed: ParsedLog) -> list[Problem]:
    """What is to be said of a log that was kept: each fault once, at its first line, with how often it is there."""
    file = parsed.receipt.file
    said = [] if parsed.encoding == "utf-8" else [problem("logs.file.encoding", Where(file=file))]
    if not parsed.read:
        said.append(problem("logs.file.empty", Where(file=file)))
    said += [problem("logs.file.column_unused", Where(file=file, field=n), name=n) for n in parsed.unknown]
    faults = parsed.faults().sort("line", "field", "rule")
    counts = Counter(faults.select("rule", "field").iter_rows())
    for line, name, rule, _ in faults.unique(["rule", "field"], keep="first", maintain_order=True).iter_rows():
        where = Where(file=file, line=line, field=name)
        said.append(problem(f"logs.row.{rule}", where, field=name, count=counts[rule, name]))
    return said
