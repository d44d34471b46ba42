"""``python -m workbook``."""

from workbook.cli.app import app

app(prog_name="python -m workbook")
