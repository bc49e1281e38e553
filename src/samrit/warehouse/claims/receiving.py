"""Claims files as received: kept byte for byte in the vault beside the packages, with a receipt; none is ever lost."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from samrit.claims import ClaimsError, Layout
from samrit.objects import canonical, name_of, put_file
from samrit.problems import Problem, Where, problem
from samrit.warehouse.claims.parsing import ParsedClaims, parse_claims
from samrit.warehouse.claims.receipt import ClaimsReceipt
from samrit.warehouse.home import Home


@dataclass(frozen=True)
class ReceivedClaims:
    """What became of one file: loaded, duplicate or rejected; and what is to be said of it."""

    file: str
    status: str
    receipt: ClaimsReceipt | None
    problems: tuple[Problem, ...] = field(default=())


def receive_claims(home: Home, of: Layout, path: Path) -> ReceivedClaims:
    """Keep a file and write its receipt. Call under the writers' lock."""
    shown = path.name.encode(errors="replace").decode()
    try:
        content = path.read_bytes()
    except OSError as error:
        found = problem("claims.file.unreadable", Where(file=str(path)), reason=type(error).__name__)
        return ReceivedClaims(shown, "rejected", None, (found,))
    receipt = ClaimsReceipt(of.kind, hashlib.sha256(content).hexdigest(), shown)
    paper = _paper(home, receipt.kind, receipt.sha256)
    if paper.exists():
        return ReceivedClaims(shown, "duplicate", receipt)
    try:
        parsed = parse_claims(home, receipt, content)
    except ClaimsError as error:
        return ReceivedClaims(shown, "rejected", None, error.problems)
    kept = home.packages / f"{receipt.sha256}.claims"
    if not kept.exists():
        put_file(kept, content, mode=0o600)
    put_file(paper, canonical(receipt.__dict__), mode=0o600)
    return ReceivedClaims(shown, "loaded", receipt, tuple(_problems_of(parsed)))


def claims_receipts(home: Home) -> list[ClaimsReceipt]:
    """Every file received so far, by kind and bytes: the order of arrival is forgotten."""
    return sorted(ClaimsReceipt(**json.loads(paper.read_bytes())) for paper in home.claims_receipts.glob("*.json"))


def claims_receipt_of(home: Home, kind: str, sha256: str) -> ClaimsReceipt:
    """The receipt of a file by what it is known by."""
    return ClaimsReceipt(**json.loads(_paper(home, kind, sha256).read_bytes()))


def _paper(home: Home, kind: str, sha256: str) -> Path:
    return home.claims_receipts / f"{name_of(kind, sha256)}.json"


def _problems_of(parsed: ParsedClaims) -> list[Problem]:
    """What is to be said of a file that was kept: each fault once, at its first line, with how often it is there."""
    file = parsed.receipt.file
    said = [problem("claims.file.encoding", Where(file=file))] if parsed.encoding == "cp874" else []
    if not parsed.read:
        said.append(problem("claims.file.empty", Where(file=file)))
    said += [problem("claims.file.column_unused", Where(file=file, field=n), name=n) for n in parsed.unknown]
    faults = parsed.faults().sort("line", "field", "rule")
    counts = Counter(faults.select("rule", "field").iter_rows())
    for line, name, rule, *_ in faults.unique(["rule", "field"], keep="first", maintain_order=True).iter_rows():
        where = Where(file=file, line=line, field=name)
        said.append(problem(f"claims.row.{rule}", where, field=name, count=counts[rule, name]))
    return said
