"""The label that a sentence or bullet may begin with: "Receptor: …", "Half-life – …"."""

from __future__ import annotations

import re

from .words.inflection import forms

_LABEL = re.compile(r"([A-Z][^.:;!?]{1,90}?)(?:\s?:|\s[–—-])\s+(?=\S)")


def label_of(text: str, start: int, end: int) -> tuple[str, int]:
    """Give the label of a sentence (text[start:end]) and where the sentence proper begins; no label is empty."""
    found = _LABEL.match(text, start, end)
    if found is None or not (end - found.end() > 3 or text[found.end() : end].strip(" .%").isdigit()):
        return "", start
    unclosed = text[: found.end()].count("(") != text[: found.end()].count(")")
    if _is_clause(found[1]) or _breaks_off(found, text[found.end() : end]) or unclosed:
        return "", start
    return found[1], found.end()


def _is_clause(label: str) -> bool:
    """Say whether what stands before a colon is a sentence of its own: "Mice without A healed poorly: …"."""
    words = [w.strip(",").lower() for w in label.split()]
    kinds = [forms().get(w, ("", ""))[1] for w in words]
    if len(words) > 4 and any(kind in ("ed", "s") for kind in kinds[1:]):
        return True
    if len(words) > 3 and kinds[1] == "s" and words[1] in _NAMING:
        return True  # "A binds three receptors: …"
    # "A did not change B: it …", "A raised B: it …": told as having happened, of something
    told = any(kind == "ed" and after not in _UNTOLD for kind, after in zip(kinds[1:-1], words[2:], strict=True))
    return len(words) > 2 and (told or "did" in words[1:-1])


_NAMING = {"binds", "engages", "recognises", "recognizes", "has", "uses", "contacts"}
_UNTOLD = {"by", "in", "with", "and", "or", "to", "from", "on", "for", "at", "of", "after", "levels", "expression"}


def _breaks_off(label: re.Match[str], rest: str) -> bool:
    """Say whether a dash after the first words breaks a sentence off: "A – which raises B – lowers C"."""
    return ":" not in label[0] and re.match(r"(?:and|but|which|who|a|an|the|or|yet|it|whereas)\s", rest) is not None
