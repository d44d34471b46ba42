"""The files for many servers are those of site.toml, and such as their readers take."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from dataclasses import replace
from pathlib import Path

import kubernetes_validate
import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from deploying.errors import MOST
from deploying.files import FOLDER, PORT, site_files
from deploying.site import ROOT, load_site
from tests.setup.test_environment import read_lock

MADE = site_files(load_site())
IMAGE = (FOLDER / "Containerfile").read_text()
KINDS = [yaml.safe_load(part) for part in MADE["kubernetes.yaml"].split("\n---\n")]


def _run(program: str, *arguments: str | Path) -> str:
    """Return what a program of this environment complains about."""
    command = [Path(sys.executable).with_name(program), *arguments]
    result = subprocess.run(command, check=False, capture_output=True, text=True)
    return result.stdout + result.stderr if result.returncode else ""


@pytest.mark.parametrize("name", MADE)
def test_what_is_committed_is_what_the_site_makes(name: str) -> None:
    assert (FOLDER / name).read_text() == MADE[name], "run `make deploy`"


def test_nothing_else_is_there() -> None:
    by_hand = {
        "site.toml",
        "requirements.lock",
        "Containerfile",
        "Containerfile.dockerignore",
    }
    found = {f.relative_to(FOLDER).as_posix() for f in FOLDER.rglob("*") if f.is_file()}
    assert found == by_hand | MADE.keys()


def test_compose_takes_its_file() -> None:
    schema = ("--builtin-schema", "vendor.compose-spec")
    assert not _run("check-jsonschema", *schema, FOLDER / "compose.yaml")


@pytest.mark.parametrize(
    "kind", KINDS, ids=lambda kind: f"{kind['kind']} {kind['metadata']['name']}"
)
def test_kubernetes_takes_each_of_its_kinds(kind: dict) -> None:
    for version in ("1.28", kubernetes_validate.latest_version()):
        kubernetes_validate.validate(kind, version, strict=True)


def test_the_container_file_is_in_good_use() -> None:
    assert not _run("hadolint", FOLDER / "Containerfile")


def test_the_container_file_agrees_with_the_others() -> None:
    assert f"EXPOSE {PORT}\n" in IMAGE
    user = next(k for k in KINDS if k["kind"] == "StatefulSet")["spec"]["template"]["spec"]
    assert f"USER {user['securityContext']['runAsUser']}:" in IMAGE
    signal = re.search(r"STOPSIGNAL (\w+)", IMAGE)
    compose = yaml.safe_load(MADE["compose.yaml"])
    assert signal is not None
    assert {s.get("stop_signal") for s in compose["services"].values()} == {None, signal[1]}


def test_the_image_is_made_of_what_is_there_and_of_no_more() -> None:
    copied = set(re.findall(r"^COPY (?!--)(\S+)", IMAGE, re.MULTILINE))
    allowed = (FOLDER / "Containerfile.dockerignore").read_text()
    assert copied == set(re.findall(r"^!(\S+)", allowed, re.MULTILINE))
    assert all((ROOT / path).exists() for path in copied)


def test_the_image_has_the_locked_versions_and_nothing_for_tests() -> None:
    image = read_lock((FOLDER / "requirements.lock").read_text())
    all_of_them = read_lock((ROOT / "requirements.lock").read_text())
    assert image.items() <= all_of_them.items()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    for needed in map(Requirement, project["project"]["dependencies"]):
        assert needed.specifier.contains(image[canonicalize_name(needed.name)])
    assert "pytest" not in image


def test_pages_of_the_balancer_are_whole_and_have_people_who_can_help() -> None:
    for name in ("429.http", "503.http"):
        head, _, page = MADE[f"errors/{name}"].partition("\n\n")
        assert f"Content-Length: {len(page.encode())}\n" in head
        assert head.startswith(f"HTTP/1.1 {name[:3]} ")
        assert "Retry-After: 60" in head
        assert 'href="tel:' in page
        assert '<a href="/">Try again</a>' in page
        assert not re.search(r'(src|href)="(?!/"|tel:|data:)', page), "it asks for something"
        assert len(head + page) < MOST


@pytest.mark.parametrize("name", ["machine", "compose", "kubernetes"])
def test_the_balancer_logs_nobody_and_tells_nobody_of_health(name: str) -> None:
    lines = [line.strip() for line in MADE[f"haproxy/{name}.cfg"].splitlines()]
    telling = r"(log|option (http|tcp)log|option forwardfor|capture|stats uri)\b"
    assert not [line for line in lines if re.match(telling, line)]
    refused = lines.index("http-request deny deny_status 404 if { path_end /health }")
    assert refused < lines.index("use_backend door if door")


def test_the_unit_and_the_containers_keep_answers_off_the_disk() -> None:
    unit = MADE["systemd/workbook@.service"]
    for kept in ("MemorySwapMax=0", "LimitCORE=0", "PrivateTmp=yes", "ProtectSystem=strict"):
        assert f"\n{kept}\n" in unit
    services = yaml.safe_load(MADE["compose.yaml"])["services"]
    for server in (s for name, s in services.items() if name != "balancer"):
        assert server["mem_limit"] == server["memswap_limit"]
        assert server["ulimits"]["core"] == 0
        assert server["read_only"]
    pod = next(k for k in KINDS if k["kind"] == "StatefulSet")["spec"]["template"]["spec"]
    assert [volume["emptyDir"]["medium"] for volume in pod["volumes"]] == ["Memory"]


def test_a_new_certificate_goes_where_the_balancer_looks_and_then_it_is_told(
    tmp_path: Path,
) -> None:
    script = tmp_path / "renewed"
    site = load_site()
    place = tmp_path / "tls/site.crt"
    machine = replace(site.machine, certificate=str(place))
    script.write_text(site_files(replace(site, machine=machine))["certbot/renewed"])
    told = tmp_path / "systemctl"
    told.write_text(
        f'#!/bin/sh\ncp "{place}" "{tmp_path}/when-told"; echo "$*" > "{tmp_path}/how"\n'
    )
    told.chmod(0o755)
    for name in ("privkey", "fullchain"):
        (tmp_path / f"{name}.pem").write_text(name)
    env = {"RENEWED_LINEAGE": str(tmp_path), "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    subprocess.run(["sh", script], check=True, env=env)  # noqa: S607
    found = {path.name: path.read_text() for path in place.parent.iterdir()}
    assert found == {"site.crt": "fullchain", "site.key": "privkey"}
    assert {path.stat().st_mode & 0o077 for path in place.parent.iterdir()} == {0}
    assert (tmp_path / "when-told").read_text() == "fullchain"
    assert (tmp_path / "how").read_text() == "reload haproxy\n"
    assert (FOLDER / "certbot/renewed").stat().st_mode & 0o111


def test_a_server_that_is_full_is_not_ended() -> None:
    pod = next(k for k in KINDS if k["kind"] == "StatefulSet")["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    probes = [container[f"{kind}Probe"]["httpGet"]["path"] for kind in ("liveness", "readiness")]
    assert not [path for path in probes if "health" in path]
