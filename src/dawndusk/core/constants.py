"""Constants of nature and exact conversions, each with its source on the line."""

from __future__ import annotations

import math
from typing import Final

GRAVITATIONAL_PARAMETER: Final = 3.986004418e14  # m3/s2, Earth; IERS Conventions 2010, table 1.1
EARTH_RADIUS: Final = 6378137.0  # m, equatorial; WGS 84 (NGA.STND.0036)
J2: Final = 1.08262668e-3  # -, Earth's second zonal harmonic; EGM96, NASA/TP-1998-206861
SUN_RADIUS: Final = 6.957e8  # m, nominal; IAU 2015 Resolution B3
ASTRONOMICAL_UNIT: Final = 149597870700.0  # m, exact; IAU 2012 Resolution B2
SOLAR_CONSTANT: Final = 1361.0  # W/m2 at 1 au, nominal total irradiance; IAU 2015 Resolution B3
STEFAN_BOLTZMANN: Final = 5.670374419e-8  # W/m2/K4; CODATA 2018
STANDARD_GRAVITY: Final = 9.80665  # m/s2, exact; CGPM 1901
TROPICAL_YEAR: Final = 365.24219 * 86400.0  # s, mean tropical year at J2000; Explanatory Supplement (2013)
ABERRATION: Final = 20.49552 / 3600.0 * (math.pi / 180.0)  # rad, of the Sun's direction; IAU 1976
EARTH_INFRARED: Final = 237.0  # W/m2, global mean; as in ledger row S025 (CERES: 240, Loeb et al. 2018)
EARTH_ALBEDO: Final = 0.30  # -, global mean; 0.29 in Loeb et al. 2018, doi:10.1175/JCLI-D-17-0208.1
SPEED_OF_LIGHT: Final = 299792458.0  # m/s, exact; SI (CGPM 2018)
PLANCK: Final = 6.62607015e-34  # J s, exact; SI (CGPM 2018)
ZERO_CELSIUS: Final = 273.15  # K, exact; SI

DAY: Final = 86400.0  # s, exact
HOUR: Final = 3600.0  # s, exact
YEAR: Final = 365.25 * 86400.0  # s, Julian year: the `yr` of economics and plan
HOURS_PER_YEAR: Final = 8766.0  # h in a Julian year
