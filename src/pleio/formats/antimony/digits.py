"""Every digit of a number kept through libantimony, which writes six of a stoichiometry and fifteen of any other.

A number with more digits than six goes through as another one, of six digits and a size that no model has, and what
comes out is put right again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ..sbml.mathml_text import spelt

NUMBER: Final = r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
ALONE: Final = re.compile(rf"(?<![\w.]){NUMBER}(?![\w.])")
IN_ANTIMONY: Final = re.compile(rf'"[^"\n]*"|//[^\n]*|/\*.*?\*/|{ALONE.pattern}', re.DOTALL)
ATTRIBUTE: Final = re.compile(
    rf'(?P<before> (?:value|size|initialAmount|initialConcentration|stoichiometry)="-?)(?P<number>{NUMBER})(?=")'
)
FORMULA: Final = re.compile(
    rf'<cn(?P<more>(?: (?!type)[\w:]+="[^"]*")*)(?: type="[\w-]+")?> (?P<sign>-?)(?P<number>{NUMBER})'
    r"(?: <sep/> (?P<exponent>[+-]?\d+))? </cn>"
)


class Digits:
    """The numbers that stand for others, for one text."""

    def __init__(self, text: str) -> None:
        found = {float(number) for number in re.findall(NUMBER, text)}
        self._free: Iterator[str] = (
            f"{mantissa / 100_000:.5f}e{exponent}"
            for exponent in range(201, 300)
            for mantissa in range(100_001, 1_000_000)
            if mantissa % 10 and float(f"{mantissa / 100_000:.5f}e{exponent}") not in found
        )
        self._stands_for: dict[float, float] = {}
        self._instead: dict[float, str] = {}

    def hide_in_antimony(self, text: str) -> str:
        return IN_ANTIMONY.sub(lambda m: self._hidden(m[0]) if m[0][0] in ".0123456789" else m[0], text)

    def hide_in_sbml(self, text: str) -> str:
        def attribute(found: re.Match[str]) -> str:
            return found["before"] + self._hidden(found["number"])

        def formula(found: re.Match[str]) -> str:
            exponent = f"e{found['exponent']}" if found["exponent"] else ""
            hidden = self._hidden(found["number"] + exponent)
            if hidden == found["number"] + exponent:
                return found[0]
            return spelt(float(found["sign"] + hidden), found["more"])

        return FORMULA.sub(formula, ATTRIBUTE.sub(attribute, text))

    def show(self, text: str) -> str:
        """Put the numbers right in the text that came out, Antimony or SBML."""

        def formula(found: re.Match[str]) -> str:
            value = self._stands_for.get(float(f"{found['number']}e{found['exponent'] or 0}"))
            return found[0] if value is None else spelt(-value if found["sign"] else value, found["more"])

        def alone(found: re.Match[str]) -> str:
            value = self._stands_for.get(float(found[0]))
            return found[0] if value is None else repr(value)

        return ALONE.sub(alone, FORMULA.sub(formula, text)) if self._stands_for else text

    def _hidden(self, number: str) -> str:
        """The number itself, or what stands for it."""
        value = float(number)
        if float(f"{value:.6g}") == value or value == float("inf"):
            return number
        if value not in self._instead:
            self._instead[value] = next(self._free)
            self._stands_for[float(self._instead[value])] = value
        return self._instead[value]
