"""The shipped instruments, and how hard hypothesis looks."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.core.making import load
from workbook import Instrument, load_instrument

DATA = Path(__file__).parents[2] / "data"

# Random while working, the same every time in CI. No deadline: a machine may be busy.
# EXAMPLES=5000 looks harder.
settings.register_profile(
    "core",
    deadline=None,
    max_examples=int(os.environ.get("EXAMPLES", "60")),
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("core")


@pytest.fixture(scope="session")
def friendship() -> Instrument:
    return load_instrument(DATA / "friendship.toml")


@pytest.fixture(scope="session")
def car() -> Instrument:
    return load_instrument(DATA / "examples" / "car.toml")


@pytest.fixture(scope="session")
def nineteen() -> Instrument:
    return load((Path(__file__).parent / "nineteen.toml").read_text())


@pytest.fixture(scope="session")
def small() -> Instrument:
    return load((Path(__file__).parent / "small.toml").read_text())


def pytest_configure(config: pytest.Config) -> None:
    # A failing example shows its instrument, however long. As an error, that would hide it.
    config.addinivalue_line("filterwarnings", "ignore:Generating overly large repr")
