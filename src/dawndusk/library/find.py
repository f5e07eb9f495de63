"""One finder for all that ships and all that a user names: a shelf of the library, or a file of his own."""

from __future__ import annotations

import difflib
import stat
from functools import cache
from pathlib import Path
from typing import Final

from dawndusk.core.errors import Problem, UserError
from dawndusk.core.records import record

LARGEST: Final = 5_000_000  # B; what we read is some kB, a wrong file may be anything
HERE: Final = Path(__file__).parent


@record
class Shelf:
    """One kind of file that ships and that a user may write.

    Parameters
    ----------
    folder : str
        Below the library.
    what : str
        The kind in words: ``a scenario``.
    argument : str
        What messages call it when it is asked for on the command line.
    first : str
        A shipped name that is proposed where none is near.
    """

    folder: str
    what: str
    argument: str
    first: str


SCENARIOS: Final = Shelf(folder="scenarios", what="a scenario", argument="scenario", first="colossus")
SATELLITES: Final = Shelf(
    folder="satellites", what="a satellite design", argument="PRESET|FILE", first="ai1-2026-06"
)
CONSTELLATIONS: Final = Shelf(
    folder="constellations", what="a constellation", argument="NAME|FILE", first="spacex_2026_05"
)


@record
class Source:
    """A text that was read, and where from.

    Parameters
    ----------
    name : str
        The shipped name, or the path as the user wrote it.
    file : str
        Name for messages: ``colossus.yaml`` of a shipped one.
    text : str
        All of it.
    folder : Path or None
        Where paths inside it are meant from; None for a shipped one.
    """

    name: str
    file: str
    text: str
    folder: Path | None

    @property
    def shipped(self) -> bool:
        """Whether it came with the program."""
        return self.folder is None


@cache
def shelved(shelf: Shelf) -> dict[str, Path]:
    """Shipped names and their files, sorted."""
    return {path.stem: path for path in sorted((HERE / shelf.folder).glob("*.yaml"))}


def first_lines(shelf: Shelf) -> dict[str, str]:
    """Shipped names, and the first line of the comment on each."""
    texts = {name: path.read_text("utf-8") for name, path in shelved(shelf).items()}
    return {name: text.splitlines()[0].lstrip("# ") for name, text in texts.items()}


def find(shelf: Shelf, word: str | Path, *, folder: Path | None = None) -> Source:
    """The text of a shipped name or of a file.

    Parameters
    ----------
    shelf : Shelf
        Of what kind.
    word : str or path
        A shipped name, or the path of a file.
    folder : Path, optional
        Where a relative path is meant from: the folder of the file that names it. The current one if
        not given.

    Raises
    ------
    UserError
        If there is no such name or file, or it is no regular file, too large, or no UTF-8 text.
    """
    said = str(word)
    if said in shelved(shelf):
        path = shelved(shelf)[said]
        return Source(name=said, file=path.name, text=_text(path, path.name, shelf), folder=None)
    path = Path(folder or ".", said)
    if not said.strip("\0") or "\0" in said or not path.exists():
        raise _unknown(shelf, said)
    return Source(name=said, file=said, text=_text(path, said, shelf), folder=path.parent)


def _text(path: Path, name: str, shelf: Shelf) -> str:
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            kind = "a folder" if stat.S_ISDIR(about.st_mode) else "no regular file"
            raise _unreadable(shelf, name, kind)
        if about.st_size > LARGEST:
            raise _unreadable(shelf, name, f"a file of {about.st_size / 1e6:.0f} MB")
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        raise _unreadable(shelf, name, "bytes that are no UTF-8 text") from None
    except OSError as error:
        raise _unreadable(shelf, name, error.strerror or type(error).__name__) from None


def _unknown(shelf: Shelf, word: str) -> UserError:
    names = list(shelved(shelf))
    is_file = word.endswith((".yaml", ".yml")) or "/" in word
    near = difflib.get_close_matches(Path(word).stem if is_file else word, names, n=1) or [shelf.first]
    what = "no file of this name" if is_file else f"'{word}', neither a file nor a shipped name"
    expected = f"{shelf.what} that ships ({', '.join(names)}), or a file that exists"
    return UserError(Problem(path=shelf.argument, read=what, expected=expected, write=near[0], file=word))


def _unreadable(shelf: Shelf, name: str, said: str) -> UserError:
    return UserError(
        Problem(
            path="(whole file)", read=said, expected=f"{shelf.what} in YAML", write=shelf.first, file=name
        )
    )
