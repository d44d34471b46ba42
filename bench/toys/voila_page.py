"""The toy page in stock Voilà: the one cell of its notebook."""

import bqplot
import ipywidgets as w
from IPython.display import display

sliders = [
    w.IntSlider(value=5, min=0, max=10, description=f"Question {number}") for number in range(1, 10)
]
total = w.HTML()
across, up = bqplot.OrdinalScale(), bqplot.LinearScale(min=0, max=10)
bars = bqplot.Bars(x=list(range(1, 10)), y=[5] * 9, scales={"x": across, "y": up})
axes = [bqplot.Axis(scale=across), bqplot.Axis(scale=up, orientation="vertical")]


def show(_: object = None) -> None:
    """Show what follows from all sliders."""
    values = [slider.value for slider in sliders]
    total.value = f'<p class="toy-total">Total: {sum(values)}</p>'
    bars.y = values


for slider in sliders:
    slider.observe(show, "value")
show()
heading = w.HTML("<h1>Nine sliders</h1>")
display(w.VBox([heading, *sliders, total, bqplot.Figure(marks=[bars], axes=axes)]))
