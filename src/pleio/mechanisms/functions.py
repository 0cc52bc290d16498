"""Function definitions, written out where they are called."""

from __future__ import annotations

from ..base.errors import ModelError, Problem, nearest
from .expression import Expression, number, rewrite, substitute, walk
from .network import Network

NAN = number(float("nan"))
MOST_NODES = 300_000  # that function calls may write out to


class Functions:
    """The definitions of one network; what was written out is kept."""

    def __init__(self, network: Network, subject: str) -> None:
        self.definitions = network.functions
        self.subject = subject
        self.done: dict[Expression, Expression] = {}
        self.open: list[str] = []
        self.written = 0

    def expand(self, formula: Expression) -> Expression:
        if formula not in self.done:
            self.done[formula] = rewrite(formula, self._write_out)
        return self.done[formula]

    def _write_out(self, node: Expression) -> Expression:
        if node.op != "call":
            return node
        key = str(node.value)
        function = self.definitions.get(key)
        if function is None:
            raise ModelError(self.subject, Problem("", f"unknown function '{key}'", nearest(key, self.definitions)))
        if len(function.arguments) != len(node.args):
            what = f"'{key}' takes {len(function.arguments)} argument(s), not {len(node.args)}"
            raise ModelError(self.subject, what)
        if key in self.open:
            raise ModelError(self.subject, Problem(f"functions.{key}", "calls itself", "functions cannot be recursive"))
        if function.body is None:
            return NAN
        self.open.append(key)
        body = self.expand(function.body)
        self.open.pop()
        self.written += count_nodes(body)
        if self.written > MOST_NODES:
            what = f"calls write out to more than {MOST_NODES:,} operations"
            raise ModelError(self.subject, Problem(f"functions.{key}", what, "nest fewer functions"))
        try:
            return substitute(body, dict(zip(function.arguments, node.args, strict=True)))
        except ValueError as fault:
            raise ModelError(self.subject, Problem(f"functions.{key}", str(fault))) from None


def count_nodes(*roots: Expression) -> int:
    """Count distinct operations, the size that the cost of an evaluation grows with."""
    return sum(1 for _ in walk(*roots))
