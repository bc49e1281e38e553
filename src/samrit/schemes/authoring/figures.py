"""Figures of a pack: every number says where it comes from."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field

from samrit.authored import Model
from samrit.reference import parse_day
from samrit.reference.refused import ReferenceRefused


def _iso(text: str) -> str:
    try:
        return parse_day(text).isoformat()
    except ReferenceRefused as error:
        raise ValueError(error.problems[0].en) from error


Day = Annotated[str, AfterValidator(_iso)]
"""A day of the Common Era, YYYY-MM-DD."""


class Standing(StrEnum):
    """Where a figure comes from."""

    PRINTED = "printed"
    RECONSTRUCTED = "reconstructed"
    ASSUMED = "assumed"
    TYPED_IN = "typed_in"
    COMPUTED = "computed"


class Words(Model):
    """Thai and English."""

    th: str
    en: str


class Figure(Model):
    """A number from 0 with its standing."""

    value: Decimal = Field(ge=0)
    standing: Standing
