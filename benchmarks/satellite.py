"""Evaluations per second of one satellite with drawn inputs, beside spacedc-mdao, in one run.

An evaluation of dawndusk: all ranges of AI1 (June 2026), launch price and rate drawn -> thermal network,
array that warms and ages, battery, shield by dose, mass, cost -> compute by age -> USD per delivered
H100e-hour: the chain of benchmarks.unit_cost. One of spacedc-mdao: five inputs drawn by its own Monte Carlo
-> orbit, power, heat, mass, link, failures, cost -> USD per delivered PFLOP-day. Both close one orbital
design and cost what it delivers, and neither steps along an orbit; theirs takes one draw at a time. It is
no dependency: pip install spacedc-mdao, or its line is left out. Run: python -m benchmarks.satellite
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from benchmarks.unit_cost import CHUNK, DRAWS, evaluate, place

from dawndusk.library.design import read_design

THREADS = (1, 2)
THEIR_DRAWS = 2_000
ROUNDS = 3  # the fastest counts, on both sides
HEADLINE = 1237.0068  # USD per PFLOP-day of their scenario in orbit: shows that it is theirs
GROUND = 66.0364  # what their Monte Carlo compares each draw with
# Inputs of their example orbital_1mw_inference (0.4.2), where they are not its defaults.
SCENARIO = {
    "name": "1 MW orbital inference",
    "kind": "space",
    "mission_life_years": 5,
    "workload": {"type": "llm_inference"},
    "space": {
        "orbit": {"type": "dawn_dusk_sso", "altitude_km": 650.0},
        "architecture": {
            "satellites": 64,
            "accelerators_per_satellite": 18,
            "crosslink_gbps": 50000.0,
            "downlink_gbps": 200.0,
            "radiator_area_m2_per_sat": 45.0,
        },
        "spare_fraction": 0.05,
    },
}


def ours(threads):
    """Evaluations per second on so many threads."""
    design, ranges = read_design("ai1-2026-06")
    chunks = -(-DRAWS // CHUNK)
    evaluate(design, ranges, place(0, chunks), CHUNK, 0)
    best = np.inf
    for _ in range(ROUNDS):
        start = time.perf_counter()
        with ThreadPoolExecutor(threads) as pool:
            cost = np.concatenate(
                [*pool.map(lambda k: evaluate(design, ranges, place(k, chunks), CHUNK, k), range(chunks))]
            )
        best = min(best, time.perf_counter() - start)
    return cost.size / best


def theirs():
    """Evaluations per second of spacedc-mdao on one thread; None where it is not installed."""
    try:
        from orbitdc.compare import evaluate_space
        from orbitdc.core.scenario import load_scenario_dict
        from orbitdc.optimize.uncertainty import monte_carlo
    except ImportError:
        return None
    scenario = load_scenario_dict(SCENARIO)
    found = evaluate_space(scenario).lcoc_per_pflop_day
    if abs(found - HEADLINE) > 1e-3:
        print(f"spacedc-mdao gives {found:.4f} USD/PFLOP-day here, not {HEADLINE}: another version")
    best = np.inf
    for _ in range(ROUNDS):
        start = time.perf_counter()
        monte_carlo(scenario, GROUND, n=THEIR_DRAWS, seed=1)
        best = min(best, time.perf_counter() - start)
    return THEIR_DRAWS / best


def main():
    """Print evaluations per second of both, and the ratio."""
    rates = {threads: ours(threads) for threads in THREADS}
    for threads, rate in rates.items():
        print(f"dawndusk, {threads} {'thread' if threads == 1 else 'threads'}: {rate:,.0f} evaluations/s")
    other = theirs()
    if other is None:
        print("spacedc-mdao: left out, not installed (pip install spacedc-mdao)")
        return
    print(f"spacedc-mdao, 1 thread: {other:,.0f} evaluations/s")
    ratios = ", ".join(f"{rate / other:,.0f} on {threads}" for threads, rate in rates.items())
    print(f"ratio, by our threads: {ratios}")


if __name__ == "__main__":
    main()
