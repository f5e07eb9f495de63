"""One closed satellite: energy, heat, mass and money add up, for one design and for draws."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.core.constants import SOLAR_CONSTANT, STANDARD_GRAVITY, YEAR
from dawndusk.core.records import replace
from dawndusk.library.design import presets, read_design
from dawndusk.physics.spacecraft.closure import close, panel_mass, propellant_share
from dawndusk.physics.spacecraft.conditions import conditions
from dawndusk.physics.spacecraft.shadow_calendar import ShadowCalendar

DAWN_DUSK = conditions(600e3, year=2027, technology="silicon")
LOW_TILT = conditions(550e3, np.deg2rad(53.0), (0.0,), year=2027, technology="silicon")
AI1 = read_design("ai1-2026-06")[0]


def changed(design, **parts):
    """The design with some fields of its parts replaced: part={"field": value}."""
    return replace(design, **{name: replace(getattr(design, name), **new) for name, new in parts.items()})


@pytest.mark.parametrize("name", sorted(presets()))
@pytest.mark.parametrize("eclipse", ["battery", "shed"])
@pytest.mark.parametrize("orbit", [DAWN_DUSK, LOW_TILT])
def test_sums(name, eclipse, orbit):
    """Parts add up to the totals, in mass and in money."""
    budget = close(changed(read_design(name)[0], battery={"eclipse": eclipse}), orbit)
    mass, cost = dataclasses.asdict(budget.mass), dataclasses.asdict(budget.cost)
    parts = sum(v for k, v in mass.items() if k not in ("dry", "propellant", "total"))
    assert parts == pytest.approx(mass["dry"], rel=1e-12)
    assert mass["dry"] + mass["propellant"] == pytest.approx(mass["total"], rel=1e-12)
    assert cost["platform"] + cost["compute"] == pytest.approx(cost["total"], rel=1e-12)
    spent = sum(v for k, v in cost.items() if k not in ("platform", "total", "compute"))
    assert spent == pytest.approx(cost["platform"], rel=1e-12)


@given(
    shadow=st.floats(0, 2200),
    efficiency=st.floats(0.5, 1),
    converter=st.floats(0.5, 1),
    shed=st.booleans(),
    average=st.floats(1e3, 1e6),
)
def test_energy_closes(shadow, efficiency, converter, shed, average):
    """Over the worst orbit all that reaches the bus becomes heat, and it is less than the sunlight caught."""
    design = changed(
        AI1,
        battery={"efficiency": efficiency, "eclipse": "shed" if shed else "battery"},
        bus={"converter": converter},
        payload={"average": average, "peak": 2 * average},
        radiator={"area": average / 1e3},
    )
    period = 5800.0
    levels = np.full(8, shadow), np.full(8, 100.0)
    calendar = ShadowCalendar(lengths=levels[0], orbits=levels[1], longest=shadow, period=period)
    budget = close(design, replace(DAWN_DUSK, sunlit_fraction=1 - shadow / period, calendar=calendar))
    power, sunlit = budget.power, period - shadow
    dark = design.bus.power + (0.0 if shed else power.run + power.pump)
    heat = power.heat * sunlit + dark / converter * shadow
    assert heat == pytest.approx(power.array_bus * sunlit, rel=1e-9)
    assert heat < SOLAR_CONSTANT * budget.area.array * sunlit


def test_rocket_equation():
    """The propellant gives the delta-v of drag and disposal to the dry satellite."""
    budget = close(AI1, DAWN_DUSK)
    speed = AI1.body.specific_impulse * STANDARD_GRAVITY * np.log(budget.mass.total / budget.mass.dry)
    assert speed == pytest.approx(5 * 25 + 50, rel=1e-9)
    assert propellant_share(AI1) == pytest.approx(budget.mass.propellant / budget.mass.dry)


def test_average_is_not_scaled_by_sunlight_again():
    """AI1's 120 kW is what it delivers on orbit average, with compute off in shadow or on battery."""
    for eclipse in ("battery", "shed"):
        assert close(changed(AI1, battery={"eclipse": eclipse}), DAWN_DUSK).power.compute == pytest.approx(
            120e3
        )


def test_shedding_in_long_shadows_is_capped_by_the_peak():
    """In a low-inclination orbit AI1 with compute off in shadow gives peak times sunlit fraction: 103 kW."""
    budget = close(changed(AI1, battery={"eclipse": "shed"}), LOW_TILT)
    assert budget.power.run == 150e3
    assert budget.power.compute == pytest.approx(150e3 * LOW_TILT.sunlit_fraction)


def test_battery_or_shed():
    """A battery through the shadow costs AI1 over a tonne; shedding costs it installed compute."""
    carried, shed = (close(changed(AI1, battery={"eclipse": e}), DAWN_DUSK) for e in ("battery", "shed"))
    assert carried.mass.total - shed.mass.total > 1000
    assert shed.gpus / carried.gpus == pytest.approx(1 / DAWN_DUSK.sunlit_fraction)


def test_ai1_is_heavier_than_claimed():
    """With central subsystem figures AI1 closes near 4.2 t, not at the 2.1 t of 70 kW/t."""
    assert close(AI1, DAWN_DUSK).mass.total == pytest.approx(4250, abs=150)


def test_conservative_design_is_where_the_studies_are():
    """The conservative preset closes at 17-30 kW/t (S005, S006)."""
    budget = close(read_design("conservative")[0], DAWN_DUSK)
    assert 17 < budget.power.compute / budget.mass.total < 30


def test_flown_satellite():
    """Starlink V2 mini closes at its flown mass (575-800 kg) inside its flown array area (105 m2)."""
    budget = close(read_design("starlink-v2-mini")[0], LOW_TILT)
    assert 575 < budget.mass.total < 800
    assert 85 < budget.area.array <= 105


def test_sized_radiator_holds_the_limit_at_peak():
    """A radiator without given area is just large enough for steady peak compute at the end of life."""
    design = read_design("starcloud-3")[0]
    budget = close(design, DAWN_DUSK)
    assert budget.temperature.junction_peak == pytest.approx(design.plate.junction_limit, abs=0.1)
    assert budget.temperature.junction < budget.temperature.junction_peak
    assert budget.temperature.hbm_peak < design.plate.hbm_limit
    assert budget.heat_limit == pytest.approx(budget.power.heat_peak, rel=1e-3)
    assert budget.power.held == design.payload.peak


def test_held_power_puts_the_hottest_part_at_its_limit():
    """Run at the power that AI1's radiator holds, the junction is at its limit."""
    held = close(AI1, DAWN_DUSK).power.held
    light = DAWN_DUSK.sunlit_fraction
    chip = AI1.payload.gpu_power * held / (AI1.payload.average / light)
    there = changed(AI1, payload={"average": held * light, "gpu_power": chip})
    found = close(there, DAWN_DUSK).temperature
    assert found.junction == pytest.approx(AI1.plate.junction_limit, abs=0.2)


def test_too_small_a_radiator_does_not_close():
    """Half the radiator brings the junction over its limit; memory that stands less fails first."""
    assert close(AI1, DAWN_DUSK).closes
    assert not close(changed(AI1, radiator={"area": 55.0}), DAWN_DUSK).closes
    assert not close(changed(AI1, plate={"hbm_limit": 363.0}), DAWN_DUSK).closes


def test_impossible_designs_do_not_close():
    """No radiator works below its sink, no mass is left by shares above the whole, no wall stops all dose."""
    cold = changed(AI1, radiator={"area": 0.0}, plate={"junction_limit": 220.0, "hbm_limit": 220.0})
    heavy = changed(AI1, body={"structure": 0.6, "margin": 0.4})
    soft = changed(AI1, body={"dose_limit": 1.0})
    for design in (cold, heavy, soft):
        budget = close(design, DAWN_DUSK)
        assert not budget.closes
        assert np.isinf(budget.mass.total)
        assert not np.isnan(
            [*dataclasses.asdict(budget.mass).values(), *dataclasses.asdict(budget.cost).values()]
        ).any()


def test_a_given_array_must_carry_the_load():
    """An array smaller than the closure's own does not close, a larger one does."""
    need = close(AI1, DAWN_DUSK).array_needed
    assert not close(changed(AI1, array={"area": 0.98 * need}), DAWN_DUSK).closes
    larger = close(changed(AI1, array={"area": 1.02 * need}), DAWN_DUSK)
    assert larger.closes
    assert larger.area.array == pytest.approx(1.02 * need)


def test_array_is_larger_by_what_heat_and_radiation_take():
    """What AI1 needs on the bus is its rating times ageing, heat, aphelion and losses: 0.5 to 0.6 of it."""
    power = close(AI1, DAWN_DUSK).power
    assert 0.5 < power.array_bus / power.array_bol < 0.6
    assert power.array_bus == pytest.approx(
        (power.run + power.bus + power.pump) / AI1.bus.converter + power.charge
    )


def test_shield_follows_the_dose():
    """A longer life, softer parts and a higher orbit thicken the wall; a given wall stays as it is."""
    wall = close(AI1, DAWN_DUSK).shield_wall
    assert 2e-3 < wall < 4e-3
    assert close(replace(AI1, life=8 * YEAR), DAWN_DUSK).shield_wall > wall
    assert close(changed(AI1, body={"dose_limit": 30.0}), DAWN_DUSK).shield_wall > wall
    higher = conditions(750e3, year=2027, technology="silicon")
    assert close(AI1, higher).shield_wall > wall
    assert close(changed(AI1, body={"wall": 1e-3}), higher).shield_wall == 1e-3


def test_old_coatings_are_warmer():
    """Paint that darkens more takes in more sunlight and leaves the junction hotter."""
    dark = close(changed(AI1, coating={"darkened": 0.5}), DAWN_DUSK)
    assert dark.temperature.junction > close(AI1, DAWN_DUSK).temperature.junction + 0.1


def test_panels_weigh_at_least_their_fins_and_tubes():
    """Thick fins cannot be lighter than their aluminium, whatever mass per area is given."""
    thick = changed(AI1, panel={"thickness": 5e-3})
    assert panel_mass(AI1) == AI1.radiator.mass
    assert panel_mass(thick) > 5e-3 * AI1.panel.density


def test_one_call_for_many_draws():
    """Draws in one call equal the same designs closed one by one, to the last bit of rounding."""
    masses, areas = np.array([4e-3, 6e-3, 9e-3]), np.array([0.0, 110.0, 160.0])
    life = np.array([3.0, 5.0, 7.0]) * YEAR
    together = close(
        replace(changed(AI1, payload={"mass": masses}, radiator={"area": areas}), life=life), DAWN_DUSK
    )
    for k in range(3):
        single = close(
            replace(
                changed(AI1, payload={"mass": masses[k]}, radiator={"area": areas[k]}),
                life=life[k],
            ),
            DAWN_DUSK,
        )
        assert together.mass.total[k] == pytest.approx(single.mass.total, rel=1e-12)
        assert together.temperature.junction[k] == pytest.approx(single.temperature.junction, rel=1e-12)
        assert together.closes[k] == single.closes


@given(st.floats(1.0, 4.0))
def test_scale(factor):
    """Scaling power and the fixed masses scales mass (but for the box) and leaves temperature."""
    fixed = {
        "payload": {"average": AI1.payload.average * factor, "peak": AI1.payload.peak * factor},
        "bus": {"power": AI1.bus.power * factor, "mass": AI1.bus.mass * factor},
        "radiator": {"area": AI1.radiator.area * factor},
        "body": {"shielding": 100.0 * factor, "propulsion": AI1.body.propulsion * factor},
    }
    small = close(changed(AI1, body={"shielding": 100.0}), DAWN_DUSK)
    large = close(changed(AI1, **fixed), DAWN_DUSK)
    assert large.mass.total == pytest.approx(factor * small.mass.total, rel=1e-9)
    assert large.cost.total == pytest.approx(factor * small.cost.total, rel=1e-9)
    assert large.temperature.junction == pytest.approx(small.temperature.junction, rel=1e-9)
