"""JSON schema of scenario files, from the records' own declarations."""

from __future__ import annotations

import dataclasses
import inspect
from typing import Any

from pydantic import TypeAdapter

from dawndusk.core import scenario as records
from dawndusk.core.scenario import FORMAT, Scenario, chips, contracts, demand, finance, ground, orbit


def scenario_schema() -> dict[str, Any]:
    """The schema (draft 2020-12); every number says its unit and its valid range."""
    made = TypeAdapter(Scenario).json_schema()
    classes = _classes()
    for name, part in [("Scenario", made), *made.get("$defs", {}).items()]:
        part["description"] = _first_line(classes[name]) if name in classes else part.get("description", "")
        for entry in part.get("properties", {}).values():
            entry.pop("title", None)
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
