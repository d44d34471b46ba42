"""The order of all tests."""

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the browser last: Playwright keeps an event loop running, which others start anew."""
    items.sort(key=lambda item: "tests/browser/" in item.path.as_posix())
