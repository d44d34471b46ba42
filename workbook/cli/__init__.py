"""The command line: ``python -m workbook --help``."""
