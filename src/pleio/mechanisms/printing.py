"""Expression to formula text, with no more parentheses than reading it back needs.

`parse_formula(print_formula(e)) is e` for every expression.
"""

from __future__ import annotations

import re

from .expression import Expression, name, walk
from .notation import FUNCTIONS, RELATIONS, RESERVED

# how tightly what was printed binds: a part is put in parentheses when it binds no tighter than its place asks
_ATOM, _POWER, _UNARY, _PRODUCT, _SUM, _RELATION, _LOGIC = range(7)
_SIGNS = {op: sign for sign, op in RELATIONS.items()}


def print_formula(root: Expression) -> str:
    """Write an expression in the notation that `parse_formula` reads; the two are inverse.

    Example:
        >>> from pleio.mechanisms.expression import apply, number
        >>> print_formula(apply("power", number(-2), number(0.5)))
        '(-2)^0.5'
    """
    done: dict[Expression, tuple[str, int]] = {}
    for node in walk(root):
        done[node] = _print(node, done)
    return done[root][0]


def _print(node: Expression, done: dict[Expression, tuple[str, int]]) -> tuple[str, int]:
    def part(arg: Expression, loosest: int) -> str:
        text, binding = done[arg]
        return text if binding <= loosest else f"({text})"

    op, args, value = node.op, node.args, node.value
    if op == "number" and isinstance(value, float):
        return _print_number(value, node.unit)
    if op == "time":
        return "time", _ATOM
    if op == "constant":
        return str(value), _ATOM
    if op == "name":
        return (f"`{value}`" if value in RESERVED or not _is_word(str(value)) else str(value)), _ATOM
    if op in ("rateOf", "baseline"):
        return f"{op}({_print(name(str(value)), done)[0]})", _ATOM
    if op == "plus" and len(args) > 1:
        text = part(args[0], _PRODUCT)
        for arg in args[1:]:
            inner, binding = done[arg]
            if arg.op == "negative":
                text += f" - {part(arg.args[0], _PRODUCT)}"
            elif arg.op == "number" and inner.startswith("-"):
                text += f" - {inner[1:]}"
            else:
                text += f" + {inner if binding <= _PRODUCT and binding != _UNARY else f'({inner})'}"
        return text, _SUM
    if op == "times" and len(args) > 1:
        first = f"({done[args[0]][0]})" if args[0].op == "times" else part(args[0], _PRODUCT)
        return " * ".join([first, *(part(arg, _POWER) for arg in args[1:])]), _PRODUCT
    if op == "divide":
        return f"{part(args[0], _PRODUCT)} / {part(args[1], _POWER)}", _PRODUCT
    if op == "power":
        return f"{part(args[0], _ATOM)}^{part(args[1], _ATOM)}", _POWER
    if op == "negative":
        return f"-{part(args[0], _POWER)}", _UNARY
    if op == "not":
        return f"!{part(args[0], _POWER)}", _UNARY
    if op in _SIGNS:
        return f"{part(args[0], _SUM)} {_SIGNS[op]} {part(args[1], _SUM)}", _RELATION
    if op in ("and", "or") and len(args) > 1:
        return (" && " if op == "and" else " || ").join(part(arg, _RELATION) for arg in args), _LOGIC
    head = op
    if op == "call":
        head = f"`{value}`" if value in FUNCTIONS or not _is_word(str(value)) else str(value)
    return f"{head}({', '.join(done[arg][0] for arg in args)})", _ATOM


def _print_number(value: float, unit: str) -> tuple[str, int]:
    text = repr(value).removesuffix(".0")
    return (f'{text} "{unit}"' if unit else text), _UNARY if text.startswith("-") else _ATOM


def _is_word(text: str) -> bool:
    return re.fullmatch(r"[A-Za-z_]\w*", text) is not None
