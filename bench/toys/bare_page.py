"""The floor: as many sliders as the workbook has and one text, the one cell of its notebook."""

import ipywidgets as w
from IPython.display import display

SLIDERS = 0  # written by who serves it

sliders = [w.IntSlider(value=5, min=0, max=10) for _ in range(SLIDERS)]
total = w.HTML()


def show(_: object = None) -> None:
    """Show what follows from all sliders."""
    total.value = f'<p class="toy-total">{sum(slider.value for slider in sliders)}</p>'


for slider in sliders:
    slider.observe(show, "value")
show()
display(w.VBox([w.HTML("<h1>Bare</h1>"), *sliders, total]))
