"""Starship's rows: payload by orbit, and Suncatcher's prices of a flight."""

from __future__ import annotations

import numpy as np
import pytest

from dawndusk.core.constants import EARTH_RADIUS, GRAVITATIONAL_PARAMETER
from dawndusk.validation import starship
from dawndusk.validation.row import Row
from dawndusk.validation.starship import EAST, GUIDED, MIDDLE, PARKING, payload_after, speed_needed


@pytest.fixture(scope="module")
def rows() -> dict[str, Row]:
    """All rows, by quantity."""
    return {row.quantity: row for row in starship.rows()}


def test_the_makers_own_payloads_follow_from_each_other(rows: dict[str, Row]) -> None:
    """150 t for reference, 100 to 125 t to Starlink's orbit and 100 t to the guide's are one vehicle."""
    makers = [row for row in rows.values() if "Musk" in row.source]
    assert [row.verdict for row in makers] == ["reproduced", "reproduced"]


def test_what_is_not_said_stays_open(rows: dict[str, Row]) -> None:
    """Payloads on the reading that nobody published have no published number, and are below 100 t."""
    groups = [row for name, row in rows.items() if name.startswith("group")]
    assert len(groups) == 6
    assert all(row.verdict == "not reproducible" and 25.0 < row.ours < 90.0 for row in groups)


def test_a_payload_is_itself_in_its_own_orbit() -> None:
    """From an orbit to itself nothing changes, and there and back gives the same payload."""
    assert payload_after(100e3, EAST, EAST, MIDDLE) == pytest.approx(100e3)
    there = payload_after(100e3, EAST, GUIDED, MIDDLE)
    assert payload_after(there, GUIDED, EAST, MIDDLE) == pytest.approx(100e3)


def test_launch_due_east_takes_the_orbits_speed_less_the_sites() -> None:
    """Into the parking orbit at the site's latitude: circular speed less 418 m/s, by hand."""
    circular = np.sqrt(GRAVITATIONAL_PARAMETER / (EARTH_RADIUS + PARKING))
    assert speed_needed(*EAST) == pytest.approx(circular - 7.292115e-5 * 6378137.0 * np.cos(np.radians(26.0)))


def test_a_hohmann_transfer_is_as_in_the_books() -> None:
    """From 200 to 600 km it takes 224 m/s: sums of vis-viva by hand."""
    low, high, mu = 6578137.0, 6978137.0, 3.986004418e14
    first = np.sqrt(mu / low) * (np.sqrt(2.0 * high / (low + high)) - 1.0)
    second = np.sqrt(mu / high) * (1.0 - np.sqrt(2.0 * low / (low + high)))
    raised = speed_needed(600e3, EAST[1]) - speed_needed(*EAST)
    assert raised == pytest.approx(first + second, rel=1e-9)
    assert raised == pytest.approx(224.0, abs=4.0)


@pytest.mark.parametrize("altitude", [500e3, 800e3, 1000e3])
def test_higher_orbits_take_less_payload(altitude: float) -> None:
    """100 km more always costs payload, in any plane."""
    for inclination in (np.radians(30.0), np.radians(98.0)):
        here, above = (
            payload_after(100e3, EAST, (h, inclination), MIDDLE) for h in (altitude, altitude + 100e3)
        )
        assert above < here


def test_one_number_gives_the_other_prices_of_a_flight(rows: dict[str, Row]) -> None:
    """A refurbishment taken from the price at 15 % leaves the two at 1 % below their printed bounds."""
    flown = [row for name, row in rows.items() if name.startswith("flown")]
    assert [row.verdict for row in flown] == ["reproduced", "reproduced"]
    assert all(row.ours <= row.published for row in flown)
    assert rows["without reuse"].verdict == "not reproducible"
