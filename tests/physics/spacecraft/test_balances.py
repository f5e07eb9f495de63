"""A design meets the thermal network: what starts from a neighbour agrees with what starts from nothing."""

import numpy as np
import pytest

from dawndusk.core.constants import YEAR
from dawndusk.core.records import replace
from dawndusk.library.design import read_design
from dawndusk.physics.spacecraft.balances import cell_of, cooled, network_of, own_heat, shield_mass, taken_in
from dawndusk.physics.spacecraft.cells import rated_areal_power
from dawndusk.physics.spacecraft.conditions import conditions
from dawndusk.physics.spacecraft.thermal import power_limit, settled
from dawndusk.space.sheet import draw_design

PLACE = conditions(600e3, year=2027, technology="silicon")
AI1, RANGES = read_design("ai1-2026-06")
DRAWN = draw_design(AI1, RANGES, draws=500, seed=2)
TAKEN, EMISSIVITY = taken_in(DRAWN, PLACE, DRAWN.life)
RUN = AI1.payload.average / PLACE.sunlit_fraction


def test_steady_states_from_a_neighbour_are_the_same():
    """Beginning at another power's state moves the root by less than 0.01 K."""
    network = network_of(DRAWN)
    place = {"area": 110.0, "taken": TAKEN, "emissivity": EMISSIVITY}
    first = settled(network, chip_power=1833.0, heat=130e3, **place)
    near = settled(network, chip_power=2200.0, heat=156e3, near=first, **place)
    alone = settled(network, chip_power=2200.0, heat=156e3, **place)
    assert np.max(np.abs(near.root - alone.root)) < 0.01
    told = {"chips": 68.0, "other": 5e3, "loss": 1.03, "capacity": 2e4, **place}
    assert power_limit(network, near=(first, near), **told) == pytest.approx(
        power_limit(network, **told), rel=2e-3
    )


def test_the_held_power_is_where_a_limit_is_met():
    """At the power held, junction or memory is at its limit, in every draw."""
    found = cooled(DRAWN, PLACE, RUN)
    chips = RUN / DRAWN.payload.gpu_power
    heat = own_heat(DRAWN, PLACE, RUN) + found.held / DRAWN.bus.converter
    steady = settled(
        network_of(DRAWN),
        chip_power=found.held / chips,
        heat=heat,
        area=110.0,
        taken=TAKEN,
        emissivity=EMISSIVITY,
    )
    over = np.maximum(
        steady.junction - DRAWN.plate.junction_limit, np.asarray(steady.hbm - DRAWN.plate.hbm_limit)
    )
    assert np.quantile(np.abs(over), 0.9) < 1.5  # the flow stays as designed there, the rise here
    assert np.median(np.abs(over)) < 0.5


def test_cells_have_the_rating_of_the_design():
    """Whatever the technology's own figures, W/m2 are those that the design states."""
    assert rated_areal_power(cell_of(DRAWN)) == pytest.approx(DRAWN.array.areal_power, rel=1e-12)


def test_older_coatings_take_in_more():
    """Five years of sunlight add to what the radiator absorbs, and take from what it emits."""
    new, old = (taken_in(AI1, PLACE, age) for age in (0.0, 5 * YEAR))
    assert old[0] > new[0]
    assert old[1] < new[1]


def test_a_box_weighs_at_least_what_is_asked_for():
    """A cube for 750 kg at 600 kg/m3 has walls of (side + 2 t)^3 less the cavity; stated mass is least."""
    bare = replace(AI1, body=replace(AI1.body, shielding=0.0))
    side = 1.25 ** (1 / 3)
    assert shield_mass(bare, 750.0, 2e-3) == pytest.approx(2700.0 * ((side + 4e-3) ** 3 - 1.25), rel=1e-6)
    assert shield_mass(replace(AI1, body=replace(AI1.body, shielding=300.0)), 750.0, 1e-3) == 300.0
    assert np.isinf(shield_mass(AI1, 750.0, np.inf))
