"""What a person types to find claims: words, never a query language.

`erk fibro*` finds both words, `"wound healing"` the two in a row.
"""

from __future__ import annotations

import re

from ...base.errors import ClaimError, Problem

LONGEST_QUERY = 1_000
MOST_WORDS = 16
_WORD = re.compile(r'"([^"]*)"|([^\s"]+)')


def match_expression(text: str) -> str:
    """Write what a person typed as an FTS5 expression: every word quoted, so that none is syntax.

    Raises:
        ClaimError: it holds no word, or is too long.

    Example:
        >>> match_expression('IL-11 fibro* "wound healing"')
        '("IL-11" OR "IL11") AND "fibro" * AND "wound healing"'
    """
    if len(text) > LONGEST_QUERY:
        raise ClaimError("search", Problem("", f"the text has {len(text):,} characters", f"at most {LONGEST_QUERY:,}"))
    parts = []
    for phrase, word in _WORD.findall(text.replace("\0", " ")):
        bare = (phrase or word).rstrip("*")
        if not re.search(r"\w", bare):
            continue
        parts.append(_either(bare) if word and not word.endswith("*") else _quoted(bare) + " *" * word.endswith("*"))
    if not parts:
        raise ClaimError("search", Problem("", "has no word to look for", 'write words, or "words in a row"'))
    if len(parts) > MOST_WORDS:
        raise ClaimError("search", Problem("", f"has {len(parts)} words", f"at most {MOST_WORDS} are looked for"))
    return " AND ".join(parts)


def _either(word: str) -> str:
    """Find IL-11 where IL11 is typed, and the other way."""
    joined = word.replace("-", "")
    parted = re.sub(r"(?<=[A-Za-z])(?=\d)", "-", joined, count=1)
    forms = dict.fromkeys(form for form in (word, joined, parted) if re.search(r"\w", form))
    written = " OR ".join(_quoted(form) for form in forms)
    return f"({written})" if len(forms) > 1 else written


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'
