"""A solver that stays warm: one model, many questions.

The first solve is by interior point with crossover; later ones start from its basis with the simplex
method, which on these trees takes a hundredth to a half of the first solve's time (measured: 0.1-3 s
against 6 s at 773 nodes).
"""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from dawndusk.core.records import Floats, Ints
from dawndusk.plan.program import Model
from dawndusk.plan.solver import Solution, load, solution_of

PRIMAL, DUAL = 4, 1  # HiGHS's names of the simplex strategies
FREE = 1e30
ITERATIONS = 500  # of the interior point, which needs 50 to 150; beyond, it turns in circles


class Session:
    """Holds a loaded model; every method leaves it ready for the next question."""

    def __init__(self, model: Model, threads: int = 1) -> None:
        self.model = model
        self._highs: Any = load(model)
        self._highs.setOptionValue("threads", threads)
        self._rows = model.row_lower.size
        self.seconds = 0.0

    def first(self) -> Solution:
        """Solve from nothing by interior point with crossover (simplex if that gives no proof)."""
        self._highs.setOptionValue("solver", "ipx")
        self._highs.setOptionValue("run_crossover", "on")
        self._highs.setOptionValue("ipm_iteration_limit", ITERATIONS)
        found = self._run()
        if found.status not in ("Optimal", "Infeasible", "Unbounded", "Primal infeasible or unbounded"):
            self._highs.setOptionValue("solver", "simplex")
            found = self._run()
        return found

    def again(self, strategy: int = PRIMAL) -> Solution:
        """Solve from the last basis."""
        self._highs.setOptionValue("solver", "simplex")
        self._highs.setOptionValue("simplex_strategy", strategy)
        return self._run()

    def set_cost(self, cost: Floats) -> None:
        """Another objective, shape (columns,)."""
        every = np.arange(cost.size, dtype=np.int32)
        self._highs.changeColsCost(cost.size, every, cost)

    def add_row(self, coefficients: Floats, lower: float, upper: float) -> int:
        """One more row; returns its number."""
        filled = np.flatnonzero(coefficients).astype(np.int32)
        self._highs.addRow(max(lower, -FREE), min(upper, FREE), filled.size, filled, coefficients[filled])
        self._rows += 1
        return self._rows - 1

    def set_row(self, row: int, lower: float, upper: float) -> None:
        """Other bounds of a row; infinities free it."""
        self._highs.changeRowBounds(row, max(lower, -FREE), min(upper, FREE))

    def set_coefficients(self, rows: Ints, columns: Ints, values: Floats) -> None:
        """Other coefficients at some places of the matrix."""
        for i, j, value in zip(rows, columns, values, strict=True):
            self._highs.changeCoeff(int(i), int(j), float(value))

    def _run(self) -> Solution:
        started = time.perf_counter()
        self._highs.run()
        spent = time.perf_counter() - started
        self.seconds += spent
        return solution_of(self.model, self._highs, spent)
