"""Records: frozen, keyword-only dataclasses whose fields carry their units.

A record is declared with the decorator `record`; its fields are read by `library.read`, compared
and cached by `fingerprint`, and may hold arrays (then the sample axis is last).
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, TypeVar, dataclass_transform, get_args, get_origin, get_type_hints

import numpy as np
from numpy.typing import NDArray

from dawndusk.core.units import Unit

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Real = float | Floats
T = TypeVar("T")


@dataclass_transform(frozen_default=True, kw_only_default=True, eq_default=False)
def record(cls: type[T]) -> type[T]:
    """Make `cls` a record: frozen, keyword-only, compared by `fingerprint`, closed to unknown keys."""
    cls.__pydantic_config__ = {"extra": "forbid"}  # type: ignore[attr-defined]
    return dataclasses.dataclass(frozen=True, kw_only=True, eq=False)(cls)


def units_of(cls: type) -> dict[str, Unit]:
    """Field name -> Unit, for the fields of a record class that have one."""
    hints = get_type_hints(cls, include_extras=True)
    found: dict[str, Unit] = {}
    for name, hint in hints.items():
        for part in (hint, *get_args(hint)):
            marks = get_args(part)[1:] if get_origin(part) is Annotated else ()
            for mark in marks:
                if isinstance(mark, Unit):
                    found[name] = mark
    return found


def fingerprint(value: object) -> str:
    """A short hash of a record's content: equal content, equal text, on every machine."""
    digest = hashlib.sha256()
    for piece in _pieces(value):
        digest.update(piece)
    return digest.hexdigest()[:16]


def _pieces(value: object) -> Iterator[bytes]:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield type(value).__name__.encode()
        for field in dataclasses.fields(value):
            yield field.name.encode()
            yield from _pieces(getattr(value, field.name))
    elif isinstance(value, np.ndarray):
        yield f"{value.dtype.str}{value.shape}".encode()
        yield np.ascontiguousarray(value).tobytes()
    elif isinstance(value, Mapping):
        yield f"{{{len(value)}}}".encode()
        for key in sorted(value, key=str):
            yield repr(str(key)).encode()
            yield from _pieces(value[key])
    elif isinstance(value, tuple | list | frozenset):
        yield f"[{len(value)}]".encode()
        for item in sorted(value, key=str) if isinstance(value, frozenset) else value:
            yield from _pieces(item)
    else:
        plain = value.item() if isinstance(value, np.generic) else value
        yield repr(float(plain) if isinstance(plain, float) else plain).encode()
        yield b";"


def replace(value: T, **changes: Any) -> T:
    """A copy of a record with some fields changed."""
    return dataclasses.replace(value, **changes)  # type: ignore[type-var]
