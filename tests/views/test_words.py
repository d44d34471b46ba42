"""The code knows no subject and speaks no language: words stand in the data and locale files."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

from tests.views.walk import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PACKAGE = ROOT / "workbook"
SUBJECT = re.compile(
    r"""\b(ex|exes|ex-partners?|boyfriends?|girlfriends?|husbands?|wife|wives|spouses?|partners?
    |friends?|friendships?|romance|romantic|lovers?|love|dating|break-?ups?|heartbreak|divorced?
    |relationships?|healed|healing|no-contact|eggshells|manipulation|readiness|safety-first)\b""",
    re.IGNORECASE | re.VERBOSE,
)
CODE = sorted(p for p in PACKAGE.rglob("*") if p.suffix in (".py", ".js", ".css"))

# Strings with a space that no person reads.
FINE = (
    re.compile(r"(wb[a-z-]*\s*)+"),  # classes
    re.compile(r'<[a-z].*|.* (class|scope|href)="[^"]*"?'),  # HTML
    re.compile(r"[a-z_ ]*\{.*\}[a-z_ ]*|[^a-zA-Z]*"),  # formats, separators
    re.compile(r"%?[YmdHMS: %-]+"),  # times
)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", CODE, ids=name)
def test_no_code_knows_what_the_questions_are_about(path: Path) -> None:
    lines = enumerate(path.read_text().splitlines(), start=1)
    assert [f"{n}: {line.strip()}" for n, line in lines if SUBJECT.search(line)] == []


def strings(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield the strings of a module that are no docstrings, annotations or trait helps."""
    skipped: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(id(node.value))  # docstrings
        for hint in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            if isinstance(hint, ast.AST):
                skipped |= {id(inner) for inner in ast.walk(hint)}
        if isinstance(node, ast.keyword) and node.arg == "help":
            skipped.add(id(node.value))  # says to maintainers what a trait is
        if isinstance(node, ast.AnnAssign | ast.Assign) and _is_alias(node):
            skipped |= {id(inner) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in skipped:
            continue
        if isinstance(node.value, str):
            yield node.lineno, node.value


def _is_alias(node: ast.AnnAssign | ast.Assign) -> bool:
    return isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) == "TypeAlias"


@pytest.mark.parametrize("path", sorted((PACKAGE / "page" / "views").glob("*.py")), ids=name)
def test_no_view_speaks_a_language(path: Path) -> None:
    spoken = [
        f"{line}: {text!r}"
        for line, text in strings(ast.parse(path.read_text()))
        if " " in text.strip() and not any(f.fullmatch(text) for f in FINE)
    ]
    assert spoken == []


@pytest.mark.parametrize("path", sorted((PACKAGE / "page" / "browser").glob("*.js")), ids=name)
def test_no_script_speaks_a_language(path: Path) -> None:
    code = re.sub(r"/\*.*?\*/|//[^\n]*", "", path.read_text(), flags=re.DOTALL)
    found = re.findall(r'"([^"\n]*)"|`([^`]*)`', code)
    spoken = [a or b for a, b in found if re.search(r"[A-Z][a-z]+ [a-z]+ [a-z]+", a or b)]
    assert spoken == []


def test_the_check_finds_what_it_looks_for() -> None:
    tree = ast.parse('"""A docstring of words."""\nx: "a b" = button("Save my answers", "wb wb-a")')
    found = [text for _, text in strings(tree) if not any(f.fullmatch(text) for f in FINE)]
    assert found == ["Save my answers"]
    assert SUBJECT.search("an Ex-partner")
    assert not SUBJECT.search("expected index")
