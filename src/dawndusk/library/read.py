"""Scenario files: found, read, checked; all mistakes at once."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dawndusk import ledger
from dawndusk.core.errors import Problem, UserError, problem
from dawndusk.core.ranges import Uncertainty
from dawndusk.formats.yaml_document import Document, read_document
from dawndusk.formats.yaml_records import examine, read_value, settle
from dawndusk.library.addresses import hint_at, replace_paths
from dawndusk.library.checks import findings
from dawndusk.library.origins import EXPLAINED, written
from dawndusk.supply.scenario import Scenario

_SHIPPED = Path(__file__).parent / "scenarios"
_LARGEST = 5_000_000  # B; a scenario file is some kB, a wrong file may be anything


def shipped() -> list[str]:
    """Names of the scenarios that come with the program."""
    return sorted(path.stem for path in _SHIPPED.glob("*.yaml"))


def read(file_or_name: str | Path) -> tuple[Scenario, Uncertainty]:
    """The scenario of a file or of a shipped name, and the ranges of its numbers.

    Parameters
    ----------
    file_or_name : str or path
        ``my.yaml``, ``folder/my.yaml``, or the name of a shipped scenario (``colossus``).

    Raises
    ------
    UserError
        With every problem of the file at once: path, line, what was read and what to write.
    """
    text, name = text_of(file_or_name)
    return read_text(text, name)


def read_text(text: str, file: str) -> tuple[Scenario, Uncertainty]:
    """As `read`, from the text of a file; `file` is the name for messages."""
    document = read_document(text, file)
    made, problems = examine(Scenario, document, ledger.range_of)
    if made is not None:
        problems += _cross_checks(made, document, {p.path for p in problems})
    if problems or made is None:
        raise UserError(*sorted(problems, key=lambda p: (p.line or 0, p.path)))
    plain, uncertainty = settle(made)
    return plain, dataclasses.replace(uncertainty, explained=_explained(plain.name, text, document))


def _explained(name: str, text: str, document: Document) -> frozenset[str]:
    """Addresses of a copy of the explained scenario where it still says what the original says."""
    if name != EXPLAINED:
        return frozenset()
    mine = written(document)
    original, file = text_of(EXPLAINED)
    theirs = mine if text == original else written(read_document(original, file))
    return frozenset(path for path, said in mine.items() if theirs.get(path) == said)


def _cross_checks(made: Scenario, document: Document, known: set[str]) -> list[Problem]:
    found = []
    for finding in findings(made):
        path = document.position(finding.path)
        if not any(finding.path == k or finding.path.startswith(f"{k}.") for k in known):
            found.append(document.problem(path, finding.read, finding.expected, finding.write))
    return found


def set_values(
    scenario: Scenario, uncertainty: Uncertainty, texts: Mapping[str, str]
) -> tuple[Scenario, Uncertainty]:
    """The scenario with some values replaced by text as it would stand in the file.

    Parameters
    ----------
    scenario, uncertainty : Scenario, Uncertainty
        As `read` gives them; neither is changed.
    texts : mapping of str to str
        Address to text: ``{"orbit.launch.price": "30e6 USD/launch"}``; a range ``{low: .., mode: ..,
        high: ..}`` and ``{ledger: KEY}`` are read too. A plain number loses the range it had.

    Raises
    ------
    UserError
        With all wrong addresses, values and contradictions at once.
    """
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for path, text in texts.items():
        try:
            if path.rsplit(".", 1)[-1] in ("name", "format"):
                raise problem(path, "a name", "a value; names are addresses", "change it in the file")
            values[path] = read_value(hint_at(scenario, path), text, path, "--set", ledger.range_of)
        except UserError as error:
            problems += error.problems
    if problems:
        raise UserError(*problems)
    made = replace_paths(scenario, values)
    found = [Problem(path=f.path, read=f.read, expected=f.expected, write=f.write) for f in findings(made)]
    if found:
        raise UserError(*found)
    ranges = {k: v for k, v in uncertainty.ranges.items() if k not in values}
    keys = {k: v for k, v in uncertainty.ledger.items() if k not in values}
    plain, changed = settle(made)
    return plain, Uncertainty(
        ranges=ranges | dict(changed.ranges),
        ledger=keys | dict(changed.ledger),
        explained=uncertainty.explained - values.keys(),
    )


def text_of(file_or_name: str | Path) -> tuple[str, str]:
    """Text of a scenario file or shipped scenario, and the name to print in messages.

    Raises
    ------
    UserError
        If there is no such file or shipped scenario, or it is no text.
    """
    word = str(file_or_name)
    if word in shipped():
        path, name = _SHIPPED / f"{word}.yaml", f"{word}.yaml"
    else:
        path, name = Path(word), word
        if not path.exists():
            raise _unknown(word)
    try:
        if path.stat().st_size > _LARGEST:
            raise _unreadable(name, f"a file of {path.stat().st_size / 1e6:.0f} MB")
        return path.read_text(encoding="utf-8"), name
    except UnicodeDecodeError:
        raise _unreadable(name, "bytes that are no UTF-8 text") from None
    except OSError as error:
        raise _unreadable(name, error.strerror or type(error).__name__) from None


def _unknown(word: str) -> UserError:
    names = shipped()
    is_file = word.endswith((".yaml", ".yml")) or "/" in word
    near = difflib.get_close_matches(word, names, n=1)
    what = "no file of this name" if is_file else f"'{word}', neither a file nor a shipped scenario"
    expected = f"a scenario file, or a shipped scenario: {', '.join(names)}"
    return UserError(
        Problem(path="scenario", read=what, expected=expected, write=near[0] if near else names[0], file=word)
    )


def _unreadable(name: str, said: str) -> UserError:
    return UserError(
        Problem(
            path="(whole file)", read=said, expected="a scenario in YAML", write="another file", file=name
        )
    )
