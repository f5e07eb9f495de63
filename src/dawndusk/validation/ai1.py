"""AI1 closed: what is said of its mass, its heat and its power per tonne, against each other and ours."""

from __future__ import annotations

from typing import Final

from dawndusk import ledger
from dawndusk.library.design import read_design
from dawndusk.space.sheet import Sheet, close_sheet
from dawndusk.validation.row import Numbers, Row, table

CASE: Final = "ai1-closure"
REVEAL: Final = "SpaceX video of 8 June 2026 (ledger P017-P025, secondary)"
LETTER: Final = "SpaceX letter to the FCC of 29 May 2026 (ledger P076, secondary)"
LATER: Final = "spacex.com page, later than June 2026 (ledger P080-P082, secondary), 3 t as in the letter"
CLOSURE: Final = 0.25  # of a mass: how far off our closure may be at given figures of the subsystems
FLUX: Final = 0.08  # of a heat: 7 K of 345 K (see the case ai1-heat), four times over for the fourth power
STORIES: Final = {
    CASE: (
        "SpaceX says 70 kW per tonne and gives no mass. Others divide 150 kW of peak compute by it and "
        "write 2.1 t; the letter to the FCC says 3 t. Both cannot be meant: 3 t at 150 kW are 50 kW per "
        "tonne, at 120 kW on average 40. What does give 70 is the later sheet's 210 kW of solar array over "
        "3 t. Closed from its parts, June's satellite is heavier than 2.1 t by far more than our closure "
        "may be off; the letter's 3 t is nearer. The later sheet asks 175 kW of the same 3 t, which we "
        "cannot close. The radiators carry the average compute of both sheets within what we may be off, "
        "not their peaks for good; nobody says for how long a peak is meant."
    ),
}


def rows() -> list[Row]:
    """Power per tonne as published, our masses, and what the radiators carry."""
    june, later = (close_sheet(*read_design(name)) for name in ("ai1-2026-06", "ai1-later"))
    return [
        *_said(),
        *_masses(june, later),
        *_heat(june, REVEAL, "June"),
        *_heat(later, LATER, "later sheet"),
    ]


def _number(key: str) -> float:
    return float(ledger.entry(key).central)


def _said() -> list[Row]:
    """Published figures against each other."""
    density, letter = _number("P021"), _number("P076") / 1e3
    peak, average, array = _number("P017"), _number("P018"), _number("P081")
    digits, other = (
        "said with two digits: 1",
        "said with two digits: 1; of two published figures one is not so",
    )
    return (
        table(
            CASE,
            "spread of 2.1 t: note on ledger row P021",
            ("mass of 150 kW of peak at 70 kW/t", "t", 2.1, peak / density, 0.05, "printed with two digits"),
        )
        + table(
            CASE,
            f"{REVEAL}; {LETTER}",
            ("peak compute over the letter's 3 t", "kW/t", density, peak / letter, 1.0, other),
            ("average compute over the letter's 3 t", "kW/t", density, average / letter, 1.0, other),
        )
        + table(
            CASE,
            f"{REVEAL}; {LATER}",
            ("later sheet's solar power over 3 t", "kW/t", density, array / letter, 1.0, digits),
        )
    )


def _masses(june: Sheet, later: Sheet) -> list[Row]:
    claim, letter = round(_number("P017") / _number("P021"), 2), _number("P076") / 1e3
    ours, heavy = (float(sheet.budget.mass.total) / 1e3 for sheet in (june, later))
    density = float(june.budget.power.array_bol / june.budget.mass.total)
    model = "25 %: what our closure may be off with given figures of the subsystems"
    first = f"{model}; {_light(june)}"
    return (
        table(
            CASE,
            REVEAL,
            ("June's satellite at 2.14 t, closed", "t", claim, ours, CLOSURE * claim, first),
            ("array per tonne, June's closed", "kW/t", 70.0, density, CLOSURE * 70.0, model),
        )
        + table(CASE, LETTER, ("June's satellite at 3 t, closed", "t", letter, ours, CLOSURE * letter, model))
        + table(
            CASE,
            LATER,
            (
                "later sheet's satellite at 3 t, closed",
                "t",
                letter,
                heavy,
                CLOSURE * letter,
                f"{model}; {_range(later)}",
            ),
        )
    )


def _range(sheet: Sheet) -> str:
    low, _, high = (point / 1e3 for point in sheet.drawn["mass"])
    return f"over the ranges of its inputs 10 to 90 % of our draws are {low:.1f} to {high:.1f} t"


def _light(sheet: Sheet) -> str:
    """How far the claimed mass is from our ranges, and what a wing without mass would leave."""
    mass = sheet.budget.mass
    bare = float(mass.total * (1.0 - mass.array / (mass.dry - mass.structure - mass.margin))) / 1e3
    share = 100.0 * sheet.lighter
    return (
        f"{_range(sheet)}, {share:.1f} % of them as light as claimed; with a solar wing that weighs nothing "
        f"it would be {bare:.1f} t"
    )


def _heat(sheet: Sheet, source: str, name: str) -> list[Row]:
    """What the radiator carries with the junctions at their limit; more than is claimed counts as claimed."""
    power, payload = sheet.budget.power, sheet.design.payload
    spare = float(sheet.budget.heat_limit - power.heat) * sheet.design.bus.converter
    held = (float(power.run) + spare) / 1e3
    why = (
        f"8 %: 7 K on emissivity, fins, films and surroundings. With junctions at their limit: {held:.0f} kW"
    )
    found: list[Numbers] = [
        (f"{what}, {name}", "kW", said / 1e3, min(said / 1e3, held), FLUX * said / 1e3, why)
        for what, said in (
            ("average compute that its radiator carries", float(payload.average)),
            ("peak compute that its radiator carries for good", float(payload.peak)),
        )
    ]
    return table(CASE, source, *found)
