"""Numbers with their units as a person writes them: 275k H100e, 0.9 GW, 3.25 $/H100e-h, 62 %."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from numbers import Integral

UNKNOWN = "not known"
# What a name says of its origin: needed in a table, too long for a line or a chart.
_FILLER = re.compile(r" as shown in \w+ \d{4}| of the filing| of our own closure|, whole$")


def rounded(value: float, digits: int = 2) -> str:
    """A number with at least `digits` significant digits, no exponent and no trailing zeros."""
    if not math.isfinite(value):
        return UNKNOWN
    if value == 0:
        return "0"
    places = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    text = f"{value:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def figure(value: float, digits: int = 3, *, places: int | None = None) -> str:
    """A number of a table: so many significant digits, or so many decimals; whole numbers are never cut."""
    if not math.isfinite(value):
        return "-"
    if places is not None:
        text = f"{value:,.{places}f}"
        return text.removeprefix("-") if not text.strip("-0.") else text
    if value == 0 or isinstance(value, Integral):
        return f"{int(value):,}"
    if abs(value) >= 1e15:
        return f"{value:.{digits - 1}e}"
    if abs(float(f"{value:.{digits}g}")) >= 10.0**digits:
        return f"{value:,.0f}"
    text = f"{value:#,.{digits}g}".rstrip(".")
    return f"{value:.{digits - 1}e}" if "e" in text else text


def scaled(value: float, steps: Sequence[tuple[float, str]], digits: int = 2) -> str:
    """A number in the largest prefix that leaves it at 1 or more."""
    if not math.isfinite(value):
        return UNKNOWN
    for factor, prefix in steps:
        if abs(value) >= 0.9995 * factor:
            return f"{rounded(value / factor, digits)}{prefix}"
    return rounded(value, digits)


def compute(value: float) -> str:
    """An amount of compute given in H100e: 275k H100e, 8.1 M H100e."""
    return scaled(value, ((1e9, " bn"), (1e6, " M"), (1e3, "k"))) + " H100e"


def power(value: float) -> str:
    """A power given in W: 0.9 GW, 35 MW; from 100 MW on in GW."""
    if not math.isfinite(value):
        return UNKNOWN
    if abs(value) >= 0.995e8:
        return f"{rounded(value / 1e9)} GW"
    return scaled(value, ((1e6, " MW"), (1e3, " kW"), (1.0, " W")))


def money(value: float) -> str:
    """An amount given in USD: 310 bn $, 4.2 M$, 9k $."""
    text = scaled(value, ((1e9, " bn $"), (1e6, " M$"), (1e3, "k $")))
    return text if text.endswith("$") or text == UNKNOWN else f"{text} $"


def unit_price(value: float) -> str:
    """A price in USD per H100e-hour, without its unit: 3.25, 1.1, 0.62."""
    if not math.isfinite(value):
        return UNKNOWN
    return f"{value:.2f}".rstrip("0").rstrip(".") if abs(value) < 100 else rounded(value)


def percent(share: float, digits: int = 0) -> str:
    """A share as a percentage; what is too small to show is said to be below it."""
    return f"{percentage(share, digits)} %"


def percentage(share: float, digits: int = 0) -> str:
    """The same without the sign, for lists and ranges."""
    if not math.isfinite(share):
        return UNKNOWN
    smallest = 10.0**-digits
    value = 100.0 * share
    if 0 < value < smallest / 2:
        return f"<{smallest:.{digits}f}"
    return f"{value:.{digits}f}"


def band(low: float, high: float, form: Callable[[float], str] = rounded) -> str:
    """A range: [58-84]; empty if an end is not known, or if both ends read the same."""
    if not (math.isfinite(low) and math.isfinite(high)) or form(low) == form(high):
        return ""
    return f"[{form(low)}-{form(high)}]"


def amount(value: float, unit: str) -> str:
    """An amount in the unit that an order counts in."""
    if unit == "H100e":
        return compute(value)
    if unit == "W":
        return power(value)
    steps = ((1e6, " M"), (1e3, "k")) if abs(value) >= 1e4 else ()
    text = rounded(value) if abs(value) < 10 else scaled(float(round(value)), steps, 3)
    return f"{text} {unit}{plural(value, unit)}"


def plural(value: float, unit: str) -> str:
    """The ending of several units that can be counted."""
    if unit in ("W", "H100e", "facility") or abs(value - 1.0) < 0.005:
        return ""
    return "es" if unit.endswith("ch") else "s"


def listing(items: Sequence[str], last: str = "and") -> str:
    """a, b and c."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def brief(label: str, *, place: bool = False) -> str:
    """A label without what explains it: no colon or bracket, no origin; of a place only its first name."""
    text = _FILLER.sub("", re.split(r"[:(]", label, maxsplit=1)[0].strip())
    return text.split(",", maxsplit=1)[0].strip() if place else text


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]
