"""The charts: bqplot figures of an assessment, each with a sentence and a table saying the same."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import bqplot as bq
import numpy as np

from workbook.instrument import TOP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbook.assessment import Assessment, Score
    from workbook.instrument import Instrument, Scale
    from workbook.words import Words

# Colours are variables of the style sheet, so that they follow light and dark.
HUES = ("var(--wb-ready)", "var(--wb-risk)", "var(--wb-third)")
BAND, RULE, INK, SOFT = "var(--wb-band)", "var(--wb-line)", "var(--wb-ink)", "var(--wb-soft)"
LONGEST = 20  # characters of a name beside its bar
STEP = 5  # points between two marks below the bars
SMALL = {"font-size": "13px", "fill": SOFT}


@dataclass(frozen=True)
class Table:
    """The table that says what a chart shows."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Chart(Protocol):
    """A figure that shows an assessment."""

    kind: str
    title: str
    figure: bq.Figure

    def show(self, assessment: Assessment) -> None:
        """Bring the figure up to date."""

    def say(self, assessment: Assessment) -> str:
        """Return in one sentence what the figure shows."""

    def table(self, assessment: Assessment) -> Table:
        """Return the figure's numbers."""


def number(value: float | None, words: Words) -> str:
    """Return a score as it is shown: a whole number, or the word for none."""
    return words("score.none") if value is None else f"{value:.0f}"


def band_text(scale: Scale, score: Score, words: Words) -> str:
    """Return the name of a score's band."""
    if score.band is None:
        return words("score.none")
    return scale.band(score.band).name


def say_score(scale: Scale, score: Score, words: Words) -> str:
    """Return a score, its band and its range in a sentence."""
    if score.low is None or score.high is None:
        return words("score.withheld", scale=scale.name)
    low, high = number(score.low, words), number(score.high, words)
    if score.value is None:
        return words("score.missing", scale=scale.name, low=low, high=high)
    value, band = number(score.value, words), band_text(scale, score, words)
    code = "score.exact" if low == high else "score.ranged"
    return words(code, scale=scale.name, value=value, band=band, low=low, high=high)


def _figure(marks: list[bq.Mark], axes: list[bq.Axis], height: int, left: int) -> bq.Figure:
    figure = bq.Figure(
        marks=marks,
        axes=axes,
        fig_margin={"top": 8, "bottom": 34, "left": left, "right": 16},
        min_aspect_ratio=0.2,
        max_aspect_ratio=20,
        background_style={"fill": "none"},
        padding_x=0,
        padding_y=0,
    )
    figure.layout.height = f"{height}px"
    figure.layout.width = "100%"
    figure.add_class("wb-figure")
    return figure


def _axis(scale: bq.Scale, ticks: Sequence[float], **more: object) -> bq.Axis:
    return bq.Axis(
        scale=scale,
        tick_values=list(ticks),
        tick_format=".0f",
        grid_lines="none",
        tick_style=SMALL,
        color=RULE,
        **more,
    )


class ScoreChart:
    """Every score on its bands, with the range it could still have."""

    kind = "scores"

    def __init__(self, instrument: Instrument, words: Words) -> None:
        self.title = words("chart.scores")
        self._instrument, self._words = instrument, words
        count = len(instrument.scales)
        x, y = bq.LinearScale(min=0, max=TOP), bq.LinearScale(min=-0.5, max=count - 0.5)
        scales = {"x": x, "y": y}
        self._rows = np.arange(count, dtype=float)[::-1]
        hues = [HUES[n % len(HUES)] for n in range(count)]
        self._ranges = bq.Lines(
            x=np.zeros((count, 2)),
            y=np.repeat(self._rows[:, None], 2, axis=1),
            scales=scales,
            colors=hues,
            stroke_width=12,
            opacities=[0.4] * count,
        )
        self._values = bq.Scatter(
            x=np.zeros(0), y=np.zeros(0), scales=scales, colors=hues, marker="rectangle",
            default_size=150, default_skew=0.85, stroke=INK,
        )  # fmt: skip
        names = bq.Label(
            x=np.zeros(count), y=self._rows + 0.34, text=[s.name for s in instrument.scales],
            scales=scales, colors=[INK], default_size=14, font_weight="bold", align="start",
        )  # fmt: skip
        marks = [*self._bands(scales), self._ranges, self._values, names]
        edges = {b.below for s in instrument.scales for b in s.bands if b.below}
        self.figure = _figure(marks, [_axis(x, sorted({0, *edges, TOP}))], 92 * count + 44, 16)

    def _bands(self, scales: dict[str, bq.Scale]) -> list[bq.Mark]:
        """Return a bar a band with a gap between, and the band's name in it."""
        bars, at, where, texts = [], [], [], []
        for row, scale in zip(self._rows, self._instrument.scales, strict=True):
            for band, start, end in scale.spans:
                bars.append([start + 0.3, end - 0.3])
                at.append(row)
                where.append(start + 1)
                texts.append(band.name)
        rows = np.array(at)
        return [
            bq.Lines(
                x=np.array(bars), y=np.repeat(rows[:, None], 2, axis=1), scales=scales,
                colors=[BAND], stroke_width=26,
            ),
            bq.Label(
                x=np.array(where), y=rows - 0.33, text=texts, scales=scales, colors=[SOFT],
                default_size=12, font_weight="normal", align="start",
            ),
        ]  # fmt: skip

    def show(self, assessment: Assessment) -> None:
        """Bring the figure up to date."""
        scores = list(assessment.scores.values())
        with self._ranges.hold_sync():
            self._ranges.x = np.array([[s.low or 0, s.high or 0] for s in scores])
        given = [n for n, s in enumerate(scores) if s.value is not None]
        with self._values.hold_sync():
            self._values.x = np.array([scores[n].value for n in given], float)
            self._values.y = self._rows[given]
            self._values.colors = [HUES[n % len(HUES)] for n in given] or [HUES[0]]

    def say(self, assessment: Assessment) -> str:
        """Return in one sentence what the figure shows."""
        return " ".join(
            say_score(s, assessment.scores[s.id], self._words) for s in self._instrument.scales
        )

    def table(self, assessment: Assessment) -> Table:
        """Return the figure's numbers."""
        words = self._words
        rows = []
        for scale in self._instrument.scales:
            score = assessment.scores[scale.id]
            shown = (number(v, words) for v in (score.value, score.low, score.high))
            count = words("score.answered", answered=score.answered, asked=score.asked)
            rows.append((scale.name, *shown, band_text(scale, score, words), count))
        head = ("scale", "value", "low", "high", "band", "answered")
        return Table(tuple(words(f"table.{h}") for h in head), tuple(rows))


class MapChart:
    """Two scores against each other, over the outcomes that each pair of bands leads to now."""

    kind = "map"

    def __init__(self, instrument: Instrument, pair: tuple[Scale, Scale], words: Words) -> None:
        self._instrument, self._pair, self._words = instrument, pair, words
        across, up = pair
        self.title = words("chart.map", across=across.name, up=up.name)
        x, y = bq.LinearScale(min=0, max=TOP), bq.LinearScale(min=0, max=TOP)
        scales = {"x": x, "y": y}
        self._cells = [
            (a, b, *across.spans[a][1:], *up.spans[b][1:])
            for a in range(len(across.bands))
            for b in range(len(up.bands))
        ]
        corners = [
            ((x0, x1, x1, x0, x0), (y0, y0, y1, y1, y0)) for _, _, x0, x1, y0, y1 in self._cells
        ]
        self._regions = bq.Lines(
            x=np.array([c[0] for c in corners], float), y=np.array([c[1] for c in corners], float),
            scales=scales, colors=[RULE], stroke_width=1, fill="inside",
            fill_colors=[BAND] * len(corners), fill_opacities=[1.0] * len(corners),
        )  # fmt: skip
        self._names = bq.Label(
            x=np.array([(x0 + x1) / 2 for _, _, x0, x1, _, _ in self._cells]),
            y=np.array([(y0 + y1) / 2 for _, _, _, _, y0, y1 in self._cells]),
            text=[""] * len(self._cells), scales=scales, colors=[INK],
            default_size=13, font_weight="normal", align="middle",
        )  # fmt: skip
        self._range = bq.Lines(
            x=np.zeros(5), y=np.zeros(5), scales=scales, colors=[INK], stroke_width=2,
            line_style="dashed", fill="inside", fill_colors=[INK], fill_opacities=[0.06],
        )  # fmt: skip
        self._point = bq.Scatter(
            x=np.zeros(0), y=np.zeros(0), scales=scales, colors=[INK], default_size=160,
            stroke="var(--wb-card)", stroke_width=2,
        )  # fmt: skip
        axes = [
            _axis(
                x,
                [0, *(b.below for b in across.bands if b.below), TOP],
                label=across.name,
            ),
            _axis(
                y,
                [0, *(b.below for b in up.bands if b.below), TOP],
                label=up.name,
                side="left",
            ),
        ]
        marks = [self._regions, self._names, self._range, self._point]
        self.figure = _figure(marks, axes, 340, 48)
        self.figure.fig_margin = {"top": 10, "bottom": 46, "left": 50, "right": 16}

    def _points(self, assessment: Assessment) -> tuple[Score, Score]:
        return assessment.scores[self._pair[0].id], assessment.scores[self._pair[1].id]

    def show(self, assessment: Assessment) -> None:
        """Bring the figure up to date."""
        outcomes = [assessment.regions[cell[:2]] for cell in self._cells]
        with self._regions.hold_sync():
            self._regions.fill_colors = [self._tint(o) for o in outcomes]
        self._names.text = [self._instrument.outcome(o).name for o in outcomes]
        a, b = self._points(assessment)
        with self._range.hold_sync():
            if a.low is None or b.low is None:
                self._range.x, self._range.y = np.zeros(5), np.zeros(5)
            else:
                self._range.x = np.array([a.low, a.high, a.high, a.low, a.low], float)
                self._range.y = np.array([b.low, b.low, b.high, b.high, b.low], float)
        given = a.value is not None and b.value is not None
        with self._point.hold_sync():
            self._point.x = np.array([a.value] if given else [], float)
            self._point.y = np.array([b.value] if given else [], float)

    def _tint(self, outcome: str) -> str:
        place = [o.id for o in self._instrument.outcomes].index(outcome)
        return f"var(--wb-region-{place % 6})"

    def say(self, assessment: Assessment) -> str:
        """Return in one sentence what the figure shows."""
        a, b = self._points(assessment)
        if a.value is None or b.value is None:
            return self._words("map.open")
        cell = tuple(
            [band.id for band in scale.bands].index(str(score.band))
            for scale, score in zip(self._pair, (a, b), strict=True)
        )
        region = self._instrument.outcome(assessment.regions[cell])
        return self._words("map.point", outcome=region.title)

    def table(self, assessment: Assessment) -> Table:
        """Return the figure's numbers."""
        across, up = self._pair
        head = (
            self._words("map.corner", across=across.name, up=up.name),
            *(b.name for b in across.bands),
        )
        rows = []
        for b in reversed(range(len(up.bands))):
            outcomes = (assessment.regions[a, b] for a in range(len(across.bands)))
            rows.append((up.bands[b].name, *(self._instrument.outcome(o).name for o in outcomes)))
        return Table(head, tuple(rows))


class PartsChart:
    """What each item gives to one score, of what it could give."""

    kind = "parts"

    def __init__(self, instrument: Instrument, scale: Scale, words: Words) -> None:
        self.title = words("chart.parts", scale=scale.name)
        self._instrument, self._scale, self._words = instrument, scale, words
        hue = HUES[instrument.scales.index(scale) % len(HUES)]
        self._y = bq.OrdinalScale(domain=[])
        self._x = bq.LinearScale(min=0, max=STEP)
        scales = {"x": self._y, "y": self._x}
        self._bars = [
            bq.Bars(
                x=[], y=[], scales=scales, colors=[colour], orientation="horizontal", padding=0.35
            )
            for colour in (BAND, hue)
        ]  # fmt: skip
        names = bq.Axis(scale=self._y, side="left", grid_lines="none", tick_style=SMALL, color=RULE)
        self._points = _axis(self._x, [0, STEP])
        self.figure = _figure(self._bars, [names, self._points], 120, 132)

    def _names(self, assessment: Assessment) -> list[str]:
        """Return the items' names, equal ones told apart, because they are places on an axis."""
        names: list[str] = []
        for part in assessment.parts[self._scale.id]:
            name = part_name(assessment, part.item)
            name = name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
            names.append(name if name not in names else f"{name} ({len(names) + 1})")
        return names

    def show(self, assessment: Assessment) -> None:
        """Bring the figure up to date."""
        parts, names = assessment.parts[self._scale.id], self._names(assessment)
        self.figure.layout.height = f"{26 * len(names) + 48}px"
        self._y.domain = names[::-1]
        most = STEP * math.ceil(max((p.possible for p in parts), default=STEP) / STEP)
        self._x.max = most
        self._points.tick_values = np.arange(0, most + 1, STEP)
        for bars, points in zip(
            self._bars, ([p.possible for p in parts], [p.points or 0.0 for p in parts]), strict=True
        ):
            with bars.hold_sync():
                bars.x, bars.y = names, np.array(points)

    def say(self, assessment: Assessment) -> str:
        """Return in one sentence what the figure shows."""
        scored = [p for p in assessment.parts[self._scale.id] if p.points is not None]
        if not scored or assessment.scores[self._scale.id].value is None:
            return self._words("parts.open", scale=self._scale.name)
        most = max(scored, key=lambda p: p.points or 0)
        gap = max(scored, key=lambda p: p.possible - (p.points or 0))
        return self._words(
            "parts.said",
            scale=self._scale.name,
            most=part_name(assessment, most.item),
            points=_points(most.points, self._words),
            gap=part_name(assessment, gap.item),
            missing=_points(gap.possible - (gap.points or 0), self._words),
        )

    def table(self, assessment: Assessment) -> Table:
        """Return the figure's numbers."""
        words = self._words
        rows = tuple(
            (
                part_name(assessment, p.item),
                words("answer.blank") if p.points is None else _points(p.points, words),
                _points(p.possible, words),
            )
            for p in assessment.parts[self._scale.id]
        )
        return Table(tuple(words(f"table.{h}") for h in ("item", "points", "possible")), rows)


def _points(value: float | None, words: Words) -> str:
    return words("score.none") if value is None else f"{value:.1f}"


def part_name(assessment: Assessment, item_id: str) -> str:
    """Return an item's short name; an own item is called what the person called it."""
    text = assessment.answers.get(item_id.replace(".rating", ".text"))
    item = assessment.instrument.by_id[item_id]
    return str(text)[:40] if item_id.startswith("own.") and text else item.name


def charts_of(instrument: Instrument, words: Words) -> list[Chart]:
    """Return the charts that fit an instrument: a map only where the rules look at two scales."""
    charts: list[Chart] = [ScoreChart(instrument, words)]
    pair = instrument.rule_scales
    if len(pair) == 2:  # noqa: PLR2004  # a map has two sides
        charts.append(MapChart(instrument, (pair[0], pair[1]), words))
    return charts + [PartsChart(instrument, s, words) for s in instrument.scales]
