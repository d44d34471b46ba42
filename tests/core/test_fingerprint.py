"""The fingerprint follows what a result depends on, and no wording."""

import re
from pathlib import Path

import pytest

from tests.core.making import load
from workbook import Instrument

SMALL = (Path(__file__).parent / "small.toml").read_text()
TEXTS = [
    ('text = "More is more"', 'text = "Mehr ist mehr"\nlabel = "L"\nhint = "H"'),
    ('text = "A text"', 'text = "A text"\nif_more = "more"\nif_less = "less"'),
    ("most = 2", 'most = 2\nask_text = "?"\nask_side = "?"\nask_rating = "?"\nask_weight = "?"'),
    ('text = "More is less"', 'text = "Plus"\nmin_label = "-"\nmax_label = "+"\nsource = ""'),
    ('text = "Left"', 'text = "Links"'),
    ('text = "A text"', 'text = "A text"\nplaceholder = "..."\nrows = 4'),
    ('title = "One"', 'title = "Eins"\nintro = "..."'),
    ('title = "Go"', 'title = "Geh"\nshort = "G"\ntext = "..."'),
    ('version = "1.2.0"', 'version = "1.3.0"\nlanguage = "de"\ntitle = "T"'),
    ('version = "1.2.0"', 'version = "1.2.0"\n[about]\nintro = ["..."]'),
    ("min_answered = 2", 'min_answered = 2\nreason = "..."\nbands_reason = "..."\ntitle = "Sum"'),
    ("weight = 1\n", 'weight = 1\nreason = "..."\n'),
    ("at_least = 1", 'at_least = 1\nreason = "..."'),
    ("[own]", '[[retired]]\nid = "old"\nname = "..."\nnow = "up"\n[own]'),
    ('title = "One"', 'title = "One"\nthanks = "..."'),
    ('text = "More is more"', 'text = "More is more"\nwhen_high = "h"\nwhen_low = "l"'),
    ("above = 3", 'above = 3\nreason = "..."\ntext = "..."'),
    ('when = "yes"', 'when = "yes"\nreason = "..."\ntext = "..."'),
    ('when = { sum = ["low"] }', 'when = { sum = ["low"] }\nreason = "..."'),
    ("most = 2", 'most = 2\ntitle = "."\nintro = "."\nreason = "."\nmin_label = "."'),
    ("# A small sound instrument", "# A small instrument"),
]
NUMBERS = [
    ('id = "small"', 'id = "little"'),
    ("min = -2", "min = -1"),
    ('kind = "text"', 'kind = "check"'),
    ('{ id = "right", text', '{ id = "east", text'),
    ("min_answered = 2", "min_answered = 1"),
    ("at_least = 1", "at_least = 2"),
    ('items = ["up", "down"]', 'items = ["up", "idle"]'),
    ("below = 50", "below = 51"),
    ("weight = 2", "weight = 3"),
    ("add = 12.5", "add = 13"),
    ("reverse = true", "reverse = false"),
    ("above = 3", "above = 2"),
    ("above = 3", "below = 3"),
    ('when = "yes"', 'when = "not sure"'),
    ('withhold = ["scores", "outcome", "message", "boundaries"]', ""),
    ('when = { sum = ["low"] }', ""),
    ("most = 2", "most = 3"),
    ("most = 2", "most = 2\nadd = 5"),
    ('scale = "sum", text = "For"', 'scale = "sum", text = "For", at_most = 9'),
    ('title = "Go"', 'title = "Go"\nordered = false'),
    ("[[cap]]", '[[floor]]\nscale = "sum"\nitem = "up"\nabove = 1\nat_least = "low"\n[[cap]]'),
    ("most = 2", "most = 2\nmax = 5"),
]


def replaced(old: str, new: str) -> Instrument:
    assert SMALL.count(old) == 1, old
    return load(SMALL.replace(old, new))


def test_it_is_sixteen_hex_digits(small: Instrument, friendship: Instrument) -> None:
    assert re.fullmatch("[0-9a-f]{16}", small.fingerprint)
    assert friendship.fingerprint != small.fingerprint


@pytest.mark.parametrize(("old", "new"), TEXTS)
def test_words_leave_it_as_it_is(old: str, new: str, small: Instrument) -> None:
    assert replaced(old, new).fingerprint == small.fingerprint


@pytest.mark.parametrize(("old", "new"), NUMBERS)
def test_numbers_and_structure_change_it(old: str, new: str, small: Instrument) -> None:
    assert replaced(old, new).fingerprint != small.fingerprint


def test_each_change_has_a_fingerprint_of_its_own() -> None:
    made = [replaced(old, new).fingerprint for old, new in NUMBERS]
    assert len(set(made)) == len(made)
