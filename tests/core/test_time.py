"""UTC calendar and seconds since J2000."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.core import time
from dawndusk.core.errors import UserError

MILLISECOND = 1e-3


def test_noon_of_2000_is_64_seconds_after_the_epoch():
    """At 2000-01-01 12:00 UTC, TT was 64.184 s ahead, so that many seconds had passed since J2000 TT."""
    assert time.seconds_from_utc("2000-01-01T12:00:00") == pytest.approx(64.184, abs=1e-9)


@pytest.mark.parametrize(
    ("date", "offset"),
    [
        ("1972-01-01", 42.184),
        ("1980-06-01", 51.184),
        ("1999-01-01", 64.184),
        ("2016-12-31", 68.184),
        ("2017-01-01", 69.184),
        ("2049-07-01", 69.184),
    ],
)
def test_offset_follows_the_published_leap_seconds(date, offset):
    """TT - UTC equals 32.184 s plus the TAI - UTC of IERS Bulletin C, 37 s from 2017 on."""
    assert time.tt_minus_utc(np.array(date, dtype="datetime64[ms]")) == pytest.approx(offset, abs=1e-9)


def test_new_year_2017_came_after_a_leap_second():
    """From 2016-12-31 23:59:59 to 2017-01-01 00:00:00 UTC two seconds went by."""
    before, after = time.seconds_from_utc(
        np.array(["2016-12-31T23:59:59", "2017-01-01"], dtype="datetime64[ms]")
    )
    assert after - before == pytest.approx(2.0, abs=1e-9)


def test_2027_begins_at_its_julian_date():
    """2027-01-01 0 h UTC is JD 2461406.5 UTC, 9861.5 days and 69.184 s after J2000.0 TT."""
    assert time.seconds_from_utc("2027-01-01") == pytest.approx(9861.5 * 86400.0 + 69.184, abs=1e-6)


@given(st.integers(min_value=0, max_value=int(128.9 * 365.25 * 86_400_000)))
def test_reading_back_gives_the_same_date(milliseconds):
    """`utc_from_seconds` undoes `seconds_from_utc` for every millisecond that UTC can write as a date."""
    date = np.datetime64("1972-01-01", "ms") + np.timedelta64(milliseconds, "ms")
    assert time.utc_from_seconds(time.seconds_from_utc(date)) == date


def test_time_never_runs_backwards_through_a_leap_second():
    """Seconds TT grow with UTC over the whole table of leap seconds."""
    dates = np.arange("1972-01-01", "2018-01-01", dtype="datetime64[D]").astype("datetime64[ms]")
    steps = np.diff(time.seconds_from_utc(dates))
    assert set(np.round(steps, 6)) == {86400.0, 86401.0}
    assert np.count_nonzero(steps > 86400.5) == 27


def test_months_of_a_leap_year_add_up():
    """2028 has 29 days in February and 366 in all; 2100 is no leap year."""
    assert time.days_in_months(2028)[1] == 29
    assert time.days_in_months(2028).sum() == 366
    assert time.days_in_months(2100).sum() == 365


@pytest.mark.parametrize("year", [1800, 1971, 2101])
def test_years_outside_the_calendar_are_refused(year):
    """A year before whole leap seconds or after 2100 is the user's error, with what to write instead."""
    with pytest.raises(UserError, match="1972 to 2100"):
        time.require_year(year)


@pytest.mark.parametrize("date", ["1971-12-31", "2101-01-02", "NaT"])
def test_dates_outside_the_calendar_are_refused(date):
    """A date out of range, or none at all, never becomes a number."""
    with pytest.raises(UserError, match="UTC dates"):
        time.seconds_from_utc(date)
