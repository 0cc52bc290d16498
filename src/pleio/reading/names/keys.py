"""The key under which a name is looked up: case, hyphens, Greek letters and spacing no longer matter.

Letters and digits that touch or are split by a hyphen or a space are joined ("IL-11", "IL 11", "il11" are one key);
two words stay two words, so "was p" is never "wasp".
"""

from __future__ import annotations

import re
import unicodedata

GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma",
    "τ": "tau", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip

# British spellings that the ontologies write the American way, replaced in this order
_SPELLING = (
    ("haem", "hem"), ("aemi", "emi"), ("oede", "ede"), ("tumour", "tumor"), ("isation", "ization"),
    ("signall", "signal"),
    ("fibre", "fiber"), ("oesoph", "esoph"), ("remodell", "remodel"), ("diarrhoe", "diarrhe"), ("paed", "ped"),
)  # fmt: skip
_PIECE = re.compile(r"[a-z]+|\d+|[α-ω]")
_APOSTROPHE = re.compile(r"['’ʼ]s?\b")


def key_of(name: str) -> str:
    """Give the lookup key of a name.

    Example:
        >>> key_of("IL-11"), key_of("TNF-α"), key_of("Alzheimer's disease"), key_of("ERK1/2")
        ('il11', 'tnf alpha', 'alzheimer disease', 'erk1 2')
    """
    text = unicodedata.normalize("NFKC", name).lower()
    if not text.isascii():
        text = text.replace("’", "'")
    if "'" in text:
        text = _APOSTROPHE.sub("", text)
    out: list[str] = []
    last = ""
    for piece in _PIECE.findall(text):
        digit = piece.isdigit()
        if last and (last.isdigit() == digit):
            out.append(" ")
        out.append(GREEK.get(piece, piece))
        last = piece
    return american(" ".join("".join(out).split()))


def american(text: str) -> str:
    """Write British spellings the American way, in lower-case text."""
    for british, form in _SPELLING:
        if british in text:
            text = text.replace(british, form)
    return text


_GREEK_WORD = re.compile(rf"(?:(?<=[0-9])|(?<=[a-z0-9]) )(?=(?:{'|'.join(GREEK.values())})(?![a-z]))([a-z])[a-z]+")


def latin(key: str) -> str:
    """Give a key with each Greek letter behind a name as the Latin one that symbols have instead.

    Example:
        >>> latin("il36gamma"), latin("il12r beta2")
        ('il36g', 'il12rb2')
    """
    return _GREEK_WORD.sub(r"\1", key)


def singular(key: str) -> str:
    """Give a key with its last word in the singular, or the key itself.

    Example:
        >>> singular("astrocytes"), singular("platelet counts"), singular("fibrosis")
        ('astrocyte', 'platelet count', 'fibrosis')
    """
    if len(key) > 4 and key.endswith("ies"):
        return key[:-3] + "y"
    if len(key) > 3 and key.endswith("s") and not key.endswith(("ss", "us", "is")):
        return key[:-1]
    return key
