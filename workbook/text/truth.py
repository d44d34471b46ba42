"""What spreadsheets call true and false: they turn ``true`` into the word of their own language."""

from __future__ import annotations

WORDS = {
    "bg": ("ИСТИНА", "ЛОЖА"),
    "ca": ("CERT", "FALS"),
    "cs": ("PRAVDA", "NEPRAVDA"),
    "da": ("SAND", "FALSK"),
    "de": ("WAHR", "FALSCH"),
    "el": ("ΑΛΗΘΕΣ", "ΨΕΥΔΕΣ"),
    "en": ("TRUE", "FALSE"),
    "es": ("VERDADERO", "FALSO"),
    "et": ("TÕENE", "VÄÄR"),
    "fi": ("TOSI", "EPÄTOSI"),
    "fr": ("VRAI", "FAUX"),
    "hr": ("ISTINA", "LAŽ"),
    "hu": ("IGAZ", "HAMIS"),
    "it": ("VERO", "FALSO"),
    "nb": ("SANN", "USANN"),
    "nl": ("WAAR", "ONWAAR"),
    "pl": ("PRAWDA", "FAŁSZ"),
    "pt": ("VERDADEIRO", "FALSO"),
    "ro": ("ADEVĂRAT", "FALS"),
    "ru": ("ИСТИНА", "ЛОЖЬ"),
    "sk": ("PRAVDA", "NEPRAVDA"),
    "sv": ("SANT", "FALSKT"),
    "tr": ("DOĞRU", "YANLIŞ"),
    "uk": ("ІСТИНА", "ХИБНІСТЬ"),
}
TRUTH = {
    word: truth
    for pair in WORDS.values()
    for capitals, truth in zip(pair, (True, False), strict=True)
    # Turkish has an i without a dot, which no other language's small letters know
    for word in (
        capitals.casefold(),
        capitals.replace("I", "\N{LATIN SMALL LETTER DOTLESS I}").casefold(),
    )
}
