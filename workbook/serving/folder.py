"""The folder of a server that runs: the sockets of its kernels, and nothing that is to stay."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
from pathlib import Path
from typing import IO

LOCK = "in-use"  # a file that the server holds locked for as long as it lives, however it ends


def hold(folder: str | os.PathLike[str]) -> IO[bytes]:
    """Mark ``folder`` as in use until the process ends or the file that is returned is closed."""
    new = Path(folder, f"{LOCK}.new")
    file = new.open("wb")
    fcntl.flock(file, fcntl.LOCK_EX)
    new.rename(new.with_name(LOCK))  # only now it counts: a mark that nobody holds is an old one
    return file


def own_places(folder: str) -> dict[str, str]:
    """Return the environment in which IPython writes into ``folder``, not into the home folder.

    That may be one that cannot be written, and it would keep something of every visit.
    """
    return {"IPYTHONDIR": str(Path(folder, "ipython"))}


def clear_others(folder: str | os.PathLike[str]) -> None:
    """Remove the folders beside ``folder`` that servers of ours have left behind.

    A server that is killed cannot do it. What belongs to another user or program, or is in use,
    stays.
    """
    own = Path(folder)
    for mark in own.parent.glob(f"{own.name.partition('_')[0]}_*/{LOCK}"):
        with contextlib.suppress(OSError):
            if mark.parent != own and mark.lstat().st_uid == os.geteuid() and _is_free(mark):
                shutil.rmtree(mark.parent)


def _is_free(mark: Path) -> bool:
    with mark.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True
