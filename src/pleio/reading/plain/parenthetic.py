"""Parentheses that say something of their own: "A raised B (and lowered C)", "A raised B (D had no effect)".

What is in such parentheses is read with the sentence: what goes on from it after a comma, a statement of its own, which
ends the sentence, after a semicolon.  All others only name, number or cite.
"""

from __future__ import annotations

import re

from ..words.inflection import forms
from ..words.predicates import VERBS
from ..words.wordclasses import PREPOSITIONS

_GOING_ON = {"and", "but", "which", "while", "whereas", "although", "though", "yet"}
_WORD = re.compile(r"[^\s,;]+")
_NUMBERS = re.compile(r"[=<>≤≥±;]|\d%|\bet al\b|\b(?:Fig|Table|n\s?=)|\d{4}\b", re.I)
_TOLD = {"was", "were", "did", "remained"}
_LONGEST = 200  # letters


def opens_clause(text: str, at: int, end: int) -> str:
    """Give the mark that stands for the parenthesis at a place: "," or ";", or nothing where it says nothing.

    Args:
        text: the text.
        at: where a round parenthesis opens.
        end: where the sentence ends.
    """
    close = text.find(")", at, min(end, at + _LONGEST))
    inside = text[at + 1 : close] if close > 0 else ""
    if not inside or "(" in inside or _NUMBERS.search(inside):
        return ""
    words = [w.lower() for w in _WORD.findall(inside)]
    if len(words) < 3 or not _has_verb(words):
        return ""
    if words[0] in _GOING_ON:
        return ","
    last = text[close + 1 : end].strip() in ("", ".") or text[close + 1 : close + 2] == ";"
    return ";" if last else ""


def mark_after(text: str, at: int, end: int) -> bool:
    """Say whether the sentence goes on behind a parenthesis that closes here, so that a comma parts the two."""
    return text[at + 1 : end].strip()[:1].isalnum()


def _has_verb(words: list[str]) -> bool:
    """Say whether words tell something: a past or present tense with its subject before and its object behind."""
    for i, word in enumerate(words[:-1]):
        lemma, form = forms().get(word, ("", ""))
        if i and word in _TOLD:
            return True
        if i and lemma in VERBS and form in ("ed", "s") and words[i + 1] not in PREPOSITIONS and words[0] != "as":
            return words[i - 1] not in ("the", "a", "an", "of", "with", "for", "or", "in")
    return False
