"""What the author of an instrument should know of it, though it works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.scoring.reach import out_of_reach

if TYPE_CHECKING:
    from workbook.instrument.model import Instrument


def remarks(instrument: Instrument) -> tuple[str, ...]:
    """Say what its author should know of a sound instrument.

    Parameters
    ----------
    instrument
        What :func:`load_instrument` returned.

    Returns
    -------
    tuple of str
        A sentence for each outcome of the rules that no answers lead to, because of caps and floors
        or because of where the bands lie. Empty for most.

    Examples
    --------
    >>> import workbook
    >>> workbook.remarks(workbook.load_instrument("data/examples/car.toml"))
    ()

    """
    return tuple(
        instrument.words("remark.out-of-reach", outcome=outcome)
        for outcome in out_of_reach(instrument)
    )
