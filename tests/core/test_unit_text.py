"""Text with units: what is read, what is refused, and what the message proposes."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.core.units import Unit, UnitError


@pytest.mark.parametrize(
    ("unit", "text", "expected"),
    [
        ("m2", "3 km2", 3e6),
        ("m2", "10000 cm2", 1.0),
        ("m3/satellite", "20 m3/satellite", 20.0),
        ("m/s/s", "1 m/s2", 1.0),
        ("1", "35 %", 0.35),
        ("1/yr", "3.5 %/yr", 0.035),
        ("yr", "18 month", 1.5),
        ("1", "8650 BTU/kWh", 2.535065),
        ("USD/(H100e*yr)", "2.35 USD/(H100e*h)", 2.35 * 8766),
        ("USD/(W*yr)", "150 USD/(kW*month)", 1.8),
        ("K", "20 degC", 293.15),
        ("rad", "180 deg", math.pi),
        ("USD/GPU", "51.4 kUSD/GPU", 51400.0),
    ],
)
def test_text_is_converted(unit: str, text: str, expected: float) -> None:
    """A number in any unit of the dimension becomes a number in the field's unit."""
    assert Unit(unit).read(text) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize(
    ("unit", "value"),
    [
        ("W", 5),
        ("W", "5"),
        ("W", "5 m"),
        ("W", ".nan W"),
        ("W", "inf W"),
        ("W", float("nan")),
        ("1", float("inf")),
        ("W", True),
        ("W", None),
        ("USD", "5 $"),
        ("kg", "5 ton"),
        ("K", "5 C"),
        ("USD/H100e", "5 USD"),
        ("W", "five MW"),
        ("W", "5 MW MW"),
        ("W", "5 M(W"),
        ("1", "0.5 USD"),
    ],
)
def test_what_is_not_a_quantity_is_refused(unit: str, value: object) -> None:
    """Bare numbers, wrong dimensions, ambiguous units, NaN and infinities are refused with a proposal."""
    with pytest.raises(UnitError) as caught:
        Unit(unit).read(value)
    assert caught.value.expected
    assert caught.value.write


def test_a_bare_number_is_not_silently_a_percentage() -> None:
    """For 0.08 both readings are proposed, 0.08 1/yr and 0.08 %/yr, and none is chosen."""
    with pytest.raises(UnitError) as caught:
        Unit("1/yr").read(0.08)
    assert "1/yr'" in caught.value.write
    assert "%/yr'" in caught.value.write


@given(st.integers(0, 10_000))
def test_percent_rounds_once(number: int) -> None:
    """A number in % is the nearest float to a hundredth of it."""
    assert Unit("1").read(f"{number} %") == number / 100
