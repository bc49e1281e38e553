"""The short form of the proof in proofs/kill_load.py."""

import importlib.util
import sys
from pathlib import Path

PROOF = Path(__file__).parents[2] / "proofs" / "kill_load.py"


def test_load_that_is_killed_loses_nothing_and_shows_no_half(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("kill_load", PROOF)
    assert spec is not None
    assert spec.loader is not None
    kill_load = importlib.util.module_from_spec(spec)
    sys.modules["kill_load"] = kill_load
    spec.loader.exec_module(kill_load)
    findings = kill_load.prove(8, tmp_path, facilities=1, days=3, parts=2)
    assert findings.failures == []
    assert findings.kills.total() == 8
    assert findings.checks["acknowledged package has receipt and bytes"] > 3
    assert findings.checks["final load gives the true rows"] == 4
