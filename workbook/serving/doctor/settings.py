"""Settings that do not do what somebody meant, or undo what voila.json says."""

from __future__ import annotations

import ipaddress
import logging
import os
from collections import defaultdict
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from workbook.serving.doctor.findings import Finding, end, remark
from workbook.serving.doctor.holding import Settings, allowed, fits, shown, trait_of, value_of
from workbook.serving.doctor.promises import broken_promises
from workbook.serving.doctor.sources import COMMAND_LINE, settings_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.serving.doctor.sources import Setting

NEAR = 0.8  # how alike two names are where one is a slip for the other
EXPECTED = {"hosts", "max_kernels"}  # what an operator sets, wherever that is


def settings_findings(voila: Any) -> Iterator[Finding]:
    """Yield what is wrong with the settings of a server that is, or could be, started here."""
    found, unreadable = settings_of(voila)
    yield from unreadable
    settings = Settings(voila, found)
    told = dict(broken_promises(settings))
    yield from told.values()
    yield from _overridden(settings, set(told))
    yield from _slips(settings)
    yield from _elsewhere(settings, set(told))
    yield from _hosts(voila, settings)
    if voila.log_level <= logging.DEBUG:
        yield Finding(
            "The server logs everything and shows tracebacks to visitors: start it without --debug."
        )


def _overridden(settings: Settings, told: set[str]) -> Iterator[Finding]:
    """Yield what voila.json says and another file unsays; the command line may."""
    for ours in settings.all:
        line = settings.line_of(ours) if ours.is_ours else None
        if line is None:
            continue
        held = settings.held_in(line, ours.name)
        other = held.setting
        if other is None or other.is_ours or other.source == COMMAND_LINE or held.key in told:
            continue
        if held.value != ours.value:
            yield Finding(
                f"{other.source} sets {other} to {shown(held.value)}, which wins over {ours} ="
                f" {shown(ours.value)} of voila.json. Take it out there, or start with"
                " JUPYTER_NO_CONFIG=1."
            )


def _slips(settings: Settings) -> Iterator[Finding]:
    """Yield settings that nothing takes, or not like this: in voila.json, on the command line."""
    for setting in settings.all:
        if not (setting.is_ours or setting.source == COMMAND_LINE) or not setting.sections:
            continue
        section = setting.sections[-1]
        line = settings.line_of(setting)
        if section not in settings.sections:
            near = get_close_matches(section, settings.sections, 1, NEAR)
            if near:
                yield _slip(setting, section, near[0])
        elif line is None:
            names = settings.sections[section][-1].class_traits(config=True)
            near = get_close_matches(setting.name, names, 1)
            yield _slip(setting, setting.name, near[0] if near else "")
        elif (trait := trait_of(line, setting.name)) and not fits(value_of(setting, trait), trait):
            yield end(
                f"{setting.source}: {setting} is {shown(setting.value)}; it has to be"
                f" {allowed(trait)}."
            )


def _slip(setting: Setting, name: str, near: str) -> Finding:
    meant = f" Was {near} meant?" if near else " Take it out."
    return Finding(f"{setting.source}: {setting} has no effect, nothing is called {name}.{meant}")


def _elsewhere(settings: Settings, told: set[str]) -> Iterator[Finding]:
    """Yield what files elsewhere set that voila.json does not, and no sentence has ``told``."""
    ours = {
        (settings.line_of(setting), setting.name) for setting in settings.all if setting.is_ours
    }
    beside: defaultdict[str, list[str]] = defaultdict(list)
    for setting in settings.all:
        line = settings.line_of(setting)
        if setting.is_ours or setting.source == COMMAND_LINE or line is None:
            continue
        held = settings.held_in(line, setting.name)
        known = (line, setting.name) in ours or setting.name in EXPECTED or held.key in told
        if held.setting == setting and not known:
            beside[setting.source].append(str(setting))
    for source, names in beside.items():
        yield remark(f"{source} holds for this server too: it sets {', '.join(names)}.")


def _hosts(voila: Any, settings: Settings) -> Iterator[Finding]:
    """Yield names that no browser sends, and what is risky about a public one."""
    hosts = settings.held("Visitors", "hosts").value if "Visitors" in settings.sections else []
    for host in hosts:
        name = urlsplit(host if "//" in host else f"//{host}").hostname or ""
        if name != host:
            yield Finding(
                f"Visitors.hosts has {shown(host)}, which no browser sends as a name: the address"
                f" answers 403. It has to be {shown(name)}, without scheme, port or path."
            )
    if hosts and os.geteuid() == 0:
        yield remark("The server runs as root under a public name: give it a user of its own.")
    if not _is_loopback(voila.ip):
        yield remark(
            f"Voila.ip is {shown(voila.ip)}: whoever reaches this machine gets past the proxy, and"
            ' without TLS. Set it to "127.0.0.1", or see to it that only the proxy gets there.'
        )


def _is_loopback(ip: str) -> bool:
    try:
        return ip == "localhost" or ipaddress.ip_address(ip).is_loopback
    except ValueError:
        return False
