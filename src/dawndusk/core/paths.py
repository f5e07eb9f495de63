"""Paths of demand and gates as they may come: the tree is made of some, the simulation runs on others."""

from __future__ import annotations

from collections.abc import Mapping

from dawndusk.core.records import Floats, Ints, record


@record
class Paths:
    """Sampled paths of demand and of the gates.

    Parameters
    ----------
    log_demand : Floats
        Shape (n, T): natural log of total demand in H100e.
    gates : mapping
        Gate name -> (n, T): 1 from `resolved` on along the paths where it opens, otherwise 0.
    """

    log_demand: Floats
    gates: Mapping[str, Floats]

    def part(self, chosen: slice | Ints) -> Paths:
        """Some of the paths, in the order chosen."""
        gates = {name: state[chosen] for name, state in self.gates.items()}
        return Paths(log_demand=self.log_demand[chosen], gates=gates)
