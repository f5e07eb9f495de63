"""The demand of May 2026 at its central values, and with its ranges drawn."""

import numpy as np
import pytest

from dawndusk.core.calendar import Calendar
from dawndusk.core.records import replace
from dawndusk.core.scenario.demand import Demand, DemandClass, Gate, Regime


def _class(name, share, steps):
    return DemandClass(name=name, label=name.title(), share=share, steps=steps, target=0.9)


@pytest.fixture(scope="session")
def demand():
    """Central values; 0.05 to 0.5 of each class on each step of the value curve."""
    return Demand(
        in_use=0.7e6,
        usage_growth=80.0,
        efficiency_growth=8.0,
        planned_growth=10.0,
        trend=2.2,
        trend_end=1.25,
        trend_half_life=2.0,
        excess_half_life=0.75,
        noise_sd=0.08,
        noise_correlation=0.6,
        stagnation=Regime(probability=0.03, growth=1.1, duration=2.0),
        surge=Regime(probability=0.03, growth=4.0, duration=1.0),
        world_stock=15.5e6,
        world_growth=3.3,
        world_growth_end=1.4,
        world_half_life=3.0,
        world_share=0.10,
        classes=(
            _class("interactive", 0.45, (0.4, 0.3, 0.15, 0.1, 0.05)),
            _class("batch", 0.2, (0.05, 0.15, 0.25, 0.25, 0.3)),
            _class("training", 0.35, (0.17, 0.24, 0.24, 0.16, 0.19)),
        ),
        step_values=tuple(8766.0 * v for v in (8.0, 6.0, 4.0, 2.0, 1.0)),
        value_decline=0.2,
        service="value",
        target_from="2028Q1",
    )


@pytest.fixture(scope="session")
def calm(demand):
    """Without regimes and out of reach of the cap: log demand is normal."""
    never = replace(demand.stagnation, probability=0.0)
    return replace(demand, stagnation=never, surge=never, world_stock=15.5e9)


@pytest.fixture(scope="session")
def drawn(demand):
    """Function of (n, seed): demand with triangular ranges drawn."""

    def draw(n, seed):
        random = np.random.default_rng(seed)

        def between(low, mode, high):
            return random.triangular(low, mode, high, n)

        return replace(
            demand,
            in_use=between(0.5e6, 0.7e6, 1.2e6),
            efficiency_growth=between(6, 8, 11),
            trend=between(1.8, 2.2, 2.8),
            trend_end=between(1.1, 1.25, 1.45),
            trend_half_life=between(1.25, 2.0, 3.0),
            excess_half_life=between(0.5, 0.75, 1.25),
            noise_sd=between(0.05, 0.08, 0.12),
            noise_correlation=between(0.4, 0.6, 0.8),
            stagnation=replace(demand.stagnation, duration=between(1, 2, 4)),
            world_growth=between(2.5, 3.3, 4.0),
            world_share=between(0.07, 0.10, 0.15),
        )

    return draw


@pytest.fixture(scope="session")
def gates():
    """One licence, known from 2028Q2."""
    return (Gate(name="licence", label="Licence", resolved="2028Q2", probability=0.7),)


@pytest.fixture(scope="session")
def calendar():
    """Ten years from 2026Q2."""
    return Calendar(start="2026Q2", periods=40)
