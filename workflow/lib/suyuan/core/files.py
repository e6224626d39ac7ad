"""Reading and writing files that are not tables, and telling whether they changed."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from suyuan.core.errors import BrokenFile, ConfigError, Problem

ON_A_LINE = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def there(path: Path) -> bool:
    """Whether a file that may be missing is there.

    Raises OSError for what bears its name and can be read by nobody: a link that leads nowhere, a
    folder, a pipe. Whoever put it there believes that it is read.
    """
    if path.is_file():
        return True
    if os.path.lexists(path):
        path.stat()  # of a link that leads nowhere, or to itself
        code = errno.EISDIR if path.is_dir() else errno.EINVAL
        raise OSError(code, os.strerror(code), str(path))
    return False


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text atomically."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file so that a reader sees the old content or the new, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.part")
    try:
        put(temporary, data)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)  # a part takes up the room that is lacking
        raise


def put(path: Path, data: bytes) -> None:
    """Write a file. Raises OSError that names it, even where the disk is full."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def parsed_yaml(data: bytes) -> Any:
    """The plain data that a text of YAML is."""
    return yaml.load(data, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def read_yaml(path: Path) -> Any:
    """Content of a YAML file, plain types only. Raises ConfigError E191 for what is none.

    For files of our own; what people write is read by ``contract.configured``.
    """
    try:
        return parsed_yaml(path.read_bytes())
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise ConfigError(
            Problem("E191", os.path.relpath(path), mark.line + 1 if mark else 1)
        ) from error


def read_json(path: Path) -> Any:
    """Content of a JSON file that this package has written. Raises BrokenFile E405."""
    try:
        return json.loads(path.read_bytes())
    except ValueError as error:
        raise BrokenFile(Problem("E405", os.path.relpath(path))) from error


def dump_json(value: Any) -> str:
    """JSON with sorted keys on one line: equal values give equal text."""
    return ON_A_LINE.encode(value)


def dump_listing(document: Mapping[str, Any]) -> str:
    """JSON with a line per key, and per item of a list, so that diffs show single entries."""
    lines = []
    for key, value in document.items():
        if isinstance(value, list) and value:
            items = ",\n".join(dump_json(item) for item in value)
            lines.append(f"{dump_json(key)}: [\n{items}\n]")
        else:
            lines.append(f"{dump_json(key)}: {dump_json(value)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def digest(data: bytes) -> str:
    """SHA-256 of some bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


def sha256(path: Path) -> str:
    """The digest of a file's bytes."""
    return digest(path.read_bytes())
