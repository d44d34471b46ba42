"""No text of the locale file waits for nobody: each is named in the code, or put together there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import workbook
from workbook.text.words import PLURALS, load_words

CODE = Path(workbook.__file__).parent
BROWSER = CODE / "page" / "browser"
TEMPLATES = CODE.parent / "share" / "jupyter" / "voila" / "templates" / "workbook"
PLURAL = re.compile(rf"\.({'|'.join(PLURALS)})$")


@cache
def nodes(file: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))


@cache
def named() -> frozenset[str]:
    """Every string of the Python code and of the templates."""
    found = {
        node.value
        for file in CODE.rglob("*.py")
        for node in nodes(file)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    templates = (file.read_text(encoding="utf-8") for file in TEMPLATES.rglob("*.*ml*"))
    return frozenset(found | {s for text in templates for s in re.findall(r'"([^"\n]*)"', text)})


@cache
def composed() -> frozenset[re.Pattern[str]]:
    """Strings that are put together, of which the beginning is written down."""
    found = set()
    for file in CODE.rglob("*.py"):
        for node in nodes(file):
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                found.add("".join(map(_part, node.values)))
    for file in TEMPLATES.rglob("*.*ml*"):
        joined = r'"([^"\n]+)" ~ \w+(?: ~ "([^"\n]+)")?'
        for start, end in re.findall(joined, file.read_text(encoding="utf-8")):
            found.add(f"{re.escape(start)}(.+){re.escape(end)}")
    return frozenset(map(re.compile, found))


def _part(node: ast.AST) -> str:
    return re.escape(str(node.value)) if isinstance(node, ast.Constant) else "(.+)"


def put_together(code: str) -> bool:
    """Whether the code composes ``code`` of a beginning and of parts that it names too."""
    return any(
        all(part.strip("-.") in bare() or put_together(part) for part in match.groups())
        for pattern in composed()
        if (match := pattern.fullmatch(code))
    )


@cache
def bare() -> frozenset[str]:
    return frozenset(name.strip("-.") for name in named())


@cache
def handed_over() -> frozenset[str]:
    """Texts of a group that goes to the browser as a whole, as far as its scripts speak them."""
    found = set()
    for file in CODE.rglob("*.py"):
        for group, whole in re.findall(r'\.group\("([^"]+)"\)(\.values\(\))?', file.read_text()):
            strings = [n.value for n in nodes(file) if isinstance(n, ast.Constant)]
            scripts = [str(s) for s in strings if str(s).endswith(".js")]
            said = spoken(
                "".join((BROWSER / "built" / s).read_text(encoding="utf-8") for s in scripts)
            )
            texts = load_words().group(group)
            found |= {f"{group}.{rest}" for rest in texts if whole or _speaks(said, rest)}
    return frozenset(found)


def spoken(script: str) -> set[str]:
    """Return the texts that a script takes: ``words.x``, or a string for ``words[...]``."""
    found = re.findall(r'\bwords\.(\w+)|"([a-z-]+)"|words\[`([a-z-]+)\$\{', script)
    return {field or text or f"{start}*" for field, text, start in found}


def _speaks(said: set[str], rest: str) -> bool:
    starts = (s.removesuffix("*") for s in said if s.endswith("*"))
    ends = (rest.removeprefix(s) for s in starts if rest.startswith(s))
    return rest in said or any(end in named() for end in ends)


def unused(codes: set[str]) -> set[str]:
    """Return the codes that nobody speaks; a plural form is spoken by way of the others."""
    bases = {code: PLURAL.sub("", code) for code in codes}
    known = named() | handed_over()
    return {c for c, base in bases.items() if base not in known and not put_together(base)}


def test_every_text_is_used() -> None:
    assert unused(set(load_words().texts)) == set()


def test_the_check_finds_a_text_that_nobody_speaks() -> None:
    """Below each kind of use: named, composed, a plural form, a group of the browser."""
    idle = {"page.idle", "status.idle", "need.idle.one", "instead.idle-title", "frame.idle"}
    spoken_ones = {"page.title", "status.settled", "need.rating.one", "frame.leave-to"}
    assert unused(idle | spoken_ones) == idle
