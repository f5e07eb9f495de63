"""All benchmarks, one after the other: `make bench`, or python -m benchmarks."""

from __future__ import annotations

from benchmarks import neighbours, network, orbit, plan, satellite, start, sunlight, unit_cost

for module in (start, unit_cost, satellite, plan, orbit, sunlight, network, neighbours):
    print(f"\n{module.__doc__.splitlines()[0]}")
    module.main()
