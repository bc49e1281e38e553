"""The base of all authored models, and the error of the room."""

from pydantic import BaseModel, ConfigDict

from samrit.authored.marks import Place
from samrit.problems import Problem, SamritError


class AuthoredError(SamritError):
    """A YAML file that a person wrote cannot be used; carries one problem per mistake.

    places: where a model refused what is written; what stands elsewhere may still be looked at.
    """

    def __init__(self, *problems: Problem, places: tuple[Place, ...] = ()) -> None:
        self.places = places
        super().__init__(*problems)


class UnfitError(ValueError):
    """What a validator of a model raises for a value that it refuses: the problem has the words in both languages.

    It is a ValueError because pydantic collects no other; what people see is an AuthoredError.
    """

    def __init__(self, found: Problem) -> None:
        self.found = found
        super().__init__(found.en)


class Model(BaseModel):
    """Base of all authored models: frozen, and an unknown key is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")
