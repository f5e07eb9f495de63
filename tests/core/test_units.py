"""Units: what a text means inside, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.core.units import Unit, UnitError


@pytest.mark.parametrize(
    ("text", "unit", "inside"),
    [
        ("1 t", "kg", 1000.0),
        ("1.5 kt", "kg", 1.5e6),
        ("600 USD/kg", "USD/kg", 600.0),
        ("1 USD/t", "USD/kg", 1e-3),
        ("3.6 MJ", "J", 3.6e6),
        ("1 kWh", "J", 3.6e6),
        ("65 USD/MWh", "USD/J", 65 / 3.6e9),
        ("4 %", "1", 0.04),
        ("4 %/yr", "1/yr", 0.04),
        ("25 degC", "K", 298.15),
        ("180 deg", "rad", 3.141592653589793),
        ("2 km2", "m2", 2e6),
        ("100 ft2", "m2", 9.290304),
        ("30 month", "yr", 2.5),
        ("10 krad", "J/kg", 100.0),
        ("1_000 km", "m", 1e6),
        ("-5e-1 m", "m", -0.5),
    ],
)
def test_text_means(text: str, unit: str, inside: float):
    """A quantity in any unit of the dimension is converted once, on the way in."""
    assert Unit(unit).read(text) == pytest.approx(inside, rel=1e-12)


@given(st.floats(1e-6, 1e9))
def test_writing_tonnes_for_kilograms_changes_nothing(mass: float):
    """A mass in t is the mass of a thousand times as many kg, and a price per t of a thousandth per kg."""
    assert Unit("kg").read(f"{mass!r} t") == pytest.approx(Unit("kg").read(f"{mass * 1000!r} kg"), rel=1e-12)
    price = Unit("USD/kg")
    assert price.read(f"{mass!r} USD/t") == pytest.approx(price.read(f"{mass / 1000!r} USD/kg"), rel=1e-12)


@pytest.mark.parametrize(
    ("value", "unit"),
    [
        ("5", "m"), (5, "m"), (5.0, "USD"), ("5 kg", "m"), ("5 $", "USD"), ("5 ton", "kg"), ("5 C", "K"),
        ("5 parsec", "m"), ("nan m", "m"), (".inf m", "m"), (float("nan"), "1"), (float("inf"), "1"),
        (True, "1"), (None, "m"), ([1], "m"), ("", "m"), ("m", "m"), ("5 m m", "m"), ("5 m/", "m"),
        ("5 USD/kg", "USD"),
    ],
)  # fmt: skip
def test_refused(value: object, unit: str):
    """Bare numbers, ambiguous units, wrong dimensions, NaN and infinities raise, with what to write."""
    with pytest.raises(UnitError) as caught:
        Unit(unit).read(value)
    assert caught.value.expected
    assert caught.value.write


def test_range_is_inclusive_and_told():
    """A value on the edge of its range passes; beyond, the message states the range."""
    share = Unit("1", low=0.0, high=1.0)
    assert [share.read(x) for x in (0, 1, "100 %")] == [0.0, 1.0, 1.0]
    with pytest.raises(UnitError, match="at least 0 and at most 1"):
        share.read(1.0000001)
