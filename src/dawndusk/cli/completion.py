"""What the shell offers for an argument: the names of what ships, and files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import click
from click.shell_completion import CompletionItem

Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]
LIBRARY: Final = Path(__file__).parents[1] / "library"


def names_of(*folders: str) -> Completer:
    """Names of what ships in folders of the library (``scenarios``, ``satellites`` ...), then files."""

    def complete(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
        names = sorted(path.stem for folder in folders for path in (LIBRARY / folder).glob("*.yaml"))
        return [CompletionItem(name) for name in names if name.startswith(typed)] + [
            CompletionItem(typed, type="file")
        ]

    return complete
