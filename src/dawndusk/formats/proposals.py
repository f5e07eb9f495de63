"""What to write instead of a value that cannot be read: made from the field's declaration, and read back."""

from __future__ import annotations

import dataclasses
import difflib
import types
from collections.abc import Callable, Iterator
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from dawndusk.core.calendar import Quarter
from dawndusk.core.errors import UserError
from dawndusk.core.units import Unit
from dawndusk.formats.yaml_document import read_document

LONGEST = 300  # signs of a group that is written out; beyond it only its keys are named
Accepts = Callable[[Any], bool]


def proposal(hint: Any, value: object, accepts: Accepts) -> str:
    """YAML that the field takes: as near to `value` as can be told, else a sample.

    Parameters
    ----------
    hint : type
        What the field is declared as.
    value : object
        What was read.
    accepts : callable
        Whether data can be read as `hint`.
    """
    texts = (*_near(hint, value), sample(hint))
    return next((text for text in texts if _accepted(text, accepts)), sample(hint))


def _accepted(text: str, accepts: Accepts) -> bool:
    try:
        return accepts(read_document(text, "").data)
    except UserError:
        return False


def _near(hint: Any, value: object) -> Iterator[str]:
    """YAML that says what the writer seems to have meant."""
    hint = _bare(hint)
    if get_origin(hint) is Literal:
        yield from difflib.get_close_matches(str(value), [str(x) for x in get_args(hint)], n=1)
    elif hint is str and isinstance(value, str | int | float):
        yield f"'{value}'"
    elif hint is int and isinstance(value, float) and abs(value) < 1e15:
        yield str(round(value))
    elif hint is int and isinstance(value, str):
        yield value.split(" ")[0]
    elif get_origin(hint) is tuple:
        items = value if isinstance(value, list) else [value]
        yield f"[{', '.join(map(str, items))}]"


def sample(hint: Any) -> str:
    """YAML that a field of this type takes."""
    unit = next((x for x in getattr(hint, "__metadata__", ()) if isinstance(x, Unit)), None)
    if unit is not None:
        return unit.sample()
    if hint == Quarter:
        return "2026Q2"
    return _plain_sample(_bare(hint))


def _plain_sample(hint: Any) -> str:
    origin, parts = get_origin(hint), [x for x in get_args(hint) if x is not Ellipsis]
    if dataclasses.is_dataclass(hint):
        return _record(hint)
    if origin is Literal:
        return str(parts[0])
    if origin is tuple:
        return f"[{', '.join(map(sample, parts))}]"
    if origin is not None:
        return f"{{name: {sample(parts[-1])}}}"  # a mapping
    return {int: "1", bool: "true", float: "1.0"}.get(hint, "text")


def declared(cls: Any, path: tuple[str | int, ...]) -> Any:
    """What the place at `path` inside a record class is declared as; None where there is no such place."""
    here = cls
    for part in path:
        here = _bare(here)
        if isinstance(part, str) and isinstance(here, type) and dataclasses.is_dataclass(here):
            here = _hints(here).get(part)
        elif isinstance(part, int) and get_origin(here) is tuple:
            items = [x for x in get_args(here) if x is not Ellipsis]
            here = items[min(part, len(items) - 1)]
        else:
            here = get_args(here)[1] if len(get_args(here)) > 1 else None
    return here


def shown(text: str, hint: Any) -> str:
    """A proposal that fits on a few lines; of a larger group the keys that it needs."""
    hint = _bare(hint)
    if len(text) <= LONGEST or not dataclasses.is_dataclass(hint):
        return text
    return f"lines with the keys {', '.join(f.name for f in dataclasses.fields(hint) if _required(f))}"


def _record(cls: Any) -> str:
    hints = _hints(cls)
    due = [f.name for f in dataclasses.fields(cls) if _required(f)]
    return "{" + ", ".join(f"{name}: {sample(hints[name])}" for name in due) + "}"


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls, include_extras=True)


def _required(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _bare(hint: Any) -> Any:
    """The type without its marks, and of alternatives the first that is something."""
    if get_origin(hint) is Annotated:
        return _bare(get_args(hint)[0])
    if get_origin(hint) in (Union, types.UnionType):
        return _bare(next(x for x in get_args(hint) if x is not type(None)))
    return hint
