"""Size, assembly and solution of the colossus plan at 64, 256 and 1,024 leaves.

The largest takes a quarter of an hour on a small machine; name the sizes to leave it out.
Run: python -m benchmarks.plan [LEAVES ...]
"""

from __future__ import annotations

import sys
import time

from dawndusk.library.read import read
from dawndusk.plan.formulation import build
from dawndusk.plan.session import Session
from dawndusk.plan.solver import size_of
from dawndusk.study.instance import pose

LEAVES = (64, 256, 1024)
SEED = 1


def measure(scenario, ranges, leaves):
    """One row of the table: sizes, and seconds by step."""
    started = time.perf_counter()
    posed = pose(scenario, ranges, leaves=leaves, seed=SEED)
    posing = time.perf_counter() - started
    started = time.perf_counter()
    model = build(posed.inputs)
    building = time.perf_counter() - started
    session = Session(model)
    started, processor = time.perf_counter(), time.process_time()
    found = session.first()
    size = size_of(model, posed.tree.size)
    return (
        *(leaves, size.nodes, size.columns, size.rows, size.nonzeros),
        *(posing, building, time.perf_counter() - started, time.process_time() - processor),
        found.status,
    )


def main():
    """Print the table, row by row."""
    chosen = [int(word) for word in sys.argv[1:] if word.isdecimal()] or LEAVES
    scenario, ranges = read("colossus")
    print("first solve by interior point with crossover, one thread")
    print(
        f"{'leaves':>7}{'nodes':>8}{'columns':>10}{'rows':>10}{'non-zeros':>11}"
        f"{'pose_s':>8}{'build_s':>9}{'solve_s':>9}{'cpu_s':>8}  status"
    )
    for leaves in chosen:
        row = measure(scenario, ranges, leaves)
        print(
            "{:7,}{:8,}{:10,}{:10,}{:11,}{:8.2f}{:9.2f}{:9.1f}{:8.1f}  {}".format(*row),
            flush=True,
        )


if __name__ == "__main__":
    main()
