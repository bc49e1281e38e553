"""The base of all authored models, and the error of the room."""

from pydantic import BaseModel, ConfigDict

from samrit.problems import SamritError


class AuthoredError(SamritError):
    """A YAML file that a person wrote cannot be used; carries one problem per mistake."""


class Model(BaseModel):
    """Base of all authored models: frozen, and an unknown key is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")
