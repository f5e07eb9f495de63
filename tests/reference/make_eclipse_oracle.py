"""Make eclipse_oracle.csv: a year of positions every 10 s under the DE421 Sun. Needs skyfield and brahe.

Shares no code with dawndusk on purpose: own rates, own shadow, an ephemeris for the Sun. To run it:
python make_eclipse_oracle.py, about two minutes.
"""

from __future__ import annotations

import csv
from pathlib import Path

import brahe
import numpy as np
from scipy.interpolate import CubicSpline
from skyfield import api, framelib, precessionlib
from skyfield_data import get_skyfield_data_path

MU, RADIUS, J2, SUN = 398600.4418, 6378.137, 1.08262668e-3, 695700.0  # km3/s2, km, -, km
YEAR_RATE = 2.0 * np.pi / (365.24219 * 86400.0)
STEP = 10.0
ALTITUDES = (500.0, 575.0, 650.0, 725.0, 800.0, 962.0, 1000.0, 1400.0)
PLANES = (("ltan", 6.0), ("ltan", 18.0), ("ltan", 8.0), ("ltan", 4.0), ("inclined", 30.0))
YEARS = (2027, 2031)
CHECKED = 400  # points handed to brahe, from all over the shadow's edges
OUT = Path(__file__).with_name("eclipse_oracle.csv")


def sun_of(year):
    """Spline of the Sun (km, mean equator of date) by seconds of the year; length (s); mean Sun's place."""
    load = api.Loader(get_skyfield_data_path(), verbose=False, expire=False)
    scale, earth_sun = load.timescale(builtin=True), load("de421.bsp")
    days = int((np.datetime64(f"{year + 1}-01-01") - np.datetime64(f"{year}-01-01")).astype(int))
    t = scale.utc(year, 1, 1, np.arange(-3, days * 24 + 4))
    apparent = earth_sun["earth"].at(t).observe(earth_sun["sun"]).apparent().position.km
    bias = framelib.ICRS_to_J2000
    turn = np.einsum("ijt,jk->ikt", precessionlib.compute_precession(t.tdb), bias)
    place = np.einsum("ijt,jt->it", turn, apparent)
    start = scale.utc(year, 1, 1)
    mean_sun = start.gmst * 15.0 + 180.0 - 15.0 * 24.0 * ((start.ut1 - 0.5) % 1.0)
    return CubicSpline(np.arange(-3, days * 24 + 4) * 3600.0, place, axis=1), days, np.radians(mean_sun)


def rates(a, inclination):
    """Node's and satellite's angular rates (rad/s)."""
    n = np.sqrt(MU / a**3)
    k = 1.5 * n * J2 * (RADIUS / a) ** 2
    along = n + k * (1.0 - 1.5 * np.sin(inclination) ** 2) + k * (2.0 - 2.5 * np.sin(inclination) ** 2)
    return -k * np.cos(inclination), along


def sun_synchronous(a):
    """Inclination (rad)."""
    k = 1.5 * np.sqrt(MU / a**3) * J2 * (RADIUS / a) ** 2
    return np.arccos(-YEAR_RATE / k)


def theirs_inclination(a):
    """Brahe's sun-synchronous inclination (deg)."""
    return brahe.sun_synchronous_inclination(a * 1e3, 0.0, angle_format=brahe.AngleFormat.DEGREES)


def positions(a, inclination, raan, node_rate, pace, seconds):
    """Positions (km), shape (3, T)."""
    u, node = pace * seconds, raan + node_rate * seconds
    c, s, ci, si = np.cos(u), np.sin(u), np.cos(inclination), np.sin(inclination)
    cn, sn = np.cos(node), np.sin(node)
    return a * np.stack([c * cn - s * ci * sn, c * sn + s * ci * cn, s * si])


def discs(place, sun):
    """Apparent radii of Sun and Earth and how far apart their centres are (rad)."""
    to_sun = sun - place
    far, near = np.sqrt((to_sun**2).sum(0)), np.sqrt((place**2).sum(0))
    apart = np.arccos(np.clip(-(to_sun * place).sum(0) / (far * near), -1.0, 1.0))
    return np.arcsin(SUN / far), np.arcsin(RADIUS / near), apart


def visible(sun, earth, apart):
    """Share of the Sun's disc outside Earth's, both flat."""
    seen = np.where(apart < earth - sun, 0.0, 1.0)
    part = (apart > earth - sun) & (apart < earth + sun)
    s, e, c = sun[part], earth[part], apart[part]
    x = (c * c + s * s - e * e) / (2.0 * c)
    y = np.sqrt(np.maximum(s * s - x * x, 0.0))
    overlap = (
        s * s * np.arccos(np.clip(x / s, -1, 1)) + e * e * np.arccos(np.clip((c - x) / e, -1, 1)) - c * y
    )
    seen[part] = 1.0 - overlap / (np.pi * s * s)
    return seen


def longest(gap):
    """Longest run of negative gap (s), its ends by linear interpolation."""
    inside = gap < 0.0
    change = np.flatnonzero(inside[1:] != inside[:-1])
    crossing = change + gap[change] / (gap[change] - gap[change + 1])
    enter, leave = crossing[~inside[change]], crossing[inside[change]]
    if leave.size and enter.size and leave[0] < enter[0]:
        leave = leave[1:]
    runs = leave[: enter.size] - enter[: leave.size]
    return float(runs.max() * STEP) if runs.size else 0.0


def against_brahe(place, sun, lit):
    """Largest difference from brahe's conical shadow at points of the penumbra and around."""
    edges = np.flatnonzero((lit > 0.0) & (lit < 1.0))
    every = np.arange(0, lit.size, lit.size // CHECKED)
    some = edges[:: max(1, edges.size // CHECKED)] if edges.size else edges
    scale = 1e3 * brahe.R_EARTH / (RADIUS * 1e3)  # brahe's Earth is 0.8 m smaller
    worst = 0.0
    for k in (*some, *every):
        theirs = brahe.eclipse_conical(scale * place[:, k], 1e3 * sun[:, k])
        worst = max(worst, abs(theirs - lit[k]))
    return worst


def row(kind, value, altitude, year):
    """One orbit's year."""
    spline, days, mean_sun = sun_of(year)
    a = RADIUS + altitude
    inclination = sun_synchronous(a) if kind == "ltan" else np.radians(value)
    raan = mean_sun + np.radians(15.0 * (value - 12.0)) if kind == "ltan" else np.radians(40.0)
    node_rate, pace = rates(a, inclination)
    hours = np.arange(days * 24 + 1) * 3600.0
    node = raan + node_rate * hours
    normal = np.stack(
        [
            np.sin(inclination) * np.sin(node),
            -np.sin(inclination) * np.cos(node),
            0 * node + np.cos(inclination),
        ]
    )
    sun = spline(hours)
    beta = np.degrees(np.arcsin((normal * sun).sum(0) / np.sqrt((sun**2).sum(0))))
    light, umbra, shadow, worst = 0.0, [], [], 0.0
    per_day = int(86400 / STEP)
    for day in range(days):
        seconds = day * 86400.0 + np.arange(per_day) * STEP
        place, sun = positions(a, inclination, raan, node_rate, pace, seconds), spline(seconds)
        radii = discs(place, sun)
        lit = visible(*radii)
        light += lit.sum()
        umbra.append(radii[2] - (radii[1] - radii[0]))
        shadow.append(radii[2] - (radii[1] + radii[0]))
        if day % 73 == 20:
            worst = max(worst, against_brahe(place, sun, lit))
    return {
        "altitude_km": f"{altitude:g}",
        "inclination_deg": f"{np.degrees(inclination):.6f}",
        "inclination_brahe_deg": f"{theirs_inclination(a):.6f}" if kind == "ltan" else "",
        "ltan_h": f"{value:g}" if kind == "ltan" else "",
        "raan_deg": f"{np.degrees(raan) % 360.0:.6f}",
        "year": year,
        "beta_min_deg": f"{beta.min():.4f}",
        "beta_max_deg": f"{beta.max():.4f}",
        "sunlit_fraction": f"{light / (days * per_day):.6f}",
        "longest_umbra_s": f"{longest(np.concatenate(umbra)):.2f}",
        "longest_shadow_s": f"{longest(np.concatenate(shadow)):.2f}",
        "days_with_umbra": sum(int((u < 0.0).any()) for u in umbra),
        "days_with_shadow": sum(int((s < 0.0).any()) for s in shadow),
        "brahe_largest_difference": f"{worst:.1e}",
    }


if __name__ == "__main__":
    rows = [row(*plane, altitude, year) for year in YEARS for altitude in ALTITUDES for plane in PLANES]
    with OUT.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
