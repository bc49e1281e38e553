"""Figures of a pack: every number says where it comes from."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from samrit.authored import Model, UnfitError
from samrit.reference import parse_day
from samrit.reference.refused import ReferenceRefused


def _day(text: object) -> object:
    """A text as a day; what is no text is left to the model to refuse."""
    try:
        return parse_day(text) if isinstance(text, str) else text
    except ReferenceRefused as error:
        raise UnfitError(error.problems[0]) from error


def _iso(text: str) -> str:
    return str(_day(text))


Day = Annotated[str, AfterValidator(_iso)]
"""A day of the Common Era, YYYY-MM-DD, kept as it is written."""
DayOf = Annotated[date, BeforeValidator(_day)]
"""The same as a date."""


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
