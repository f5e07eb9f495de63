"""What the months bring: demand between the quarters' means, and sunlight by calendar month."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from dawndusk.core.calendar import Calendar
from dawndusk.core.errors import problem
from dawndusk.core.records import Floats

MONTHS: Final = 3  # in a quarter


def monthly_levels(level: Floats, months: int) -> Floats:
    """Levels within periods, linear in the logarithm between the periods' middles.

    Parameters
    ----------
    level : Floats
        Shape (P, T), mean over each period, above 0.
    months : int
        Parts of a period.

    Returns
    -------
    Floats
        Shape (P, T, months); their mean over a period is its level. Flat before the first and after the
        last middle.
    """
    logs = np.log(level)
    padded = np.concatenate([logs[:, :1], logs, logs[:, -1:]], axis=1)
    way = (np.arange(months) + 0.5) / months - 0.5  # of a period, from its middle
    back, ahead = np.maximum(-way, 0.0), np.maximum(way, 0.0)
    shift = back * (padded[:, :-2] - logs)[:, :, None] + ahead * (padded[:, 2:] - logs)[:, :, None]
    shape = np.exp(shift)
    found: Floats = level[:, :, None] * shape / shape.mean(axis=2, keepdims=True)
    return found


def sunlight(
    names: tuple[str, ...], sunlit: Mapping[str, Floats], calendar: Calendar, *, periods: int, months: int
) -> Floats:
    """Factor on each offer's compute by period and month, shape (offer, T, months).

    Parameters
    ----------
    sunlit : mapping
        Offer name -> (12,), January first, light of a month relative to the mean of the year; 1 for offers
        that are not named.
    months : int
        3, or 1 for the mean of a quarter.

    Raises
    ------
    UserError
        For an offer that does not exist, or a table that is not twelve numbers of at least 0.
    """
    table = np.ones((len(names), 12))
    for name, factor in sunlit.items():
        if name not in names:
            raise problem(f"sunlit.{name}", name, "the name of an offer", ", ".join(names[:5]))
        values = np.asarray(factor, dtype=np.float64)
        if values.shape != (12,) or not np.all(np.isfinite(values)) or values.min() < 0:
            raise problem(
                f"sunlit.{name}", values.shape, "12 numbers of at least 0, one a month", "[1.0] * 12"
            )
        table[names.index(name)] = values
    month = (calendar.first % 4 * MONTHS + np.arange(periods * MONTHS)) % 12
    by_month = table[:, month].reshape(len(names), periods, MONTHS)
    return by_month if months == MONTHS else by_month.mean(axis=2, keepdims=True)
