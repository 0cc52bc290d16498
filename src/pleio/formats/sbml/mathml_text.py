"""Expressions as MathML text."""

from __future__ import annotations

from collections.abc import Callable
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
    attribute = f' sbml:units="{unit}"' if unit else ""
    if "e" in text:
        mantissa, exponent = text.split("e")
        return f'<cn{attribute} type="e-notation"> {mantissa} <sep/> {int(exponent)} </cn>'
    return f"<cn{attribute}> {text.removesuffix('.0')} </cn>"
