"""Logs of shared systems: who called what, when, and whether it worked; every received line gets one state.

A line is kept, kept with its success voided, or aside; there is no fourth state.

>>> from samrit.logs import read_log, log_kind
>>> log = b"timestamp,hospcode,topic,success\\n2017-10-02T09:00:00+07:00,11053,DX01,1\\n"
>>> read = read_log(log, log_kind("data-exchange"))
>>> read.read, read.aside
(1, 0)
"""

from samrit.logs.errors import LogsError
from samrit.logs.kinds import LogKind, log_kind, log_kinds, rules_hash
from samrit.logs.moments import moment_of
from samrit.logs.reader import ReadLog, Rule, read_log

__all__ = [
    "LogKind",
    "LogsError",
    "ReadLog",
    "Rule",
    "log_kind",
    "log_kinds",
    "moment_of",
    "read_log",
    "rules_hash",
]
