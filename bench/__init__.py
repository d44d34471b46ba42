"""Measures what the page, its kernel and the scorer cost, beside the least they could cost."""
