"""Instants as orbit files write them: UTC dates to the microsecond against seconds TT since J2000.

Seconds since J2000 hold 0.1 microseconds today; `core.time` keeps milliseconds, in which a satellite in
low orbit moves 8 m, so day and time of day are taken apart here. A second 60 cannot be written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from dawndusk.core.constants import DAY
from dawndusk.core.records import Floats, Real
from dawndusk.core.time import FIRST_YEAR, LAST_YEAR, Dates, seconds_from_utc, utc_offset

_MICRO: Final = 1e-6
_CALENDAR = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d*)?Z?")
_ORDINAL = re.compile(r"(\d{4})-(\d{3})[T ](\d\d:\d\d:\d\d(?:\.\d*)?)Z?")


def seconds_from_days(days: Dates, time_of_day: Floats) -> Floats:
    """Seconds TT since J2000 of UTC days and seconds of the day; NaN outside 1972 to 2100.

    Parameters
    ----------
    days : array of datetime64[D]
        UTC days.
    time_of_day : array
        Seconds since 0 h UTC.
    """
    low, high = np.datetime64(f"{FIRST_YEAR}-01-01", "D"), np.datetime64(f"{LAST_YEAR}-12-31", "D")
    covered = (days >= low) & (days <= high)
    midnight = seconds_from_utc(np.where(covered, days, low))
    return np.where(covered, midnight + time_of_day, np.nan)


def seconds_from_texts(texts: Sequence[Any]) -> Floats:
    """Seconds TT since J2000 of UTC texts such as ``2025-05-24T18:20:22.669728``; NaN where it is none.

    Parameters
    ----------
    texts : sequence
        Calendar (``2025-05-24T...``) or ordinal dates (``2025-144T...``), with or without a final Z;
        older catalogues write a blank for the T.
    """
    instants = _dates([_calendar_text(text) for text in texts])
    days = instants.astype("datetime64[D]")
    return seconds_from_days(days, (instants - days) / np.timedelta64(1, "us") * _MICRO)


def _dates(texts: list[str]) -> Dates:
    try:
        return np.array(texts, dtype="datetime64[us]")
    except ValueError:  # at least one is no date, such as 30 February
        return np.concatenate([_date(text) for text in texts])


def _date(text: str) -> Dates:
    try:
        return np.array([text], dtype="datetime64[us]")
    except ValueError:
        return np.array(["NaT"], dtype="datetime64[us]")


def _calendar_text(text: Any) -> str:
    """What numpy reads as the same instant, ``NaT`` where it is none."""
    plain = str(text).strip()
    if _CALENDAR.fullmatch(plain):
        return plain.removesuffix("Z")
    found = _ORDINAL.fullmatch(plain)
    if not found or not 1 <= int(found[2]) <= 366:
        return "NaT"
    day = np.datetime64(f"{found[1]}-01-01", "D") + (int(found[2]) - 1)
    return f"{day}T{found[3]}" if str(day).startswith(found[1]) else "NaT"


def utc_days(seconds: Real) -> tuple[Dates, Floats]:
    """UTC days (datetime64[D]) and seconds of the day, to 0.1 microseconds.

    Parameters
    ----------
    seconds : float or array
        Seconds TT since J2000.
    """
    tt = np.asarray(seconds, dtype=np.float64)
    since = tt - utc_offset(tt) + 0.5 * DAY
    days = np.floor(since / DAY)
    return np.datetime64("2000-01-01", "D") + days.astype(np.int64), since - days * DAY


def utc_texts(seconds: Real) -> NDArray[np.str_]:
    """UTC texts to the microsecond, ``2025-05-24T18:20:22.669728``, of the shape of `seconds`.

    Parameters
    ----------
    seconds : float or array
        Seconds TT since J2000.
    """
    days, time_of_day = utc_days(seconds)
    micros = np.round(time_of_day / _MICRO).astype("timedelta64[us]")
    return np.asarray(np.datetime_as_string(days.astype("datetime64[us]") + micros, unit="us"))
