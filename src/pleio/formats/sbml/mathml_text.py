"""Expressions as MathML text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Final

from ...mechanisms.expression import Expression, walk

_CSYMBOL = '<csymbol encoding="text" definitionURL="http://www.sbml.org/sbml/symbols/{0}"> {0} </csymbol>'
_TAGS: Final = {"negative": "minus", "sqrt": "root"}
NAMESPACE = 'xmlns="http://www.w3.org/1998/Math/MathML"'


def math(formula: Expression, unit: Callable[[str], str], *, core: str = "") -> str:
    """Write an expression as a `math` element; `unit` gives the id of the definition of a unit text."""
    done: dict[Expression, str] = {}
    for node in walk(formula):
        done[node] = _element(node, [done[arg] for arg in node.args], unit)
    inner = done[formula]
    prefix = f' xmlns:sbml="{core}"' if "sbml:units" in inner else ""
    return f"<math {NAMESPACE}{prefix}>{inner}</math>"


def inside(formula: Expression, unit: Callable[[str], str]) -> str:
    """Write an expression without the `math` element around it."""
    done: dict[Expression, str] = {}
    for node in walk(formula):
        done[node] = _element(node, [done[arg] for arg in node.args], unit)
    return done[formula]


def _element(node: Expression, args: list[str], unit: Callable[[str], str]) -> str:
    op, value = node.op, node.value
    if op == "number" and isinstance(value, float):
        return _number(value, unit(node.unit) if node.unit else "")
    if op == "name":
        return f"<ci> {value} </ci>"
    if op == "time":
        return _CSYMBOL.format("time")
    if op == "constant":
        return _CSYMBOL.format("avogadro") if value == "avogadro" else f"<{value}/>"
    if op == "rateOf":
        return f"<apply>{_CSYMBOL.format('rateOf')}<ci> {value} </ci></apply>"
    if op == "delay":
        return f"<apply>{_CSYMBOL.format('delay')}{''.join(args)}</apply>"
    if op == "call":
        return f"<apply><ci> {value} </ci>{''.join(args)}</apply>"
    if op == "piecewise":
        return _piecewise(args)
    if op == "log10":
        return f"<apply><log/><logbase><cn> 10 </cn></logbase>{args[0]}</apply>"
    return f"<apply><{_TAGS.get(op, op)}/>{''.join(args)}</apply>"


def _piecewise(args: list[str]) -> str:
    pieces = "".join(f"<piece>{v}{c}</piece>" for v, c in zip(args[:-1:2], args[1::2], strict=False))
    otherwise = f"<otherwise>{args[-1]}</otherwise>" if len(args) % 2 else ""
    return f"<piecewise>{pieces}{otherwise}</piecewise>"


def _number(value: float, unit: str) -> str:
    text = repr(value)
    if text == "nan":
        return "<notanumber/>"
    if text in ("inf", "-inf"):
        return "<infinity/>" if value > 0 else "<apply><minus/><infinity/></apply>"
    return spelt(value, f' sbml:units="{unit}"' if unit else "")


def spelt(value: float, attributes: str = "") -> str:
    """Spell a finite number so that it is read as the same double."""
    text = repr(value)
    if "e" not in text:
        return f"<cn{attributes}> {text.removesuffix('.0')} </cn>"
    for mantissa, exponent in _shifted(text):
        if float(f"{float(mantissa)!r}e{exponent}") == value:  # also if the mantissa is rounded to a double by itself
            return f'<cn{attributes} type="e-notation"> {mantissa} <sep/> {exponent} </cn>'
    return f"<cn{attributes}> {Decimal(text):f} </cn>"


def _shifted(text: str) -> Iterator[tuple[str, int]]:
    """The same number with the point elsewhere."""
    digits = Decimal(text)
    power = digits.adjusted()
    for places in range(16):
        yield format(digits.scaleb(places - power), "f"), power - places
