"""The order of all tests."""

import os

import pytest

os.environ.pop("WORKBOOK_LANGUAGE", None)  # the tester's own choice


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the browser last: Playwright keeps an event loop running, which others start anew."""
    items.sort(key=lambda item: "tests/browser/" in item.path.as_posix())
