"""Text from a file or a person stays text: no tag in it ever becomes one."""

from __future__ import annotations

import ast
import re
from html import unescape
from typing import TYPE_CHECKING

import ipywidgets as w
import pytest

from tests.views.walk import FRIENDSHIP, ROOT, Element, Pages, enter, full, read
from workbook.page.past import Given

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.views.conftest import Message

HOSTILE = """<b onclick='alert(1)'>&amp;"x" """  # short: own items are cut in charts
IN_TOML = HOSTILE.replace("\\", "\\\\").replace('"', '\\"')
SCRIPTS = sorted((ROOT / "workbook/page/browser").glob("*.js"))
TEXTS = (
    *("title", "text", "intro", "label", "hint", "min_label", "max_label", "placeholder", "short"),
    *("framing", "cite", "reason", "bands_reason", "name", "topic", "web", "note", "checked_note"),
    *("phone", "text_line", "danger", "print_note", "reviewed_note"),
)


def poison(source: str) -> str:
    """Put hostile text before every text of an instrument or support file."""
    texts = rf'(?m)(\b(?:{"|".join(TEXTS)}) = ")'
    source = re.sub(texts, lambda m: m[1] + IN_TOML, source)
    source = re.sub(r'(?m)^(source = ")(?=[A-Z])', lambda m: m[1] + IN_TOML, source)
    return re.sub(r'(?m)^(  ")', lambda m: m[1] + IN_TOML, source)  # lists of paragraphs


@pytest.fixture
def hostile(tmp_path: Path) -> Pages:
    """Lay out a workbook in which every text is hostile."""
    checked = '[[country.service]]\nname = "a"\ntext_line = "b"\nsource = "d"\nseen = "2026"\n'
    services = (ROOT / "data/support.toml").read_text() + checked
    (tmp_path / "support.toml").write_text(poison(services))
    (tmp_path / FRIENDSHIP.name).write_text(poison(FRIENDSHIP.read_text()))
    pages = Pages(tmp_path / FRIENDSHIP.name)
    assert pages.instrument.chapters[0].title.startswith(HOSTILE)
    assert pages.instrument.about.start[0].startswith(HOSTILE)
    support = pages.book.support_services
    assert support is not None
    assert support.country[-1].service[-1].text_line.startswith(HOSTILE)
    return pages


def elements(whole: Element) -> Iterator[Element]:
    """Yield every element."""
    for child in whole.children:
        if isinstance(child, Element):
            yield child
            yield from elements(child)


def check(html: str) -> None:
    """Fail if a tag or an attribute of the hostile text has come through."""
    assert not re.search(r"<b onclick", html, re.IGNORECASE)
    assert not [e for e in elements(read(html)) if "onclick" in e.attributes]
    if "alert(1)" in html:
        assert HOSTILE.strip() in unescape(html)


SITUATIONS: dict[str, dict[str, object]] = {
    "nothing answered": {},
    "all answered": {"walk.delays": "no"},
    "caps": {"ready.healed": 0, "ready.boundaries": 0},
    "a sign": {"walk.eggshells": "yes"},
    "a sign open": {"walk.fear": None},
    "a serious sign": {"walk.fear": "yes"},
    "high": {},
}


@pytest.mark.parametrize("name", SITUATIONS)
def test_texts_of_the_instrument_and_of_services_stay_texts(hostile: Pages, name: str) -> None:
    if name != "nothing answered":
        hostile.state.replace(full(hostile, 9 if name in ("caps", "high") else 5))
        hostile.state.update(SITUATIONS[name])
    htmls = hostile.htmls()
    assert sum("alert(1)" in html for html in htmls) > 60
    for html in (*htmls, *hostile.panel["scores"]):
        check(html)
    assert all("alert(1)" in drawn for drawn in hostile.panel["scores"])
    assert hostile.panel["problem"] == ""


def test_texts_of_a_person_stay_texts(pages: Pages) -> None:
    for item in pages.instrument.items:
        if item.kind == "text":
            enter(control_of(pages, item.id), HOSTILE)
    own = {"own.1.text": HOSTILE, "own.1.side": "for", "own.1.rating": 10, "own.1.weight": 3}
    pages.state.replace(full(pages, 5) | pages.answers | own)
    htmls = pages.htmls()
    assert any("alert(1)" in html for html in htmls)
    for html in htmls:
        check(html)


def control_of(pages: Pages, key: str) -> w.Widget:
    kind = w.Text if pages.instrument.by_id[key].rows == 1 else w.Textarea
    return pages.find(kind, key)


def test_what_a_file_holds_is_shown_as_text(pages: Pages, sent: list[Message]) -> None:
    pages.files.load(Given(HOSTILE, f"saved_at,instrument\n{HOSTILE},x\n".encode()))
    pages.files.load(Given(HOSTILE, HOSTILE.encode()))
    assert pages.files.said
    assert not [m for m in sent if isinstance(m.widget, w.HTML)]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_put_text_in_as_text(script: Path) -> None:
    ways = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser"
    # what is drawn in Python, where it is escaped, comes in by one door
    drawn = ["DOMParser"] if script.name == "scores.js" else []
    assert re.findall(ways, script.read_text()) == drawn


CODE = sorted((ROOT / "workbook").rglob("*.py"))
GLUED = re.compile(r"</?[a-z][\w-]*[\s/>]|<[a-z][\w-]*$|&[a-z]+;")


def test_no_markup_is_glued_together() -> None:
    """Elements are made by htpy, which escapes, or in a template, which does as well."""
    found = {file.name: glued(ast.parse(file.read_text(encoding="utf-8"))) for file in CODE}
    assert found.keys() > {"parts.py", "map.py"}
    assert not {name: texts for name, texts in found.items() if texts}


def glued(tree: ast.AST) -> list[str]:
    """Return the strings with markup in them, but for docstrings."""
    bodies = [b for node in ast.walk(tree) if isinstance(b := getattr(node, "body", None), list)]
    docs = {id(b[0].value) for b in bodies if b and isinstance(b[0], ast.Expr)}
    strings = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and id(n) not in docs]
    return [s for s in strings if isinstance(s, str) and GLUED.search(s)]
