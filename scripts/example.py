"""Writes the invented check-in and diaries that the README, pictures, notebooks and tests use."""

import csv
import io
import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from workbook import Instrument, load_instrument, write_checkin

DATA = Path(__file__).parent.parent / "data"
FILE = DATA / "examples" / "checkin.csv"
STORIES = Path(__file__).parent / "stories.toml"
ANSWERS: dict[str, object] = {
    "why.bond": True,
    "why.loneliness": True,
    "why.confidant": False,
    "why.letting-go": False,
    "why.nostalgia": True,
    "feel.platonic": True,
    "feel.dependence": False,
    "feel.unresolved": False,
    "feel.closure": False,
    "for.care": 7,
    "for.circles": 6,
    "for.my-no": 6,
    "for.their-no": 8,
    "for.moved-on-them": 5,
    "for.moved-on-me": 6,
    "against.blurred": 4,
    "against.leaning": 3,
    "against.new-love": 2,
    "against.agenda": 3,
    "against.old-fights": 5,
    "ready.healed": 6,
    "ready.boundaries": 7,
    "ready.same-page": 5,
    "ready.enriches": 7,
    "ready.hope": 3,
    "walk.delays": "no",
    "walk.one-sided": "no",
    "walk.eggshells": "no",
    "walk.guilt": "no",
    "walk.pressure": "no",
    "walk.fear": "no",
    "walk.harm": "no",
    "say.acknowledge.text": "I can tell that you miss how we used to talk.",
    "say.limits.text": "A message now and then is fine. Long calls at night are not.",
    "bound.frequency.setting": "month",
    "well.support.step": "Ask Robin round for soup",
    "well.support.day": "thu",
}


def main() -> None:
    """Write the files."""
    instrument = load_instrument(DATA / "friendship.toml")
    for name, text in files(instrument):
        FILE.with_name(name).write_text(text, encoding="utf-8", newline="")


def files(instrument: Instrument) -> Iterator[tuple[str, str]]:
    """Yield name and content of each file."""
    saved_at = datetime(2026, 1, 31, 20, 15, tzinfo=UTC)
    yield FILE.name, write_checkin(instrument, ANSWERS, saved_at)
    for name, moments in tomllib.loads(STORIES.read_text(encoding="utf-8")).items():
        yield f"{name}.csv", "".join(diary(instrument, moments))


def diary(instrument: Instrument, moments: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the check-ins of a story, with the header over the first of them."""
    answers: dict[str, object] = {}
    for number, moment in enumerate(moments):
        answers = {k: v for k, v in {**answers, **moment["set"]}.items() if v != ""}
        now = {k: v for k, v in answers.items() if k in instrument.by_id}
        text = write_checkin(instrument, now, moment["at"])
        if "version" in moment:
            text = aged(instrument, text, moment)
        yield text if number == 0 else text.partition("\r\n")[2]


def aged(instrument: Instrument, text: str, moment: Mapping[str, Any]) -> str:
    """Return a check-in as an older version wrote it, with the questions that are retired."""
    text = text.replace(f"v{instrument.version}", f"v{moment['version']}")
    text = text.replace(instrument.fingerprint, moment["fingerprint"])
    header, _, rows = text.partition("\r\n")
    first = rows.partition("\r\n")[0]
    start = next(csv.reader([first]))[:4]
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    for retired in (r for r in instrument.retired if r.id in moment["set"]):
        said, chapter = moment["set"][retired.id], retired.id.partition(".")[0]
        writer.writerow([*start, "answer", retired.id, chapter, retired.name, said, "", ""])
    return f"{header}\r\n{out.getvalue()}{rows}"


if __name__ == "__main__":
    main()
