"""Files written aside, then renamed: a reader sees the old file or the whole new one, never a half."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from dawndusk.core.errors import Problem, UserError


def _unwritable(path: Path, error: OSError) -> UserError:
    return UserError(
        Problem(
            path="output file",
            read=f"'{path}': {(error.strerror or str(error)).lower()}",
            expected="a file that can be made in a folder that can be written",
            write="another file or folder",
            file=str(path),
        )
    )


@contextlib.contextmanager
def place_aside(path: Path, told: Callable[[Path, OSError], UserError] = _unwritable) -> Iterator[Path]:
    """A path to write to, which becomes `path` in one step when the block ends without an error.

    Parameters
    ----------
    path : Path
        File to make or replace; its folder is made if it is not there.
    told : callable
        What the user is told of a file that cannot be written.

    Raises
    ------
    UserError
        If the folder cannot be made or written.

    Notes
    -----
    An interrupted write leaves an older file as it was. Only a killed process can leave its unfinished
    ``.NAME.PID.part`` behind.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "a folder of this name is in the way")
        yield part
        _settle(part)
        part.replace(path)
    except OSError as error:
        raise told(path, error) from None
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


@contextlib.contextmanager
def aside(path: Path) -> Iterator[BinaryIO]:
    """A binary file to fill, which becomes `path` in one step, as by `place_aside`."""
    with place_aside(path) as part, part.open("wb") as file:
        yield file


def write_text(path: Path, text: str) -> Path:
    """Write text (UTF-8, line ends as they are) to `path` in one step; the path."""
    with aside(path) as file:
        file.write(text.encode("utf-8"))
    return path


def _settle(path: Path) -> None:
    """The file's bytes on the disk before its name is: a power cut must not leave an empty file."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
