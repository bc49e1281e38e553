"""Other sources of the same facts: claims of stays, risk-screening forms, the cervical registry, items paid singly.

A line is kept, kept with a cell voided, or aside; a form that is not complete bounces, which is one way to be aside.

layouts    the kinds of files and their columns, read from `spec/`
cells      what a cell says
reader     bytes to lines
choosing   which source stands when two tell of one thing; which services are paid singly

>>> from samrit.claims import layout, read_claims
>>> form = b"hospital,person,day,result\\n11053,1100701234561,2013-05-01,\\n"
>>> read_claims(form, layout("cervical")).faults.row(0)
(2, 'result', 'form_blank', 'aside', '11053')
"""

from samrit.claims.choosing import PaidService, Precedence, Source, paid_service, paid_services, usual_precedence
from samrit.claims.errors import ClaimsError
from samrit.claims.layouts import PERSON, PID, UPDATED, CellType, Column, Layout, layout, layouts, rules_hash
from samrit.claims.reader import BOUNCES, ReadClaims, Rule, read_claims

__all__ = [
    "BOUNCES",
    "PERSON",
    "PID",
    "UPDATED",
    "CellType",
    "ClaimsError",
    "Column",
    "Layout",
    "PaidService",
    "Precedence",
    "ReadClaims",
    "Rule",
    "Source",
    "layout",
    "layouts",
    "paid_service",
    "paid_services",
    "read_claims",
    "rules_hash",
    "usual_precedence",
]
