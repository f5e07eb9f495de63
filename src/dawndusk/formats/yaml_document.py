"""YAML text as plain data that remembers its lines."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError, YAMLWarning
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from dawndusk.core.errors import Problem, UserError

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """Plain data of a YAML text, with the line of each value."""

    data: Any
    lines: Mapping[Path, int]
    file: str

    def line(self, path: Path) -> int | None:
        """Line of the value at `path`, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path)

    def at(self, path: Path) -> Any:
        """The value at `path`, which must be one of `lines`."""
        here = self.data
        for part in path:
            here = here[part]
        return here

    def dotted(self, path: Path) -> str:
        """`path` in words, list items by their name: ``ground.sites.texas.pue``."""
        return ".".join(self._words(path)) or "(whole file)"

    def position(self, dotted: str) -> Path:
        """The path that `dotted` gives; as far as it exists."""
        here = self.data
        found: list[str | int] = []
        for word in dotted.split("."):
            if isinstance(here, list):
                names = [x.get("name") if isinstance(x, dict) else None for x in here]
                index = names.index(word) if word in names else int(word) if word.isdigit() else len(here)
                found.append(index)
                here = here[index] if index < len(here) else None
            else:
                found.append(word)
                here = here.get(word) if isinstance(here, dict) else None
        return tuple(found)

    def problem(self, path: Path, read: object, expected: str, write: str) -> Problem:
        """A Problem at `path` with file and line filled in."""
        where = self.dotted(path)
        return Problem(
            path=where, read=str(read), expected=expected, write=write, file=self.file, line=self.line(path)
        )

    def _words(self, path: Path) -> Iterator[str]:
        here = self.data
        for part in path:
            try:
                here = here[part]
            except (KeyError, IndexError, TypeError):
                here = None
            name = here.get("name") if isinstance(part, int) and isinstance(here, dict) else None
            yield name if isinstance(name, str) and name else str(part)


class _Reading:
    """One pass over the nodes: lines and mistakes found on the way."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Path, int] = {(): 1}
        self.problems: list[Problem] = []
        self.open: set[int] = set()

    def plain(self, node: Node, path: Path) -> Any:
        """The node as plain data."""
        self.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, ScalarNode):
            return _scalar(node)
        if id(node) in self.open:
            self._add(path, node, "an alias inside the thing it stands for", "data without a loop")
            return None
        self.open.add(id(node))
        made = (self._mapping if isinstance(node, MappingNode) else self._list)(node, path)
        self.open.discard(id(node))
        return made

    def _list(self, node: Node, path: Path) -> list[Any]:
        return [self.plain(value, (*path, i)) for i, value in enumerate(node.value)]

    def _mapping(self, node: Node, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in node.value:
            name = str(key.value)
            if name in found:
                self._add((*path, name), key, f"the key '{name}' for the second time", "each key once")
                continue
            self.lines[(*path, name)] = key.start_mark.line + 1
            found[name] = self.plain(value, (*path, name))
        return found

    def _add(self, path: Path, node: Node, read: str, expected: str) -> None:
        where, line = ".".join(map(str, path)), node.start_mark.line + 1
        self.problems.append(
            Problem(
                path=where, read=read, expected=expected, write="remove it here", file=self.file, line=line
            )
        )


def read_document(text: str, file: str) -> Document:
    """Plain data and lines of a YAML text.

    Raises
    ------
    UserError
        If the text is no YAML, a key stands twice in one mapping, or an alias contains itself.
    """
    try:
        with warnings.catch_warnings(action="ignore", category=YAMLWarning):  # an anchor may be used again
            node = YAML(typ="safe", pure=True).compose(text)
        reading = _Reading(file)
        data = reading.plain(node, ()) if node is not None else None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _no_yaml(file, error.problem, mark.line + 1 if mark else None) from None
    except (YAMLError, RecursionError) as error:
        said = "lists nested too deep" if isinstance(error, RecursionError) else str(error).split("\n")[0]
        raise _no_yaml(file, said, None) from None
    if reading.problems:
        raise UserError(*reading.problems)
    return Document(data=data, lines=reading.lines, file=file)


def _no_yaml(file: str, said: str | None, line: int | None) -> UserError:
    return UserError(
        Problem(
            path="(whole file)",
            read=(said or "unreadable text").strip(),
            expected="YAML: 'key: value' lines, indented with spaces",
            write="correct this line or the one before it",
            file=file,
            line=line,
        )
    )


def _scalar(node: ScalarNode) -> Any:
    kind = str(node.tag).rsplit(":", 1)[-1]
    text = str(node.value)
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() in ("true", "yes", "on")
    if kind == "int":
        digits = text.replace("_", "")
        return int(digits) if digits.lstrip("+-").isdecimal() else int(digits, 0)
    if kind == "float":
        return float(text.replace(".inf", "inf").replace(".nan", "nan").replace("_", ""))
    return text
