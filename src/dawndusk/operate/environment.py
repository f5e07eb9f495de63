"""What the months bring: demand between the quarters' means, and sunlight by calendar month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from dawndusk.core.calendar import Calendar
from dawndusk.core.errors import problem
from dawndusk.core.offers import Offer
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


def sunlight(offers: Sequence[Offer], calendar: Calendar, *, periods: int, months: int) -> Floats:
    """Factor on each offer's compute by period and month, shape (offer, T, months).

    Parameters
    ----------
    offers : sequence of Offer
        Their `profile` is followed; 1 for offers without one.
    months : int
        3, or 1 for the mean of a quarter.

    Raises
    ------
    UserError
        For a profile that is not twelve numbers of at least 0.
    """
    table = np.stack([_profile(offer) for offer in offers])
    month = (calendar.first % 4 * MONTHS + np.arange(periods * MONTHS)) % 12
    by_month = table[:, month].reshape(len(offers), periods, MONTHS)
    return by_month if months == MONTHS else by_month.mean(axis=2, keepdims=True)


def _profile(offer: Offer) -> Floats:
    if offer.profile is None:
        return np.ones(12)
    values = np.asarray(offer.profile, dtype=np.float64)
    if values.shape != (12,) or not np.all(np.isfinite(values)) or values.min() < 0:
        expected = "12 numbers of at least 0, one a month"
        raise problem(f"offers.{offer.name}.profile", values.shape, expected, "[1.0] * 12")
    return values
