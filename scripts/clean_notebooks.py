"""Keeps notebooks clean: no counts, no widget state, no outputs but those a test compares.

`--check` names what is not clean and changes nothing. Without paths: all of notebooks/.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"
# nbval compares what a cell with this mark shows with what is stored.
KEEPS_OUTPUT = "NBVAL_CHECK_OUTPUT"


def clean(notebook: dict[str, Any]) -> dict[str, Any]:
    """Give back the notebook as it may be committed."""
    metadata = {key: value for key, value in notebook["metadata"].items() if key != "widgets"}
    return {**notebook, "metadata": metadata, "cells": [_cell(cell) for cell in notebook["cells"]]}


def _cell(cell: dict[str, Any]) -> dict[str, Any]:
    if cell["cell_type"] != "code":
        return cell
    kept = cell["outputs"] if KEEPS_OUTPUT in "".join(cell["source"]) else []
    return {**cell, "execution_count": None, "outputs": [_output(output) for output in kept]}


def _output(output: dict[str, Any]) -> dict[str, Any]:
    return {**output, "execution_count": None} if "execution_count" in output else output


def main() -> int:
    """Clean or check the notebooks named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("paths", nargs="*", type=Path)
    options = parser.parse_args()
    found = 0
    for path in options.paths or sorted(NOTEBOOKS.glob("*.ipynb")):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        cleaned = clean(notebook)
        if cleaned == notebook:
            continue
        found += 1
        if options.check:
            print(f"{path} holds outputs, counts or widget state: make format")
        else:
            text = json.dumps(cleaned, indent=1, ensure_ascii=False)
            path.write_text(text + "\n", encoding="utf-8")
    return 1 if options.check and found else 0


if __name__ == "__main__":
    sys.exit(main())
