"""One orbit over a year: what ``dawndusk orbit`` answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from dawndusk.report.document import Cell, Column, Document, Marked, Section, facts, table, texts

MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def document(found: Mapping[str, Any]) -> Document:
    """What a spacecraft engineer asks of an orbit (`space.orbit.orbit_summary`)."""
    months = table(
        (*texts(""), *(Column(label=name, places=1, factor=100.0) for name in MONTHS)),
        [("%", *found["sunlit_fraction_by_month"])],
        key="months",
    )
    return Document(
        title=f"Circular orbit at {found['altitude_km']:g} km, {found['year']}",
        sections=(
            Section(parts=(facts(_rows(found), key="orbit"),)),
            Section(title="Sunlight by month", parts=(months,)),
        ),
    )


def _rows(found: Mapping[str, Any]) -> list[tuple[str, Cell]]:
    kind = "sun-synchronous" if found["sun_synchronous"] else "given"
    return [
        ("inclination", Marked(value=found["inclination_deg"], places=4, unit="deg", more=f"({kind})")),
        ("node on 1 January, RAAN", Marked(value=found["raan_deg"], places=3, unit="deg")),
        ("its mean local time", _clock(found["ltan_h"])),
        ("node drift", Marked(value=found["raan_drift_deg_per_day"], places=6, unit="deg/day")),
        ("nodal period", _duration(found["period_s"], 2)),
        ("smallest beta angle", Marked(value=found["beta_min_deg"], places=2, unit="deg")),
        ("largest beta angle", Marked(value=found["beta_max_deg"], places=2, unit="deg")),
        ("smallest |beta|", Marked(value=found["abs_beta_min_deg"], places=2, unit="deg")),
        ("sunlight over the year", Marked(value=100.0 * found["sunlit_fraction"], places=3, unit="%")),
        ("longest umbra", _duration(found["longest_umbra_s"], 1)),
        ("longest shadow", _duration(found["longest_shadow_s"], 1)),
        ("days with umbra", found["days_with_umbra"]),
        ("days with any shadow", found["days_with_shadow"]),
    ]


def _clock(hours: float) -> str:
    minutes = round(hours * 60.0) % 1440
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _duration(seconds: float, places: int) -> Marked:
    if seconds == 0.0:
        return Marked(value=0, unit="s", more="(none)")
    return Marked(value=seconds, places=places - 1, unit="s", more=f"({seconds / 60.0:.{places}f} min)")
