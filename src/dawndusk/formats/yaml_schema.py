"""JSON schema of scenario files, from the records' own declarations."""

from __future__ import annotations

import dataclasses
import inspect
from typing import Any, get_args, get_type_hints

from pydantic import TypeAdapter

from dawndusk.supply.scenario import FORMAT, Scenario


def scenario_schema() -> dict[str, Any]:
    """The schema (draft 2020-12); every number says its unit and its valid range."""
    made = TypeAdapter(Scenario).json_schema()
    known = classes(Scenario)
    for name, part in [("Scenario", made), *made.get("$defs", {}).items()]:
        part["description"] = _first_line(known[name]) if name in known else part.get("description", "")
        for entry in part.get("properties", {}).values():
            entry.pop("title", None)
    made["properties"]["format"]["const"] = FORMAT
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def classes(cls: type) -> dict[str, type]:
    """Name -> class of a record and of all records inside it."""
    found = {cls.__name__: cls}
    for hint in get_type_hints(cls).values():
        for inner in (hint, *get_args(hint)):
            if dataclasses.is_dataclass(inner) and isinstance(inner, type):
                found |= classes(inner)
    return found


def _first_line(cls: type) -> str:
    return (inspect.getdoc(cls) or "").split("\n", 1)[0]
