"""How well a scenario tree stands for sampled paths: the rows that are printed and tested."""

from __future__ import annotations

import numpy as np

from dawndusk.core.calendar import Calendar
from dawndusk.core.paths import Paths
from dawndusk.core.records import Floats, record
from dawndusk.core.tree import Tree

QUARTERS = ("2028Q4", "2030Q4")
_LEVELS = (0.05, 0.50, 0.95)
_ALLOWED = {"mean": 0.05, "median": 0.05, "5 %": 0.15, "95 %": 0.15}  # of the sample's standard deviation


@record
class Row:
    """One statistic of log demand (H100e) in the tree and in the sample.

    Parameters
    ----------
    period, statistic : str
        ``2028Q4``; ``mean``, ``5 %``, ``median`` or ``95 %``.
    tree, sample : float
        Its value in each, natural log of H100e.
    error : float
        Their difference in the sample's standard deviations, not negative.
    allowed : float
        Largest error with which the tree counts as good.
    """

    period: str
    statistic: str
    tree: float
    sample: float
    error: float
    allowed: float

    @property
    def good(self) -> bool:
        """Whether the error is allowed."""
        return self.error <= self.allowed


def compare(tree: Tree, paths: Paths, calendar: Calendar) -> tuple[Row, ...]:
    """Mean and 5/50/95 % of log demand in the tree against sampled paths.

    In 2028Q4, 2030Q4 (where the horizon holds them) and the horizon's last quarter. The paths should be
    10,000 or more: with 10,000 the sample itself errs by about 1 % of its standard deviation in the mean and
    2 to 3 % in the tails.
    """
    indices = {calendar.index(x) for x in QUARTERS} | {calendar.periods - 1}
    return tuple(
        row
        for t in sorted(indices)
        if 0 <= t < calendar.periods
        for row in _rows(tree, paths.log_demand[:, t], t, calendar.label(t))
    )


def quantile(values: Floats, weights: Floats, level: Floats) -> Floats:
    """Smallest value at which the cumulated weight reaches `level` (inverse of the distribution function).

    Parameters
    ----------
    values, weights : Floats
        Shape (n,); the weights sum to 1.
    level : Floats
        Shape (k,), in (0, 1].
    """
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    place = np.searchsorted(reached, level - 1e-9)  # rounding of the sum must not skip a value
    found: Floats = values[order][np.minimum(place, values.size - 1)]
    return found


def _rows(tree: Tree, sample: Floats, t: int, label: str) -> list[Row]:
    nodes = np.flatnonzero(tree.period == t)
    value, weight = np.log(tree.demand[:, nodes].sum(axis=0)), tree.probability[nodes]
    spread = max(float(sample.std()), 1e-12)
    ours = [float(weight @ value), *quantile(value, weight, np.array(_LEVELS))]
    theirs = [
        float(sample.mean()),
        *quantile(sample, np.full(sample.size, 1.0 / sample.size), np.array(_LEVELS)),
    ]
    names = ("mean", "5 %", "median", "95 %")
    return [
        Row(
            period=label,
            statistic=name,
            tree=float(a),
            sample=float(b),
            error=abs(float(a) - float(b)) / spread,
            allowed=_ALLOWED[name],
        )
        for name, a, b in zip(names, ours, theirs, strict=True)
    ]
