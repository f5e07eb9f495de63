"""YAML text to a record: units converted, ranges kept aside, every mistake at once with its line."""

from __future__ import annotations

import copy
import dataclasses
import difflib
from collections.abc import Callable
from functools import cache
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin

from pydantic import TypeAdapter, ValidationError

from dawndusk.core.errors import Problem, UserError
from dawndusk.core.quantity import Uncertain
from dawndusk.core.ranges import Distribution, Uncertainty
from dawndusk.core.units import UnitError
from dawndusk.formats.proposals import declared, proposal, sample, shown
from dawndusk.formats.yaml_document import Document, Path, read_document

__all__ = ["Document", "Ledger", "examine", "read_document", "read_record", "read_value", "settle"]

T = TypeVar("T")
Ledger = Callable[[str], tuple[float, float, float, str]]
_UNKNOWN = ("unexpected_keyword_argument", "extra_forbidden")
_MISSING = ("missing", "missing_argument", "missing_keyword_only_argument")


def read_record(cls: type[T], text: str, file: str, ledger: Ledger | None = None) -> tuple[T, Uncertainty]:
    """A record of class `cls` from YAML text, and the ranges and ledger keys in it by dotted path.

    Parameters
    ----------
    cls : record class
        Declares fields and units.
    text, file : str
        The text and the name to print in messages.
    ledger : callable, optional
        ``key -> (low, central, high, unit)`` for values written ``{ledger: KEY}``.

    Raises
    ------
    UserError
        With every problem of the text at once.
    """
    made, problems = examine(cls, read_document(text, file), ledger)
    if problems or made is None:
        raise UserError(*problems)
    return settle(made)


def examine(cls: type[T], document: Document, ledger: Ledger | None = None) -> tuple[T | None, list[Problem]]:
    """The record, its numbers still marked with their ranges, and what is wrong with it.

    With problems the record is a stand-in that serves to find more of them: NaN for numbers that cannot
    be read, unknown keys left out; None where not even that can be made.
    """
    adapter: TypeAdapter[T] = _adapter(cls)  # type: ignore[arg-type]
    try:
        return adapter.validate_python(document.data, context={"ledger": ledger}), []
    except ValidationError as error:
        errors = error.errors(include_url=False)
    problems = [_explain(cls, document, e, ledger) for e in errors]
    data = copy.deepcopy(document.data)
    for e in errors:
        _patch(cls, data, _location(e), e["type"])
    try:
        return adapter.validate_python(data, context={"ledger": ledger, "lenient": True}), problems
    except ValidationError:
        return None, problems


def read_value(hint: Any, text: str, path: str, file: str, ledger: Ledger | None = None) -> Any:
    """One value of the declared type `hint` from text, a number still marked with its range.

    Raises
    ------
    UserError
        If the text is no such value: every mistake in it at its own address.
    """
    data = text if hint is str else read_document(text, file).data
    try:
        return _adapter(hint).validate_python(data, context={"ledger": ledger})
    except ValidationError as error:
        errors = error.errors(include_url=False)
    whole = Document(data=data, lines={}, file=file)
    problems = [_explain(hint, whole, e, ledger) for e in errors]
    inside = [whole.dotted(_location(e)) if _location(e) else "" for e in errors]
    raise UserError(
        *(
            dataclasses.replace(x, path=f"{path}.{word}".rstrip("."))
            for x, word in zip(problems, inside, strict=True)
        )
    )


@cache
def _adapter(cls: Any) -> TypeAdapter[Any]:
    return TypeAdapter(cls)


def _location(error: Any) -> Path:
    return tuple(p for p in error["loc"] if not str(p).startswith("function-"))


def _explain(cls: type, document: Document, error: Any, ledger: Ledger | None) -> Problem:
    path, kind, value = _location(error), error["type"], error["input"]
    hint = declared(cls, path)
    if kind in _UNKNOWN:
        expected, write = _key(cls, document, path, value, ledger)
        return document.problem(path, f"unknown key '{path[-1]}'", expected, write)
    if kind in _MISSING:
        write = f"{path[-1]}: {shown(sample(hint), hint)}"
        return document.problem(path, "nothing", f"the key '{path[-1]}'", write)
    expected, write = _wanted(path, {**error, "hint": hint, "ledger": ledger})
    return document.problem(path, _short(value), expected, write)


def _key(cls: type, document: Document, path: Path, value: Any, ledger: Ledger | None) -> tuple[str, str]:
    """What belongs in place of an unknown key: the nearest that is free, with the value if it fits."""
    why = getattr(_class_at(cls, path[:-1]), "RETIRED", {}).get(path[-1])
    if why is not None:
        return f"no such key, for it is no longer used: {why}", "nothing here; remove this key"
    names = _keys(cls, path[:-1])
    free = [name for name in names if name not in document.at(path[:-1])]
    near = next(iter(difflib.get_close_matches(str(path[-1]), free, n=1)), None)
    if near is None:
        return f"a key of this record: {', '.join(names)}", "nothing here; remove this key"
    hint = declared(cls, (*path[:-1], near))
    kept = _yaml(value) if _accepts(hint, ledger)(value) else sample(hint)
    return f"a key of this record; did you mean '{near}'?", f"{near}: {shown(kept, hint)}"


def _wanted(path: Path, error: Any) -> tuple[str, str]:
    """What belongs at `path`, and what to write there; `error` says what it is declared as."""
    cause, hint = error.get("ctx", {}).get("error"), error["hint"]
    if isinstance(cause, UnitError):
        return cause.expected, cause.write
    write = shown(proposal(hint, error["input"], _accepts(hint, error["ledger"])), hint)
    allowed = error.get("ctx", {}).get("expected")
    if allowed:
        return f"one of {allowed}", f"{path[-1]}: {write}" if path else write
    kinds = {
        "string_type": "text",
        "tuple_type": "a list: [first, second] or lines that begin with '- '",
        "bool_parsing": "true or false",
        "bool_type": "true or false",
        "dataclass_type": "keys with values",
    }
    said = str(error["msg"]).removeprefix("Value error, ").removeprefix("Input should be ")
    expected = "a whole number without unit" if error["type"].startswith("int") else said
    return kinds.get(error["type"], expected), write


def _accepts(hint: Any, ledger: Ledger | None) -> Callable[[Any], bool]:
    def accepts(data: Any) -> bool:
        try:
            _adapter(hint).validate_python(data, context={"ledger": ledger})
        except ValidationError:
            return False
        return True

    return accepts


def _short(value: Any) -> str:
    text = _yaml(value)
    return text if len(text) <= 90 else text[:87] + "..."


def _yaml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {_yaml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_yaml, value)) + "]"
    return "nothing" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _class_at(cls: type, path: Path) -> type | None:
    here = declared(cls, path)
    return here if isinstance(here, type) and dataclasses.is_dataclass(here) else None


def _keys(cls: type, path: Path) -> list[str]:
    owner = _class_at(cls, path)
    return [f.name for f in dataclasses.fields(owner)] if owner else []


def _patch(cls: type, data: Any, path: Path, kind: str) -> None:
    """Change `data` at `path` so that it can be read leniently, if that can be done."""
    here: Any = data
    for part in path[:-1]:
        try:
            here = here[part]
        except (KeyError, IndexError, TypeError):
            return
    if not path or not isinstance(here, dict | list):
        return
    if kind in _UNKNOWN and isinstance(here, dict):
        here.pop(path[-1], None)
    elif isinstance(path[-1], str) and isinstance(here, dict):
        owner = _class_at(cls, path[:-1])
        here[path[-1]] = _stand_in(declared(cls, path)) if owner else None


def _stand_in(hint: Any) -> Any:
    hint = get_args(hint)[0] if get_origin(hint) is Annotated else hint
    if get_origin(hint) is Literal:
        return get_args(hint)[0]
    if get_origin(hint) is tuple:
        return []
    return {str: "", int: 0, bool: False}.get(hint)


def settle(value: T) -> tuple[T, Uncertainty]:
    """The record with plain floats, and the ranges and ledger keys that its numbers carried."""
    ranges: dict[str, Distribution] = {}
    keys: dict[str, str] = {}
    plain = _settle(value, "", ranges, keys)
    return plain, Uncertainty(ranges=ranges, ledger=keys)


def _settle(value: Any, path: str, ranges: dict[str, Distribution], keys: dict[str, str]) -> Any:
    if isinstance(value, Uncertain):
        if value.distribution is not None:
            ranges[path] = value.distribution
        if value.ledger is not None:
            keys[path] = value.ledger
        return float(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changes = {
            f.name: _settle(getattr(value, f.name), f"{path}.{f.name}".lstrip("."), ranges, keys)
            for f in dataclasses.fields(value)
        }
        return type(value)(**changes)
    if isinstance(value, tuple):
        return tuple(_settle(x, f"{path}.{label(x, i)}", ranges, keys) for i, x in enumerate(value))
    if isinstance(value, dict):
        return {k: _settle(x, f"{path}.{k}".lstrip("."), ranges, keys) for k, x in value.items()}
    return value


def label(item: Any, index: int) -> str:
    """How a list item is addressed: by its name, or by its position if it has none."""
    name = getattr(item, "name", None)
    return name if isinstance(name, str) and name else str(index)
