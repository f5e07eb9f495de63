"""Evaluations per second: drawn inputs to USD per delivered H100e-hour of one orbital design.

One evaluation = draw -> eclipse by table -> power -> heat -> mass -> compute by age -> unit cost.
Run: python -m benchmarks.unit_cost
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from dawndusk.core.constants import YEAR
from dawndusk.core.records import replace
from dawndusk.economics.unit_cost import levelised_share, unit_cost, yearly_charge
from dawndusk.physics.light.eclipse import orbit_year
from dawndusk.physics.spacecraft.satellite import close
from dawndusk.study.satellite import draw_design, read_design

DRAWS = 1_000_000
CHUNK = 8192  # draws at a time: all columns of a chunk stay in the second-level cache
WORKERS = 2
ALTITUDES = np.linspace(550e3, 850e3, 31)


def eclipse_table():
    """Sunlit fraction, longest shadow and period of dawn-dusk orbits by altitude."""
    year = orbit_year(altitude=ALTITUDES, inclination=None, ltan=6.0, year=2027)
    return year.sunlit_fraction, year.longest_shadow, year.period


def evaluate(design, ranges, table, draws, seed):
    """USD per H100e-hour, shape (draws,), with launch price and rate drawn as well."""
    generator = np.random.default_rng(np.random.SeedSequence(seed))
    drawn = draw_design(design, ranges, draws=draws, seed=seed)
    altitude = generator.uniform(600e3, 800e3, draws)
    drawn = replace(drawn, orbit=replace(drawn.orbit, altitude=altitude))
    light, shadow, period = (np.interp(altitude, ALTITUDES, column) for column in table)
    budget = close(drawn, sunlit_fraction=light, longest_shadow=shadow, period=period)
    price = generator.uniform(250, 1600, draws)  # USD/kg
    rate = generator.uniform(0.10, 0.15, draws)  # 1/yr
    life = drawn.life / YEAR
    lost = 1 - (1 - drawn.payload.chip_failure * YEAR) * (1 - drawn.satellite_loss * YEAR)
    share = levelised_share(loss=lost, rate=rate, life=life)
    charge = yearly_charge([(budget.cost.total + price * budget.mass.total, rate, life)])
    return unit_cost(charge, compute=budget.compute, share=share)


def main():
    """Print evaluations per second and the range of the answer."""
    design, ranges = read_design("ai1-2026-06")
    table = eclipse_table()
    seeds = range(-(-DRAWS // CHUNK))
    evaluate(design, ranges, table, CHUNK, 0)
    for workers in (1, WORKERS):
        start = time.perf_counter()
        with ThreadPoolExecutor(workers) as pool:
            cost = np.concatenate([*pool.map(lambda s: evaluate(design, ranges, table, CHUNK, s), seeds)])
        took = time.perf_counter() - start
        print(
            f"{cost.size:,} draws, {workers} thread(s): {took:.2f} s, {cost.size / took:,.0f} evaluations/s"
        )
    low, middle, high = np.quantile(cost, (0.1, 0.5, 0.9))
    print(f"USD per H100e-hour, 10/50/90 %: {low:.2f} / {middle:.2f} / {high:.2f}")


if __name__ == "__main__":
    main()
