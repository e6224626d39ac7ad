"""What methods are called in print, in both languages: templates/index/methods.yaml.

A recipe, the tables and JSON have the names that a recipe takes; people read the words.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from suyuan.contract.configured import read_document
from suyuan.core.language import CHINESE, language
from suyuan.core.resources import carried

METHODS = "templates/index/methods.yaml"
NORMALISE, AGGREGATION, WEIGHTS, TREAT, MISSING, FACTOR = (
    "normalise",
    "aggregation",
    "weights",
    "treat",
    "missing",
    "factor",
)
WITH_NAME = {True: "{called}（{name}）", False: "{called} ({name})"}  # Chinese has wide brackets


class Method(str):
    """The name of a method as a recipe takes it, which a message gives with its words.

    ``kind`` is the section of methods.yaml.
    """

    __slots__ = ("kind",)
    kind: str

    def __new__(cls, name: str, kind: str) -> Method:
        found = super().__new__(cls, name)
        found.kind = kind
        return found


@lru_cache
def methods() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Words by kind, name and language."""
    content: Mapping[str, Mapping[str, Mapping[str, str]]] = read_document(
        carried() / METHODS, METHODS
    ).content
    return content


def called(kind: str, name: str, lang: str) -> str:
    """What people call the method; one with a parameter, as ``power:2``, says that too.

    Raises KeyError for a method that is not declared.
    """
    plain, _, parameter = name.partition(":")
    words = methods()[kind][plain][lang]
    if not parameter:
        return words
    return words.format(exponent=parameter) if "{" in words else f"{words} {parameter}"


def with_name(method: Method, asked: str | None) -> str:
    """The words, and the name by which a recipe has it."""
    lang = language(asked)
    shape = WITH_NAME[lang == CHINESE]
    return shape.format(called=called(method.kind, method, lang), name=str(method))
