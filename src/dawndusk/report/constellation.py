"""What a constellation meets in orbit, group by group: what ``dawndusk constellation`` answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from dawndusk.report import words
from dawndusk.report.document import (
    Cell,
    Column,
    Document,
    Section,
    Table,
    Text,
    facts,
    paragraph,
    table,
    texts,
)

Row = Mapping[str, Any]
Spec = tuple[Column, Callable[[Row], Cell]]
LEVELS: Final = ("min", "mean", "max")
SHIELDS: Final = ("1mm", "3mm", "5mm", "10mm")
READING: Final = (
    "Light: mean over the year, partial shadow by the visible disc. Array fixed: mean cosine, %, on a wing "
    "along the orbit's normal. Dose: trapped particles (AP8, AE8) and solar protons. Upsets: silent wrong "
    "results and memory errors per chip and year, by Google's proton test. Lives and velocities: at a level "
    "of solar activity held all the time, +-30 %."
)
READING_TRAFFIC: Final = (
    " Approaches: a rate from theory, phases unknown or held, at a stated spread of orbits (altitude 50 m, "
    "eccentricity 4e-5, tilt 3e-5), half to each group of a pair. For scale: Starlink made 34 avoidance "
    "manoeuvres per satellite and year against everything in orbit (E003)."
)


def document(data: Row, *, note: str = "", written: Sequence[tuple[str, str]] = ()) -> Document:
    """The environment of a constellation (`space.constellation.environment.summary_json`) for people.

    Parameters
    ----------
    data : mapping
        As the JSON object has it.
    note : str
        What the file says of itself.
    written : sequence of (str, str)
        Files that were written, and what they hold.
    """
    rows = data["groups"]
    tables = [_orbits(rows), _light(rows, data["year"]), _radiation(rows), _drag(rows)]
    if data["craft"]["disposal_m_per_s"] > 0:
        tables.append(_ends(rows, data["craft"]["disposal_m_per_s"]))
    counted = rows[0]["approaches_per_day_1km"] is not None
    if counted:
        tables.append(_neighbours(rows, data))
    says = [Text(words=str(row["flag"]), lead=str(row["name"]), tone="warn") for row in rows if row["flag"]]
    says += [Text(words=remark, lead="note", tone="warn") for remark in data["remarks"]]
    if data["contacts_per_yr"] is not None:
        says.insert(0, Text(words=_contacts(data)))
    reading = Text(words=READING + (READING_TRAFFIC if counted else ""), tone="dim")
    files = [Section(parts=(facts(written, caption="Written"),))] if written else []
    return Document(
        title=str(data["title"]),
        sentence=_count(data),
        sections=(
            *([paragraph(note, tone="dim")] if note else []),
            *(Section(parts=(made,)) for made in tables),
            Section(parts=(*says, reading)),
            *files,
        ),
    )


def _count(data: Row) -> str:
    satellites, filed = data["satellites"], data["satellites_filed"]
    more = f" (the groups add up to {filed:,}; planes are thinned alike)" if filed != satellites else ""
    planes = f"{data['planes']:,} plane{'' if data['planes'] == 1 else 's'}"
    return f"{satellites:,} satellites in {planes}{more}"


def _table(rows: Sequence[Row], caption: str, key: str, columns: Sequence[Spec], note: str = "") -> Table:
    """Groups down, columns across."""
    return table(
        (*texts("group"), *(column for column, _ in columns)),
        [(str(row["name"]), *(cell(row) for _, cell in columns)) for row in rows],
        caption=caption,
        key=key,
        note=note,
    )


def _plain(key: str, label: str, unit: str = "", *, inside: str | int = "", **more: Any) -> Spec:
    """A column of the value at a key, or at what is `inside` of it."""
    column = Column(label=label, unit=unit, **more)
    return column, lambda row: row[key] if inside == "" else row[key][inside]


def _share(key: str, label: str) -> Spec:
    return _plain(key, label, "%", places=1, factor=100.0)


def _levels(key: str, label: str, unit: str) -> Spec:
    column = Column(label=label, unit=unit, digits=2, parts=LEVELS)
    return column, lambda row: [row[key][level] for level in LEVELS]


def _orbits(rows: Sequence[Row]) -> Table:
    same = all(round(low) == round(high) for low, high in (row["altitude_km"] for row in rows))
    ends = [("altitude", 0)] if same else [("altitude from", 0), ("altitude to", 1)]
    heights = [_plain("altitude_km", label, "km", inside=k, places=0) for label, k in ends]
    columns = [
        _plain("satellites", "satellites at most"),
        _plain("planes", "planes"),
        *heights,
        _plain("inclination_deg", "inclination", "deg", places=2),
    ]
    return _table(rows, "Orbits", "orbits", columns)


def _light(rows: Sequence[Row], year: int) -> Table:
    spread = [
        _share("sunlit_fraction_raan_edge", "node at edge"),
        _share("sunlit_fraction_raan_spread", "node spread"),
    ]
    columns = [
        _share("sunlit_fraction", "light"),
        *(spread if any(row["raan_tolerance_deg"] > 0 for row in rows) else []),
        _plain("longest_shadow_s", "longest shadow", "min", places=1, factor=1 / 60),
        _plain("days_with_shadow", "days with shadow"),
        _share("array_cosine_body_fixed", "array fixed"),
        _plain("shadows_per_yr", "shadows", "1/yr"),
    ]
    return _table(rows, f"Light in {year}", "light", columns)


def _radiation(rows: Sequence[Row]) -> Table:
    dose = [
        _plain(
            "dose_krad_per_yr", shield.replace("mm", " mm"), "krad/yr", inside=shield, digits=2, good="down"
        )
        for shield in SHIELDS
    ]
    upsets = [
        _plain("upsets_per_chip_yr_10mm", label, "1/yr", inside=key, digits=2, good="down")
        for label, key in (("wrong results", "silent_corruption"), ("memory errors", "hbm_uncorrectable"))
    ]
    within = [
        _plain("dose_factor", "within a factor", digits=2),
        _share("saa_share", "in the South Atlantic"),
    ]
    note = "Wrong results and memory errors: upsets of a chip behind 10 mm."
    return _table(rows, "Dose behind aluminium", "dose", [*dose, *within, *upsets], note)


def _drag(rows: Sequence[Row]) -> Table:
    columns = [
        _levels("drag_life_yr", "life without thrust", "yr"),
        _levels("station_keeping_m_per_s_per_yr", "to stay in place", "m/s per yr"),
    ]
    return _table(rows, "Drag at solar minimum, mean and maximum", "drag", columns)


def _ends(rows: Sequence[Row], kept: float) -> Table:
    columns = [
        _plain("disposal_perigee_km", "reaches", "km"),
        _levels("disposed_life_yr", "then down in", "yr"),
        _plain("controlled_reentry_m_per_s", "controlled", "m/s"),
        _plain("reentries_per_day", "re-entries", "1/day"),
        _plain("derelicts", "dead in orbit", digits=2),
    ]
    return _table(rows, f"Disposal, {kept:g} m/s kept for it", "disposal", columns)


def _neighbours(rows: Sequence[Row], data: Row) -> Table:
    pairs, nearest = data["pairs_below_1km_at_epoch"], data["nearest_pair_m"]
    columns = [
        _plain("approaches_per_day_1km", "below 1 km", "1/day"),
        _plain("approaches_phased_per_day_1km", "phases held", "1/day"),
        _plain("approaches_per_day_100m", "below 100 m", "1/day"),
        _plain("approaches_failed_per_day_1km", "one dead, 1 km", "1/day"),
        _plain("debris_1cm_per_yr", "debris of 1 cm", "1/yr", digits=2),
        _plain("debris_10cm_per_yr", "of 10 cm", "1/yr", digits=2),
    ]
    caption = f"Neighbours: {pairs:,} pairs below 1 km at the epoch, nearest {nearest:,.0f} m"
    return _table(rows, caption, "neighbours", columns)


def _contacts(data: Row) -> str:
    """What would happen if nobody dodged, in a sentence."""
    clock, yearly = data["crash_clock_s"], data["contacts_per_yr"]
    if clock is None:
        return "No contacts at all."
    return (
        f"If nobody dodged, satellites would touch {words.figure(yearly)} times a year, the first time after "
        f"{_span(clock)}; with one in a thousand missed (a guess, 1e-4 to 1e-2), and all between dead "
        f"satellites, {words.figure(data['collisions_per_yr'])} times a year."
    )


def _span(seconds: float) -> str:
    for size, name in ((86400.0, "days"), (3600.0, "hours"), (60.0, "minutes")):
        if seconds >= size:
            return f"{words.figure(seconds / size, 2)} {name}"
    return f"{words.figure(seconds, 2)} seconds"
