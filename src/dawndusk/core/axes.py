"""The axes of every array, in one table. The sample axis is always last."""

from __future__ import annotations

from typing import Final

AXES: Final = {
    "offer": "an option to obtain something",
    "stream": "customer x class of demand",
    "resource": "what offers give and draw",
    "node": "node of the scenario tree",
    "period": "quarter of the plan",
    "vintage": "quarter of the order",
    "age": "quarters in service",
    "path": "fresh path of the operational simulation",
    "cell": "cohort of whole units in the simulation",
    "pool": "ground, leased, cloud, orbit",
    "step": "step of the value curve",
    "month": "month of the simulation",
    "sample": "draw of uncertain inputs (last axis)",
}
