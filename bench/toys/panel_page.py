"""The toy page in Panel."""

import panel as pn
from bokeh.models import ColumnDataSource
from bokeh.plotting import figure

pn.extension()
sliders = [
    pn.widgets.IntSlider(name=f"Question {number}", start=0, end=10, value=5)
    for number in range(1, 10)
]
source = ColumnDataSource({"question": list(range(1, 10)), "answer": [5] * 9})
plot = figure(height=250, y_range=(0, 10))
plot.vbar(x="question", top="answer", width=0.8, source=source)
total = pn.pane.HTML('<p class="toy-total">Total: 45</p>')


def show(*_: object) -> None:
    """Show what follows from all sliders."""
    values = [slider.value for slider in sliders]
    total.object = f'<p class="toy-total">Total: {sum(values)}</p>'
    source.data = {"question": list(range(1, 10)), "answer": values}


for slider in sliders:
    slider.param.watch(show, "value")
pn.Column(pn.pane.HTML("<h1>Nine sliders</h1>"), *sliders, total, plot).servable()
