"""Time: the UTC calendar and seconds since J2000.

Every instant inside `dawndusk.physics` is a number of seconds since J2000.0 (2000-01-01 12:00:00 TT)
counted in **Terrestrial Time** (TT), the uniform scale of ephemerides. The calendar that people write
is UTC. Both meet only here: TT - UTC = 32.184 s + (TAI - UTC), and TAI - UTC is the whole number of
leap seconds, 37 s since 2017.

No leap second is assumed after 2017: none is announced, and the CGPM (2022, Resolution 4) means to stop
them by 2035. One second moves the Sun by 1.1e-5 deg. UT1 (Earth's rotation) is taken as UTC, at most
0.9 s away while leap seconds are kept.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from dawndusk.core.errors import problem
from dawndusk.core.records import Floats, Real

FIRST_YEAR: Final = 1972  # UTC with whole leap seconds began on 1972-01-01
LAST_YEAR: Final = 2100  # the analytic Sun is checked to 2050 and its series are good far beyond
TT_MINUS_TAI: Final = 32.184  # s, exact; IAU 1991 Resolution A4

Dates = NDArray[np.datetime64]

_EPOCH: Final = np.datetime64("2000-01-01T12:00:00", "ms")
# TAI - UTC is 10 s from 1972-01 and 1 s more from 0 h UTC of the first of each month (IERS Bulletin C)
_LEAPS: Final = np.array(
    [
        *("1972-07", "1973-01", "1974-01", "1975-01", "1976-01", "1977-01", "1978-01", "1979-01", "1980-01"),
        *("1981-07", "1982-07", "1983-07", "1985-07", "1988-01", "1990-01", "1991-01", "1992-07", "1993-07"),
        *("1994-07", "1996-01", "1997-07", "1999-01", "2006-01", "2009-01", "2012-07", "2015-07", "2017-01"),
    ],
    dtype="datetime64[ms]",
)
# the same instants in seconds TT since J2000
_LEAPS_TT: Final = (_LEAPS - _EPOCH) / np.timedelta64(1, "s") + TT_MINUS_TAI + 11.0 + np.arange(_LEAPS.size)


def require_year(year: int) -> int:
    """The year itself, if the calendar and the Sun of this program cover it.

    Parameters
    ----------
    year : int
        Calendar year, 1972 to 2100.

    Raises
    ------
    UserError
        For any other year.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise problem("year", year, f"a year from {FIRST_YEAR} to {LAST_YEAR}", "2027")
    return year


def tt_minus_utc(dates: Dates) -> Floats:
    """TT - UTC (s) at UTC dates: 69.184 s from 2017 on, with no leap second assumed later.

    Parameters
    ----------
    dates : array of datetime64
        UTC dates of any shape, 1972 or later.

    Notes
    -----
    Source: IERS Bulletin C (TAI - UTC); IAU 1991 Resolution A4 (TT = TAI + 32.184 s).
    """
    return np.asarray(TT_MINUS_TAI + 10.0 + np.searchsorted(_LEAPS, dates, side="right"), dtype=np.float64)


def seconds_from_utc(dates: Dates | np.datetime64 | str) -> Floats:
    """Seconds TT since J2000 of UTC dates.

    Parameters
    ----------
    dates : datetime64 or str
        UTC dates such as ``"2027-01-01"`` or an array of datetime64, 1972 or later.

    Returns
    -------
    ndarray
        Seconds since 2000-01-01 12:00:00 TT, of the shape of `dates`.

    Raises
    ------
    UserError
        For dates before 1972, from 2101 on, or not a time.

    Notes
    -----
    A second 60 cannot be written; the seconds before and after it are exact.
    """
    utc = np.asarray(dates, dtype="datetime64[ms]")
    low, high = np.datetime64(f"{FIRST_YEAR}-01-01", "ms"), np.datetime64(f"{LAST_YEAR + 1}-01-01", "ms")
    if not np.all((utc >= low) & (utc <= high)):
        raise problem("date", dates, f"UTC dates from {FIRST_YEAR} to {LAST_YEAR}", "2027-01-01")
    return np.asarray((utc - _EPOCH) / np.timedelta64(1, "s") + tt_minus_utc(utc), dtype=np.float64)


def utc_from_seconds(seconds: Real) -> Dates:
    """UTC dates (to the millisecond) of seconds TT since J2000; the inverse of `seconds_from_utc`.

    Parameters
    ----------
    seconds : float or array
        Seconds since 2000-01-01 12:00:00 TT, 1972 or later. During a leap second the date stands at the
        first second of the next day.
    """
    tt = np.asarray(seconds, dtype=np.float64)
    utc = tt - utc_offset(tt)
    return np.asarray(_EPOCH + np.round(utc * 1000.0).astype("timedelta64[ms]"), dtype="datetime64[ms]")


def utc_offset(seconds: Real) -> Floats:
    """TT - UTC (s) at seconds TT since J2000.

    Parameters
    ----------
    seconds : float or array
        Seconds since 2000-01-01 12:00:00 TT.
    """
    # a leap second begins when the old offset still holds: its 60th second already counts as new
    leaps = np.searchsorted(_LEAPS_TT - 1.0, seconds, side="right")
    return np.asarray(TT_MINUS_TAI + 10.0 + leaps, dtype=np.float64)


def days_in_months(year: int) -> NDArray[np.int64]:
    """Days in each month of a year, shape (12,).

    Parameters
    ----------
    year : int
        Gregorian calendar year.
    """
    months = np.arange(f"{year}-01", f"{year + 1}-02", dtype="datetime64[M]")
    return np.diff(months.astype("datetime64[D]")).astype(np.int64)
