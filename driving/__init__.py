"""Starts servers and browsers, and uses the page as a person does: for tests and benchmarks."""
