"""Solar array: power per area; ageing stands in `cell_damage`, sizing in `power_system`."""

from __future__ import annotations

from dawndusk.core.constants import SOLAR_CONSTANT
from dawndusk.core.records import Real


def areal_power(efficiency: Real, packing: Real, irradiance: Real = SOLAR_CONSTANT) -> Real:
    """Rated power of the array per area of wing, W/m2, at begin of life and normal sunlight.

    Parameters
    ----------
    efficiency : Real
        Cell efficiency at operating temperature, 0 to 1.
    packing : Real
        Share of the wing covered by cells, 0 to 1.
    irradiance : Real
        Sunlight, W/m2; the mean at 1 au unless told. It swings by 3.4 % over the year.

    Notes
    -----
    Product of the three. Wiring and mismatch losses (2-5 %, a guess) are not in it: give them as
    converter efficiency.
    """
    return efficiency * packing * irradiance
