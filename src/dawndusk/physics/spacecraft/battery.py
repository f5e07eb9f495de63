"""Battery: capacity for the longest shadow, and the array power that charges it again."""

from __future__ import annotations

from dawndusk.core.records import Real


def capacity(load: Real, *, shadow: Real, depth: Real, efficiency: Real) -> Real:
    """Nameplate energy, J, that carries a load through a shadow.

    Parameters
    ----------
    load : Real
        Power on the bus in shadow, W.
    shadow : Real
        Length of the shadow, s.
    depth : Real
        Largest allowed depth of discharge, above 0 and at most 1.
    efficiency : Real
        Energy given back over energy charged, above 0 and at most 1; all of the loss is put on the
        way out, which asks for up to 5 % more cells than a split of the loss would.

    Notes
    -----
    Wertz & Larson, *Space Mission Analysis and Design*, 3rd ed. (1999), ch. 11, with one battery.
    Fading with cycles is not modelled: it is why `depth` is well below 1.
    """
    return load * shadow / (depth * efficiency)


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
