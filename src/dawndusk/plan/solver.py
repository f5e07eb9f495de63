"""HiGHS: a Model in, a Solution out; every failure has a sentence."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import sparse

from dawndusk.core.plan import Size
from dawndusk.core.records import Floats, record
from dawndusk.plan.program import Model

SENTENCES = {
    "Optimal": "the plan is optimal",
    "Infeasible": "no plan can meet the stated limits and targets together",
    "Unbounded": "the cost falls without end: an offer is paid for being used, or a limit is missing",
    "Time limit reached": "the solver ran out of time",
    "Unknown": "the solver stopped without a proof",
}


@record
class Solution:
    """What the solver found.

    Parameters
    ----------
    status, sentence : str
        HiGHS's status, and what it means.
    x : Floats
        Shape (columns,), scaled.
    duals : Floats
        Shape (rows,), objective units per scaled unit of the row.
    extra : Floats
        Duals of rows that a session added to the model.
    reduced : Floats
        Shape (columns,), reduced costs.
    objective, bound : float
        Value of the model's own objective at `x` (also when another one was minimised), and the dual
        bound, with the model's offset. The bound means something only where the model's own objective
        was minimised on its own rows.
    seconds : float
        Wall time of the solve.
    """

    status: str
    sentence: str
    x: Floats
    duals: Floats
    extra: Floats
    reduced: Floats
    objective: float
    bound: float
    seconds: float

    @property
    def optimal(self) -> bool:
        """Whether the solver proved optimality."""
        return self.status == "Optimal"


def size_of(model: Model, nodes: int) -> Size:
    """Size and numeric ranges of a scaled model."""
    sides = np.concatenate([model.row_lower, model.row_upper])
    bounds = np.concatenate([model.lower, model.upper])
    return Size(
        nodes=nodes,
        columns=int(model.cost.size),
        rows=int(model.row_lower.size),
        nonzeros=int(model.matrix.nnz),
        matrix_range=_range(model.matrix.data),
        cost_range=_range(model.cost),
        bound_range=_range(bounds),
        right_range=_range(sides),
    )


def _range(values: Floats) -> tuple[float, float]:
    size = np.abs(values[np.isfinite(values) & (values != 0)])
    return (float(size.min()), float(size.max())) if size.size else (0.0, 0.0)


def load(model: Model) -> Any:
    """HiGHS with the model passed in as sparse arrays."""
    import highspy

    matrix = sparse.csc_matrix(model.matrix)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = model.cost.size, model.row_lower.size
    lp.col_cost_, lp.offset_ = model.cost, model.offset
    lp.col_lower_, lp.col_upper_ = model.lower, model.upper
    lp.row_lower_, lp.row_upper_ = model.row_lower, model.row_upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = matrix.indptr
    lp.a_matrix_.index_ = matrix.indices
    lp.a_matrix_.value_ = matrix.data
    highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.setOptionValue("output_flag", False)
    highs.passModel(lp)
    return highs


def solution_of(model: Model, highs: Any, seconds: float) -> Solution:
    """What HiGHS holds now; rows beyond the model's own carry no dual here but in `extra`."""
    status = str(highs.modelStatusToString(highs.getModelStatus()))
    filled = status == "Optimal"
    columns, rows = model.cost.size, model.row_lower.size
    found = highs.getSolution()
    x = np.asarray(found.col_value, dtype=float) if filled else np.full(columns, np.nan)
    every = np.asarray(found.row_dual, dtype=float) if filled else np.full(rows, np.nan)
    reduced = np.asarray(found.col_dual, dtype=float) if filled else np.full(columns, np.nan)
    x = np.clip(x, model.lower, model.upper)
    return Solution(
        status=status,
        sentence=SENTENCES.get(status, f"the solver says: {status}"),
        x=x,
        duals=every[:rows],
        extra=every[rows:],
        reduced=reduced,
        objective=float(model.cost @ x + model.offset),
        bound=dual_bound(model, every[:rows], x) if filled else np.nan,
        seconds=seconds,
    )


def dual_bound(model: Model, duals: Floats, x: Floats) -> float:
    """Lower bound on the optimum from row duals (weak duality).

    Each row contributes its dual times the side it pushes against, each column its reduced cost times
    the bound it is pushed to. Where that bound is infinite the reduced cost is a residual of the
    interior point; it is charged at the column's value in the solution, so the bound is exact up to
    residuals (about 1e-8 of the objective here).
    """
    reduced = model.cost - model.matrix.T @ duals
    side = np.where(duals > 0, model.row_lower, model.row_upper)
    activity = model.matrix @ x
    rows = duals * np.where(np.isfinite(side), side, activity)
    corner = np.where(reduced > 0, model.lower, model.upper)
    columns = reduced * np.where(np.isfinite(corner), corner, x)
    return float(rows.sum() + columns.sum() + model.offset)
