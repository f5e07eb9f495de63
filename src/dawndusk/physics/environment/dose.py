"""Ionising dose of silicon behind aluminium, from the trapped spectra of an orbit and from solar protons.

Geometry: the centre of a solid aluminium sphere, as in the published tables. Protons are stopped in a
straight line along their range: no free shape, one fitted scale. Electrons scatter: a fitted transmission
in shares of their range. Bremsstrahlung is a fitted floor, at most a few percent. All four were fitted to
SPENVIS (AP8-min, AE8-max, SHIELDOSE-2; SHIELDOSE-2's three parts at 550 km, 10 or 25 to 90 deg, 1 to
10 mm: pfandzelter/leo-edge-failure-models, MIT; ledger R001 to R005c are rows of it). Residuals of the
fit: protons 4 % rms (worst 13 %, at 30 deg), electrons 9 % (worst 31 %, at 25 deg behind 7 mm),
bremsstrahlung 5 % (worst 18 %); totals of R001-R004 within 4 %, of R005-R005c 8 to 17 % low.

Altitude was not fitted: against another SPENVIS study (rMcDonald17, 500 to 2,000 km, 2 to 10 mm) totals
agree within 20 %. That is our arithmetic against theirs. AP8 and AE8 themselves are good to a factor of 2
and their doses above 700 km to an order of magnitude: `Dose.low` and `high` carry that. A real satellite
differs from a sphere by its mass distribution, another factor of 1.5.
"""

from __future__ import annotations

from typing import Final, Literal

import numpy as np

from dawndusk.core.bounds import within
from dawndusk.core.constants import EARTH_RADIUS, YEAR
from dawndusk.core.numbers import number
from dawndusk.core.records import Floats, Real, record
from dawndusk.physics.environment.trapped import MEV, above, checked_altitude, distinct, spectrum
from dawndusk.physics.motion.orbit import checked_inclination

Activity = Literal["min", "max", "worst"]

KRAD: Final = 10.0  # Gy, exact
THINNEST: Final = 0.5e-3  # m, thinner shields need electrons and protons that the tables leave out
THICKEST: Final = 20e-3  # m, end of the published tables
STEPS: Final = 64  # of the integrals over energy

ALUMINIUM: Final = number("aluminium_density")  # kg/m3
RANGE_SCALE: Final = number("proton_range_scale")  # kg/m2, range of a proton of 1 MeV by the power law
RANGE_EXPONENT: Final = number("proton_range_exponent")  # of the power law
SILICON_SHARE: Final = number("silicon_stopping_share")  # stopping power of silicon over that of aluminium
PROTON_SCALE: Final = number("trapped_proton_scale")
ELECTRON_SCALE: Final = number("trapped_electron_scale")  # MeV cm2/g
ELECTRON_REACH: Final = number("trapped_electron_reach")
ELECTRON_EDGE: Final = number("trapped_electron_edge")
BREMSSTRAHLUNG_SCALE: Final = number("bremsstrahlung_scale")  # MeV cm2/g behind 1 mm
BREMSSTRAHLUNG_POWER: Final = number("bremsstrahlung_power")
BREMSSTRAHLUNG_DECAY: Final = number("bremsstrahlung_decay")

SOLAR_DOSE: Final = number("solar_proton_dose")  # Gy/yr behind 5 mm at 500 km, 97.4 deg
SOLAR_RIGIDITY: Final = number("solar_proton_rigidity")  # GV, over which the dose falls by e
SOLAR_MEAN: Final = number("solar_proton_mean_year")  # mean year over that year
CUTOFF: Final = number("geomagnetic_cutoff")  # GV, vertical, at the magnetic equator and one Earth radius
DIPOLE_TILT: Final = number("geomagnetic_tilt")  # rad
PROTON_MASS: Final = 938.272  # MeV, rest energy; CODATA 2018
TURNS: Final = 24  # positions of the magnetic pole around the orbit's

MODEL_FACTOR: Final = number("dose_model_factor")
HIGH_FACTOR: Final = number("dose_model_factor_high")
WIDENS: Final = (700e3, 1000e3)  # m, where the band opens from one factor to the other


@record
class Dose:
    """Mean dose rates of silicon behind a shield (Gy/s), by origin.

    Parameters
    ----------
    protons, electrons, bremsstrahlung, solar : array
        Trapped protons, trapped electrons, their bremsstrahlung, solar protons; Gy/s.
    factor : array
        Model error: the truth is believed within this factor either way.
    """

    protons: Floats
    electrons: Floats
    bremsstrahlung: Floats
    solar: Floats
    factor: Floats

    @property
    def rate(self) -> Floats:
        """All of it (Gy/s)."""
        return self.protons + self.electrons + self.bremsstrahlung + self.solar

    @property
    def low(self) -> Floats:
        """Low end of the band (Gy/s)."""
        return self.rate / self.factor

    @property
    def high(self) -> Floats:
        """High end of the band (Gy/s)."""
        return self.rate * self.factor


def dose(
    altitude: Real,
    inclination: Real,
    thickness: Real,
    *,
    activity: Activity = "worst",
    solar_protons: bool = True,
) -> Dose:
    """Mean dose rate at the centre of an aluminium sphere in a circular orbit.

    Parameters
    ----------
    altitude : float or array
        m, 150 to 2500 km above the equatorial radius.
    inclination : float or array
        rad, 0 to pi.
    thickness : float or array
        Aluminium (m), 0.5 to 20 mm (fitted from 1 to 10 mm). All three broadcast.
    activity : {"worst", "min", "max"}
        Solar minimum or maximum of both models; ``worst`` takes protons at minimum and electrons at
        maximum, as the published figures do: no single year is that bad.
    solar_protons : bool
        Whether the mean year's solar protons are in it (`solar_dose`).

    Raises
    ------
    UserError
        For anything out of range.

    Notes
    -----
    Gy/s times `YEAR` over `KRAD` is krad(Si)/yr. See the module for sources and errors.
    """
    height, tilt = checked_altitude(altitude), checked_inclination(inclination)
    shield = checked_thickness(thickness)
    shape = np.broadcast_shapes(height.shape, tilt.shape, shield.shape)
    (height, tilt, shield), back = distinct(*np.broadcast_arrays(height, tilt, shield))
    protons = spectrum("proton", "max" if activity == "max" else "min", height, tilt)
    electrons = spectrum("electron", "min" if activity == "min" else "max", height, tilt)
    parts = (
        proton_dose(*protons, shield),
        electron_dose(*electrons, shield),
        bremsstrahlung_dose(*electrons, shield),
        solar_dose(height, tilt, shield) if solar_protons else np.zeros_like(height),
        model_factor(height),
    )
    own, electron, xrays, solar, factor = (part[back].reshape(shape) for part in parts)
    return Dose(protons=own, electrons=electron, bremsstrahlung=xrays, solar=solar, factor=factor)


def checked_thickness(thickness: Real) -> Floats:
    """The shield (m) as an array, if it is within 0.5 to 20 mm.

    Raises
    ------
    UserError
        Naming the first thickness outside.
    """
    return within("thickness", thickness, THINNEST, THICKEST, scale=1e-3, unit="mm", write="10 mm")


def model_factor(altitude: Real) -> Floats:
    """Factor either way within which the dose is believed: 2 up to 700 km, 3.2 (an order of magnitude
    from end to end) from 1000 km on.

    Source: Vette (1991), NSSDC 91-24 (factor 2); the rest is judgement.
    """  # noqa: D205
    share = np.interp(altitude, WIDENS, (0.0, 1.0))
    return np.asarray(MODEL_FACTOR ** (1.0 - share) * HIGH_FACTOR**share)


def stopped_energy(thickness: Real) -> Floats:
    """Energy of the proton whose range is the shield (J).

    Parameters
    ----------
    thickness : float or array
        Aluminium (m).

    Notes
    -----
    Range = scale x energy^exponent (Bragg & Kleeman 1905), fitted to the integral of Bethe's formula with
    a mean excitation energy of 166 eV (ICRU Report 49, 1993): within 2.2 % from 10 to 200 MeV.
    """
    return (ALUMINIUM * np.asarray(thickness) / RANGE_SCALE) ** (1.0 / RANGE_EXPONENT) * MEV


def proton_dose(energies: Floats, flux: Floats, thickness: Real) -> Floats:
    """Dose rate of trapped protons (Gy/s).

    Parameters
    ----------
    energies, flux : array, shapes (k,) and (k, ...)
        Integral spectrum, as `trapped.spectrum` gives it.
    thickness : float or array
        Aluminium (m), broadcasting with the trailing axes.

    Notes
    -----
    Straight ahead and slowing down continuously: those with energy E keep e with
    e^p = E^p - t/scale; the sum runs over steps of e, each with the flux between its two E and the energy
    given to silicon. The fitted scale stands for nuclear secondaries and for how SPENVIS reads AP8.
    """
    shield = np.broadcast_to(ALUMINIUM * np.asarray(thickness) / RANGE_SCALE, flux.shape[1:])
    kept = np.append(0.0, np.geomspace(0.3, 399.0, STEPS)).reshape(-1, *(1,) * shield.ndim)
    arriving = np.minimum((kept**RANGE_EXPONENT + shield) ** (1.0 / RANGE_EXPONENT), 400.0)
    number = -np.diff(above("proton", arriving * MEV, energies, flux), axis=0)
    middle = (0.5 * (kept[1:] + kept[:-1])) ** RANGE_EXPONENT + shield
    # stopping power at arrival x d(kept)/d(arriving) is the stopping power at the silicon, without its pole
    power = middle ** (1.0 / RANGE_EXPONENT - 1.0) / (RANGE_SCALE * RANGE_EXPONENT)
    width = np.diff(arriving, axis=0)
    slope = np.diff(kept, axis=0) / np.where(width > 0.0, width, 1.0)
    return np.asarray(PROTON_SCALE * SILICON_SHARE * MEV * np.sum(number * power * slope, axis=0))


def electron_range(energy: Real) -> Floats:
    """Practical range of electrons in aluminium (kg/m2).

    Parameters
    ----------
    energy : float or array
        J, 0.01 to 20 MeV.

    Notes
    -----
    Katz & Penfold (1952), *Range-energy relations for electrons*, Rev. Mod. Phys. 24, 28,
    doi:10.1103/RevModPhys.24.28: within a few percent.
    """
    mev = np.asarray(energy) / MEV
    low = 4.12 * mev ** (1.265 - 0.0954 * np.log(mev))
    return np.where(mev < 2.5, low, 5.30 * mev - 1.06)


def _electron_steps(energies: Floats, flux: Floats) -> tuple[Floats, Floats]:
    """Flux in steps of energy, and their middle energies (J), both with the step first."""
    edges = np.geomspace(0.25, 7.0, STEPS).reshape(-1, *(1,) * (flux.ndim - 1)) * MEV
    return -np.diff(above("electron", edges, energies, flux), axis=0), np.sqrt(edges[1:] * edges[:-1])


def electron_dose(energies: Floats, flux: Floats, thickness: Real) -> Floats:
    """Dose rate of trapped electrons (Gy/s).

    Parameters
    ----------
    energies, flux : array, shapes (k,) and (k, ...)
        Integral spectrum, as `trapped.spectrum` gives it.
    thickness : float or array
        Aluminium (m), broadcasting with the trailing axes.

    Notes
    -----
    Each electron above 0.25 MeV gives scale x exp(-(reach x shield / range)^edge); three numbers fitted
    to SHIELDOSE-2. The scale is twice the stopping power of fast electrons in silicon: tracks wind.
    """
    number, middle = _electron_steps(energies, flux)
    depth = ELECTRON_REACH * ALUMINIUM * np.asarray(thickness) / electron_range(middle)
    return np.asarray(ELECTRON_SCALE * 0.1 * MEV * np.sum(number * np.exp(-(depth**ELECTRON_EDGE)), axis=0))


def bremsstrahlung_dose(energies: Floats, flux: Floats, thickness: Real) -> Floats:
    """Dose rate of the X-rays of electrons that the shield stops (Gy/s).

    Parameters
    ----------
    energies, flux : array, shapes (k,) and (k, ...)
        Integral spectrum, as `trapped.spectrum` gives it.
    thickness : float or array
        Aluminium (m), broadcasting with the trailing axes.

    Notes
    -----
    Scale x energy^power x (thickness / 1 mm)^-decay, three numbers fitted to SHIELDOSE-2 within 6 % rms.
    """
    number, middle = _electron_steps(energies, flux)
    made = np.sum(number * (middle / MEV) ** BREMSSTRAHLUNG_POWER, axis=0)
    return np.asarray(
        BREMSSTRAHLUNG_SCALE * 0.1 * MEV * made * (np.asarray(thickness) / 1e-3) ** -BREMSSTRAHLUNG_DECAY
    )


def rigidity(energy: Real) -> Floats:
    """Momentum per charge of a proton (GV).

    Parameters
    ----------
    energy : float or array
        Kinetic (J).
    """
    mev = np.asarray(energy) / MEV
    return np.sqrt(mev * (mev + 2.0 * PROTON_MASS)) * 1e-3


def open_share(altitude: Real, inclination: Real, cutoff: Real) -> Floats:
    """Share of solar protons that reach a circular orbit: the poles are open, Earth stands in the way.

    Parameters
    ----------
    altitude, inclination : float or array
        m and rad.
    cutoff : float or array
        Rigidity (GV).

    Notes
    -----
    Stoermer's vertical cutoff of a tilted, centred dipole, 14.9 cos^4(latitude) / radius^2 GV
    (Smart & Shea 2005, doi:10.1016/j.asr.2004.09.015); the time above the cutoff latitude is closed, and
    averaged over the turn of the pole. Storms open up to 5 deg more, a third more time.
    """
    height, tilt, rigid = np.broadcast_arrays(altitude, inclination, cutoff)
    radius = 1.0 + height / EARTH_RADIUS
    open_sine = np.sqrt(1.0 - np.minimum(1.0, np.sqrt(rigid * radius**2 / CUTOFF)))
    turn = (np.arange(TURNS) + 0.5).reshape(-1, *(1,) * tilt.ndim) * 2.0 * np.pi / TURNS
    leant = np.sin(tilt) * np.sin(DIPOLE_TILT) * np.cos(turn)
    cosine = np.cos(tilt) * np.cos(DIPOLE_TILT) + leant
    sine = np.sqrt(np.maximum(1.0 - cosine**2, 1e-12))
    share = np.mean(1.0 - 2.0 / np.pi * np.arcsin(np.minimum(1.0, open_sine / sine)), axis=0)
    return np.asarray(share * 0.5 * (1.0 + np.sqrt(1.0 - radius**-2.0)))


def solar_dose(
    altitude: Real, inclination: Real, thickness: Real, *, year: Literal["mean", "bad"] = "mean"
) -> Floats:
    """Dose rate of solar protons, spread evenly over the year (Gy/s).

    Parameters
    ----------
    altitude : float or array
        m.
    inclination : float or array
        rad. Zero at 30 deg: the field keeps all of them out.
    thickness : float or array
        Aluminium (m).
    year : {"mean", "bad"}
        ``bad``: worse than 95 % of years. ``mean`` is a guess, 0.3 of it (0.26 to 1): of all lognormal
        years none has its 95 % point above 3.9 means; a year at solar minimum has almost none.

    Notes
    -----
    Scaled to SPENVIS with SAPPHIRE (95 %) at 500 km, sun-synchronous: 212 rad(Si) behind 5 mm (published),
    about 690 behind 2 mm and 60 behind 10 mm (left when trapped dose is taken off rMcDonald17's totals, to
    20 %), which is exponential in the rigidity of the protons that the shield stops. Ours grows by 5 % up to
    2,000 km, theirs by 23 %. Comes in a few days a year, or none.
    """
    share = _solar_sum(altitude, inclination, thickness) / _solar_sum(500e3, 1.7, 5e-3)
    return np.asarray(SOLAR_DOSE * share * (SOLAR_MEAN if year == "mean" else 1.0) / YEAR)


def _solar_sum(altitude: Real, inclination: Real, thickness: Real) -> Floats:
    """Dose by all rigidities above the one that the shield stops, each with its own share that arrives."""
    height, tilt, hard = np.broadcast_arrays(altitude, inclination, rigidity(stopped_energy(thickness)))
    edges = np.linspace(0.1, 1.0, STEPS + 1).reshape(-1, *(1,) * hard.ndim)
    middles = np.broadcast_to(0.5 * (edges[1:] + edges[:-1]), (STEPS, *hard.shape))
    weight = -np.diff(np.exp(-np.maximum(edges, hard) / SOLAR_RIGIDITY), axis=0)
    share = open_share(np.broadcast_to(height, middles.shape), np.broadcast_to(tilt, middles.shape), middles)
    return np.asarray(np.sum(weight * share, axis=0))
