"""The KPI registry's pure half: templates, values, rounds, targets, judging and roll-ups; no database and no web.

>>> from decimal import Decimal
>>> from samrit.kpi import Operator, Round, Target, Targets, judge
>>> targets = Targets({2561: {Round.M6: Target(Decimal(40)), Round.M12: Target(Decimal(60))}})
>>> value = Decimal(46) * 100 / 116
>>> judge(value, Operator.AT_LEAST, targets.of(2561, Round.M6))
False

`template` is a KPI as its page says it, `judging` targets and verdicts, `banding` scores and levels, `rolling` and
`rounds` results over units and over the year, `checking` what `samrit kpi check` does.
"""

from samrit.kpi.banding import BandOf, level_of, score_in
from samrit.kpi.checking import Checked, check_template
from samrit.kpi.errors import KpiError
from samrit.kpi.judging import Operator, Target, Targets, Unreported, Verdicts, count_verdicts, judge
from samrit.kpi.rolling import RollUp, UnitResult, roll_up
from samrit.kpi.rounds import Course, Round, at_round
from samrit.kpi.template import Template, read_template, shipped_templates

__all__ = [
    "BandOf",
    "Checked",
    "Course",
    "KpiError",
    "Operator",
    "RollUp",
    "Round",
    "Target",
    "Targets",
    "Template",
    "UnitResult",
    "Unreported",
    "Verdicts",
    "at_round",
    "check_template",
    "count_verdicts",
    "judge",
    "level_of",
    "read_template",
    "roll_up",
    "score_in",
    "shipped_templates",
]
