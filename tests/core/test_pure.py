"""The core works alone: no widgets, no charts, no tables are imported for it."""

import subprocess
import sys
from pathlib import Path

import pytest

import workbook

ROOT = Path(__file__).parents[2]
CORE = """
import sys
import workbook

instrument = workbook.load_instrument("data/friendship.toml")
answers = {"ready.healed": 7, "why.bond": True, "walk.eggshells": "no"}
a = workbook.assess(instrument, answers)
a.status, a.parts, a.regions
workbook.read_checkin(instrument, workbook.write_checkin(instrument, answers))
heavy = ["ipywidgets", "htpy", "pandas", "anywidget", "traitlets", "IPython", "matplotlib"]
print([name for name in heavy if name in sys.modules])
"""
PAGE = """
import json
import os
import sys

os.chdir("notebooks")
cells = json.load(open("workbook.ipynb", encoding="utf-8"))["cells"]
exec("\\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code"))
assert book.shown
book.state.set("ready.healed", 5)
heavy = ["pandas", "bqplot", "bqscales", "matplotlib", "IPython.core.pylabtools"]
print([name for name in heavy if name in sys.modules])
"""
TABLES = """
import sys
import workbook

workbook.assess_table
print([name for name in ["ipywidgets", "htpy", "anywidget"] if name in sys.modules])
"""
COMMANDS = """
import sys
import workbook.cli.app

print([name for name in ["ipywidgets", "pandas", "pyarrow"] if name in sys.modules])
"""


def run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def test_the_core_imports_nothing_heavy() -> None:
    assert run(CORE) == "[]"


def test_the_kernel_of_a_page_holds_no_tables_and_no_plotting_library() -> None:
    assert run(PAGE) == "[]"


def test_the_command_line_begins_without_tables() -> None:
    assert run(COMMANDS) == "[]"


def test_the_tables_import_no_widgets() -> None:
    assert run(TABLES) == "[]"


@pytest.mark.parametrize(
    "name",
    [
        *("AnswerError", "Assessment", "Checkin", "CheckinError", "Instrument", "InstrumentError"),
        *("Score", "Workbook", "assess", "assess_table", "load_instrument", "read_checkin"),
        *("draw", "stack_checkins", "write_checkin"),
    ],
)
def test_the_public_names_are_there(name: str) -> None:
    assert name in workbook.__all__
    assert getattr(workbook, name).__name__ == name


def test_every_public_name_can_be_had() -> None:
    for name in workbook.__all__:
        assert getattr(workbook, name).__doc__


def test_no_other_name_is_made_up() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        workbook.nothing  # noqa: B018


def test_errors_are_value_errors() -> None:
    for error in (workbook.AnswerError, workbook.CheckinError, workbook.InstrumentError):
        assert issubclass(error, workbook.WorkbookError)
        assert issubclass(error, ValueError)


def test_no_word_of_a_questionnaire_stands_in_the_code(friendship: workbook.Instrument) -> None:
    ids = {i.id for i in friendship.items if "." in i.id} | {"readiness", "no-contact"}
    for file in (ROOT / "workbook").rglob("*.py"):
        code = file.read_text(encoding="utf-8")
        quoted = {i for i in ids if f'"{i}"' in code or f"'{i}'" in code}
        assert not quoted, file.name
