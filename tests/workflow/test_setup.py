"""Set-up never breaks an environment that works: the new one is made beside it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.workflow.project import CHECKOUT

UV = """#!/bin/sh
# Stands in for uv: makes an environment, and installs as long as there is a network.
case "$1" in
  venv) for place; do :; done; mkdir -p "$place/bin"
    echo "relocatable = true" > "$place/pyvenv.cfg"
    printf '#!/bin/sh\\n' > "$place/bin/python"; chmod +x "$place/bin/python" ;;
  pip) [ -z "$OFFLINE" ] || exit 1; echo new > .venv.new/library ;;
esac
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    root = tmp_path / "checkout"
    (root / "tools").mkdir(parents=True)
    for path in (*CHECKOUT.glob("requirements*.lock"), CHECKOUT / "pyproject.toml"):
        shutil.copy(path, root)
    shutil.copy(CHECKOUT / "tools/setup.sh", root / "tools")
    (root / "tools/uv.sh").write_text(UV, encoding="utf-8")
    (root / "tools/system.sh").write_text("#!/bin/sh\n", encoding="utf-8")
    for name in ("uv.sh", "system.sh"):
        (root / "tools" / name).chmod(0o755)
    return root


def setup(root: Path, kind: str = "runtime", **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        ["tools/setup.sh", kind], cwd=root, env=os.environ | environment, capture_output=True,
        encoding="utf-8", check=False, timeout=120,
    )  # fmt: skip


def environments(root: Path) -> set[str]:
    return {path.name for path in root.glob(".venv*")}


def test_a_failed_set_up_leaves_the_environment_and_its_stamp(checkout: Path) -> None:
    assert setup(checkout).returncode == 0
    (checkout / ".venv/library").write_text("old\n", encoding="utf-8")
    failed = setup(checkout, "dev", OFFLINE="1")
    assert failed.returncode != 0
    assert "原有环境保持不变" in failed.stderr
    assert (checkout / ".venv/library").read_text(encoding="utf-8") == "old\n"
    assert environments(checkout) == {".venv"}
    assert setup(checkout, OFFLINE="1").returncode == 0  # it still holds what the report needs


def test_what_succeeds_takes_the_place_of_the_old_one(checkout: Path) -> None:
    assert setup(checkout).returncode == 0
    (checkout / ".venv/library").write_text("old\n", encoding="utf-8")
    assert setup(checkout, "dev").returncode == 0
    assert (checkout / ".venv/library").read_text(encoding="utf-8") == "new\n"
    assert environments(checkout) == {".venv"}
    assert setup(checkout, "runtime", OFFLINE="1").returncode == 0


def test_a_path_through_a_link_is_no_other_place(checkout: Path, tmp_path: Path) -> None:
    assert setup(checkout).returncode == 0
    (tmp_path / "link").symlink_to(checkout, target_is_directory=True)
    assert setup(tmp_path / "link", OFFLINE="1").returncode == 0


def test_a_set_up_killed_between_two_renames_is_put_right(checkout: Path) -> None:
    assert setup(checkout).returncode == 0
    (checkout / ".venv").rename(checkout / ".venv.old")
    assert setup(checkout, OFFLINE="1").returncode == 0
    assert environments(checkout) == {".venv"}


def test_more_is_enough_for_less(checkout: Path) -> None:
    assert setup(checkout).returncode == 0
    assert setup(checkout, "unattended", OFFLINE="1").returncode != 0
    assert setup(checkout, "unattended").returncode == 0
    assert setup(checkout, "runtime", OFFLINE="1").returncode == 0
    assert setup(checkout, "dev", OFFLINE="1").returncode != 0
    assert setup(checkout, "dev").returncode == 0
    assert setup(checkout, "unattended", OFFLINE="1").returncode == 0
