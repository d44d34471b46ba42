"""The diary: check-ins of many days under each other in one file."""

from __future__ import annotations

from workbook.records.diary.reading import LeftOut, Sifted, read_diary, sift_diary, unique

__all__ = ["LeftOut", "Sifted", "read_diary", "sift_diary", "unique"]
