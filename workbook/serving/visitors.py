"""Everybody is the same visitor: nobody is known, and nothing is kept to know them again."""

from __future__ import annotations

from functools import partial
from typing import Any

from jupyter_server.auth.identity import PasswordIdentityProvider, User
from tornado.routing import Rule
from traitlets import List, Unicode

from workbook.serving.gate import Gate, Headers, Refusal
from workbook.serving.logs import log_quietly, log_request
from workbook.serving.words import page_words

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
        app, base = voila.app, voila.server_url
        template = voila.voila_configuration.template
        extensions = voila.voila_configuration.extension_allowlist
        places = (
            "api/kernels/",
            "voila/api/shutdown/",
            "voila/static/",
            f"voila/templates/{template}/static/",
            *(f"voila/labextensions/{name}/" for name in extensions),
        )
        gate = Gate(base, template, frozenset({"localhost", *self.hosts}), places)
        app.default_router.rules.insert(0, Rule(gate, Refusal))
        app.add_transform(partial(Headers, base=base, fixed=app.settings["headers"]))
        pages = app.settings["voila_jinja2_env"]
        pages.globals["words"] = page_words()
        app.settings["jinja2_env"] = pages  # Jupyter's own pages lack styles
        app.settings["log_function"] = log_request
        app.settings["local_hostnames"] = sorted(gate.hosts)
        log_quietly(voila.log)
        return []
