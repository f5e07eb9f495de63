"""Subsystems of the seeds: each draws from a sequence of its own, so that none moves another's numbers.

``SeedSequence(seed, spawn_key=(subsystem, ...))``: adding draws in one subsystem changes nothing in the
others.
"""

from __future__ import annotations

from typing import Final

TREE_PATHS: Final = 0  # demand paths that the tree is reduced from
FRESH_PATHS: Final = 1  # demand paths that check the plan
INPUTS: Final = 7  # uncertain numbers of a scenario
OPERATION: Final = 11  # failures, recalls and whole units in the simulation
FRESH_INPUTS: Final = 1_000_003  # added to the seed: inputs of the fresh paths
