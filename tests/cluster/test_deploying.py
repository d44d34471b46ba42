"""What the programs themselves say of the files that are made for them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from deploying.balancer import Place, configuration
from deploying.files import FOLDER
from deploying.site import ROOT, load_site
from driving.servers import ask, free_port, neutral_site, running, voila

pytestmark = pytest.mark.cluster


def _haproxy() -> str:
    return shutil.which("haproxy", path="/usr/sbin:/usr/bin") or "haproxy"


@pytest.mark.parametrize("name", ["machine", "compose", "kubernetes"])
def test_haproxy_takes_its_configuration(name: str, tmp_path: Path, certificate: Path) -> None:
    text = (FOLDER / "haproxy" / f"{name}.cfg").read_text()
    text = re.sub(r"/\S+/errors/", f"{FOLDER}/errors/", text)
    (named,) = re.findall(r"ssl crt (\S+)", text)
    # By the name that it has there: HAProxy finds the key by it.
    place = tmp_path / Path(named).name
    shutil.copy(certificate, place)
    shutil.copy(certificate.with_suffix(".key"), place.with_suffix(".key"))
    text = text.replace(named, str(place))
    file = tmp_path / "haproxy.cfg"
    file.write_text(text)
    command = [_haproxy(), "-c", "-f", str(file)]
    result = subprocess.run(command, check=False, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert "WARNING" not in result.stderr


def test_who_gives_out_certificates_gets_through_to_certbot_and_nobody_else_does_without_tls(
    tmp_path: Path, certificate: Path
) -> None:
    by_tls, plain = free_port(), free_port()
    with neutral_site() as certbot:
        certbot.open.set()
        place = Place(
            bind=f"127.0.0.1:{by_tls}",
            plain=f"127.0.0.1:{plain}",
            renewing=urlsplit(certbot.url).netloc,
            certificate=str(certificate),
            errors=str(FOLDER / "errors"),
            servers=((0, f"127.0.0.1:{free_port()}"),),
        )
        file = tmp_path / "haproxy.cfg"
        file.write_text(configuration(load_site(), place))
        command = [_haproxy(), "-db", "-f", str(file)]
        probe = f".well-known/acme-challenge/{'x' * 40}"
        with running(command, tmp_path, probe, tmp_path, f"http://127.0.0.1:{plain}/") as server:
            assert "Near" in ask(server.url + probe).text
            page = ask(server.url)
    assert (page.status, page.headers["Location"]) == (301, f"https://127.0.0.1:{plain}/")


def test_systemd_where_it_is_takes_its_units(tmp_path: Path) -> None:
    folder = load_site().machine.folder
    for file in (FOLDER / "systemd").iterdir():
        # systemd wants the programs to be there
        (tmp_path / file.name).write_text(file.read_text().replace(folder, str(ROOT)))
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
