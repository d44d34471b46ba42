"""A page and its kernel after a gap, in Firefox: the tests of Chromium's."""

from __future__ import annotations

import pytest

from tests.browser.test_catching_up import (
    network,
    screen,
    test_what_the_kernel_cleared_unheard_stays_so,
    test_what_was_cleared_in_a_gap_stays_so,
    test_what_was_lost_whole_is_seen_to_be_lost,
)

__all__ = [
    "network",
    "screen",
    "test_what_the_kernel_cleared_unheard_stays_so",
    "test_what_was_cleared_in_a_gap_stays_so",
    "test_what_was_lost_whole_is_seen_to_be_lost",
]

pytestmark = pytest.mark.firefox
