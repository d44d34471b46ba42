"""Which settings hold.

A setting of a class holds before one of a class above it, wherever either stands: that is how a
file elsewhere wins over voila.json.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from jupyter_client.ioloop.restarter import AsyncIOLoopKernelRestarter
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from traitlets import HasTraits, List, TraitError
from traitlets.config.loader import DeferredConfig, LazyConfigValue
from voila.app import Voila
from voila.configuration import VoilaConfiguration
from voila.exporter import VoilaExporter
from voila.voila_kernel_manager import voila_kernel_manager_factory

from workbook.serving.kernels import Kernel

if TYPE_CHECKING:
    from traitlets import TraitType
    from traitlets.config import Configurable

    from workbook.serving.doctor.sources import Setting

Line: TypeAlias = "tuple[type[Configurable], ...]"
LONGEST = 60  # signs of a value in a sentence


@dataclass(frozen=True)
class Held:
    """A key with the value that holds, and the setting that says so, if one does."""

    key: str
    value: Any
    setting: Setting | None

    @property
    def source(self) -> str:
        """Where the value comes from."""
        return self.setting.source if self.setting else "Set nowhere"


class Settings:
    """All settings of a server, and what follows from them."""

    def __init__(self, voila: Any, settings: list[Setting]) -> None:
        self.all = settings
        own = voila.voila_configuration
        manager = voila_kernel_manager_factory(
            own.multi_kernel_manager_class, own.preheat_kernel, own.default_pool_size
        )
        kernels: Line = (Voila, manager)
        # Each class that takes settings, behind those that it belongs to.
        self.lines: list[Line] = [
            (Voila,),
            (Voila, VoilaConfiguration),
            (Voila, VoilaExporter),
            (Voila, voila.identity_provider_class),
            kernels,
            (*kernels, Kernel),
            (*kernels, Kernel, AsyncIOLoopKernelRestarter),
            (*kernels, Kernel, KernelProvisionerFactory),
        ]
        self._named: defaultdict[str, list[Setting]] = defaultdict(list)
        for setting in settings:
            self._named[setting.name].append(setting)

    @cached_property
    def sections(self) -> dict[str, Line]:
        """Return under which names a file may speak of a class, and which class that is."""
        return {name: line for line in self.lines for name in line[-1].section_names()}

    def line_of(self, setting: Setting) -> Line | None:
        """Return which class a setting is for, or None where there is none."""
        meant = (line for line in self.lines if _rank(setting.sections, line) is not None)
        return next((line for line in meant if trait_of(line, setting.name)), None)

    def held(self, section: str, name: str) -> Held:
        """Return what holds for the class that a file calls ``section``."""
        return self.held_in(self.sections[section], name)

    def held_in(self, line: Line, name: str) -> Held:
        """Return what holds for the last class of ``line``."""
        trait = line[-1].class_traits(config=True)[name]
        held = Held(f"{_name(line)}.{name}", trait.default(), None)
        strength: tuple[int, ...] = ()
        for setting in self._named[name]:
            rank = _rank(setting.sections, line)
            if rank is not None and rank >= strength:
                value = value_of(setting, trait)
                if fits(value, trait):
                    held, strength = replace(held, value=value, setting=setting), rank
        return held


def _rank(sections: tuple[str, ...], line: Line) -> tuple[int, ...] | None:
    """Return how strong a setting is by its sections alone, as traitlets has it; None: not meant.

    "B" is weaker than "A.B" where a B belongs to an A; the name of a class is stronger than that of
    one above it.
    """
    names = line[-1].section_names() if line else []
    if not sections or sections[-1] not in names:
        return None
    place = names.index(sections[-1])
    if len(sections) == 1:
        return (0, place)
    above = _rank(sections[:-1], line[:-1])
    return None if above is None else (1, place, *above)


def _name(line: Line) -> str:
    """Return the name by which voila.json may speak of a class: Voilà makes one of its own."""
    own = (kind for kind in line[-1].__mro__ if kind.__qualname__ == kind.__name__)
    return next(own).__name__


def trait_of(line: Line, name: str) -> TraitType[Any, Any] | None:
    """Return what a setting of the last class of ``line`` may be, or None where there is none."""
    return line[-1].class_traits(config=True).get(name)


def fits(value: object, trait: TraitType[Any, Any]) -> bool:
    """Return whether a setting may have a value."""
    check = getattr(trait, "validate", None)
    if check is not None:
        try:
            check(HasTraits(), value)
        except TraitError:
            return False
    return True


def allowed(trait: TraitType[Any, Any]) -> str:
    """Return in words what a setting may be: "an int of at least 1"."""
    least = getattr(trait, "min", None)
    return trait.info() if least is None else f"{trait.info()} of at least {least}"


def value_of(setting: Setting, trait: TraitType[Any, Any]) -> Any:
    """Return the value that a setting gives, as traitlets understands it."""
    value = setting.value
    if isinstance(value, LazyConfigValue):
        return value.get_value(trait.default())
    if isinstance(value, DeferredConfig):
        value = value.get_value(trait)
    return [value] if isinstance(trait, List) and isinstance(value, str) else value


def shown(value: object) -> str:
    """Return a value as it stands in voila.json, cut to what can be read."""
    try:
        text = json.dumps(value, ensure_ascii=False)
    except TypeError:
        text = repr(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
