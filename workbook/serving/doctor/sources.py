"""Where the settings of a server come from.

Voilà reads voila.py and voila.json: in the folder it is started in, then in Jupyter's folders. The
first folder wins, and over all of them the command line.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from traitlets.config import Config
from traitlets.config.loader import ConfigFileNotFound, JSONFileConfigLoader, PyFileConfigLoader

from workbook.serving.doctor.findings import Finding, end

if TYPE_CHECKING:
    from collections.abc import Iterator

OURS = "voila.json"
LOADERS = {"voila.py": PyFileConfigLoader, OURS: JSONFileConfigLoader}
COMMAND_LINE = "The command line"


@dataclass(frozen=True)
class Setting:
    """One setting as it stands somewhere.

    ``source`` is the path of its file, or the command line; ``sections`` are the classes that it
    is for, the outermost first.
    """

    source: str
    sections: tuple[str, ...]
    name: str
    value: Any

    @property
    def is_ours(self) -> bool:
        """Whether it stands in the file that belongs to the workbook."""
        return self.source == str(Path(OURS).resolve())

    def __str__(self) -> str:
        return ".".join((*self.sections, self.name))


def settings_of(voila: Any) -> tuple[list[Setting], list[Finding]]:
    """Return all settings, the strongest source last, and which files cannot be read."""
    found: list[Setting] = []
    wrong: list[Finding] = []
    for folder in reversed(voila.config_file_paths):
        for name, loader in LOADERS.items():
            path = str(Path(folder, name).resolve())
            try:
                found += _flat(path, Config(loader(name, path=folder).load_config()))
            except ConfigFileNotFound:
                continue
            except Exception as error:  # noqa: BLE001  # whatever somebody's Python file does
                why = " ".join(str(error).split()) or type(error).__name__
                wrong.append(end(f"{path} cannot be read, so nothing in it holds: {why}. Mend it."))
    return [*found, *_flat(COMMAND_LINE, voila.cli_config)], wrong


def _flat(source: str, config: Config, above: tuple[str, ...] = ()) -> Iterator[Setting]:
    for name, value in config.items():
        if isinstance(value, Config):
            yield from _flat(source, value, (*above, name))
        else:
            yield Setting(source, above, name, value)
