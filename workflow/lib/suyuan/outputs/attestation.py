"""in-toto Statement v1 over every file of the package, with SLSA provenance v1 as predicate.

It says which bytes were made from which bytes. It is not signed: whoever wants to vouch for a
build signs this file, and only then does it prove anything about who made it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from suyuan.contract.config import CONFIG
from suyuan.core import inputs, libraries
from suyuan.core.files import digest, parsed_yaml
from suyuan.core.layout import Layout

STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
PREDICATE_TYPE = "https://slsa.dev/provenance/v1"
# URNs, since the project has no address on the web; docs/decisions/0014 says what they stand for.
BUILD_TYPE = "urn:suyuan:build:snakemake:1"
BUILDER = "urn:suyuan:builder:unsigned-local"


def materials(layout: Layout) -> list[Path]:
    """What the report is made from: raw tables, configuration, templates and code, by name."""
    found = (path for kind in inputs.KINDS for path in inputs.files(layout, kind))
    return sorted((path for path in found if path.is_file()), key=layout.name)


def installed(layout: Layout) -> list[dict[str, Any]]:
    """Resource descriptors of the libraries that computed and drew, as package URLs."""
    found = libraries.installed(layout.root)
    return [{"uri": f"pkg:pypi/{name}@{version}"} for name, version in found.items()]


def descriptors(digests: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """Resource descriptors of files by name and digest."""
    return [{"name": name, "digest": {"sha256": digest}} for name, digest in digests]


def statement(
    layout: Layout, code: Mapping[str, str], digests: Mapping[str, tuple[int, str]]
) -> dict[str, Any]:
    """The statement over files of known size and digest, by name. ``code`` is its version."""
    config = parsed_yaml(layout.read(layout.root / CONFIG))
    used = ((layout.name(path), digest(layout.read(path))) for path in materials(layout))
    return {
        "_type": STATEMENT_TYPE,
        "subject": descriptors((name, digest) for name, (_, digest) in digests.items()),
        "predicateType": PREDICATE_TYPE,
        "predicate": {
            "buildDefinition": {
                "buildType": BUILD_TYPE,
                "externalParameters": {"config": config},
                "internalParameters": {"code": code},
                "resolvedDependencies": [*descriptors(used), *installed(layout)],
            },
            "runDetails": {"builder": {"id": BUILDER}},
        },
    }


def subjects(document: Mapping[str, Any]) -> dict[str, str]:
    """Digest of each file that a statement names."""
    return {entry["name"]: entry["digest"]["sha256"] for entry in document["subject"]}
