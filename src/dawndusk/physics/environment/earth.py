"""The Earth as a satellite's plates see it: exact view factors to a sphere."""

from __future__ import annotations

import numpy as np

from dawndusk.core.constants import EARTH_RADIUS
from dawndusk.core.records import Real


def earth_view(altitude: Real, tilt: Real, *, radius: float = EARTH_RADIUS) -> Real:
    """View factor from one face of a small plate to the whole Earth, 0 to 1, exact for a sphere.

    Parameters
    ----------
    altitude : Real
        m, positive.
    tilt : Real
        Angle between the face's normal and nadir, rad, 0 (looks down) to pi (looks up).
    radius : float
        Of the sphere, m.

    Notes
    -----
    Plane element to sphere: Juul (1979), J. Heat Transfer 101, 558; also in Howell, *Catalog of
    Radiation Heat Transfer Configuration Factors*. With theta the angular radius of the Earth:
    sin^2(theta) cos(tilt) while the whole disc is above the plate's plane, zero when none of it is.
    """
    ratio = radius / (radius + altitude)
    sine, cosine = ratio, np.sqrt(1 - ratio * ratio)
    whole = sine * sine * np.cos(tilt)
    sine_tilt = np.maximum(np.sin(tilt), 1e-12)
    cut = np.clip(cosine / sine_tilt, -1.0, 1.0)
    cotangent = np.clip(-(cosine / sine) * np.cos(tilt) / sine_tilt, -1.0, 1.0)
    edge = np.sqrt(np.maximum(sine * sine - np.cos(tilt) ** 2, 0.0))
    partly = 0.5 - np.arcsin(cut) / np.pi + (whole * np.arccos(cotangent) - cosine * edge) / np.pi
    theta = np.arcsin(sine)
    below = np.where(tilt >= np.pi / 2 + theta, 0.0, partly)
    return np.where(tilt <= np.pi / 2 - theta, whole, below)[()]


def edge_view(altitude: Real, *, radius: float = EARTH_RADIUS) -> Real:
    """View factor to the Earth of one face of a plate that stands edge-on to it (tilt of pi/2).

    (theta - sin(2 theta) / 2) / pi: `earth_view` at pi/2, without its branches. At 550 km 0.258, where
    McCalip's calculator (2025) has 0.0212, which makes its radiator 6 K too cold.
    """
    sine = radius / (radius + altitude)
    return (np.arcsin(sine) - sine * np.sqrt(1 - sine * sine)) / np.pi
