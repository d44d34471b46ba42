"""Everybody is the same visitor: nobody is known, and nothing is kept to know them again."""

from __future__ import annotations

import json
import os
import re
import secrets
from functools import partial
from pathlib import Path
from typing import Any

from jupyter_server.auth.identity import PasswordIdentityProvider, User
from nbformat.sign import MemorySignatureStore, NotebookNotary
from tornado.ioloop import IOLoop
from tornado.routing import PathMatches, Rule
from traitlets import List, Unicode

from workbook.opening.digest import TOGETHER
from workbook.opening.start import SHOWN
from workbook.serving.address import holder, is_taken
from workbook.serving.doctor.starting import look_over
from workbook.serving.document import document_of
from workbook.serving.draining import drain_on_signal
from workbook.serving.files import handlers_of
from workbook.serving.folder import clear_others, hold, own_places
from workbook.serving.front import OWN, chosen_front
from workbook.serving.gate import Gate, Headers, Refusal, compressing
from workbook.serving.health import HEALTH, Health
from workbook.serving.logs import log_quietly, log_request
from workbook.serving.start import page_start
from workbook.serving.words import page_palette, page_support, page_words

VISITOR = User("visitor")


class Visitors(PasswordIdentityProvider):
    """No log-in, no cookie, and the gate before everything else.

    Voilà asks its identity provider for further handlers, once its application is there. That is
    where the gate is put up.
    """

    hosts = List(
        Unicode(), config=True, help="names the page is reached by, beside those of this machine"
    )

    def get_user(self, handler: Any) -> User:
        """Return the visitor, without a look at cookies or tokens."""
        del handler
        return VISITOR

    def get_handlers(self) -> list[tuple[str, object]]:
        """Put up the gate; there are no handlers to add. Raises SystemExit if asked to log in."""
        voila: Any = self.parent
        if self.auth_enabled:
            raise SystemExit("There is no log-in here: see docs/hosting.md for one in front.")
        self._put_up_gate(voila)
        self._look_after(voila)
        _announce_start(voila)
        look_over(voila)
        log_quietly(voila.log)
        return []

    def _put_up_gate(self, voila: Any) -> None:
        app, base = voila.app, voila.server_url
        template = voila.voila_configuration.template
        gate = Gate(base, template, frozenset({"localhost", *self.hosts}), _places(voila))
        handlers = [*handlers_of(voila), document_of(voila), (HEALTH, Health, {})]
        rules = [
            Rule(PathMatches(f"{re.escape(base)}{place}"), handler, given)
            for place, handler, given in handlers
        ]
        app.default_router.rules[:0] = [Rule(gate, Refusal), *rules]
        app.add_transform(partial(Headers, base=base, fixed=app.settings["headers"]))
        # Nothing that a stranger can choose stands in an answer with something secret.
        app.add_transform(partial(compressing, base=base))
        pages = app.settings["voila_jinja2_env"]
        # Where a page comes from: with many servers behind one address, any of them.
        pages.globals |= {"words": page_words(), "palette": page_palette(), "entrance": base}
        pages.globals["support"] = page_support(_support_of(voila))
        app.settings["jinja2_env"] = pages  # Jupyter's own pages lack styles
        app.settings["log_function"] = log_request
        app.settings["local_hostnames"] = sorted(gate.hosts)

    def _look_after(self, voila: Any) -> None:
        """Leave nothing in the home folder or behind, and say where another address is used."""
        # Jupyter would keep in the home folder which notebooks to trust. Nothing here asks.
        voila.contents_manager.notary = NotebookNotary(  # type: ignore[no-untyped-call]
            parent=voila, store_factory=MemorySignatureStore, secret=secrets.token_bytes(32)
        )
        os.environ.update(own_places(voila.connection_dir))
        self._held = hold(voila.connection_dir)
        clear_others(voila.connection_dir)
        drain_on_signal(voila)
        if is_taken(voila.ip, wanted := voila.port):
            IOLoop.current().add_callback(_say_address, voila, wanted)


def _places(voila: Any) -> tuple[str, ...]:
    """Return what a page asks for; the files of Voilà's front end where it has that one."""
    configuration = voila.voila_configuration
    own = (
        "api/kernels/",
        "voila/api/shutdown/",
        f"voila/templates/{configuration.template}/static/",
    )
    if chosen_front() == OWN:
        return own
    extensions = configuration.extension_allowlist
    return (*own, "voila/static/", *(f"voila/labextensions/{name}/" for name in extensions))


def _support_of(voila: Any) -> str:
    """Return the path of the file with people who can help."""
    return str(voila.voila_configuration.resources.get("support", ""))


def _announce_start(voila: Any) -> None:
    """Tell the template where paths in the notebook begin, and kernels what it shows for them."""
    notebook = Path(voila.notebook_path).resolve()
    settings, place = voila.voila_configuration, {"folder": str(notebook.parent)}
    settings.config.VoilaConfiguration.resources = settings.resources | place
    cells = json.loads(notebook.read_text(encoding="utf-8"))
    if page_start(cells, place["folder"]) is not None:
        voila.kernel_manager.variables[SHOWN] = "1"
    if chosen_front() == OWN:  # it takes all first states from the document
        voila.kernel_manager.variables[TOGETHER] = "1"


def _say_address(voila: Any, wanted: int) -> None:
    voila.log.warning(
        "Open %s: the port %s is held by %s.", voila.display_url, wanted, holder(wanted)
    )
