"""The toy page in Streamlit."""

import streamlit as st

st.title("Nine sliders")
values = [st.slider(f"Question {number}", 0, 10, 5) for number in range(1, 10)]
st.html(f'<p class="toy-total">Total: {sum(values)}</p>')
st.bar_chart({"answer": values})
