"""What goes wrong in Chromium's tests goes wrong here too, and must end as well."""

from __future__ import annotations

import pytest

from tests.browser.test_early import test_begin_works_before_the_workbook_is_there
from tests.browser.test_front import (
    test_an_answer_before_the_connection_is_sent_when_it_comes,
    test_messages_that_no_one_asked_for_change_nothing,
    test_where_the_page_came_with_another_state_the_kernel_is_right,
)
from tests.browser.test_link import (
    patient,
    test_a_kernel_that_hangs_and_then_is_killed,
    test_a_page_that_nobody_uses_ends,
    test_a_page_that_slept_catches_up_or_says_what_it_missed,
    test_a_server_that_stops_and_starts_again,
    test_gaps_that_nobody_need_notice,
    test_what_was_lost_on_the_way_is_sent_again,
)
from tests.browser.test_opening import (
    impatient,
    test_a_kernel_that_is_killed_while_the_page_loads_is_missed,
    test_a_script_that_does_not_come_is_said_at_once,
)

__all__ = [
    "impatient",
    "patient",
    "test_a_kernel_that_hangs_and_then_is_killed",
    "test_a_kernel_that_is_killed_while_the_page_loads_is_missed",
    "test_a_page_that_nobody_uses_ends",
    "test_a_page_that_slept_catches_up_or_says_what_it_missed",
    "test_a_script_that_does_not_come_is_said_at_once",
    "test_a_server_that_stops_and_starts_again",
    "test_an_answer_before_the_connection_is_sent_when_it_comes",
    "test_begin_works_before_the_workbook_is_there",
    "test_gaps_that_nobody_need_notice",
    "test_messages_that_no_one_asked_for_change_nothing",
    "test_what_was_lost_on_the_way_is_sent_again",
    "test_where_the_page_came_with_another_state_the_kernel_is_right",
]

pytestmark = pytest.mark.firefox
