"""Dotted addresses of the numbers of a scenario: ``orbit.satellites.ai1.platform_price``.

Items of a list are addressed by their name, or by their position if they have none.
"""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, TypeVar, get_args, get_type_hints

import numpy as np

from dawndusk.core.errors import UserError, problem
from dawndusk.core.records import replace, units_of
from dawndusk.core.scenario.numbers import Numbers
from dawndusk.core.units import Unit
from dawndusk.formats.yaml_records import label

T = TypeVar("T")
_units_of = cache(units_of)  # looking the declarations up costs more than walking the values
_COUNT = Unit("1")  # of fields declared int


def numbers(value: object, path: str = "", *, stated: bool = True) -> Iterator[tuple[str, Any, Unit]]:
    """Every number in a record: address, value, and unit of its field (``1`` for whole numbers).

    Those of `Numbers` that are as in the ledger are left out where only what is `stated` is asked for.
    """
    units = _units_of(type(value))  # type: ignore[arg-type]
    for field in dataclasses.fields(value):  # type: ignore[arg-type]
        where, inner = f"{path}.{field.name}".lstrip("."), getattr(value, field.name)
        if stated and isinstance(value, Numbers) and np.all(inner == field.default):
            continue
        if dataclasses.is_dataclass(inner):
            yield from numbers(inner, where, stated=stated)
        elif isinstance(inner, tuple):
            for i, item in enumerate(inner):
                at = f"{where}.{label(item, i)}"
                if dataclasses.is_dataclass(item):
                    yield from numbers(item, at, stated=stated)
                else:
                    yield at, item, units[field.name]
        elif not isinstance(inner, str | bool):
            yield where, inner, units.get(field.name, _COUNT)


def hint_at(scenario: object, dotted: str) -> Any:
    """The declared type of what stands at an address, with its unit.

    Raises
    ------
    UserError
        If there is no such address, naming the nearest.
    """
    here, hint = scenario, Any
    for word in dotted.split("."):
        if isinstance(here, tuple):
            index = _position(here, word)
            if index is None:
                raise _unknown(scenario, dotted)
            here, hint = here[index], get_args(hint)[0]
        else:
            if not dataclasses.is_dataclass(here) or not any(
                f.name == word for f in dataclasses.fields(here)
            ):
                raise _unknown(scenario, dotted)
            hint = get_type_hints(type(here), include_extras=True)[word]
            here = getattr(here, word)
    return hint


def replace_paths(record: T, values: Mapping[str, Any]) -> T:
    """A copy of `record` with the values at some addresses changed.

    Raises
    ------
    UserError
        If there is no such address, naming the nearest.
    """
    tree: dict[str, Any] = {}
    for dotted, value in values.items():
        *parents, last = dotted.split(".")
        branch = tree
        for word in parents:
            branch = branch.setdefault(word, {})
        branch[last] = value
    try:
        changed: T = _graft(record, tree, "")
    except KeyError as error:
        raise _unknown(record, error.args[0]) from None
    return changed


def replace_path(record: T, dotted: str, value: Any) -> T:
    """A copy of `record` with the value at one address changed."""
    return replace_paths(record, {dotted: value})


def _graft(value: Any, tree: Any, path: str) -> Any:
    if not isinstance(tree, dict):
        return tree
    if isinstance(value, tuple):
        items = list(value)
        for word, branch in tree.items():
            index = _position(value, word)
            if index is None:
                raise KeyError(f"{path}.{word}")
            items[index] = _graft(items[index], branch, f"{path}.{word}")
        return tuple(items)
    names = {f.name for f in dataclasses.fields(value)} if dataclasses.is_dataclass(value) else set()
    for word in tree:
        if word not in names:
            raise KeyError(f"{path}.{word}".lstrip("."))
    return replace(
        value, **{w: _graft(getattr(value, w), b, f"{path}.{w}".lstrip(".")) for w, b in tree.items()}
    )


def _position(items: tuple[Any, ...], word: str) -> int | None:
    labels = [label(item, i) for i, item in enumerate(items)]
    if word in labels:
        return labels.index(word)
    return int(word) if word.isdecimal() and int(word) < len(items) else None


def _unknown(record: object, dotted: str) -> UserError:
    known = [path for path, _, _ in numbers(record, stated=False)]
    near = difflib.get_close_matches(dotted, known, n=3, cutoff=0.5)
    near += [k for k in known if k.endswith(f".{dotted.rsplit('.', 1)[-1]}") and k not in near][
        : 3 - len(near)
    ]
    return problem(
        dotted,
        "no such address",
        "the dotted address of a value",
        f"one of: {', '.join(near)}" if near else "see 'dawndusk schema'",
    )
