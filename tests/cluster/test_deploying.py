"""What the programs themselves say of the files that are made for them."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from deploying.files import FOLDER
from deploying.site import ROOT
from driving.servers import ask, voila

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.cluster


@pytest.mark.parametrize("name", ["machine", "compose", "kubernetes"])
def test_haproxy_takes_its_configuration(name: str, tmp_path: Path, certificate: Path) -> None:
    text = (FOLDER / "haproxy" / f"{name}.cfg").read_text()
    text = re.sub(r"/\S+/errors/", f"{FOLDER}/errors/", text)
    text, found = re.subn(r"ssl crt \S+", f"ssl crt {certificate}", text)
    assert found == 1
    file = tmp_path / "haproxy.cfg"
    file.write_text(text)
    haproxy = shutil.which("haproxy", path="/usr/sbin:/usr/bin") or "haproxy"
    command = [haproxy, "-c", "-f", str(file)]
    result = subprocess.run(command, check=False, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert "WARNING" not in result.stderr


def test_systemd_where_it_is_takes_its_units(tmp_path: Path) -> None:
    for file in (FOLDER / "systemd").iterdir():
        shutil.copy(file, tmp_path)
    analyze = shutil.which("systemd-analyze")
    for unit in ("workbook@0.service", "workbook.target") if analyze else ():
        command = ["systemd-analyze", "verify", str(tmp_path / unit)]
        result = subprocess.run(command, check=False, capture_output=True, text=True)
        assert (result.returncode, result.stderr) == (0, "")


def test_what_the_image_is_made_of_is_enough(tmp_path: Path) -> None:
    image = (FOLDER / "Containerfile").read_text()
    inside = tmp_path / "inside"
    inside.mkdir()
    for source in re.findall(r"^COPY (?!--|deploy/)(\S+)", image, re.MULTILINE):
        copy = shutil.copytree if (ROOT / source).is_dir() else shutil.copy
        copy(ROOT / source, inside / source)
    line = re.search(r'^ENTRYPOINT \["voila", (.+)\]$', image, re.MULTILINE)
    assert line is not None
    options = [o for o in re.findall(r'"([^"]+)"', line[1]) if ".ip=" not in o]
    path, jupyter = str(inside), str(inside / "share/jupyter")
    with voila(tmp_path, *options, root=inside, PYTHONPATH=path, JUPYTER_PATH=jupyter) as server:
        page = ask(server.url)
    assert page.status == 200
    assert 'id="frame-whole"' in page.text
    assert "frame-failed" not in page.text
