"""The diary: check-ins of many days under each other in one file."""

from __future__ import annotations

from workbook.records.diary.adding import add_to_diary
from workbook.records.diary.reading import LeftOut, Sifted, read_diary, sift_diary, unique
from workbook.records.diary.writing import write_diary

__all__ = [
    "LeftOut",
    "Sifted",
    "add_to_diary",
    "read_diary",
    "sift_diary",
    "unique",
    "write_diary",
]
