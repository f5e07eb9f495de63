"""Units: declared once on a record's field, read from text at the edge, never inside.

``Annotated[float, Unit("USD/kg")]`` says that the number inside is in USD/kg; text in any unit of the
same dimension is converted on the way in. Pint does the parsing, with a table of our own: USD, H100e,
dose in krad and angles are dimensions or named units here, and ``$``, ``ton``, ``C`` and bare numbers
are refused because they are ambiguous.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pint
    from pydantic_core import CoreSchema

_PREFIXES = (
    "n 1e-9 nano|u 1e-6 micro|m 1e-3 milli|c 1e-2 centi|k 1e3 kilo|M 1e6 mega|G 1e9 giga|"
    "T 1e12 tera|P 1e15 peta"
)
_TABLE = """
meter = [length] = m = metre
kilogram = [mass] = kg
gram = 1e-3 * kilogram = g
tonne = 1000 * kilogram = t
second = [time] = s
kelvin = [temperature]; offset: 0 = K
degree_Celsius = kelvin; offset: 273.15 = degC
radian = [angle] = rad
degree = 3.141592653589793 / 180 * radian = deg
USD = [currency]
H100e = [compute]
GPU = [gpu]
satellite = [satellite]
launch = [launch]
plane = [plane]
byte = [information] = B
bit = byte / 8
percent = 0.01
minute = 60 * second = min
hour = 3600 * second = h
day = 86400 * second = d
week = 7 * day
year = 365.25 * day = yr
month = year / 12
quarter = year / 4
newton = kilogram * meter / second ** 2 = N
joule = newton * meter = J
watt = joule / second = W
watt_hour = watt * hour = Wh
hertz = 1 / second = Hz
btu = 1055.05585262 * joule = BTU
MMBtu = 1e6 * btu
liter = 1e-3 * meter ** 3 = L
pascal = joule / meter ** 3 = Pa
gray = joule / kilogram = Gy
rad_dose = 0.01 * joule / kilogram = rd
krad = 1000 * rad_dose
FLOP = [operation]
token = [token]
volt = joule / second / ampere = V
ampere = [current] = A
wafer = [wafer]
square_meter = meter ** 2 = m2
cubic_meter = meter ** 3 = m3
square_second = second ** 2 = s2
foot = 0.3048 * meter = ft
"""
# What people write for a unit of the records; only for messages and examples.
_USUAL = {
    "1/yr": "%/yr",
    "H100e/yr": "H100e/quarter",
    "K": "degC",
    "USD/(H100e*yr)": "USD/(H100e*h)",
    "USD/(W*yr)": "USD/(kW*month)",
    "USD/J": "USD/MWh",
    "W": "MW",
    "m": "km",
    "m3/J": "L/kWh",
    "rad": "deg",
}
_REFUSED = {
    "$": "'$' names no currency year; write 'USD'",
    "€": "only USD of the base year is used; convert and write 'USD'",
    "ton": "'ton' is ambiguous; write 't' (1000 kg)",
    "tons": "'tons' is ambiguous; write 't' (1000 kg)",
    "C": "'C' is ambiguous; write 'degC'",
    "F": "'F' is ambiguous; write 'degC' or 'K'",
}
_MEANT = {"$": "USD", "ton": "t", "tons": "t", "C": "degC"}  # as `_REFUSED` says it; F and EUR need sums
_NUMBER = re.compile(
    r"^\s*([+-]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[+-]?(?:nan|inf|\.nan|\.inf))\s*(.*)$",
    re.IGNORECASE,
)


@cache
def registry() -> pint.UnitRegistry[Any]:
    """Our unit table as a pint registry (built at the first use)."""
    import pint

    made: pint.UnitRegistry[Any] = pint.UnitRegistry(None, non_int_type=float)
    for line in _PREFIXES.split("|"):
        symbol, factor, name = line.split()
        made.define(f"{name}- = {factor} = {symbol}-")
    for line in _TABLE.strip().splitlines():
        made.define(line)
    return made


class UnitError(ValueError):
    """Text that is no quantity of the wanted dimension; carries `expected` and `write`."""

    def __init__(self, expected: str, write: str = "") -> None:
        super().__init__(f"expected {expected}; write {write}")
        self.expected, self.write = expected, write


def usual(unit: str) -> str:
    """The unit that people write for one of the records: ``USD/MWh`` for ``USD/J``."""
    return _USUAL.get(unit, unit)


@cache
def _factor(text: str, wanted: str) -> tuple[float, float]:
    """Scale and offset that turn a number in `text` units into `wanted` units."""
    import pint

    found = _unit(text, wanted)
    try:
        goal = registry().parse_units(_spelled(wanted))
        zero = registry().Quantity(0.0, found).to(goal).magnitude
        one = registry().Quantity(1.0, found).to(goal).magnitude
    except pint.DimensionalityError:
        raise UnitError(
            f"a plain number or a number in %, not in '{text}'"
            if wanted == "1"
            else f"a quantity in {usual(wanted)} or another unit of the same dimension, not '{text}'"
        ) from None
    return float(one - zero), float(zero)


def _spelled(text: str) -> str:
    """Text as pint reads it: % as a word; m2, km2, cm3 as powers (no names, or km2 would be 1000 m2)."""
    return re.sub(r"([A-Za-z])([23])\b", r"\1**\2", text.replace("%", " percent"))


def _unit(text: str, wanted: str) -> Any:
    import pint

    for word in re.findall(r"[$€]|[A-Za-z_]+", text):
        if word in _REFUSED:
            raise UnitError(f"a unit that means one thing: {_REFUSED[word]}")
    try:
        return registry().parse_units(_spelled(text))
    except (
        pint.UndefinedUnitError,
        pint.errors.DefinitionSyntaxError,
        ValueError,
        TypeError,
        AttributeError,
    ):
        raise UnitError(f"a unit of our table such as '{usual(wanted)}', not '{text}'") from None
    except Exception as error:  # noqa: BLE001 - pint's tokenizer raises errors of several libraries
        raise UnitError(f"a unit such as '{usual(wanted)}', not '{text}' ({type(error).__name__})") from None


def _finite(value: Any) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number of 400 digits
        return False


@dataclass(frozen=True)
class Unit:
    """The unit of a field's number, and its valid range.

    Parameters
    ----------
    text : str
        The unit of the number inside; ``"1"`` for a pure number, which may be written bare or in %.
    low, high : float
        Valid range (inclusive), in that unit.
    """

    text: str
    low: float = -math.inf
    high: float = math.inf

    def read(self, value: object) -> float:
        """A number in this unit from text such as ``"1500 USD/kg"``.

        Raises
        ------
        UnitError
            For a bare number where a unit is due, a wrong dimension, a refused unit, NaN or an
            infinity, or a value out of range; what it says to write can be read.
        """
        try:
            return self._read(value)
        except UnitError as error:
            raise UnitError(error.expected, self.proposal(value)) from None

    def proposal(self, value: object) -> str:
        """What to write instead of `value`: each text in quotes can be read.

        The writer's own number is kept only where its unit can be told: bare, or with a unit of two
        meanings. 2.10 EUR are not 2.10 USD.
        """
        meant = [text for text in self._meant(value) if self.accepts(text)]
        if meant:
            texts = " or ".join(f"'{text}'" for text in meant)
            return texts + (", whichever is meant" if len(meant) > 1 else "")
        return f"'{self.sample()}', or your own number in that unit and range"

    def accepts(self, value: object) -> bool:
        """Whether `value` can be read."""
        try:
            self._read(value)
        except UnitError:
            return False
        return True

    def sample(self, factor: float = 1.0) -> str:
        """Text that can be read, well inside the range, times a `factor` near 1."""
        scale, offset = (1.0, 0.0) if self.text == "1" else _factor(usual(self.text), self.text)
        number = factor * (self._inside(scale + offset) - offset) / scale
        rounded = (float(f"{number:.{digits}g}") for digits in (2, 4, 15))
        texts = (self._spelled(f"{x:.15g}", usual(self.text)) for x in rounded)
        return next(filter(self.accepts, texts), self._spelled(repr(self._inside(1.0)), self.text))

    def _inside(self, one: float) -> float:
        """A number well inside the range: `one` where the range does not say more."""
        if math.isfinite(self.low) and math.isfinite(self.high):
            wide = self.low > 0 and self.high > 100 * self.low
            return math.sqrt(self.low * self.high) if wide else (self.low + self.high) / 2
        if self.low < one < self.high:
            return one
        edge = self.low if math.isfinite(self.low) else self.high
        return edge + abs(edge) * (1 if math.isfinite(self.low) else -1) or edge

    @staticmethod
    def _spelled(number: str, unit: str) -> str:
        return number if unit == "1" else f"{number} {unit}"

    def _meant(self, value: object) -> list[str]:
        """Texts that the writer may have meant: nobody else knows whether km or m."""
        plain = isinstance(value, int | float) and not isinstance(value, bool)
        found = _NUMBER.match(str(value)) if plain or isinstance(value, str) else None
        if found is None:
            return []
        number, unit = found[1], found[2].strip()
        if not unit:
            other = "%" if self.text == "1" else usual(self.text)
            return list(dict.fromkeys((self._spelled(number, self.text), f"{number} {other}")))
        said = re.sub(r"[$€]|[A-Za-z_]+", lambda word: _MEANT.get(word[0], word[0]), unit)
        return [f"{number} {said}"] if said != unit else []

    def _read(self, value: object) -> float:
        number = self._number(value)
        if not math.isfinite(number):
            raise UnitError("a finite number")
        if not self.low <= number <= self.high:
            raise UnitError(self.range_text())
        return number

    def _number(self, value: object) -> float:
        plain = isinstance(value, int | float) and not isinstance(value, bool)
        if plain and not _finite(value):
            raise UnitError("a finite number with its unit")
        if plain and self.text == "1":
            return float(value)  # type: ignore[arg-type]
        if plain:
            raise UnitError(f"a number with its unit, of the dimension of {usual(self.text)}")
        if not isinstance(value, str) or not (found := _NUMBER.match(value)):
            raise UnitError("a plain number" if self.text == "1" else f"a quantity in {usual(self.text)}")
        number, text = (
            float(found[1].replace(".inf", "inf").replace(".nan", "nan").replace("_", "")),
            found[2].strip(),
        )
        if not text and self.text != "1":
            raise UnitError(f"a unit after the number, of the dimension of {usual(self.text)}")
        scale, offset = _factor(text or "1", self.text) if text != self.text else (1.0, 0.0)
        inverse = round(1 / scale) if 0 < scale < 1 else 0
        # Dividing by a whole number rounds once: 35 % is 0.35 and not 0.35000000000000003.
        return (number / inverse if inverse * scale == 1.0 else number * scale) + offset

    def range_text(self) -> str:
        """The valid range in words."""
        low = "" if math.isinf(self.low) else f"at least {self.low:g}"
        high = "" if math.isinf(self.high) else f"at most {self.high:g}"
        return f"{' and '.join(x for x in (low, high) if x)} {'' if self.text == '1' else self.text}".strip()

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        """How pydantic reads a field of this unit (pydantic is only imported by `study`)."""
        from pydantic_core import core_schema

        from dawndusk.core.quantity import read_quantity

        return core_schema.with_info_plain_validator_function(
            lambda value, info: read_quantity(self, value, info.context)
        )

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        """What ``dawndusk schema`` says of a field of this unit."""
        low, mode, high = (f"{i} {usual(self.text)}" if self.text != "1" else str(i) for i in (1, 2, 3))
        return {
            "type": ["string", "number", "object"] if self.text == "1" else ["string", "object"],
            "description": ("a plain number or %" if self.text == "1" else f"quantity in {usual(self.text)}")
            + (f", {self.range_text()}" if self.range_text() else ""),
            "unit": self.text,
            "examples": [mode, {"low": low, "mode": mode, "high": high}, {"ledger": "KEY"}],
        }
