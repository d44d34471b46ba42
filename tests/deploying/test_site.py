"""What site.toml may say, and what is said where it does not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from deploying.site import FILE, load_site

if TYPE_CHECKING:
    from pathlib import Path

FAULTS = {
    "an unknown key": ("places = 20", "places = 20\nplace = 3", "servers.place", "places, memory"),
    "an unknown table": ("[limits]", "[more]\na = 1\n[limits]", "more", "servers, limits"),
    "a missing key": ('language = "en"', "", "language", "missing"),
    "a text for a number": ("count = 3", 'count = "3"', "servers.count", "a whole number"),
    "too many": ("count = 3", "count = 101", "servers.count", "1 to 100"),
    "none at all": ("count = 3", "count = 0", "servers.count", "1 to 100"),
    "no memory": ("memory = 3000", "memory = 1299", "servers.memory", "1300 to"),
    "no port": ("first_port = 8870", "first_port = 80", "servers.first_port", "1024 to"),
    "an address for a name": ('"notes.example"', '"https://notes"', "name", "a host name"),
    "a new line in a name": ('"notes.example"', r'"notes.example\n"', "name", "a host name"),
    "no such language": ('"en"', '"tlh"', "language", "one of: en"),
    "a path with spaces": ('"/srv/workbook"', '"/my site"', "machine.folder", "without spaces"),
    "another ending": ("fullchain.crt", "fullchain.pem", "machine.certificate", "ends in .crt"),
    "a bad user": ('"workbook"\ncert', '"Work Book"\ncert', "machine.user", "the name of a user"),
    "an image with spaces": ('"registry.example/workbook:1"', '"a b"', "containers.image", "image"),
    "no TOML": ("[servers]", "[servers", "file", "this is not TOML"),
}


@pytest.mark.parametrize(("old", "new", "key", "allowed"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_one_sentence_with_file_key_and_what_is_allowed(
    tmp_path: Path, old: str, new: str, key: str, allowed: str
) -> None:
    text = FILE.read_text()
    assert text.count(old) == 1
    file = tmp_path / "site.toml"
    file.write_text(text.replace(old, new))
    with pytest.raises(SystemExit) as stopped:
        load_site(file)
    (line,) = str(stopped.value).splitlines()
    assert line.startswith(f"site.toml: {key}: ")
    assert allowed in line


def test_one_server_has_no_more_places_than_it_can_serve(tmp_path: Path) -> None:
    file = tmp_path / "site.toml"
    text = FILE.read_text().replace("places = 20", "places = 201")
    file.write_text(text.replace("memory = 3000", "memory = 20000"))
    with pytest.raises(SystemExit, match=r"servers\.places: 201 .* 1 to 200\.$"):
        load_site(file)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "site.toml"
    file.write_text(re.sub(r"(count|places|memory) = \d+", r"\1 = 0", FILE.read_text()))
    with pytest.raises(SystemExit) as stopped:
        load_site(file)
    assert len(str(stopped.value).splitlines()) == 3


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"^nowhere\.toml: file: the file cannot be read"):
        load_site(tmp_path / "nowhere.toml")
