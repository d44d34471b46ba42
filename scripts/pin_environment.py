"""Writes the versions of requirements.lock into environment.yml."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent


def main() -> None:
    """Replace every `name ==version`."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    versions = dict(re.findall(r"^([a-z0-9-]+)==([^\s;]+)", lock, flags=re.MULTILINE))
    environment = ROOT / "environment.yml"
    environment.write_text(
        re.sub(
            r"(?<=- )([\w-]+) ==\S+",
            lambda found: f"{found[1]} =={versions[found[1].replace('_', '-')]}",
            environment.read_text(encoding="utf-8"),
        ),
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
