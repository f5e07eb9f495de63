"""How commands show that long work goes on."""

from __future__ import annotations

import sys
from typing import Any, Self

from dawndusk.cli.output import tell


class Progress:
    """A line on standard error while work goes on; nothing where nobody looks.

    Parameters
    ----------
    quiet : bool
        Say nothing at all.
    """

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._shown: Any = None
        self._task: Any = None

    def __enter__(self) -> Self:
        if not self._quiet and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

            self._shown = Progress(
                BarColumn(bar_width=24),
                TimeElapsedColumn(),
                TextColumn("{task.description}"),
                console=Console(stderr=True),
                transient=True,
            )
            self._shown.start()
            self._task = self._shown.add_task("", total=1.0)
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown is not None:
            self._shown.stop()

    def say(self, share: float, text: str) -> None:
        """Show how far the work is; sizes of the problem stay on screen."""
        if self._quiet:
            return
        if self._shown is not None:
            if "non-zeros" in text or "solved in" in text:
                self._shown.console.print(f"[dim]{text}[/dim]")
            self._shown.update(self._task, completed=share, description=text)
        else:
            tell(f"{share:4.0%}  {text}")
