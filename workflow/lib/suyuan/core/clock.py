"""The clock: the one place that asks what time it is, in the time of the report's readers.

What is decided by it is when something is due, published or reviewed. No report holds it.
"""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta, timezone

from suyuan.core.errors import ConfigError, Problem
from suyuan.core.periods import YEARS

# Shanghai has kept this offset since 1991; a machine without time zone data needs none for it.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
NOW = "SUYUAN_NOW"  # a day or a time, of Shanghai where it names no zone: for rehearsals and tests


def now() -> datetime:
    """The time in Shanghai, or that of SUYUAN_NOW. Raises ConfigError E701 where that is none."""
    given = os.environ.get(NOW)
    if not given:
        return datetime.now(SHANGHAI)
    try:
        moment = datetime.fromisoformat(given)
        here = moment.astimezone(SHANGHAI) if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)
    except (ValueError, OverflowError) as error:
        raise ConfigError(Problem("E701", NOW, 0, value=given)) from error
    if here.year not in YEARS:
        raise ConfigError(Problem("E701", NOW, 0, value=given))
    return here


def today() -> date:
    """The day in Shanghai."""
    return now().date()
