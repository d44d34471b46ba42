"""What is remembered on request, and whether the note beside the save button is true."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import ipywidgets as w
import pytest

from tests.views.test_files import BAD, GOOD, MIXED
from tests.views.walk import CAR, FRIENDSHIP, Pages, at_once, enter, find, read, tell
from workbook import Workbook, load_instrument, read_checkin, write_checkin
from workbook.page.snapshot import Snapshots
from workbook.page.views.frame import Frame
from workbook.page.views.remember import Remember

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.views.conftest import Message


def remember(pages: Pages) -> Any:
    return find(pages.save, Remember)


def switch(pages: Pages, *, on: bool) -> None:
    """Tick the box or untick it, as the page does."""
    remember(pages).set_state({"on": on})


def keeps(sent: list[Message]) -> list[Mapping[str, Any]]:
    """Return what the page was told to store."""
    own = [m.content for m in sent if isinstance(m.widget, Remember) and m.method == "custom"]
    return [content for content in own if content["type"] == "keep"]


def stored(pages: Pages, sent: list[Message]) -> None:
    """Say that the page has stored what it was last given."""
    tell(remember(pages), {"type": "kept", "number": keeps(sent)[-1]["number"]})


def restore(pages: Pages, content: str | bytes) -> str:
    """Open the page while this is stored; return what is said."""
    content = content.encode() if isinstance(content, str) else content
    tell(remember(pages), {"type": "restore"}, content)
    return str(remember(pages).said)


def note(pages: Pages) -> str:
    return str(find(pages.start, Frame).kept["code"])


def said_at_the_start(pages: Pages) -> str:
    return read(find(pages.start, css="wb-back-said")).text


# ------------------------------------------------------------------------------------ remembering


def test_nothing_is_handed_over_to_be_stored_unless_asked(
    pages: Pages, sent: list[Message]
) -> None:
    enter(pages.find(w.IntSlider, "ready.healed"), 3)
    tell(pages.files, {"type": "save"})
    assert not remember(pages).on
    assert keeps(sent) == []
    switch(pages, on=True)
    switch(pages, on=False)
    sent.clear()
    enter(pages.find(w.IntSlider, "ready.healed"), 4)
    assert keeps(sent) == []


def test_what_is_stored_is_the_check_in_and_follows_each_change(
    pages: Pages, sent: list[Message]
) -> None:
    pages.state.replace(MIXED)
    switch(pages, on=True)
    enter(pages.find(w.IntSlider, "ready.healed"), 3)
    for keep, answers in zip(keeps(sent), (MIXED, {**MIXED, "ready.healed": 3}), strict=True):
        saved_at = read_checkin(pages.instrument, keep["text"]).saved_at
        assert abs((datetime.now(UTC) - saved_at).total_seconds()) < 60
        assert keep["text"] == write_checkin(pages.instrument, answers, saved_at)


def test_while_the_hand_moves_nothing_is_handed_over(pages: Pages, sent: list[Message]) -> None:
    switch(pages, on=True)
    sent.clear()
    at_once(lambda: pages.state.set("ready.healed", 4))
    assert pages.answers == {"ready.healed": 4}
    assert keeps(sent) == []


def test_what_was_stored_comes_back_and_is_remembered_on(pages: Pages, sent: list[Message]) -> None:
    said = restore(pages, GOOD)
    assert keeps(sent) == []  # another window may have stored it, and goes on with it
    assert said == "Your answers are back: 7, remembered on 1 March 2026, 12:30 (UTC)."
    assert said_at_the_start(pages) == said
    assert pages.answers == MIXED
    assert pages.find(w.IntSlider, "ready.healed").value == 7
    assert remember(pages).on
    assert find(pages.start, Frame).begun
    assert note(pages) == "remembered"


def test_it_comes_back_though_nothing_was_answered(pages: Pages, sent: list[Message]) -> None:
    switch(pages, on=True)
    (keep,) = keeps(sent)
    fresh = Pages()
    assert restore(fresh, keep["text"]) == ""
    assert remember(fresh).on
    assert not remember(fresh).unread
    assert said_at_the_start(fresh) == ""
    assert not find(fresh.start, Frame).begun


@pytest.mark.parametrize(
    "name", ["newer", "cut off in a cell", "another table", "not text", "only a header"]
)
def test_what_cannot_be_read_is_said_and_stays(
    pages: Pages, sent: list[Message], name: str
) -> None:
    content = BAD[name](GOOD)
    said = restore(pages, content)
    refused = Pages()
    tell(
        refused.files,
        {"type": "load"},
        content.encode() if isinstance(content, str) else content,
    )
    assert refused.files.said in said  # the same sentence as for a file
    assert said_at_the_start(pages) == said
    assert pages.answers == {}
    assert (remember(pages).on, remember(pages).unread) == (False, True)
    assert not find(pages.start, Frame).begun
    assert find(pages.start, Frame).tried  # the page waits no longer
    assert keeps(sent) == []
    # Until the person asks to remember other answers.
    switch(pages, on=True)
    assert not remember(pages).unread
    assert len(keeps(sent)) == 1


def test_answers_that_are_there_already_are_not_replaced(pages: Pages, sent: list[Message]) -> None:
    pages.state.replace({"ready.healed": 1})
    said = restore(pages, GOOD)
    assert "remembers other answers" in said
    assert pages.answers == {"ready.healed": 1}
    assert (remember(pages).on, remember(pages).unread) == (False, True)
    assert keeps(sent) == []


def test_a_page_opened_again_takes_up_its_own_answers_and_yields_to_others(
    pages: Pages, sent: list[Message]
) -> None:
    """Where the kernel lives on, as in JupyterLab."""
    switch(pages, on=True)
    enter(pages.find(w.IntSlider, "ready.healed"), 3)
    stored(pages, sent)
    ours = keeps(sent)[-1]["text"]
    enter(pages.find(w.IntSlider, "ready.healed"), 4)
    restore(pages, ours)  # the newer text has not been stored yet
    assert remember(pages).on
    stored(pages, sent)
    assert note(pages) == "remembered"
    sent.clear()
    restore(pages, GOOD)
    assert pages.answers == {"ready.healed": 4}
    assert (remember(pages).on, remember(pages).unread) == (False, True)
    assert remember(pages).said.startswith("Another window")
    assert note(pages) == "unsaved"
    assert keeps(sent) == []


def test_forgetting_clears_answers_and_says_so(pages: Pages, sent: list[Message]) -> None:
    restore(pages, GOOD)
    sent.clear()
    remember(pages).set_state({"on": False, "forgets": 1})
    assert pages.answers == {}
    assert not remember(pages).on
    assert keeps(sent) == []
    assert remember(pages).said.startswith("All is forgotten")
    assert said_at_the_start(pages) == ""
    assert note(pages) == ""


def test_leaving_clears_the_answers_where_the_kernel_lives_on(
    pages: Pages, sent: list[Message]
) -> None:
    restore(pages, GOOD)
    sent.clear()
    tell(find(pages.start, Frame), {"type": "leave"})
    assert pages.answers == {}
    assert not remember(pages).on
    assert not find(pages.start, Frame).begun
    assert keeps(sent) == []


def test_the_key_is_neutral_and_one_for_each_instrument() -> None:
    keys = [Snapshots(load_instrument(path)).key for path in (FRIENDSHIP, CAR)]
    assert all(re.fullmatch(r"notes\.[0-9a-f]{8}", key) for key in keys)
    assert len(set(keys)) == 2


@pytest.mark.parametrize("message", [{}, {"type": "other"}, {"type": "restore"}])
def test_an_unknown_message_does_nothing(pages: Pages, message: object) -> None:
    pages.state.replace(MIXED)
    tell(remember(pages), message)
    assert pages.answers == MIXED
    assert pages.panel["problem"] == ""


# -------------------------------------------------------------------------------------- the note


def test_the_note_compares_with_what_was_saved_last(pages: Pages) -> None:
    slider = pages.find(w.IntSlider, "ready.healed")
    assert note(pages) == ""
    enter(slider, 3)
    assert note(pages) == "unsaved"
    before = datetime.now(UTC).timestamp() * 1000
    tell(pages.files, {"type": "save"})
    assert note(pages) == "saved"
    assert 0 <= find(pages.start, Frame).kept["at"] - before + 1 < 10_000
    enter(slider, 4)
    assert note(pages) == "unsaved"
    enter(slider, 3)
    assert note(pages) == "saved"
    enter(slider, -1)
    assert note(pages) == ""  # nothing is answered, so nothing can be lost


def test_a_loaded_file_needs_no_saving_until_something_changes(pages: Pages) -> None:
    tell(pages.files, {"type": "load"}, GOOD.encode())
    assert note(pages) == "loaded"
    enter(pages.find(w.IntSlider, "ready.healed"), 4)
    assert note(pages) == "unsaved"
    tell(pages.files, {"type": "load"}, b"no such file")
    assert note(pages) == "unsaved"


def test_it_is_remembered_only_once_the_page_has_stored_it(
    pages: Pages, sent: list[Message]
) -> None:
    pages.state.replace(MIXED)
    switch(pages, on=True)
    assert note(pages) == "unsaved"
    assert remember(pages).said == ""
    stored(pages, sent)
    assert note(pages) == "remembered"
    assert remember(pages).said == pages.book.words("remember.done")
    enter(pages.find(w.IntSlider, "ready.healed"), 4)
    assert note(pages) == "unsaved"
    tell(remember(pages), {"type": "kept", "number": keeps(sent)[0]["number"]})  # an older one
    assert note(pages) == "unsaved"
    stored(pages, sent)
    assert note(pages) == "remembered"
    switch(pages, on=False)
    assert note(pages) == "unsaved"


def test_the_panel_asks_only_before_the_first_file(pages: Pages) -> None:
    frame = find(pages.start, Frame)
    assert not frame.told
    tell(pages.files, {"type": "save"})  # its own button stands beside the sentence
    assert frame.told


# ------------------------------------------------------------------------------ where one goes to


@pytest.mark.parametrize("address", ["https://example.org/", "http://127.0.0.1:8000/a?b=c"])
def test_the_site_to_leave_for_can_be_set(address: str) -> None:
    start = Workbook(FRIENDSHIP, leave_to=address).start()
    assert find(start, Frame).words["leave-to"] == address


def test_by_default_it_is_a_well_known_one(pages: Pages) -> None:
    assert find(pages.start, Frame).words["leave-to"] == "https://www.wikipedia.org/"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "about:blank",
        "file:///etc/passwd",
        "ftp://example.org/",
        "//example.org/",
        "www.example.org",
        "https://",
        "https:///path",
        "https://[::1",
        "https://example.org/ x",
        "https://example.org/\n",
        " https://example.org/",
        b"https://example.org/",
        7,
    ],
)
def test_any_other_kind_of_address_is_refused(address: Any) -> None:
    with pytest.raises(ValueError, match=r"^.+ cannot be left for; allowed is .+\.$") as caught:
        Workbook(FRIENDSHIP, leave_to=address)
    assert "\n" not in str(caught.value)
