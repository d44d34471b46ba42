"""Tables in parts on a cluster: the same scores, also when a worker dies in the middle."""

import os
import pickle
import signal
from collections.abc import Iterator
from pathlib import Path

import dask
import dask.dataframe as dd
import numpy as np
import pandas as pd
import pytest
from distributed import Client, LocalCluster

from workbook import AnswerError, Instrument, assess_table

PARTS, ROWS = 12, 50


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """Start two processes on this machine."""
    places = {"temporary-directory": str(tmp_path_factory.mktemp("dask"))}
    quiet = {"distributed.admin.system-monitor.gil.enabled": False, "distributed.logging": {}}
    with (
        dask.config.set(places | quiet),
        LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50
        ) as cluster,
        Client(cluster) as client,
    ):
        yield client


def people(number: int) -> pd.DataFrame:
    """Return one part of a made-up table, the same each time."""
    chance = np.random.default_rng(number)
    signs = np.array(["no", "not sure", "yes", None], dtype=object)
    return pd.DataFrame(
        {
            "up": chance.integers(-2, 3, ROWS),
            "down": np.where(chance.random(ROWS) < 0.2, np.nan, chance.integers(0, 5, ROWS)),
            "box": chance.random(ROWS) < 0.5,
            "sign": pd.Series(chance.choice(signs, ROWS), dtype="str"),
        },
        index=range(number * ROWS, (number + 1) * ROWS),
    )


def test_the_scores_are_the_same_though_a_worker_dies(
    client: Client, small: Instrument, tmp_path: Path
) -> None:
    died = tmp_path / "died"
    make = people

    def part(number: int) -> pd.DataFrame:
        """Return a part; whoever is first to make this one is killed on the way."""
        if number == PARTS // 2 and not died.exists():
            died.write_text(str(os.getpid()))
            os.kill(os.getpid(), signal.SIGKILL)
        return make(number)

    before = set(client.run(os.getpid).values())
    table = dd.from_map(part, range(PARTS), meta=people(0).iloc[:0])
    found = assess_table(small, table).compute()
    whole = assess_table(small, pd.concat(map(people, range(PARTS))))
    assert int(died.read_text()) in before
    pd.testing.assert_frame_equal(found, whole)
    assert found["outcome"].nunique() == 3


def test_what_it_will_look_like_is_known_before(small: Instrument) -> None:
    table = dd.from_pandas(people(0), npartitions=3)
    later = assess_table(small, table)
    assert isinstance(later, dd.DataFrame)
    with dask.config.set(scheduler="synchronous"):
        now = later.compute()
    assert list(later.columns) == list(now.columns)
    assert list(later.dtypes) == list(now.dtypes)
    assert later.divisions == table.divisions


def test_a_wrong_value_comes_back_with_its_row(client: Client, small: Instrument) -> None:
    table = people(0)
    table.loc[17, "up"] = 9
    with pytest.raises(AnswerError) as caught:
        assess_table(small, dd.from_pandas(table, npartitions=3)).compute()
    assert (caught.value.item, caught.value.value, caught.value.row) == ("up", 9, 17)
    assert str(caught.value).startswith("Row 17, up: 9 is not an answer here")
    assert client.status == "running"


def test_an_unknown_column_is_refused_at_once(small: Instrument) -> None:
    with pytest.raises(AnswerError):
        assess_table(small, dd.from_pandas(pd.DataFrame({"what": [1]}), npartitions=1))


def test_an_error_survives_the_way_between_processes(small: Instrument) -> None:
    with pytest.raises(AnswerError) as caught:
        assess_table(small, pd.DataFrame({"up": [9]}))
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301  # our own
    assert (str(again), again.item, again.row) == (str(caught.value), "up", 0)
