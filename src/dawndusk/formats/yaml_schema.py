"""JSON schema of scenario files, from the records' own declarations."""

from __future__ import annotations

import dataclasses
import inspect
from typing import Any

from pydantic import TypeAdapter

from dawndusk.core import scenario as records
from dawndusk.core.scenario import FORMAT, Scenario, chips, contracts, demand, finance, ground, orbit

_QUARTER = "^[0-9]{4}Q[1-4]$"
_QUARTERS = ("start", "first", "last", "end", "resolved", "late_from", "target_from", "orbit_rate_from")


def scenario_schema() -> dict[str, Any]:
    """The schema (draft 2020-12); every number says its unit and its valid range."""
    made = TypeAdapter(Scenario).json_schema()
    classes = _classes()
    for name, part in [("Scenario", made), *made.get("$defs", {}).items()]:
        part["description"] = _first_line(classes[name]) if name in classes else part.get("description", "")
        for field, entry in part.get("properties", {}).items():
            entry.pop("title", None)
            if field in _QUARTERS and entry.get("type") == "string":
                entry |= {"pattern": _QUARTER, "examples": ["2026Q2"]}
    made["properties"]["format"]["const"] = FORMAT
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def _classes() -> dict[str, type]:
    modules = (records, chips, contracts, demand, finance, ground, orbit)
    return {
        name: item
        for module in modules
        for name, item in vars(module).items()
        if isinstance(item, type) and dataclasses.is_dataclass(item)
    }


def _first_line(cls: type) -> str:
    return (inspect.getdoc(cls) or "").split("\n", 1)[0]
