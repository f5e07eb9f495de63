"""Cell technologies: ratings inside the ledger's ranges, and energy that is not made from nothing."""

import pytest

from dawndusk.core.constants import YEAR
from dawndusk.core.errors import UserError
from dawndusk.core.records import replace, units_of
from dawndusk.ledger import range_of
from dawndusk.physics.spacecraft.cells import (
    TECHNOLOGIES,
    Cell,
    areal_power,
    cell,
    cell_ranges,
    rated_areal_power,
    require_possible,
    specific_power,
    wing_areal_mass,
)

NAMES = tuple(TECHNOLOGIES)


@pytest.mark.parametrize("name", NAMES)
def test_every_range_is_ordered_and_within_its_unit(name):
    """Low, central and high of each number rise, and all three are values that the record admits."""
    units, ranges = units_of(Cell), cell_ranges(name)
    assert set(ranges) == set(units)
    for field, found in ranges.items():
        assert found.low <= found.mode <= found.high, field
        assert units[field].low <= found.low, field
        assert found.high <= units[field].high, field
        assert getattr(cell(name), field) == found.mode


@pytest.mark.parametrize(("name", "key"), [("silicon", "S012"), ("III-V", "S013")])
def test_areal_power_is_the_ledgers(name, key):
    """Rated power per area lies within the ledger's range, within 5 % of its central value."""
    found, (low, central, high, unit) = rated_areal_power(cell(name)), range_of(key)
    assert unit == "W/m2"
    assert low <= found <= high
    assert found == pytest.approx(central, rel=0.05)


@pytest.mark.parametrize("name", ["silicon", "thin silicon", "III-V"])
def test_specific_power_is_the_ledgers(name):
    """Central wings lie within S010, 60 to 300 W/kg; mass per area is the sum of its two parts."""
    low, _, high, _ = range_of("S010")
    assert low <= specific_power(cell(name)) <= high
    assert wing_areal_mass(cell(name)) == cell(name).blanket + cell(name).structure


@pytest.mark.parametrize(("name", "key"), [("silicon", "S017"), ("III-V", "S016")])
def test_price_is_the_ledgers(name, key):
    """Price ranges are those of the ledger."""
    found = cell_ranges(name)["price"]
    assert (found.low, found.mode, found.high) == range_of(key)[:3]
    assert found.shape == "log-triangular"


def test_other_losses_are_rates_per_second():
    """Half a per cent a year of silicon is given per second."""
    assert cell("silicon").other_loss * YEAR == pytest.approx(0.005, rel=1e-12)


def test_unknown_technology():
    """An unknown technology names the known ones."""
    with pytest.raises(UserError, match="silicon, thin silicon, III-V, perovskite"):
        cell("magic")


def test_power_beyond_what_is_absorbed():
    """A wing that gives more than it absorbs is refused, with the largest that does not."""
    for name in NAMES:
        require_possible(cell(name))
    with pytest.raises(UserError, match="short by 27 %") as raised:
        require_possible(replace(cell("silicon"), efficiency=0.60, packing=1.0, absorptivity=0.4737))
    assert raised.value.problems[0].write == "efficiency times packing of at most 0.474"


def test_starlink_array():
    """105 m2 of 22 % cells with 90 % packing are the 28.295 kW behind table 1 of Suncatcher."""
    assert 105 * areal_power(0.22, 0.90) == pytest.approx(28295.0, abs=1.0)


def test_starlink_launched_power_price():
    """Suncatcher's table 1: 575 kg at $3,621.62/kg over 28.295 kW and 5 yr are $14,719 per kW and year."""
    kw = 105 * areal_power(0.22, 0.90) / 1e3
    assert 67e6 / 18500 * 575 / (kw * 5) == pytest.approx(14719, abs=1)
