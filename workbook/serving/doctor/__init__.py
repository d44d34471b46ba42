"""Says what keeps the workbook from being served well, a sentence each with the remedy.

``python -m workbook.serving.doctor`` looks at everything, the server at its start at what takes no
time. The sentences are for an operator at a terminal.
"""
