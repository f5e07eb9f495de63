"""Round trips between two places: what ``dawndusk latency`` answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from dawndusk.core.records import Floats
from dawndusk.report.document import Column, Document, Section, Text, table

FEW: Final = 9  # rows of a series that a terminal shows
NOTE: Final = "Light time there and back; no queues, no processing."


def series_json(
    origin: str, destination: str, network: str, *, seconds: Floats, trips: Floats
) -> dict[str, Any]:
    """A series of round trips (s, infinite without a path) at instants (s): its sum and its numbers."""
    found = 1e3 * trips
    reached = np.isfinite(found)
    known = found[reached]
    return {
        "origin": origin,
        "destination": destination,
        "network": network,
        "reachable": float(reached.mean()),
        "rtt_ms_min": float(known.min()) if known.size else None,
        "rtt_ms_mean": float(known.mean()) if known.size else None,
        "rtt_ms_max": float(known.max()) if known.size else None,
        "seconds": seconds.tolist(),
        "rtt_ms": found.tolist(),
    }


def document(data: Mapping[str, Any]) -> Document:
    """The series for people: least, mean, most, and points along it."""
    seconds = data["seconds"]
    least, mean, most = (data[f"rtt_ms_{name}"] for name in ("min", "mean", "max"))
    sentence = (
        "No path at any of these instants."
        if mean is None
        else f"Round trip {least:.2f} to {most:.2f} ms, mean {mean:.2f} ms; "
        f"reachable {100 * data['reachable']:.1f} % of the time."
    )
    rows = list(zip(seconds, data["rtt_ms"], strict=True))
    columns = (Column(label="after", unit="s", digits=1), Column(label="round trip", unit="ms", places=2))
    series = table(columns, rows, caption="Along the time", key="series", few=FEW)
    return Document(
        title=f"{data['origin']} - {data['destination']} over {data['network']}, "
        f"{seconds[-1] - seconds[0]:g} s from {seconds[0]:g} s",
        sentence=sentence,
        sections=(Section(parts=(series, Text(words=NOTE, tone="dim"))),),
    )
