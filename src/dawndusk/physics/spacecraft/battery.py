"""Battery: capacity for the longest shadow, and the array power that charges it again."""

from __future__ import annotations

from dawndusk.core.records import Real


def charge_power(load: Real, *, shadow: Real, period: Real, efficiency: Real) -> Real:
    """Array power, W, that refills in the sunlit part of the same orbit what the shadow took.

    Parameters
    ----------
    load : Real
        Power on the bus in shadow, W.
    shadow, period : Real
        Length of the shadow and of the orbit, s; the shadow is the shorter.
    efficiency : Real
        As in `capacity`.

    Notes
    -----
    Energy balance of one orbit, Wertz & Larson (1999), ch. 11, with the day efficiency kept apart.
    """
    return load * shadow / (efficiency * (period - shadow))


def charge_loss(charge: Real, efficiency: Real) -> Real:
    """Heat of the battery, W, while it is charged at `charge` (all of the loss put there)."""
    return charge * (1 - efficiency)
