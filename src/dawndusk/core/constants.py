"""Constants of nature and exact conversions, each with its source on the line."""

from __future__ import annotations

from typing import Final

GRAVITATIONAL_PARAMETER: Final = 3.986004418e14  # m3/s2, Earth; IERS Conventions 2010, table 1.1
EARTH_RADIUS: Final = 6378137.0  # m, equatorial; WGS 84 (NGA.STND.0036)
J2: Final = 1.08262668e-3  # -, Earth's second zonal harmonic; EGM2008, unnormalised
SUN_RADIUS: Final = 6.957e8  # m, nominal; IAU 2015 Resolution B3
ASTRONOMICAL_UNIT: Final = 149597870700.0  # m, exact; IAU 2012 Resolution B2
SOLAR_CONSTANT: Final = 1361.0  # W/m2 at 1 au, nominal total irradiance; IAU 2015 Resolution B3
STEFAN_BOLTZMANN: Final = 5.670374419e-8  # W/m2/K4; CODATA 2018
STANDARD_GRAVITY: Final = 9.80665  # m/s2, exact; CGPM 1901
TROPICAL_YEAR: Final = 365.24219 * 86400.0  # s, mean tropical year at J2000; Explanatory Supplement (2013)
SPEED_OF_LIGHT: Final = 299792458.0  # m/s, exact; SI
H100_FLOPS: Final = 989.4e12  # FLOP/s, one H100 SXM at dense BF16 = one H100e; ledger row G001

DAY: Final = 86400.0  # s, exact
HOUR: Final = 3600.0  # s, exact
YEAR: Final = 365.25 * 86400.0  # s, Julian year: the `yr` of economics and plan
HOURS_PER_YEAR: Final = 8766.0  # h in a Julian year
