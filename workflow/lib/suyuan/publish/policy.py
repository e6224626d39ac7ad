"""Policy: what a project asks of a publication beside the gates that always hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from suyuan.contract.configured import read_document
from suyuan.contract.shapes import Choice, Keys, Shape, Text, hold

POLICY = "config/publication.yaml"
REQUIRED, OPTIONAL = "required", "optional"
VALIDATORS = ("html5", "pdfa", "pdfua", "axe")


@dataclass(frozen=True)
class Policy:
    """config/publication.yaml."""

    review: str
    validators: Mapping[str, str]
    address: str

    def requires(self, validator: str) -> bool:
        return self.validators[validator] == REQUIRED


def read_policy(root: Path) -> Policy:
    """The policy. Raises ConfigError with each of E181 to E197 for another shape."""
    choice = Choice((REQUIRED, OPTIONAL))
    keys: dict[str, Shape] = {
        "review": choice,
        "validators": Keys(dict.fromkeys(VALIDATORS, choice)),
        "address": Text(empty=True),
    }
    return Policy(**hold(read_document(root / POLICY, POLICY), Keys(keys)))
