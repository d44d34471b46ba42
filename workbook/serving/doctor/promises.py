"""Settings without which a promise of docs/privacy.md or docs/hosting.md is not kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from traitlets.utils.importstring import import_item

from workbook.serving.doctor.findings import Finding, end
from workbook.serving.doctor.holding import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from workbook.serving.doctor.holding import Held, Settings

YES, NO = True, False
SERVING = "workbook.serving"
GAP = 180  # seconds that a network may be gone
HEADERS = (
    "Content-Security-Policy",
    "Referrer-Policy",
    "X-Frame-Options",
    "X-Content-Type-Options",
)


@dataclass(frozen=True)
class Promise:
    """What a setting has to be, and what happens where it is not; ``words`` say it if need be."""

    section: str
    name: str
    wanted: Any
    otherwise: str
    allowed: Callable[[Any], bool] | None = None
    words: str = ""
    stops: bool = False

    def kept_by(self, value: Any) -> bool:
        """Return whether a value will do."""
        return self.allowed(value) if self.allowed else bool(value == self.wanted)


def _is(path: str) -> Callable[[Any], bool]:
    def fits(value: Any) -> bool:
        return value == path or value is import_item(path)

    return fits


def _class(section: str, name: str, path: str, otherwise: str) -> Promise:
    return Promise(section, name, path, otherwise, _is(path), stops=True)


PROMISES = (
    _class(
        "Voila",
        "identity_provider_class",
        f"{SERVING}.visitors.Visitors",
        "there is no gate, and anybody reaches everything",
    ),
    _class(
        "Voila",
        "kernel_websocket_connection_class",
        f"{SERVING}.sockets.Sockets",
        "one bad message can stall the server for everybody",
    ),
    _class(
        "VoilaConfiguration",
        "multi_kernel_manager_class",
        f"{SERVING}.kernels.BoundedKernels",
        "nothing bounds the kernels, and answers stay when a page is left",
    ),
    Promise("VoilaConfiguration", "template", "workbook", "the page asks other hosts for files"),
    Promise("VoilaConfiguration", "show_tracebacks", NO, "visitors see tracebacks"),
    Promise("VoilaConfiguration", "strip_sources", YES, "visitors see the code"),
    Promise("VoilaConfiguration", "allow_template_override", "NO", "visitors choose the template"),
    Promise("VoilaConfiguration", "allow_theme_override", "NO", "visitors choose the theme"),
    Promise("VoilaConfiguration", "file_allowlist", [], "files beside the page are handed out"),
    Promise("MappingKernelManager", "allow_tracebacks", NO, "visitors see tracebacks"),
    Promise(
        "MappingKernelManager",
        "cull_idle_timeout",
        600,
        "answers are lost soon after the network is, or, with 0, stay in memory for ever",
        lambda value: value > GAP,
        f"more than {GAP}",
    ),
    Promise(
        "MappingKernelManager",
        "cull_connected",
        NO,
        "a page that somebody looks at loses its kernel",
    ),
    Promise("KernelManager", "transport", "ipc", "others on this machine reach the kernels' ports"),
    Promise("KernelRestarter", "restart_limit", 0, "a page goes on with an empty kernel"),
    Promise("Voila", "autoreload", NO, "a change of a file ends every page"),
    Promise("Voila", "token", "", "the server does not start", lambda value: not value),
    Promise("Voila", "auto_token", NO, "the server does not start"),
)
TORNADO: dict[str, tuple[Any, str]] = {
    "allow_remote_access": (False, "any other name of the server is let in"),
    "disable_check_xsrf": (True, "a page that is left cannot end its kernel"),
}


def broken_promises(settings: Settings) -> Iterator[tuple[str, Finding]]:
    """Yield what a setting has to be but is not, behind the key."""
    for promise in PROMISES:
        held = settings.held(promise.section, promise.name)
        if not promise.kept_by(held.value):
            wanted = promise.words or shown(promise.wanted)
            sentence = _sentence(held, held.value, promise.otherwise, wanted)
            yield held.key, end(sentence) if promise.stops else Finding(sentence)
    tornado = settings.held("Voila", "tornado_settings")
    for name, (wanted, otherwise) in TORNADO.items():
        if (value := tornado.value.get(name)) != wanted:
            yield (
                f"{tornado.key}.{name}",
                Finding(_sentence(tornado, value, otherwise, shown(wanted), f".{name}")),
            )
    missing = [name for name in HEADERS if not tornado.value.get("headers", {}).get(name)]
    if missing:
        yield (
            f"{tornado.key}.headers",
            Finding(
                f"{tornado.source}: {tornado.key}.headers lacks {', '.join(missing)}, and browsers"
                " allow what the page never needs. Take them from the voila.json that came with the"
                " workbook."
            ),
        )


def _sentence(held: Held, value: object, otherwise: str, wanted: str, below: str = "") -> str:
    key = f"{held.setting or held.key}{below}"
    return f"{held.source}: {key} is {shown(value)}, so {otherwise}. It has to be {wanted}."
