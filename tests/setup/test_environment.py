"""One set of versions: pyproject.toml, requirements.lock, environment.yml and what is installed."""

import importlib.metadata
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
TEMPLATE = Path("share/jupyter/voila/templates/workbook")
# In a virtual environment of its own these come with Python, not with the lock.
NOT_LOCKED = {"pip", "setuptools", "wheel", "workbook"}
LOCK = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)(?: ; (.+?))? \\$", re.MULTILINE)


def read_lock(text: str) -> dict[str, str]:
    """Versions by name, of what this Python on this system needs."""
    return {
        canonicalize_name(name): version
        for name, version, marker in LOCK.findall(text)
        if not marker or Marker(marker).evaluate()
    }


def read_environment(text: str) -> dict[str, str]:
    """Versions by name of what conda and pip install, but for Python, pip and the project."""
    *conda, last = yaml.safe_load(text)["dependencies"]
    pinned = [*conda, *last["pip"]]
    assert pinned[:2] == ["python >=3.11", "pip"]
    assert pinned[-1] == "."
    pins = [line.split(" ==") for line in pinned[2:-1]]
    return {canonicalize_name(name): version for name, version in pins}


def requirements() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    lines = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    for extra in project["project"]["optional-dependencies"].values():
        assert set(extra) <= set(lines), "the tests try every extra"
    return [Requirement(line) for line in lines]


@pytest.fixture(scope="module")
def lock() -> dict[str, str]:
    return read_lock((ROOT / "requirements.lock").read_text())


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    return read_environment((ROOT / "environment.yml").read_text())


@pytest.mark.parametrize("requirement", requirements(), ids=lambda one: one.name)
def test_the_lock_satisfies_pyproject(requirement: Requirement, lock: dict[str, str]) -> None:
    assert requirement.specifier.contains(lock[canonicalize_name(requirement.name)])


def test_the_lock_has_a_hash_for_everything_and_names_no_host() -> None:
    text = (ROOT / "requirements.lock").read_text()
    entries = re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)[1:]
    assert len(entries) == len(LOCK.findall(text))
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text
    assert not re.search(r"^-", text, flags=re.MULTILINE)


def test_the_conda_environment_has_the_versions_of_the_lock(
    lock: dict[str, str], environment: dict[str, str]
) -> None:
    direct = {canonicalize_name(requirement.name) for requirement in requirements()}
    assert environment == {name: lock[name] for name in direct}


def test_what_is_installed_is_what_is_locked(lock: dict[str, str]) -> None:
    installed = {
        canonicalize_name(found.name): found.version for found in importlib.metadata.distributions()
    }
    assert {name: installed[name] for name in installed.keys() - NOT_LOCKED} == lock


def test_this_environment_serves_the_template_of_the_source() -> None:
    assert contents(Path(sys.prefix) / TEMPLATE) == contents(ROOT / TEMPLATE)


@pytest.mark.network
def test_the_environment_installs_by_name_and_the_project_works_in_it(
    tmp_path: Path, lock: dict[str, str], environment: dict[str, str]
) -> None:
    fresh = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", fresh], check=True)
    python = fresh / "bin" / "python"
    # With the lock's versions below the named ones, the outcome does not depend on the day.
    constraints = tmp_path / "constraints.txt"
    constraints.write_text("".join(f"{name}=={version}\n" for name, version in lock.items()))

    def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
        settings = {**os.environ, "PYTHONPATH": "", "UV_HTTP_TIMEOUT": "10", "UV_HTTP_RETRIES": "1"}
        return subprocess.run(
            command, cwd=tmp_path, env=settings, check=False, capture_output=True, text=True
        )

    def install(*names: str | Path) -> None:
        """Install as the set-up does: uv where it can, else pip, which knows of mirrors."""
        uv = (Path(sys.executable).with_name("uv"), "pip", "install", "-q", "--python", python)
        pip = (python, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-compile")
        if run(*uv, *names).returncode:
            result = run(*pip, *names)
            assert result.returncode == 0, result.stdout + result.stderr

    install("-c", constraints, *(f"{name}=={version}" for name, version in environment.items()))
    install("--no-deps", "--no-build-isolation", ROOT)

    assert (
        "No broken requirements"
        in run(python, "-m", "pip", "check", "--disable-pip-version-check").stdout
    )
    package = Path(run(python, "-c", "import workbook; print(workbook.__path__[0])").stdout.strip())
    assert package.is_relative_to(fresh)
    assert contents(package) == contents(ROOT / "workbook")
    assert contents(fresh / TEMPLATE) == contents(ROOT / TEMPLATE)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file's bytes by its path; at least one."""
    found = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert found, f"{folder} is empty"
    return found
