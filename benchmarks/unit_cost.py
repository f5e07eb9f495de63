"""Evaluations per second: drawn inputs to USD per delivered H100e-hour of one orbital design.

One evaluation = draw -> thermal network (junction to space, peak, limit) -> array that warms and ages,
battery -> shield by dose -> mass -> compute by age -> unit cost. Each chunk flies at its own altitude (600 to
800 km), whose eclipses, damage and dose are computed in it.
Run: python -m benchmarks.unit_cost
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from dawndusk.core.constants import HOURS_PER_YEAR, YEAR
from dawndusk.economics.asset_classes import kept_annuity
from dawndusk.library.design import read_design
from dawndusk.physics.spacecraft.closure import close
from dawndusk.physics.spacecraft.conditions import conditions
from dawndusk.space.sheet import draw_design

DRAWS = 1_000_000
CHUNK = 32_000  # draws at a time
WORKERS = 2
LOWEST, HIGHEST = 600e3, 800e3


def place(chunk, chunks):
    """Conditions in the orbit of a chunk, from the lowest to the highest."""
    altitude = LOWEST + (HIGHEST - LOWEST) * (chunk + 0.5) / chunks
    return conditions(altitude, year=2027, technology="silicon")


def evaluate(design, ranges, where, draws, seed):
    """USD per H100e-hour, shape (draws,), with launch price and rate drawn as well."""
    generator = np.random.default_rng(np.random.SeedSequence(seed))
    drawn = draw_design(design, ranges, draws=draws, seed=seed)
    budget = close(drawn, where)
    price = generator.uniform(250, 1600, draws)  # USD/kg
    rate = generator.uniform(0.10, 0.15, draws)  # 1/yr
    life = drawn.life / YEAR
    lost = 1 - (1 - drawn.payload.chip_failure * YEAR) * (1 - drawn.satellite_loss * YEAR)
    charge = (budget.cost.total + price * budget.mass.total) * kept_annuity(rate, life, lost)
    return charge / (budget.compute * HOURS_PER_YEAR)


def main():
    """Print evaluations per second and the range of the answer."""
    design, ranges = read_design("ai1-2026-06")
    chunks = -(-DRAWS // CHUNK)
    evaluate(design, ranges, place(0, chunks), CHUNK, 0)
    for workers in (1, WORKERS):
        start = time.perf_counter()
        with ThreadPoolExecutor(workers) as pool:
            cost = np.concatenate(
                [*pool.map(lambda k: evaluate(design, ranges, place(k, chunks), CHUNK, k), range(chunks))]
            )
        took = time.perf_counter() - start
        print(
            f"{cost.size:,} draws, {workers} thread(s): {took:.2f} s, {cost.size / took:,.0f} evaluations/s"
        )
    low, middle, high = np.quantile(cost, (0.1, 0.5, 0.9))
    print(f"USD per H100e-hour, 10/50/90 %: {low:.2f} / {middle:.2f} / {high:.2f}")


if __name__ == "__main__":
    main()
