"""What the balancer says where no server does: the page of the servers, whole in one file."""

from __future__ import annotations

import json
from http import HTTPStatus

from jinja2 import Environment, FileSystemLoader

from deploying.site import ROOT
from workbook.charts.palette import plain
from workbook.serving.words import page_support
from workbook.text.languages import words_of

TEMPLATES = ROOT / "share/jupyter/voila/templates/workbook"
# What the answer says it is, and the status of the page that it shows for that.
PAGES = {
    HTTPStatus.NOT_FOUND: HTTPStatus.NOT_FOUND,
    HTTPStatus.TOO_MANY_REQUESTS: HTTPStatus.SERVICE_UNAVAILABLE,  # "all places are taken"
    HTTPStatus.SERVICE_UNAVAILABLE: HTTPStatus.BAD_GATEWAY,  # "something went wrong"
}
MOST = 60_000  # bytes that HAProxy has room for: tune.bufsize, less what it keeps free


def error_pages(language: str) -> dict[str, str]:
    """Return what the balancer answers, headers and page, by the name of its file.

    Raises ValueError where one is too large for HAProxy.
    """
    answers = {f"{s.value}.http": _answer(s, _page(shown, language)) for s, shown in PAGES.items()}
    for name, answer in answers.items():
        if len(answer.encode()) > MOST:
            raise ValueError(f"{name} is larger than {MOST} bytes; raise tune.bufsize and MOST")
    return answers


def _answer(status: HTTPStatus, page: str) -> str:
    settings = json.loads((ROOT / "voila.json").read_text(encoding="utf-8"))
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Length": str(len(page.encode())),
        "Cache-Control": "no-store",
        **({} if status == HTTPStatus.NOT_FOUND else {"Retry-After": "60"}),
        **settings["Voila"]["tornado_settings"]["headers"],
    }
    lines = (f"{name}: {value}" for name, value in headers.items())
    return "\n".join([f"HTTP/1.1 {status.value} {status.phrase}", *lines, "", page])


def _page(status: HTTPStatus, language: str) -> str:
    settings = json.loads((ROOT / "voila.json").read_text(encoding="utf-8"))
    support = ROOT / settings["VoilaConfiguration"]["resources"]["support"]
    # As Voilà reads its templates, which escape for themselves.
    pages = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=False)  # noqa: S701
    pages.globals |= {"words": words_of(language), "palette": plain(), "entrance": "/"}
    pages.globals["support"] = page_support(str(support))
    return pages.get_template("error.html").render(status_code=status.value, include_css=_inside)


def _inside(name: str) -> str:
    """Return a style sheet to stand in the page: there is no server to ask for it."""
    return f"<style>{(TEMPLATES / name).read_text(encoding='utf-8')}</style>"
