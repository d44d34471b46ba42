"""What holds for all tests: their order, and how often garbage is looked for."""

import gc
import os

import pytest

os.environ.pop("WORKBOOK_LANGUAGE", None)  # the tester's own choice


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the browser last: Playwright keeps an event loop running, which others start anew."""
    items.sort(key=lambda item: "tests/browser/" in item.path.as_posix())


def pytest_collection_finish() -> None:
    """Look for garbage less often: with all tests in memory that takes an eighth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
