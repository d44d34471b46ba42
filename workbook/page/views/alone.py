"""Pages that stand alone: HTML documents that need nothing else, made from templates."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from workbook.charts import drawing_style
from workbook.charts.palette import light
from workbook.page.scripts import TEMPLATES

if TYPE_CHECKING:
    from jinja2 import Environment, Template

    from workbook.text.words import Words


def template(name: str) -> Template:
    """Return a template; what it is rendered with is escaped."""
    return _pages().get_template(name)


def alone(body: str, title: str, words: Words) -> str:
    """Return a page as an HTML document of its own; ``body`` is HTML already."""
    page = template("alone.html.j2")
    return page.render(words=words, title=title, style=_style(), palette=light(), body=body)


@cache
def _style() -> str:
    return (TEMPLATES / "summary.css").read_text(encoding="utf-8") + drawing_style()


@cache
def _pages() -> Environment:
    from jinja2 import Environment, FileSystemLoader  # noqa: PLC0415  # only a page alone needs it

    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True)
