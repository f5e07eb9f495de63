"""AI1's rows: what of its mass, heat and power per tonne fits together."""

from __future__ import annotations

import pytest

from dawndusk.validation import ai1
from dawndusk.validation.row import Row


@pytest.fixture(scope="module")
def rows() -> dict[str, Row]:
    """All rows, by quantity."""
    found = ai1.rows()
    made = {row.quantity: row for row in found}
    assert len(made) == len(found)
    return made


def test_seventy_kilowatts_per_tonne_are_solar_power(rows: dict[str, Row]) -> None:
    """Of the readings of 70 kW/t over 3 t only the later sheet's array gives it."""
    readings = {
        name: row.verdict for name, row in rows.items() if name.endswith("3 t") and row.unit == "kW/t"
    }
    assert [name for name, verdict in readings.items() if verdict == "reproduced"] == [
        "later sheet's solar power over 3 t"
    ]
    assert len(readings) == 3


def test_the_spread_mass_is_refuted(rows: dict[str, Row]) -> None:
    """2.14 t is out of the closure's reach, and the letter's 3 t is nearer to it."""
    light, letter = rows["June's satellite at 2.14 t, closed"], rows["June's satellite at 3 t, closed"]
    assert light.verdict == "refuted"
    assert light.ours == letter.ours
    assert abs(letter.difference) < abs(light.difference)
    assert "10 to 90 %" in light.why


def test_closed_masses_are_judged_by_what_the_closure_is_good_for(rows: dict[str, Row]) -> None:
    """Every mass that we closed is allowed a quarter of the published one."""
    closed = [row for name, row in rows.items() if name.endswith("closed")]
    assert [row.allowed / row.published for row in closed] == pytest.approx([0.25] * 4)


def test_a_radiator_that_carries_more_counts_as_claimed(rows: dict[str, Row]) -> None:
    """What a radiator carries is never shown above the claim, and a peak is never the easier part."""
    carried = {name: row for name, row in rows.items() if "radiator carries" in name}
    assert len(carried) == 4
    assert all(0.0 < row.ours <= row.published for row in carried.values())
    for sheet in ("June", "later sheet"):
        average, peak = (row for name, row in carried.items() if name.endswith(sheet))
        assert average.ours / average.published >= peak.ours / peak.published
