"""Starcloud's white paper (Lumen Orbit, v1.03, September 2024): radiator, 40 MW table, 5 GW array."""

from __future__ import annotations

from typing import Final

from dawndusk.validation.row import Row, table

SOURCE: Final = "Starcloud (Lumen Orbit), Why we should train AI in space, v1.03 (Sep 2024), p. 9 and tables"
RADIATOR, TABLE, ARRAY = "starcloud-radiator", "starcloud-40mw", "starcloud-5gw"
STORIES: Final = {
    RADIATOR: (
        "The white paper's radiator gives off 633.08 W per square metre at 20 degC, and so do its own "
        "inputs. But it lets the Earth's infrared be absorbed by the paint's absorptivity for sunlight "
        "(0.09); a surface absorbs infrared as it emits it (0.92, Kirchhoff), which leaves 585 W/m2."
    ),
    TABLE: (
        "Forty megawatts for ten years: 167 MUSD on the ground against 8.2 in orbit. The sums are right. "
        "The launch is 100 t for 5 MUSD, 50 USD/kg, where the text says 30, and 100 t for 40 MW is 400 "
        "W/kg for the whole satellite, six times the best of today's claims (70). Chips, radiators and "
        "the satellites themselves beyond 2 MUSD of array are in neither column."
    ),
    ARRAY: (
        "An array of 4 km by 4 km with 22 % cells over 90 % of it gives 4.3 GW in full sun, not 5; that "
        "takes 4.3 km a side. Its radiators at 633 W/m2 would be 7.9 square kilometres."
    ),
}
SIGMA: Final = 5.67e-8  # W/m2/K4, the paper's
SUN: Final = 1366.0  # W/m2, the paper's
WARM, EARTH = 293.15, 253.15  # K: 20 degC, and the Earth at -20 degC
EMISSIVITY, ABSORPTIVITY, VIEW, ALBEDO = 0.92, 0.09, 0.25, 0.30


def radiator(infrared_absorptivity: float) -> dict[str, float]:
    """The terms of its balance for one square metre of plate with two faces (W/m2)."""
    emitted = 2.0 * EMISSIVITY * SIGMA * WARM**4
    taken = {
        "sunlight": ABSORPTIVITY * SUN,
        "albedo": ABSORPTIVITY * VIEW * ALBEDO * SUN,
        "earth infrared": infrared_absorptivity * VIEW * SIGMA * EARTH**4,
    }
    return taken | {"emitted": emitted, "net": emitted - sum(taken.values())}


def rows() -> list[Row]:
    """The radiator as published and corrected, the table's sums, the array."""
    return _radiator() + _table() + _array()


def _radiator() -> list[Row]:
    printed = "printed to two decimals, inputs inferred from the terms: 0.01"
    said, mended = radiator(ABSORPTIVITY), radiator(EMISSIVITY)
    earth = said["albedo"] + said["earth infrared"]
    why = "infrared from the Earth is absorbed with the emissivity of 0.92, not with the 0.09 for sunlight"
    return table(
        RADIATOR,
        SOURCE,
        ("emitted, two faces at 20 degC", "W/m2", 770.48, said["emitted"], 0.01, printed),
        ("absorbed sunlight", "W/m2", 122.94, said["sunlight"], 0.01, printed),
        ("absorbed from the Earth", "W/m2", 14.46, earth, 0.01, printed),
        ("net rejected", "W/m2", 633.08, said["net"], 0.01, printed),
    ) + table(
        RADIATOR, SOURCE, ("net rejected, corrected", "W/m2", 633.08, mended["net"], 0.01, why), refuted=True
    )


def _table() -> list[Row]:
    hours, kilowatts = 10.0 * 8760.0, 40e3
    energy = kilowatts * hours * 0.04 / 1e6
    ground = energy + 0.05 * energy + 20.0
    whole, tenth = "printed without decimals: 0.5", "printed with one decimal: 0.05"
    water = kilowatts * hours * 0.5 / 1e9
    price = 7e6 / (kilowatts * hours)
    return table(
        TABLE,
        SOURCE,
        ("energy on the ground at 0.04 USD/kWh", "MUSD", 140.0, energy, 0.5, whole),
        ("all on the ground, 5 % cooling, 20 MUSD backup", "MUSD", 167.0, ground, 0.5, whole),
        ("all in space: array 2, launch 5, shielding 1.2", "MUSD", 8.2, 2.0 + 5.0 + 1.2, 0.05, tenth),
        (
            "water on the ground at 0.5 L/kWh",
            "Mt",
            1.7,
            water,
            0.06,
            "one decimal, and 1.75 rounds either way",
        ),
        ("energy from space over ten years", "USD/kWh", 0.002, price, 0.0005, "one digit: half of it"),
    ) + table(
        TABLE,
        SOURCE,
        ("launch price", "USD/kg", 30.0, 5e6 / 100e3, 0.5, "the text says about 30; its table divides to 50"),
        refuted=True,
    )


def _array() -> list[Row]:
    density = SUN * 0.22 * 0.90
    power, side = 4000.0**2 * density / 1e9, (5e9 / density) ** 0.5 / 1e3
    area = 5e9 / 633.08 / 1e6
    one = "printed with one digit and meant as exact design figures: 1 % allowed"
    return table(
        ARRAY,
        SOURCE,
        ("array of 4 km x 4 km, 22 % cells on 90 % of it", "GW", 5.0, power, 0.05, one),
        ("side of a square array of 5 GW", "km", 4.0, side, 0.04, one),
        refuted=True,
    ) + table(
        ARRAY,
        SOURCE,
        ("radiator for 5 GW", "km2", float("nan"), area, 0.0, "it gives none; ours at its own 633 W/m2"),
    )
