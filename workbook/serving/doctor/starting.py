"""What a server looks at when it starts: all that needs no network and takes no time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook.serving.doctor.content import content_findings
from workbook.serving.doctor.findings import Weight
from workbook.serving.doctor.machine import machine_findings, make_room
from workbook.serving.doctor.packages import (
    code_findings,
    kernel_findings,
    package_findings,
    template_findings,
)
from workbook.serving.doctor.settings import settings_findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.serving.doctor.findings import Finding


def look_over(voila: Any) -> None:
    """Log what is wrong with a server that starts. Raises SystemExit where it could not work."""
    places = voila.kernel_manager.max_kernels
    make_room(places)
    found = list(findings_here(voila, places, []))
    for finding in found:
        if finding.weight == Weight.END:
            raise SystemExit(finding.sentence)
        voila.log.warning("%s", finding.sentence)


def findings_here(voila: Any, places: int, search: list[str]) -> Iterator[Finding]:
    """Yield what is found on this machine.

    ``voila`` is a server for ``places`` pages at once, which need not run, in its folder;
    ``search`` is where Python looks for packages beside that folder.
    """
    project = Path.cwd()
    yield from settings_findings(voila)
    yield from content_findings(voila)
    yield from package_findings(project)
    yield from code_findings(project, search)
    yield from kernel_findings(voila)
    yield from template_findings(voila)
    yield from machine_findings(places, voila.connection_dir_root)
