"""What the doctor sees on a machine: settings, files, packages, room."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import psutil
import pytest
from typer.testing import CliRunner

from driving.servers import ROOT, SCRIPTS, START, Server, free_port, own_settings
from workbook.serving.doctor import machine, packages
from workbook.serving.doctor.__main__ import app, look_here
from workbook.serving.doctor.findings import Finding, Weight

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SETTINGS = (ROOT / "voila.json").read_text()
MB = 1024 * 1024


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    """Voilà takes a signal for itself, even where it does not start."""
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the workbook's folder, in which the test then is, without own settings."""
    folder = tmp_path / "project"
    folder.mkdir()
    for name in ("data", "notebooks"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "voila.json").write_text(SETTINGS)
    for name, value in own_settings(tmp_path).items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(folder)
    return folder


def sentences(found: list[Finding]) -> list[str]:
    return [finding.sentence for finding in found]


def seen(*options: str) -> list[str]:
    """Return what is found, but what depends on who runs the tests."""
    found = [f for f in look_here(list(options))[0] if "runs as root" not in f.sentence]
    return sentences(found)


def change(folder: Path, section: str, name: str, value: object) -> None:
    settings = json.loads((folder / "voila.json").read_text())
    settings.setdefault(section, {})[name] = value
    (folder / "voila.json").write_text(json.dumps(settings))


def test_where_all_is_well_nothing_is_found(project: Path) -> None:
    assert seen("--Visitors.hosts=notes.example", "--port=9000") == []
    assert look_here([])[1]["X-Frame-Options"] == "DENY"
    assert project.is_dir()


def test_where_there_are_no_settings_nothing_is_safe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (sentence,) = seen()
    assert sentence.startswith(f"There is no voila.json in {tmp_path}")


def test_settings_that_are_no_json_are_named_with_the_place(project: Path) -> None:
    (project / "voila.json").write_text(SETTINGS.replace("{", "", 1))
    (sentence,) = seen()
    assert sentence.startswith(f"{project}/voila.json cannot be read, so nothing in it holds: ")
    assert "line 2" in sentence


ELSEWHERE: dict[str, tuple[str, str, list[str]]] = {
    # what is told first holds: the same key here wins over the one elsewhere
    "the same class": ("voila.json", '{"BoundedKernels": {"left_timeout": 3}}', []),
    "a class below": (
        "voila.json",
        '{"VoilaKernelManager": {"left_timeout": 3}}',
        ["{file} sets VoilaKernelManager.left_timeout to 3, which wins over BoundedKernels."],
    ),
    "a promise, in Python": (
        "voila.py",
        "c.Voila.VoilaConfiguration.show_tracebacks = True",
        ["{file}: Voila.VoilaConfiguration.show_tracebacks is true, so visitors see tracebacks."],
    ),
    "something beside": (
        "voila.json",
        '{"VoilaConfiguration": {"theme": "dark"}}',
        ["{file} holds for this server too: it sets VoilaConfiguration.theme."],
    ),
    "a name": ("voila.json", '{"Visitors": {"hosts": ["notes.example"]}}', []),
    "another program's": ("jupyter_config.py", "c.Voila.ip = '0.0.0.0'", []),
    "no Python": ("voila.py", "c.Voila.ip = ", ["{file} cannot be read, so nothing in it holds:"]),
}


@pytest.mark.parametrize(
    ("case", "variable"),
    [
        *((case, "JUPYTER_CONFIG_DIR") for case in ELSEWHERE),
        ("a class below", "JUPYTER_CONFIG_PATH"),
        ("a class below", "HOME"),
    ],
)
def test_a_person_s_own_settings_that_win_over_ours(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str, variable: str
) -> None:
    name, text, expected = ELSEWHERE[case]
    folder = tmp_path / "own"
    if variable == "HOME":
        monkeypatch.delenv("JUPYTER_CONFIG_DIR")
        folder /= ".jupyter"
    folder.mkdir(parents=True)
    monkeypatch.setenv(variable, str(tmp_path / "own"))
    (folder / name).write_text(text)
    found = seen()
    assert len(found) == len(expected), found
    for sentence, beginning in zip(found, expected, strict=True):
        assert sentence.startswith(beginning.format(file=folder / name))
    assert project.is_dir()


SLIPS = {
    ("BoundedKernel", "max_kernels", 4): "BoundedKernel. Was BoundedKernels meant?",
    ("BoundedKernels", "max_kernel", 4): "max_kernel. Was max_kernels meant?",
    ("Visitors", "host", "notes.example"): "host. Was hosts meant?",
    ("BoundedKernels", "max_kernels", "4"): 'is "4"; it has to be an int of at least 1.',
}


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip[0]}.{slip[1]}")
def test_a_slip_in_the_settings_is_named(project: Path, slip: tuple[str, str, object]) -> None:
    change(project, *slip)
    (sentence,) = seen()
    assert sentence.startswith(f"{project}/voila.json: {slip[0]}.{slip[1]} ")
    assert sentence.endswith(SLIPS[slip])


BROKEN: dict[tuple[str, ...], str] = {
    ("--VoilaConfiguration.show_tracebacks=True",): "visitors see tracebacks",
    ("--VoilaConfiguration.file_allowlist=.*",): "files beside the page are handed out",
    ("--VoilaConfiguration.template=lab",): "the page asks other hosts for files",
    ("--MappingKernelManager.cull_idle_timeout=0",): "stay in memory for ever",
    ("--KernelManager.transport=tcp",): "others on this machine reach the kernels' ports",
    ("--Voila.token=secret",): "the server does not start",
    ("--Voila.identity_provider_class=jupyter_server.auth.IdentityProvider",): "there is no gate",
    ("--debug",): "start it without --debug",
    ("--Voila.ip=0.0.0.0",): "whoever reaches this machine gets past the proxy",
    ("--Visitors.hosts=https://notes.example:8443/",): 'It has to be "notes.example"',
    ("--BoundedKernels.max_kernels=100000",): "100000 places take",
    ("--Voila.port=word",): "does not start with this",
}


@pytest.mark.parametrize("options", BROKEN, ids=" ".join)
def test_an_option_that_breaks_a_promise(
    project: Path, options: tuple[str, ...], caplog: pytest.LogCaptureFixture
) -> None:
    found = seen(*options)
    assert any(BROKEN[options] in sentence for sentence in found), found
    assert project.is_dir()
    assert not [record for record in caplog.records if record.exc_info]


def test_headers_that_are_taken_out_are_missed(project: Path) -> None:
    settings = json.loads(SETTINGS)
    del settings["Voila"]["tornado_settings"]["headers"]["Referrer-Policy"]
    settings["Voila"]["tornado_settings"]["allow_remote_access"] = True
    (project / "voila.json").write_text(json.dumps(settings))
    found = seen()
    assert "tornado_settings.allow_remote_access is true, so any other name" in found[0]
    assert "tornado_settings.headers lacks Referrer-Policy" in found[1]


def rewrite(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


FILES: dict[str, tuple[Callable[[Path], object], str]] = {
    "the questionnaire": (
        lambda folder: rewrite(folder / "data/friendship.toml", "weight = 3", "weight = -3"),
        "friendship.toml: own.weight: ",
    ),
    "the services": (
        lambda folder: (folder / "data/support.toml").write_text("x = "),
        "support.toml: file: ",
    ),
    "a missing one": (
        lambda folder: (folder / "data/friendship.toml").unlink(),
        "friendship.toml: file: ",
    ),
    "the notebook": (
        lambda folder: (folder / "notebooks/workbook.ipynb").write_text("no"),
        "The notebook ",
    ),
}


@pytest.mark.parametrize("case", FILES)
def test_a_file_that_does_not_load_is_told_in_the_loader_s_words(project: Path, case: str) -> None:
    spoil, beginning = FILES[case]
    spoil(project)
    (sentence, *others) = dict.fromkeys(seen())
    assert sentence.startswith(beginning)
    assert not others


def test_what_is_installed_is_held_against_what_is_wanted(project: Path) -> None:
    lines = ["tornado>=6.6,<6.6.1", "no-such-package>=1", 'no-such-one; python_version < "3"']
    (project / "pyproject.toml").write_text(f"[project]\ndependencies = {lines}\n")
    old, missing = seen()
    assert old.startswith("The package tornado is 6.")
    assert "wanted is <6.6.1,>=6.6. `make setup`" in old
    assert missing.startswith("The package no-such-package is missing; wanted is >=1.")
    assert list(packages.package_findings(ROOT)) == []


def test_another_package_of_the_same_name_comes_first(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other/workbook.py").write_text("")
    (project / "workbook").symlink_to(ROOT / "workbook")
    for search, wrong in ((["other", "project"], True), (["project", "other"], False)):
        paths = [str(tmp_path / name) for name in search]
        monkeypatch.setattr(sys, "path", [str(project), *paths, *sys.path])
        found = seen()
        assert len(found) == wrong
        assert not wrong or found[0].startswith(
            f"Another package named workbook, {tmp_path}/other/workbook.py, comes before"
        )


def test_kernels_and_templates_of_somebody_else(project: Path, tmp_path: Path) -> None:
    kernel = tmp_path / "data/kernels/python3/kernel.json"
    kernel.parent.mkdir(parents=True)
    kernel.write_text(json.dumps({"argv": ["/opt/other/python"], "display_name": "", "name": ""}))
    template = tmp_path / "data/voila/templates/workbook"
    shutil.copytree(ROOT / "share/jupyter/voila/templates/workbook", template)
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "0"
    try:
        first, second = seen()
    finally:
        del os.environ["JUPYTER_PREFER_ENV_PATH"]
    assert f"{kernel.parent} runs /opt/other/python, not {sys.executable}" in first
    assert f"The template workbook in {template} comes before ours" in second
    assert project.is_dir()


def tree(root: Path, group: str, **files: str) -> Path:
    """Make up the files of a system, in which this process is in a control group."""
    (root / "proc/self").mkdir(parents=True)
    (root / "proc/self/cgroup").write_text(f"0::/{group}\n")
    place = root / "sys/fs/cgroup" / group
    place.mkdir(parents=True)
    for name, text in files.items():
        (place / name.replace("_", ".")).write_text(text)
    return root


def told(root: Path, places: int = 10) -> list[str]:
    return sentences(list(machine.machine_findings(places, "/tmp", root)))  # noqa: S108


def test_too_little_memory_for_the_places_says_how_many_fit(tmp_path: Path) -> None:
    root = tree(tmp_path, "workbook.service", memory_max=str(400 * MB), pids_max="max")
    assert told(root, 2) == []
    (sentence,) = told(root, 3)
    assert sentence.startswith("There are 400 MB of memory, and 3 places take 450 MB: set")
    assert "BoundedKernels.max_kernels to 1," in sentence


def test_too_few_processes_for_the_places(tmp_path: Path) -> None:
    root = tree(tmp_path, "workbook.service", pids_max="100")
    (sentence,) = told(root)
    assert sentence.startswith("The server may have 100 processes and threads, and 10 places take")
    assert sentence.endswith("BoundedKernels.max_kernels to 5.")


@pytest.mark.parametrize(
    ("swaps", "most", "wrong"),
    [
        ("/dev/sda2 partition", "max", True),
        ("/dev/sda2 partition", "0", False),
        ("/dev/zram0 partition", "max", False),
        ("", "max", False),
    ],
)
def test_swap_is_a_remark(tmp_path: Path, swaps: str, most: str, wrong: bool) -> None:  # noqa: FBT001
    root = tree(tmp_path, "a", memory_swap_max=most)
    (root / "proc/swaps").write_text(f"Filename Type\n{swaps}")
    found = list(machine.machine_findings(1, "/tmp", root))  # noqa: S108
    assert [f.weight for f in found] == [Weight.REMARK] * wrong
    assert not wrong or "MemorySwapMax=0" in found[0].sentence


def test_a_folder_in_which_no_socket_can_stand(tmp_path: Path) -> None:
    long = tmp_path / ("long" * 20)
    long.mkdir()
    for folder, what in [
        (str(long), "signs too long for a socket"),
        ("/no/such", "cannot stand in /no/such (No such file or directory)"),
        ("/proc", "cannot stand in /proc ("),
    ]:
        (found,) = machine.machine_findings(1, folder)
        assert what in found.sentence
        assert found.weight == Weight.END


LIMITED = """
import resource
from workbook.serving.doctor.machine import machine_findings, make_room
most = resource.getrlimit(resource.RLIMIT_CORE)[1]
resource.setrlimit(resource.RLIMIT_CORE, (most, most))
resource.setrlimit(resource.RLIMIT_NOFILE, (60, 200))
make_room(4)
assert resource.getrlimit(resource.RLIMIT_CORE) == (0, most)
print(*resource.getrlimit(resource.RLIMIT_NOFILE))
make_room(50)
print(*resource.getrlimit(resource.RLIMIT_NOFILE))
print(*[finding.sentence for finding in machine_findings(50, "/tmp")])
"""


def test_room_for_sockets_is_made_as_far_as_it_goes_and_no_further() -> None:
    found = subprocess.run(
        [sys.executable, "-c", LIMITED], cwd=ROOT, check=True, capture_output=True, text=True
    )
    few, many, sentence = found.stdout.splitlines()
    assert (few, many) == ("140 200", "200 200")
    assert sentence.startswith("The server may open 200 files and sockets, and 50 places take 1060")
    assert sentence.endswith("BoundedKernels.max_kernels to 7.")


def test_a_server_that_starts_says_what_is_wrong_and_ends_where_it_could_not_work(
    tmp_path: Path,
) -> None:
    long = tmp_path / ("long" * 15)
    long.mkdir()
    found = subprocess.run(
        [
            str(SCRIPTS / "voila"),
            f"--port={free_port()}",
            "--no-browser",
            f"--Voila.connection_dir_root={long}",
            "--VoilaConfiguration.show_tracebacks=True",
        ],
        cwd=ROOT,
        env=own_settings(tmp_path),
        check=False,
        capture_output=True,
        text=True,
        timeout=START,
    )
    *_, warning, last = found.stderr.splitlines()
    assert warning.endswith(
        "WARNING | The command line: VoilaConfiguration.show_tracebacks is true, so visitors see"
        " tracebacks. It has to be false."
    )
    assert last.startswith(f"The path {long} is ")
    assert "Traceback" not in found.stderr
    assert found.returncode == 1


def test_a_server_that_starts_well_says_nothing_and_dumps_no_core(server: Server) -> None:
    assert "voila.json" not in server.log
    for process in (psutil.Process(server.pid), *server.kernels):
        assert process.rlimit(psutil.RLIMIT_CORE)[0] == 0


def test_the_command_says_so_where_nothing_is_found(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", ["", str(project), *sys.path])
    found = CliRunner().invoke(app)
    assert (found.exit_code, found.output) == (0, "Nothing found.\n")


def test_a_remark_keeps_nothing_from_working(project: Path) -> None:
    found = CliRunner().invoke(app, ["--Voila.ip=0.0.0.0"])
    assert found.exit_code == 0
    assert found.output.startswith('Note: Voila.ip is "0.0.0.0": whoever reaches this machine')
    assert project.is_dir()


def test_what_does_not_work_is_the_end_of_a_script(project: Path) -> None:
    found = CliRunner().invoke(app, ["--Visitors.hosts=https://notes.example"])
    assert found.exit_code == 1
    assert found.output.startswith('Visitors.hosts has "https://notes.example", which no browser')
    assert project.is_dir()


def test_an_address_that_is_none_is_refused_in_a_sentence(project: Path) -> None:
    found = CliRunner().invoke(app, ["notes.example"])
    assert found.exit_code == 2
    assert "'notes.example' is no address; one is https://notes.example/" in found.output
    assert project.is_dir()


def test_make_app_does_not_start_where_the_settings_are_no_json(project: Path) -> None:
    """Voilà would start without them, and serve the folder to anybody."""
    (project / "voila.json").write_text("{")
    shutil.copy(ROOT / "Makefile", project)
    found = subprocess.run(
        ["make", "-s", "-o", ".venv/ready", "app", "BIN=/no"],  # noqa: S607
        check=False,
        capture_output=True,
        text=True,
    )
    assert "voila.json cannot be read" in found.stderr
    assert "/no/voila" not in found.stderr
    assert found.returncode
