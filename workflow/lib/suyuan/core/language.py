"""The language that a person is spoken to in, where there are two."""

from __future__ import annotations

import os
from collections.abc import Mapping

CHINESE, ENGLISH = LANGUAGES = ("zh", "en")
SAID_BY = ("LC_ALL", "LC_MESSAGES", "LANG")  # POSIX: the first that is set


def language(asked: str | None = None, environment: Mapping[str, str] = os.environ) -> str:
    """The one asked for, else the locale's: Chinese for any zh, English for all others.

    Where there is no locale at all it is Chinese, as everything else that suyuan says.
    """
    if asked:
        return asked
    locale = next(filter(None, map(environment.get, SAID_BY)), CHINESE)
    return CHINESE if locale.casefold().startswith(CHINESE) else ENGLISH
