"""What a kind of supply is: its record, its words, its checks, and how Offers are made of it.

Each kind is one file of this package, which ends with its `Kind`. `supply.scenario` names them all; what
loops over kinds (assembly, checks, counts, reference pages, the report's words) reads that tuple and knows no
kind.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, Literal

from dawndusk.core.calendar import quarter_number
from dawndusk.core.errors import Problem
from dawndusk.core.offers import Offer, Resource
from dawndusk.core.records import record

Part = Literal["chips", "shell", "power", "energy", "platform", "launch", "operations", "contract"]
Files = Mapping[str, Any]
LeftOut = tuple[str, str]  # name and reason of what cannot work
Made = Offer | LeftOut


@record
class Words:
    """How an order of one kind is said, and what its cost counts as.

    Parameters
    ----------
    kind : str
        `Offer.kind` of the offers that are spoken of in these words.
    verb : str
        Before what is ordered: ``lease``, ``order chips for``.
    verb_many : str
        The same before several; empty if it is no other.
    form : {"each", "whole", "sum", "count"}
        Each with its own amount (``rent A (1 GW) and B (2 GW)``); each whole, or the part of it that is taken
        (``lease 60 % of A``); all names with their sum (``build halls in A and B (3 GW)``); or the sum first
        (``order 40 satellites (AI1)``).
    chief : bool
        Whether the first sentence of the report speaks of it before all others.
    place : bool
        Whether a place says enough: ``Texas`` and not ``Texas, grid queue``.
    unit : str
        What an order counts in: the unit of its offers.
    smallest : float
        Amount worth naming, in `unit`.
    capital, running : str
        Part of the unit cost that its capital and its running cost belong to.
    """

    kind: str
    verb: str
    verb_many: str = ""
    form: Literal["each", "whole", "sum", "count"] = "each"
    chief: bool = False
    place: bool = False
    unit: str
    smallest: float
    capital: Part = "contract"
    running: Part = "contract"


def nothing(*_: Any) -> tuple[()]:
    """No resource of its own, or nothing to check beyond what its fields declare."""
    return ()


@record
class Kind:
    """A kind of supply.

    Parameters
    ----------
    block : str
        Where its items stand in a scenario: ``leases``, ``ground.sites``.
    item : type
        Record of one item; it has a name, a label and a standing.
    title : str
        Many of them, in words: ``power plants``.
    words : tuple of Words
        One for each kind of offer that it makes.
    offers : callable
        (item, market, files) -> Offers, and name and reason of what cannot work. `files` holds what items
        name by file, read: satellite designs by their name in the scenario.
    resources : callable
        (item, market) -> Resources that its offers give and draw.
    checks : callable
        (item, market) -> Problems, with paths from the item on; what the fields' own declarations do not say.
    example : str
        One item as YAML, for the reference page; it fits into the scenario ``tiny``.
    """

    block: str
    item: type
    title: str
    words: tuple[Words, ...]
    offers: Callable[[Any, Any, Files], Iterable[Made]]
    resources: Callable[[Any, Any], Iterable[Resource]] = nothing
    checks: Callable[[Any, Any], Iterable[Problem]] = nothing
    example: str

    def items(self, scenario: object) -> tuple[Any, ...]:
        """The scenario's items of this kind."""
        found: tuple[Any, ...] = attrgetter(self.block)(scenario)
        return found


def one(make: Callable[[Any, Any], Offer]) -> Callable[[Any, Any, Files], Iterable[Made]]:
    """Offers of a kind whose items name no file and make one offer each."""
    return lambda item, market, _files: (make(item, market),)


def several(make: Callable[[Any, Any], Iterable[Offer]]) -> Callable[[Any, Any, Files], Iterable[Made]]:
    """The same of a kind whose items make several offers."""
    return lambda item, market, _files: make(item, market)


def wrong(path: str, read: str, expected: str, write: str) -> Problem:
    """One thing that does not fit, at a path from the item on."""
    return Problem(path=path, read=read, expected=expected, write=write)


def quarter_or_none(text: str) -> int | None:
    """Number of a quarter; None for a text that could not be read (checks see such scenarios too)."""
    try:
        return quarter_number(text)
    except ValueError:
        return None


def known(path: str, name: str, names: Sequence[str], what: str, *, blank: bool = False) -> Iterator[Problem]:
    """Whether a text is one of the names that it may be."""
    if name in names or (blank and not name):
        return
    near = difflib.get_close_matches(name, names, n=1) or list(names[:1]) or ['""']
    listed = ", ".join(names) or "there is none"
    yield wrong(
        path,
        f"'{name}'",
        f"the name of a {what} ({listed}{', or empty for none' if blank else ''})",
        f"{path.rsplit('.', 1)[-1]}: {near[0]}",
    )
