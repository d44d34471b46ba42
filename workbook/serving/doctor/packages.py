"""What is installed, and whether it is what runs."""

from __future__ import annotations

import sys
import tomllib
from importlib.machinery import PathFinder
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from packaging.requirements import Requirement

from workbook.serving.doctor.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

KERNEL = "python3"
REMEDY = "`make setup` installs what fits."


def package_findings(project: Path) -> Iterator[Finding]:
    """Yield what ``project``, the folder with pyproject.toml, wants and does not have."""
    try:
        told = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        wanted = [Requirement(line) for line in told["dependencies"]]
    except (OSError, ValueError, KeyError):
        return  # installed without it: then pip has looked after that
    for requirement in wanted:
        if requirement.marker is None or requirement.marker.evaluate():
            yield from _fits(requirement)


def _fits(requirement: Requirement) -> Iterator[Finding]:
    name, wanted = requirement.name, requirement.specifier
    try:
        found = version(name)
    except PackageNotFoundError:
        yield Finding(f"The package {name} is missing; wanted is {wanted}. {REMEDY}")
        return
    if not wanted.contains(found, prereleases=True):
        yield Finding(f"The package {name} is {found}; wanted is {wanted}. {REMEDY}")


def code_findings(project: Path, search: list[str]) -> Iterator[Finding]:
    """Yield whether other code would run than that of ``project``.

    ``search`` is where Python looks for packages, without the folder it is started in.
    """
    own = (project / "workbook/__init__.py").resolve()
    spec = PathFinder.find_spec("workbook", search)
    if spec and spec.origin and own.is_file() and Path(spec.origin).resolve() != own:
        yield Finding(
            f"Another package named workbook, {spec.origin}, comes before the one here: unset"
            " PYTHONPATH, or take it out there."
        )


def kernel_findings(voila: Any) -> Iterator[Finding]:
    """Yield whether the kernels run another Python than the server."""
    try:
        spec = KernelSpecManager(parent=voila).get_kernel_spec(KERNEL)
    except NoSuchKernel:
        yield Finding(f"There is no kernel named {KERNEL}. {REMEDY}")
        return
    program = spec.argv[0] if spec.argv else ""
    if Path(program).is_absolute() and Path(program).parent != Path(sys.executable).parent:
        yield Finding(
            f"The kernel {KERNEL} of {spec.resource_dir} runs {program}, not {sys.executable}: take"
            " it out there, or set JUPYTER_PREFER_ENV_PATH=1."
        )


def template_findings(voila: Any) -> Iterator[Finding]:
    """Yield whether a template of the same name stands before ours."""
    name = voila.voila_configuration.template
    ours = Path(sys.prefix, "share/jupyter/voila/templates", name).resolve()
    first = next((Path(place).resolve() for place in voila.template_paths), None)
    if first is not None and ours.is_dir() and first != ours:
        yield Finding(
            f"The template {name} in {first} comes before ours in {ours}: take it out there, or set"
            " JUPYTER_PREFER_ENV_PATH=1."
        )
