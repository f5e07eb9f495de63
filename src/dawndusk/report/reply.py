"""What every question of the Python interface answers with: data, a document, and what was found."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from dawndusk.core.errors import problem
from dawndusk.report import csv, html, terminal
from dawndusk.report.document import Document, Table

if TYPE_CHECKING:
    import pandas as pd

WIDTH = 100  # columns of the text form


class Reply(Mapping[str, Any]):
    """One answer: a mapping of its data (the keys of ``--json``), with views.

    Fields and methods of what was found are its own too: ``dd.satellite(...).budget.mass.total``.

    Parameters
    ----------
    data : mapping
        What ``--json`` prints: plain numbers and texts, units in the keys.
    document : Document
        The same for people.
    found : object
        The record it was made from.
    """

    def __init__(self, data: Mapping[str, Any], document: Document, found: object = None) -> None:
        self._data = dict(data)
        self.document = document
        self.found = found

    def __getitem__(self, key: str) -> Any:
        """A value of the data; KeyError with the keys there are."""
        if key not in self._data:
            raise KeyError(f"no '{key}' here; the keys are {', '.join(self._data)}")
        return self._data[key]

    def __iter__(self) -> Iterator[str]:
        """The keys of the data."""
        return iter(self._data)

    def __len__(self) -> int:
        """How many keys the data has."""
        return len(self._data)

    def __getattr__(self, name: str) -> Any:
        """What is not its own is looked for in what was found."""
        if name.startswith("_") or not hasattr(self.found, name):
            raise AttributeError(f"this answer has no '{name}'; its data has {', '.join(self._data)}")
        return getattr(self.found, name)

    @property
    def tables(self) -> list[str]:
        """Titles of its tables, for `table`."""
        return list(self._titled())

    def table(self, title: str | int = 0) -> pd.DataFrame:
        """One of its tables for pandas: numbers in full, in the unit that the column names.

        Raises
        ------
        UserError
            For a title or number that is not there.
        """
        import pandas as pd

        named = self._titled()
        made, titles = list(named.values()), list(named)
        place = title if isinstance(title, int) else titles.index(title) if title in titles else -1
        if not 0 <= place < len(made):
            raise problem(
                "table", title, f"one of {', '.join(titles) or 'no tables'}", titles[0] if titles else "-"
            )
        return pd.read_csv(io.StringIO(csv.one(made[place])))

    def _titled(self) -> dict[str, Table]:
        """Tables by title; of several with one title the later ones are numbered."""
        found: dict[str, Table] = {}
        for made in self.document.tables:
            count = sum(1 for title in found if title.partition(" #")[0] == made.caption)
            found[f"{made.caption} #{count + 1}" if count else made.caption] = made
        return found

    def __repr__(self) -> str:
        """One line: what it is about, and the answer."""
        return f"<dawndusk answer: {' '.join(f'{self.document.title}. {self.document.sentence}'.split())}>"

    def __str__(self) -> str:
        """As the command line prints it."""
        return terminal.render(self.document, width=WIDTH, colour=False)

    def _repr_html_(self) -> str:
        """For notebooks."""
        return str(html.render(self.document))
