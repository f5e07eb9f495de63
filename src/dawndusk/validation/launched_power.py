"""Suncatcher's prices of launched power and its learning curve of launch, from their own inputs.

Agüera y Arcas et al., "Towards a future space-based, highly scalable AI infrastructure system design",
arXiv 2511.19468v2 (2026), section on launch and table 1.
"""

from __future__ import annotations

from typing import Final

from dawndusk.economics.learning import amount_for
from dawndusk.validation.row import Row, table

SOURCE: Final = "Suncatcher, arXiv 2511.19468v2, table 1 and section on launch cost"
STORIES: Final = {
    "suncatcher-launch": (
        "Google's Suncatcher paper divides the price of launching a satellite by its power and life: 810 "
        "USD per kW and year at 200 USD/kg for a Starlink V2 mini, in the range of what a terrestrial "
        "data centre pays for energy (570 to 3,000). The division is right and no more than that: nothing "
        "of the satellite itself is in it. Its learning curve is right too, and hangs on one number: at "
        "18 % instead of 20 % saved per doubling 200 USD/kg comes after twice the mass."
    ),
}
STARLINK_W: Final = 105.0 * 0.22 * 1361.0 * 0.90  # its footnote: m2 x efficiency x W/m2 x packing
LIFE: Final = 5.0  # yr
FALCON_PRICE: Final = 67e6 / 18.5e3  # USD/kg, its footnote on Falcon 9
FIRST, START, TARGET = 1800.0, 400.0, 200.0  # USD/kg after 400 t (Falcon Heavy), USD/kg wanted


def launched_power_price(price: float, mass: float, power: float, life: float = LIFE) -> float:
    """Launch price per power and time, undiscounted (USD/kW/yr).

    Parameters
    ----------
    price, mass, power, life : float
        USD/kg, kg, W, yr.
    """
    return price * mass / (power / 1e3 * life)


def mass_to_reach(target: float, rate: float) -> float:
    """Mass launched from today until the price per kg has fallen to `target` (t)."""
    return float(amount_for(target, first=FIRST, start=START, rate=rate)) - START


def rows() -> list[Row]:
    """Four prices of launched power, the ground's, and masses along the learning curve."""
    price, unit, printed = launched_power_price, "USD/kW/yr", "prices rounded before dividing: 1.5 %"
    curve, reached = "printed as 'about', to two digits: 3 %", mass_to_reach(TARGET, 0.20)
    starlink, oneweb = (575.0, STARLINK_W), (150.0, 800.0)
    low, high = 0.06 * 1.09 * 8760.0, 0.25 * 1.4 * 8760.0
    return table(
        "suncatcher-launch",
        SOURCE,
        ("Starlink V2 mini at 3,600 USD/kg", unit, 14700.0, price(FALCON_PRICE, *starlink), 220.0, printed),
        ("Starlink V2 mini at 200 USD/kg", unit, 810.0, price(200.0, *starlink), 12.0, printed),
        ("OneWeb at 3,600 USD/kg", unit, 135800.0, price(FALCON_PRICE, *oneweb), 2000.0, printed),
        ("OneWeb at 200 USD/kg", unit, 7500.0, price(200.0, *oneweb), 110.0, printed),
        ("power on the ground, low end", unit, 570.0, low, 8.0, printed),
        ("power on the ground, high end", unit, 3000.0, high, 90.0, "printed with one digit: 3 %"),
        ("mass until 200 USD/kg, 20 % per doubling", "t", 370000.0, reached, 11000.0, curve),
        (
            "mass until 300 USD/kg, 20 % per doubling",
            "t",
            104000.0,
            mass_to_reach(300.0, 0.20),
            3100.0,
            curve,
        ),
        ("launches of 200 t until then", "launch", 1800.0, reached / 200.0, 54.0, curve),
    )
