"""A made-up language: letters with accents, 40 % longer, in brackets, so that a cut text shows.

No letter of the English texts is left, so what has plain letters in it was never translated.
"""

from __future__ import annotations

import math
import re
import shutil
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.core.making import to_toml
from workbook.instrument import loading, support
from workbook.text.translation import texts_of
from workbook.text.words import PLURALS, load_words, locale_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
LATIN = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "áƀčďéƒğĥíĵķļɱñóþɋřšťúṽŵẋýžÁɃČĎÉƑĞĤÍĴĶĻṀÑÓÞɊŘŠŤÚṼŴẊÝŽ",
)
HEBREW = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "אבגדהופחטיכלמנסעצקרשתםןךףץאבגדהופחטיכלמנסעצקרשתםןךףץ",
)
LONGER, WORD = 4, 9  # letters
FILE = re.compile(r"(.+)(\.[a-z]+)")
# What is said of translations only; docs/translating.md quotes all of it.
SAID = {
    *("unknown-text", "no-such-id", "paragraphs", "other-places", "braces", "placeholders"),
    *("plural", "formats", "language", "digits"),
}
KEPT = {
    "frame.leave-to": "an address",
    "language.formats": "the name of a language",
}


def pseudo(text: str, alphabet: dict[int, int] = LATIN) -> str:
    """Return ``text`` in the made-up language; what stands in braces is kept."""
    if not re.search(r"[A-Za-z]{2}", re.sub(r"\{.*?\}", "", text)):
        return text
    parts = re.split(r"(\{[a-z]*\})", text)
    turned = "".join(p if p.startswith("{") else p.translate(alphabet) for p in parts)
    more = "~" * math.ceil(0.4 * len(text))
    # the last word grows, as far as words do; then come more words
    return f"[{turned}{' '.join([more[:LONGER], *re.findall(f'~{{1,{WORD}}}', more[LONGER:])])}]"


def write_words(folder: Path, language: str, formats: str, alphabet: dict[int, int]) -> None:
    """Write the interface words, with the plural forms of the language ``formats``."""
    english = load_words().texts
    texts = {code: _word(code, text, alphabet) for code, text in english.items()}
    forms = locale_of(formats).plural_form.tags | {"other"}
    for code in [c for c in texts if c.endswith(".other")]:
        group, other = code.removesuffix(".other"), texts[code]
        for form in PLURALS:
            texts.pop(f"{group}.{form}", None)
        texts |= {f"{group}.{form}": other for form in forms}
    texts["language.formats"] = formats
    (folder / f"{language}.toml").write_text(to_toml(_nested(texts)), encoding="utf-8")


def _word(code: str, text: str, alphabet: dict[int, int]) -> str:
    if code in KEPT:
        return text
    if file := FILE.fullmatch(text):
        return pseudo(file[1], alphabet) + file[2]
    return pseudo(text, alphabet)


def _nested(texts: Mapping[str, str]) -> dict[str, Any]:
    tables: dict[str, Any] = {}
    for code, text in texts.items():
        *above, last = code.split(".")
        table = tables
        for name in above:
            table = table.setdefault(name, {})
        table[last] = text
    return tables


def write_translations(
    folder: Path, language: str, turn: Callable[[str], str] = pseudo, source: Path = DATA
) -> None:
    """Write the translations of the instrument and the services beside copies of both."""
    for name, shape in (("friendship", loading.SHAPE), ("support", support.SHAPE)):
        text = (source / f"{name}.toml").read_text(encoding="utf-8")
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
        turned = texts_of(tomllib.loads(text), shape, turn)
        (folder / f"{name}.{language}.toml").write_text(to_toml(turned), encoding="utf-8")


def write_language(
    folder: Path, language: str = "xx", formats: str = "ru", alphabet: dict[int, int] = LATIN
) -> None:
    """Write data and locale files into ``folder``/data and ``folder``/locale."""
    for name in ("data", "locale"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    write_words(folder / "locale", language, formats, alphabet)
    write_translations(folder / "data", language, lambda text: pseudo(text, alphabet))


def write_site(folder: Path, languages: Mapping[str, tuple[str, dict[int, int]]]) -> None:
    """Write a copy of all that is served, with more languages in it: formats and letters."""
    no_cache = shutil.ignore_patterns("__pycache__")
    for name in ("workbook", "notebooks"):
        shutil.copytree(ROOT / name, folder / name, ignore=no_cache)
    shutil.copy(ROOT / "voila.json", folder)
    for language, (formats, alphabet) in languages.items():
        write_language(folder, language, formats, alphabet)
        shutil.copy(folder / f"locale/{language}.toml", folder / "workbook/text/locale")


def foreign(text: str, allowed: Collection[str] = ()) -> bool:
    """Return whether ``text`` holds letters that the made-up languages do not have, or is cut."""
    for one in sorted(allowed, key=len, reverse=True):
        text = text.replace(one, "")
    text = re.sub(r"\.(csv|txt|html)\b", "", text)
    return bool(re.search(r"[A-Za-z]", text)) or text.count("[") != text.count("]")
