"""The ways to set up agree: pyproject.toml, the three locks, and environment.yml for conda."""

from __future__ import annotations

import re
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from tests.workflow.project import CHECKOUT

# Each lock with the extras that it adds; each holds all of the one before.
LOCKS = {
    "requirements.lock": (),
    "requirements-unattended.lock": ("notices", "validators"),
    "requirements-dev.lock": ("notices", "validators", "dev"),
}
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
Pins = dict[tuple[str, str], str]


def lock_lines(lock: str) -> list[str]:
    return (CHECKOUT / lock).read_text(encoding="utf-8").splitlines()


def requirements(lock: str) -> list[Requirement]:
    """The pinned requirements of a lock."""
    lines = [line for line in lock_lines(lock) if not line.startswith((" ", "#"))]
    return [Requirement(line.removesuffix(" \\")) for line in lines if line]


def pins(lock: str) -> Pins:
    """Version by package and marker; a package may be pinned once for each kind of machine."""
    return {
        (canonicalize_name(entry.name), str(entry.marker or "")): str(entry.specifier)
        for entry in requirements(lock)
    }


@pytest.fixture(scope="module")
def project() -> dict:
    return tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def environment() -> dict:
    return yaml.safe_load((CHECKOUT / "environment.yml").read_text(encoding="utf-8"))


def test_conda_installs_what_pip_cannot_and_pip_installs_the_lock(environment: dict) -> None:
    assert environment["channels"] == ["conda-forge"]
    packages = [entry for entry in environment["dependencies"] if isinstance(entry, str)]
    assert sorted(Requirement(entry).name for entry in packages) == ["pango", "pip", "python"]
    by_pip = [entry for entry in environment["dependencies"] if not isinstance(entry, str)]
    # The lock has hashes, and with hashes pip takes no editable install beside it.
    assert by_pip == [{"pip": ["-r requirements.lock"]}]


def test_the_same_pythons_are_supported(environment: dict, project: dict) -> None:
    (python,) = (
        Requirement(entry)
        for entry in environment["dependencies"]
        if isinstance(entry, str) and Requirement(entry).name == "python"
    )
    assert python.specifier == SpecifierSet(project["requires-python"])


@pytest.mark.parametrize("lock", LOCKS)
def test_every_dependency_is_pinned_as_asked(project: dict, lock: str) -> None:
    wanted = list(project["dependencies"])
    for extra in LOCKS[lock]:
        wanted += project["optional-dependencies"][extra]
    versions = {
        canonicalize_name(entry.name): re.fullmatch(r"==([^*,]+)", str(entry.specifier))[1]
        for entry in requirements(lock)
    }
    for requirement in map(Requirement, wanted):
        assert requirement.specifier.contains(versions[canonicalize_name(requirement.name)])


def test_each_lock_adds_to_the_one_before_and_pins_alike() -> None:
    runtime, unattended, development = (pins(lock) for lock in LOCKS)
    assert len(runtime) > 30
    assert runtime.items() < unattended.items() < development.items()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_hashes_and_no_place(lock: str) -> None:
    lines = lock_lines(lock)
    for number, line in enumerate(lines):
        if line.lstrip().startswith("#"):
            assert "/" not in line, line
            assert "\\" not in line, line
        elif not HASH.fullmatch(line):
            name = re.match(r"[a-z0-9][a-z0-9-]*==[0-9][0-9a-z.+]*", line)
            assert name, line  # no option, address or file: a name and a version
            assert "/" not in line, line
            assert "@" not in line, line
            assert HASH.fullmatch(lines[number + 1]), f"no hash for {line}"
