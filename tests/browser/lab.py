"""JupyterLab as a person uses it: open a notebook, wait for its kernel, run everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

SLOW = 60_000  # milliseconds JupyterLab and a kernel may take to start, on a slow machine


def run_all(page: Page, lab_url: str, notebook: str = "notebooks/workbook.ipynb") -> None:
    """Open ``notebook`` and run all of its cells. Returns as soon as they are on their way."""
    page.goto(f"{lab_url}lab/tree/{notebook}")
    # JupyterLab skips cells, without a word, that are run before the kernel is there.
    expect(page.get_by_role("button", name="| Idle")).to_be_visible(timeout=SLOW)
    run_again(page)


def run_again(page: Page) -> None:
    """Run all cells of the notebook that is open."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
