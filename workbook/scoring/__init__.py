"""From answers to scores, outcome and what stands behind them; all of it over arrays."""
