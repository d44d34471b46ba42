"""The toy page in marimo."""

import marimo

app = marimo.App()


@app.cell
def _():
    import altair as alt
    import marimo as mo

    mo.Html("<h1>Nine sliders</h1>")
    return alt, mo


@app.cell
def _(mo):
    sliders = mo.ui.array(
        [mo.ui.slider(0, 10, value=5, label=f"Question {number}") for number in range(1, 10)]
    )
    mo.vstack(list(sliders))
    return (sliders,)


@app.cell
def _(mo, sliders):
    mo.Html(f'<p class="toy-total">Total: {sum(sliders.value)}</p>')


@app.cell
def _(alt, sliders):
    rows = [{"question": n, "answer": v} for n, v in enumerate(sliders.value, 1)]
    alt.Chart(alt.Data(values=rows)).mark_bar().encode(x="question:O", y="answer:Q")


if __name__ == "__main__":
    app.run()
