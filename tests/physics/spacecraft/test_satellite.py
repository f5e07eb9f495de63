"""One closed satellite: energy, heat, mass and money add up, for one design and for draws."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.core.constants import SOLAR_CONSTANT, STANDARD_GRAVITY, YEAR
from dawndusk.core.records import replace
from dawndusk.physics.spacecraft.satellite import close, propellant_share
from dawndusk.study.satellite import presets, read_design

DAWN_DUSK = {"sunlit_fraction": 0.957, "longest_shadow": 1267.0, "period": 5808.0}
LOW_TILT = {"sunlit_fraction": 0.66, "longest_shadow": 2145.0, "period": 5735.0}
AI1 = read_design("ai1-2026-06")[0]


def changed(design, **parts):
    """The design with some fields of its parts replaced: part={"field": value}."""
    return replace(design, **{name: replace(getattr(design, name), **new) for name, new in parts.items()})


@pytest.mark.parametrize("name", sorted(presets()))
@pytest.mark.parametrize("eclipse", ["battery", "shed"])
@pytest.mark.parametrize("orbit", [DAWN_DUSK, LOW_TILT])
def test_sums(name, eclipse, orbit):
    """Parts add up to the totals, in mass and in money."""
    budget = close(changed(read_design(name)[0], battery={"eclipse": eclipse}), **orbit)
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
    """Over the worst orbit all that the array gives becomes heat, and it is less than the sunlight caught."""
    design = changed(
        AI1,
        battery={"efficiency": efficiency, "eclipse": "shed" if shed else "battery"},
        bus={"converter": converter},
        payload={"average": average, "peak": 2 * average},
    )
    period = 5800.0
    budget = close(design, sunlit_fraction=1 - shadow / period, longest_shadow=shadow, period=period)
    power, sunlit = budget.power, period - shadow
    given_out = power.array_eol * design.array.pointing * sunlit
    dark = design.bus.power + (0.0 if shed else power.run)
    heat = power.heat * sunlit + dark / converter * shadow
    assert heat == pytest.approx(given_out, rel=1e-9)
    assert heat < SOLAR_CONSTANT * budget.area.array * sunlit


def test_rocket_equation():
    """The propellant gives the delta-v of drag and disposal to the dry satellite."""
    budget = close(AI1, **DAWN_DUSK)
    speed = AI1.body.specific_impulse * STANDARD_GRAVITY * np.log(budget.mass.total / budget.mass.dry)
    assert speed == pytest.approx(5 * 25 + 50, rel=1e-9)
    assert propellant_share(AI1) == pytest.approx(budget.mass.propellant / budget.mass.dry)


def test_average_is_not_scaled_by_sunlight_again():
    """AI1's 120 kW is what it delivers on orbit average, with compute off in shadow or on battery."""
    for eclipse in ("battery", "shed"):
        assert close(changed(AI1, battery={"eclipse": eclipse}), **DAWN_DUSK).power.compute == pytest.approx(
            120e3
        )


def test_shedding_in_long_shadows_is_capped_by_the_peak():
    """In a low-inclination orbit AI1 with compute off in shadow gives peak times sunlit fraction: 99 kW."""
    budget = close(changed(AI1, battery={"eclipse": "shed"}), **LOW_TILT)
    assert budget.power.run == 150e3
    assert budget.power.compute == pytest.approx(150e3 * 0.66)


def test_battery_or_shed():
    """A battery through the shadow costs AI1 over a tonne; shedding costs it installed compute."""
    carried, shed = (close(changed(AI1, battery={"eclipse": e}), **DAWN_DUSK) for e in ("battery", "shed"))
    assert carried.mass.total - shed.mass.total > 1000
    assert shed.gpus / carried.gpus == pytest.approx(1 / 0.957)


def test_ai1_is_heavier_than_claimed():
    """With central subsystem figures AI1 closes near 3.6 t, not at the 2.1 t of 70 kW/t."""
    assert close(AI1, **DAWN_DUSK).mass.total == pytest.approx(3650, abs=150)


def test_conservative_design_is_where_the_studies_are():
    """The conservative preset closes at 17-30 kW/t (S005, S006)."""
    budget = close(read_design("conservative")[0], **DAWN_DUSK)
    assert 17 < budget.power.compute / budget.mass.total < 30


def test_flown_satellite():
    """Starlink V2 mini closes at its flown mass (575-800 kg) inside its flown array area (105 m2)."""
    budget = close(read_design("starlink-v2-mini")[0], **LOW_TILT)
    assert 575 < budget.mass.total < 800
    assert 85 < budget.area.array <= 105


def test_sized_radiator_holds_the_limit_at_peak():
    """A radiator without given area is just large enough for steady peak compute."""
    design = read_design("starcloud-3")[0]
    budget = close(design, **DAWN_DUSK)
    assert budget.temperature.junction_peak == pytest.approx(design.radiator.junction_limit, rel=1e-12)
    assert budget.temperature.junction <= budget.temperature.junction_peak
    assert budget.heat_limit == pytest.approx(budget.power.heat_peak, rel=1e-12)


def test_too_small_a_radiator_does_not_close():
    """Half the radiator brings the junction over its limit."""
    assert close(AI1, **DAWN_DUSK).closes
    assert not close(changed(AI1, radiator={"area": 55.0}), **DAWN_DUSK).closes


def test_impossible_designs_do_not_close():
    """No radiator is large enough below the sink temperature, no dry mass if its shares exceed the whole."""
    cold = changed(AI1, radiator={"area": 0.0, "junction_limit": 200.0})
    heavy = changed(AI1, body={"structure": 0.6, "margin": 0.4})
    for design in (cold, heavy):
        budget = close(design, **DAWN_DUSK)
        assert not budget.closes
        assert np.isinf(budget.mass.total)
        assert not np.isnan(
            [*dataclasses.asdict(budget.mass).values(), *dataclasses.asdict(budget.cost).values()]
        ).any()


def test_one_call_for_many_draws():
    """Draws in one call equal the same designs closed one by one, to the last bit of rounding."""
    masses, areas = np.array([4e-3, 6e-3, 9e-3]), np.array([0.0, 110.0, 160.0])
    life = np.array([3.0, 5.0, 7.0]) * YEAR
    together = close(
        replace(changed(AI1, payload={"mass": masses}, radiator={"area": areas}), life=life), **DAWN_DUSK
    )
    for k in range(3):
        single = close(
            replace(
                changed(AI1, payload={"mass": masses[k]}, radiator={"area": areas[k]}),
                life=life[k],
            ),
            **DAWN_DUSK,
        )
        assert together.mass.total[k] == pytest.approx(single.mass.total, rel=1e-14)
        assert together.temperature.junction[k] == pytest.approx(single.temperature.junction, rel=1e-14)
        assert together.closes[k] == single.closes


@given(st.floats(1.0, 4.0))
def test_scale(factor):
    """Scaling power and the fixed masses scales mass and cost and leaves temperature: no hidden size."""
    fixed = {
        "payload": {"average": AI1.payload.average * factor, "peak": AI1.payload.peak * factor},
        "bus": {"power": AI1.bus.power * factor, "mass": AI1.bus.mass * factor},
        "radiator": {"area": AI1.radiator.area * factor},
        "body": {"shielding": AI1.body.shielding * factor, "propulsion": AI1.body.propulsion * factor},
    }
    small, large = close(AI1, **DAWN_DUSK), close(changed(AI1, **fixed), **DAWN_DUSK)
    assert large.mass.total == pytest.approx(factor * small.mass.total, rel=1e-9)
    assert large.cost.total == pytest.approx(factor * small.cost.total, rel=1e-9)
    assert large.temperature.junction == pytest.approx(small.temperature.junction, rel=1e-9)
