"""Clouds over optical ground stations: how often at least one of several sites has a clear sky.

Each site is clear when a normal variable of its weather lies under its threshold; what sites have in common
is one variable that all of them share (one-factor Gaussian copula). No draws: the shared variable is
integrated. Seasons, hours of the day and the length of cloudy spells are left out.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from scipy.special import ndtr, ndtri

from dawndusk.core.constants import EARTH_RADIUS
from dawndusk.core.errors import problem
from dawndusk.core.records import Floats, Real
from dawndusk.physics.network.ground_stations import zenith

CORRELATION_DISTANCE: Final = 400e3  # m over which the correlation of clouds falls to 1/e
MOST_CORRELATED: Final = 0.99  # above it sites are one site; the integral is exact to 1e-9 up to here
MOST_SITES: Final = 1000
_SPAN: Final = 9.0  # standard deviations of the shared weather: 2e-19 lies outside
_PANELS: Final = 400  # nodes of the integral over it
_ROUNDING: Final = 1e-12  # of the integral: a target met exactly counts as met


def cloud_correlation(distance: Real, scale: Real = CORRELATION_DISTANCE) -> Floats:
    """Correlation of the weather of two sites, exp(-distance / scale), 0 to 1.

    Parameters
    ----------
    distance : float or array
        Between the sites (m), not negative.
    scale : float or array
        Distance at which it has fallen to 1/e (m). A guess, 200 to 1,000 km: about the width of a front.
    """
    return np.asarray(np.exp(-np.asarray(distance, dtype=np.float64) / scale))


def mean_correlation(latitude: Real, longitude: Real, scale: float = CORRELATION_DISTANCE) -> float:
    """Mean of `cloud_correlation` over all pairs of sites (1), 0 for a single site.

    Parameters
    ----------
    latitude, longitude : array
        Of the sites (rad), shape (sites,).
    scale : float
        As in `cloud_correlation` (m).

    Notes
    -----
    Great circles on a sphere. One number for all pairs is an approximation: for three sites of which two
    stand together, the chance that all are cloudy comes out 4-7 % too low.
    """
    up = np.atleast_2d(zenith(latitude, longitude).T)
    first, second = np.triu_indices(up.shape[0], 1)
    if not first.size:
        return 0.0
    apart = np.arccos(np.clip(np.einsum("nk,nk->n", up[first], up[second]), -1.0, 1.0))
    return float(np.mean(cloud_correlation(EARTH_RADIUS * apart, scale)))


def _share(path: str, value: Real, most: float) -> Floats:
    array = np.asarray(value, dtype=np.float64)
    good = (array >= 0.0) & (array <= most)
    if not np.all(good):
        raise problem(path, f"{array[~good].flat[0]:g}", f"a share from 0 to {most:g}", "0.75")
    return array


def diversity_availability(availability: Real, correlation: Real = 0.0) -> Floats:
    """Share of time in which at least one site is clear, 0 to 1.

    Parameters
    ----------
    availability : array
        Of each site alone (0 to 1), shape (sites, ...): the sites are the first axis.
    correlation : float or array
        Of the weather of any two sites, 0 to 0.99, broadcast against (...).

    Raises
    ------
    UserError
        For a share or a correlation out of range.

    Notes
    -----
    1 - E[prod_i Phi((t_i - sqrt(rho) z) / sqrt(1 - rho))], t_i = Phi^-1(1 - a_i), z normal: Vasicek (1987),
    *Probability of loss on loan portfolio*, as for any one-factor Gaussian model. Exact for independent
    sites; otherwise midpoint rule with 400 nodes, wrong by less than 1e-9.
    """
    alone = np.atleast_1d(_share("availability", availability, 1.0))
    rho = _share("correlation", correlation, MOST_CORRELATED)
    shape = np.broadcast_shapes(alone.shape[1:], rho.shape)
    alone = np.broadcast_to(
        alone.reshape(alone.shape[0], *alone.shape[1:] or (1,) * len(shape)), (alone.shape[0], *shape)
    )
    edge = ndtri(1.0 - alone)[..., None]
    shared, weight = _weather()
    with np.errstate(invalid="ignore"):
        cloudy = ndtr((edge - np.sqrt(rho)[..., None] * shared) / np.sqrt(1.0 - rho)[..., None])
    none = np.prod(cloudy, axis=0) @ weight
    return np.asarray(np.clip(1.0 - np.where(rho == 0.0, np.prod(1.0 - alone, axis=0), none), 0.0, 1.0))


def _weather() -> tuple[Floats, Floats]:
    """Nodes and weights of the shared weather's normal distribution."""
    nodes = (np.arange(_PANELS) + 0.5) * (2.0 * _SPAN / _PANELS) - _SPAN
    weight = np.exp(-0.5 * nodes**2)
    return np.asarray(nodes), np.asarray(weight / weight.sum())


def sites_needed(availability: float, target: float, correlation: float = 0.0) -> int:
    """Fewest equal sites of which at least one is clear for a share of the time.

    Parameters
    ----------
    availability : float
        Of one site, above 0 to 1.
    target : float
        Wanted share of time, 0 to below 1, such as 0.99.
    correlation : float
        Of the weather of any two sites, 0 to 0.99.

    Raises
    ------
    UserError
        For a share out of range, or a target that a thousand sites do not reach.

    Notes
    -----
    Correlated sites help less and less: the k-th one adds what is left when k - 1 are cloudy.
    """
    alone, rho = (
        _share("availability", availability, 1.0),
        _share("correlation", correlation, MOST_CORRELATED),
    )
    goal = _share("target", target, 1.0)
    sites = np.arange(1, MOST_SITES + 1)
    shared, weight = _weather()
    cloudy = ndtr((ndtri(1.0 - alone) - np.sqrt(rho) * shared) / np.sqrt(1.0 - rho))
    none = (1.0 - alone) ** sites if rho == 0.0 else cloudy ** sites[:, None] @ weight
    enough = np.flatnonzero(1.0 - none >= goal - _ROUNDING)
    if not enough.size:
        best = f"{MOST_SITES} sites of {alone:g} at correlation {rho:g} reach {1.0 - none[-1]:.6f}"
        raise problem(
            "target", f"{goal:g}; {best}", "a target that sites can reach", "0.99, or sites further apart"
        )
    return int(sites[enough[0]])
