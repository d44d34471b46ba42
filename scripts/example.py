"""Writes the invented check-in that the README, the pictures and the tests use."""

from datetime import UTC, datetime
from pathlib import Path

from workbook import load_instrument, write_checkin

DATA = Path(__file__).parent.parent / "data"
FILE = DATA / "examples" / "checkin.csv"
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
    """Write the file."""
    instrument = load_instrument(DATA / "friendship.toml")
    saved_at = datetime(2026, 1, 31, 20, 15, tzinfo=UTC)
    FILE.write_text(write_checkin(instrument, ANSWERS, saved_at), encoding="utf-8", newline="")


if __name__ == "__main__":
    main()
