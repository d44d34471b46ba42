"""What hypothesis draws: answers to an instrument, and whole small instruments."""

from collections.abc import Iterable
from functools import reduce
from operator import and_

from hypothesis import strategies as st

from tests.core.making import Raw
from workbook import Instrument
from workbook.instrument.items import Item

EDGES = (20, 33.333333333, 40, 50, 62.5, 66.666666667, 70, 100)
ADDS = (0, 3, 5, 12.5, 30, 110)
OUTCOMES = ("a", "b", "c", "not-enough")
ALL_WITHHELD = ["scores", "outcome", "message", "boundaries", "choice"]
# Mostly "no", or nearly every draw would end at a gate.
SIGNS = ("no", "no", "no", "no", "not sure", "yes")


def answers_to(instrument: Instrument, *, own: int = 2) -> st.SearchStrategy[Raw]:
    """Answers to what is scored, some blank, with up to ``own`` own items."""
    slots = tuple(f"own.{n}." for n in range(1, own + 1))
    scored = [i for i in instrument.items if i.kind in ("rating", "check", "sign")]
    added = (i for i in instrument.own_items if i.id.startswith(slots) and i.kind != "text")
    return blanked([*scored, *added])


def blanked(items: Iterable[Item]) -> st.SearchStrategy[Raw]:
    full = st.fixed_dictionaries({i.id: value_of(i) for i in items})
    masks = st.lists(st.integers(0, 2**128 - 1), min_size=1, max_size=4)
    return st.tuples(full, masks).map(_blank_out)


def value_of(item: Item) -> st.SearchStrategy[object]:
    if item.kind == "rating":
        return st.integers(item.min, item.max)
    if item.kind == "check":
        return st.booleans()
    if item.kind == "sign":
        return st.sampled_from(SIGNS)
    if item.kind == "choice":
        return st.sampled_from([o.id for o in item.options])
    return st.text(max_size=20)


def _blank_out(drawn: tuple[Raw, list[int]]) -> Raw:
    answers, masks = drawn
    mask = reduce(and_, masks)  # the more masks, the fewer blanks
    return {key: value for n, (key, value) in enumerate(answers.items()) if not mask >> n & 1}


@st.composite
def instruments(draw: st.DrawFn, *, rules: bool = True) -> Raw:
    """Return a sound small instrument as the tables of its file."""
    ratings = [_rating(draw, f"r{n}") for n in range(draw(st.integers(2, 4)))]
    checks = [f"c{n}" for n in range(draw(st.integers(0, 2)))]
    signs = [f"s{n}" for n in range(draw(st.integers(0, 2)))]
    scales = _scales(draw, [r["id"] for r in ratings], checks)
    raw: Raw = {
        "id": "made",
        "version": "1",
        "item": [
            *ratings,
            *({"id": c, "kind": "check", "text": "?"} for c in checks),
            *({"id": s, "kind": "sign", "text": "?"} for s in signs),
        ],
        "scale": scales,
        "cap": [_line(draw, scales, ratings, "at_most") for _ in range(draw(st.integers(0, 2)))],
        "outcome": [{"id": o, "title": o} for o in OUTCOMES],
    }
    if rules:
        raw["rule"] = _rules(draw, scales)
        raw["gate"] = _gates(draw, signs)
    if draw(st.booleans()):
        raw["own"] = _own(draw, scales)
    floors = [_floor(draw, raw, ratings) for _ in range(draw(st.integers(0, 2)))]
    raw["floor"] = [f for f in floors if not any(_apart(f, c, scales) for c in raw["cap"])]
    return raw


def _own(draw: st.DrawFn, scales: list[Raw]) -> Raw:
    sides: list[Raw] = [{"id": f"on-{s['id']}", "scale": s["id"], "text": "!"} for s in scales]
    for side in sides:
        if draw(st.booleans()):
            side["at_most"] = draw(st.sampled_from((0, 5, 12.5)))
    add = draw(st.sampled_from((0, 4, 7.5)))
    return {"sides": sides, "most": 2, "min": 1, "max": 3, "weight": 2, "add": add}


def _floor(draw: st.DrawFn, raw: Raw, ratings: list[Raw]) -> Raw:
    floor = _line(draw, raw["scale"], ratings, "at_least")
    if "own" in raw and draw(st.booleans()):
        del floor["item"]
        floor["own"] = draw(st.sampled_from(raw["own"]["sides"]))["id"]
    return floor


def _apart(floor: Raw, cap: Raw, scales: list[Raw]) -> bool:
    """Whether a floor might ask for more than a cap allows: such a file is refused."""
    bands = {s["id"]: [b["id"] for b in s["bands"]] for s in scales}
    here = bands[cap["scale"]]
    if floor["scale"] != cap["scale"]:
        return False
    return int(here.index(floor["at_least"])) > int(here.index(cap["at_most"]))


def _rating(draw: st.DrawFn, name: str) -> Raw:
    low = draw(st.integers(-2, 2))
    top = low + draw(st.integers(1, 3))
    return {"id": name, "kind": "rating", "text": "?", "min": low, "max": top}


def _scales(draw: st.DrawFn, ratings: list[str], checks: list[str]) -> list[Raw]:
    """Return one or two scales that may share items; each rating is on one at least."""
    first = draw(st.lists(st.sampled_from(ratings), min_size=1, unique=True))
    rest = [r for r in ratings if r not in first]
    shared = draw(st.lists(st.sampled_from(first), unique=True))
    if not rest and not shared:
        return [_scale(draw, "p", first, checks)]
    return [_scale(draw, "p", first, checks), _scale(draw, "q", [*rest, *shared], checks)]


def _scale(draw: st.DrawFn, name: str, ratings: list[str], checks: list[str]) -> Raw:
    adding = [r for r in ratings[1:] if draw(st.integers(0, 3)) == 0]
    adds: list[Raw] = [
        {"id": r, "add": draw(st.sampled_from(ADDS)), "reverse": draw(st.booleans())}
        for r in adding
    ]
    ratings = [r for r in ratings if r not in adding]
    weights = [draw(st.integers(0, 3)) for _ in ratings]
    if not any(weights):
        weights[0] = 1
    ties: list[Raw] = [
        {"id": r, "weight": w, "reverse": draw(st.booleans())}
        for r, w in zip(ratings, weights, strict=True)
    ]
    ties += adds
    ties += [{"id": c, "add": draw(st.sampled_from(ADDS))} for c in checks if draw(st.booleans())]
    edges = sorted(draw(st.lists(st.sampled_from(EDGES), max_size=2, unique=True)))
    bands: list[Raw] = [{"id": f"b{n}", "below": edge} for n, edge in enumerate(edges)]
    scale: Raw = {
        "id": name,
        "min_answered": draw(st.integers(1, len(ratings))),
        "bands": [*bands, {"id": "top"}],
        "items": ties,
    }
    if draw(st.booleans()):
        needed = draw(st.lists(st.sampled_from(ratings), min_size=1, unique=True))
        scale["require"] = [{"items": needed, "at_least": draw(st.integers(1, len(needed)))}]
    return scale


def _line(draw: st.DrawFn, scales: list[Raw], ratings: list[Raw], band: str) -> Raw:
    """Return a cap ("at_most") or a floor ("at_least")."""
    scale, rating = draw(st.sampled_from(scales)), draw(st.sampled_from(ratings))
    return {
        "scale": scale["id"],
        "item": rating["id"],
        draw(st.sampled_from(("below", "above"))): draw(
            st.integers(rating["min"], rating["max"]),
        ),
        band: draw(st.sampled_from(scale["bands"]))["id"],
    }


def _rules(draw: st.DrawFn, scales: list[Raw]) -> list[Raw]:
    """Return some cases of the table in any order, and one rule for all the others."""
    cases: list[Raw] = [{}]
    for scale in scales:
        cases = [{**c, scale["id"]: [b["id"]]} for c in cases for b in scale["bands"]]
    outcome = st.sampled_from(OUTCOMES)
    named = draw(st.lists(st.sampled_from(range(len(cases))), unique=True))
    rules = [{"when": cases[n], "outcome": draw(outcome)} for n in named]
    return rules if len(named) == len(cases) else [*rules, {"outcome": draw(outcome)}]


def _gates(draw: st.DrawFn, signs: list[str]) -> list[Raw]:
    """Return gates that can all apply. Only one that nothing can change withholds the scores."""
    gates: list[Raw] = []
    for n in range(draw(st.integers(0, 3)) if signs else 0):
        gate: Raw = {
            "id": f"g{n}",
            "items": draw(st.lists(st.sampled_from(signs), min_size=1, unique=True)),
            "when": draw(st.sampled_from(("yes", "no", "not sure", "blank"))),
            "outcome": draw(st.sampled_from(OUTCOMES)),
            "instead_of": draw(st.lists(st.sampled_from(OUTCOMES), max_size=2, unique=True)),
        }
        gate["at_least"] = draw(st.integers(1, len(gate["items"])))
        if not gates and gate["when"] != "blank" and not gate["instead_of"]:
            gate["withhold"] = draw(st.sampled_from(([], ["message"], ALL_WITHHELD)))
        if not any(_covers(g, gate) for g in gates):
            gates.append(gate)
    return gates


def _covers(earlier: Raw, gate: Raw) -> bool:
    """Whether ``earlier`` may apply wherever ``gate`` does: such a file is refused."""
    beyond = len(set(gate["items"]) - set(earlier["items"]))
    same = bool(earlier["when"] == gate["when"])
    return same and int(gate["at_least"]) - beyond >= int(earlier["at_least"])


@st.composite
def lawful(draw: st.DrawFn) -> Raw:
    """Return an instrument that states which ends are better, and in which nothing worse helps."""
    good = {f"r{n}": draw(st.booleans()) for n in range(draw(st.integers(3, 5)))}
    boxes = ["c0", "c1"]
    scales = [_good_scale(draw, good), _bad_scale(draw, good, boxes)]
    signs = [f"s{n}" for n in range(3)]
    outcomes = ["a", "b", "c", "d", "e"]
    return {
        "id": "lawful",
        "version": "1",
        "item": [
            *({"id": r, "kind": "rating", "text": "?", "min": 0, "max": 4} for r in good),
            *({"id": c, "kind": "check", "text": "?"} for c in boxes),
            *({"id": s, "kind": "sign", "text": "?"} for s in signs),
        ],
        "own": {
            "sides": [
                {"id": "for", "scale": "good", "text": "!", "at_most": draw(st.sampled_from(ADDS))},
                {"id": "against", "scale": "bad", "text": "!"},
            ],
            "most": 2,
            "add": 6,
        },
        "scale": scales,
        "cap": [_harm(draw, good, scales[0]) for _ in range(draw(st.integers(0, 3)))],
        "floor": [
            *(_harm(draw, good, scales[1]) for _ in range(draw(st.integers(0, 2)))),
            {"scale": "bad", "own": "against", "above": 12, "at_least": "b1"},
        ],
        "outcome": [
            *({"id": o, "title": o} for o in outcomes),
            {"id": "not-enough", "title": "?", "ordered": False},
        ],
        "rule": _rising(draw),
        "gate": [
            _gate("danger", signs[:1], "yes", "e"),
            _gate("doubt", signs[:1], "not sure", "d"),
            _gate("two", signs[1:], "yes", "c", at_least=2),
            _gate("one", signs[1:], "yes", "b", instead_of=["a"]),
            _gate("open", signs, "blank", "not-enough", instead_of=["a", "b"]),
            _gate("unsure", signs[1:], "not sure", "b", instead_of=["a"]),
        ],
    }


def _good_scale(draw: st.DrawFn, good: dict[str, bool]) -> Raw:
    ties = [{"id": r, "weight": draw(st.integers(1, 3)), "reverse": not g} for r, g in good.items()]
    last = ties[-1]
    ties[-1] = {"id": last["id"], "add": draw(st.sampled_from(ADDS)), "reverse": last["reverse"]}
    return {"id": "good", "better": "high", "bands": _three(draw), "items": ties}


def _bad_scale(draw: st.DrawFn, good: dict[str, bool], boxes: list[str]) -> Raw:
    ties: list[Raw] = [
        {"id": r, "weight": draw(st.integers(0, 2)), "reverse": g} for r, g in good.items()
    ]
    ties[0]["weight"] = 1
    ties += [{"id": c, "add": draw(st.sampled_from(ADDS))} for c in boxes]
    return {"id": "bad", "better": "low", "bands": _three(draw), "items": ties}


def _three(draw: st.DrawFn) -> list[Raw]:
    low, high = sorted(draw(st.lists(st.sampled_from(EDGES), min_size=2, max_size=2, unique=True)))
    return [{"id": "b0", "below": low}, {"id": "b1", "below": high}, {"id": "b2"}]


def _harm(draw: st.DrawFn, good: dict[str, bool], scale: Raw) -> Raw:
    """Return a cap on the good scale or a floor on the bad one, by an item's bad end."""
    rating = draw(st.sampled_from(sorted(good)))
    line = draw(st.integers(1, 3))
    band = "at_most" if scale["better"] == "high" else "at_least"
    return {
        "scale": scale["id"],
        "item": rating,
        "below" if good[rating] else "above": line,
        band: draw(st.sampled_from(("b0", "b1") if band == "at_most" else ("b1", "b2"))),
    }


def _rising(draw: st.DrawFn) -> list[Raw]:
    """Return a rule for every case; outcomes only get later as bands get worse."""
    steps = sorted(draw(st.lists(st.integers(0, 2), min_size=5, max_size=5)))
    return [
        {"when": {"good": [f"b{g}"], "bad": [f"b{b}"]}, "outcome": "abc"[steps[2 - g + b]]}
        for g in range(3)
        for b in range(3)
    ]


def _gate(name: str, items: list[str], when: str, outcome: str, **more: object) -> Raw:
    return {"id": name, "items": items, "when": when, "outcome": outcome, **more}
