"""Compute delivered by option: the expectation, and the band over the futures, quarter by quarter."""

from __future__ import annotations

from typing import Any

import numpy as np

from dawndusk.core.records import Floats, record
from dawndusk.report import words
from dawndusk.report.measures import band_by_period, expected_by_period
from dawndusk.report.view import View

BAND = (0.05, 0.95)


@record
class OptionCapacity:
    """What one option delivers, H100e.

    Parameters
    ----------
    key, label, pool : str
        The option, its words, and the pool it counts in; all satellites together are ``orbit``.
    expected, low, high : Floats
        Shape (period,): expectation, and the 5 and 95 % points over the futures.
    """

    key: str
    label: str
    pool: str
    expected: Floats
    low: Floats
    high: Floats


def by_option(view: View) -> tuple[OptionCapacity, ...]:
    """The options that deliver compute in some future, pool by pool."""
    offers = view.offers
    labels = dict(zip(offers.options, offers.option_labels, strict=True)) | {"orbit": "Orbit"}
    own, sites = dict(zip(offers.name, offers.label, strict=True)), set(offers.site)
    found = []
    for pool in view.plan.pools:
        members: dict[str, list[int]] = {}
        for i in np.flatnonzero(np.array(offers.pool) == pool):
            members.setdefault(offers.option[i] if pool != "orbit" else "orbit", []).append(int(i))
        for key, rows in members.items():
            amount = view.plan.delivered[rows].sum(axis=0)
            if amount.max() > 0:
                label = words.brief(labels.get(key, own.get(key, key)), place=key in sites)
                found.append(_spread(view, key, label, pool, amount))
    return tuple(found)


def _spread(view: View, key: str, label: str, pool: str, amount: Floats) -> OptionCapacity:
    low, high = band_by_period(view, amount, BAND)
    expected = expected_by_period(view, amount)
    return OptionCapacity(key=key, label=label, pool=pool, expected=expected, low=low, high=high)


def capacity_numbers(view: View) -> dict[str, Any]:
    """For ``--json``: H100e delivered by option and quarter, expected and 5 to 95 % of the futures."""
    return {
        "quarters": list(view.quarters),
        "unit": "H100e",
        "options": [
            {
                "option": x.key,
                "label": x.label,
                "pool": x.pool,
                "expected": x.expected.tolist(),
                "low": x.low.tolist(),
                "high": x.high.tolist(),
            }
            for x in by_option(view)
        ],
    }
