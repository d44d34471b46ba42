"""Packs the Voilà template into the wheel."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TEMPLATE = "share/jupyter/voila/templates/workbook"


class TemplateHook(BuildHookInterface[Any]):
    """Adds the template, except to an editable install: a copy there would go stale.

    `make` links it instead.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the folder to install under the environment's prefix."""
        if version != "editable":
            build_data["shared_data"][TEMPLATE] = TEMPLATE
