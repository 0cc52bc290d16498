"""How a citation is written in running text: authors and years, raised numbers, identifiers of PubMed, commands."""

from __future__ import annotations

import re

_PARTICLE = r"(?:(?:van|von|de|der|den|di|da|le|la|del|dos|du|ter|ten|el|al)\s){0,2}"
_NAME = rf"{_PARTICLE}[A-Z][\w'’-]{{1,30}}"
_YEAR = r"(?:19|20)\d\d[a-z]?"
_YEARS = rf"{_YEAR}(?:,\s?(?:{_YEAR}|[a-z]\b)){{0,4}}"
_PEOPLE = rf"{_NAME}(?:,\s{_NAME}){{0,4}}(?:,?\s(?:and|&|&amp;)\s{_NAME})?(?:,?\s(?:et\ al\.?|and\ colleagues))?"
_LEAD = r"(?:(?:see(?:\ also)?|reviewed\ (?:in|by)|for\ (?:a\ )?reviews?,?\ see|e\.g\.,?|cf\.?|also)\s)?"
AUTHORS = rf"{_PEOPLE},?\s{_YEARS}"
LISTED = rf"{_LEAD}{AUTHORS}(?:[;,]\s{_LEAD}{AUTHORS}){{0,11}}"
"""Authors with years as they stand in brackets: "see Harper et al., 2009a, b; Furue & Tsuji 2020"."""

TOLD = (
    rf"(?:{_NAME}\s(?:et\ al\.?|(?:and|&|&amp;)\s{_NAME}|and\ colleagues)"
    r"|(?<=\bto\s)[A-Z][a-z]{2,20}|(?<=\bby\s)[A-Z][a-z]{2,20})"
)
"""Authors that a sentence names itself, before a year in parentheses: "Harper et al. (2009)"."""
WHEN = rf"\({_YEARS}\)"

NUMBERS = r"\d{1,3}(?:\s?[,;–−-]\s?\d{1,3}){0,20}"
#: not after one letter or a unit ("R²", "cm²"), which have exponents
RAISED = r"(?<=[A-Za-z.,;)])(?<!\b[A-Za-z])(?<!\b[cdkmnµ]m)"
SUPERSCRIPT = r"(?<=[a-z.,)][a-z.,)])(?<!\b[cdkmn]m)[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}(?:[,⁻–⁃-][⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}){0,20}(?![⁺⁻+])"
FLAT = r"(?<=[a-z]{4}[.,])\d{1,3}(?:[,–-]\d{1,3}){0,20}(?=\s[A-Z]|\s[a-z]{3}|\s?$)"
"""Raised numbers that lost their place: "keratinocytes.12,15 However"."""
NAMED = (
    r"[\[(](?:PMIDs?|PubMed(?:\ ID)?|PMCID|doi|DOI|refs?\.?|[Rr]eferences?)[:\s]\s?[\w./;,()<>-]{1,80}"
    r"(?:(?:,\s|;\s|\sand\s)\d{1,9}){0,12}[\])]"
)
"""A mark that says what kind of identifier it gives: "(PMID: 19295614)", "(refs 12 and 13)"."""
COMMAND = (
    r"\\cite[a-z]{0,8}\*?(?:\[[^\[\]]{0,60}\]){0,2}\{[\w:., -]{1,200}\}|\{\{\s?[Cc]ite[^{}|]{0,20}\|[^{}|]{1,60}\}\}"
)
"""Commands of TeX and of wikis."""

_PLAIN_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁃−", "0123456789---")
_TAGS = re.compile(r"</?[A-Za-z][^<>]{0,300}>")


def numbers(mark: str) -> tuple[str, ...]:
    """Give the numbers of a mark, ranges in full.

    Example:
        >>> numbers("[3–5, 9]")
        ('3', '4', '5', '9')
    """
    keys: list[str] = []
    for part in re.split(r"[,;]", _TAGS.sub("", mark).translate(_PLAIN_DIGITS).strip("[] ")):
        low, dash, high = re.sub(r"[\s\[\]]", "", part).replace("–", "-").partition("-")
        if dash and low.isdigit() and high.isdigit() and 0 <= int(high) - int(low) < 50:
            keys.extend(str(n) for n in range(int(low), int(high) + 1))
        elif low:
            keys.append(low)
    return tuple(keys)


_ONE = re.compile(rf"(?P<who>{_PEOPLE}),?\s(?P<when>{_YEARS})", re.X)


def authors(mark: str) -> list[str]:
    """Give one key for each work: authors and year.

    Example:
        >>> authors("(see Harper et al., 2009a,b; Furue & Tsuji, 2020)")
        ['Harper et al. 2009a', 'Harper et al. 2009b', 'Furue & Tsuji 2020']
    """
    text = re.sub(r"\s+", " ", _TAGS.sub("", mark)).replace("&amp;", "&")
    return [f"{m['who']} {year}" for m in _ONE.finditer(text) for year in years(m["when"])]


def years(printed: str) -> list[str]:
    """Give the years of "2009a,b" or "(2009, 2011)", each in full."""
    out: list[str] = []
    for part in re.split(r",\s?", printed.strip("()")):
        out.append(part if len(part) > 1 else out[-1][:4] + part)
    return out


def named(mark: str) -> tuple[tuple[str, ...], str]:
    """Give the keys of a mark that says what they are, and its style."""
    kind, _, rest = re.sub(r"[:\s]", " ", mark.strip("[]()"), count=1).partition(" ")
    if kind.lower().startswith("ref"):
        return numbers(rest.replace(" and ", ",")), "number"
    parts = re.split(r"(?:[,;]\s?|\sand\s)", rest.removeprefix("ID").strip(": "))
    if kind.lower().startswith("doi"):
        return (f"doi:{rest.strip()}",), "identifier"
    return tuple(
        f"{'PMC' if kind == 'PMCID' and not p.startswith('PMC') else ''}{p.strip()}" for p in parts if p
    ), "identifier"


def command(mark: str) -> tuple[str, ...]:
    """Give the keys of a command: "\\\\citep{a,b}", "{{cite|a}}"."""
    inner = mark.rstrip("}").rsplit("|" if mark.startswith("{{") else "{", 1)[1]
    return tuple(key.strip() for key in inner.split(",") if key.strip())
