"""Antimony text to a network, through the SBML that libantimony makes of it in the limited child process."""

from __future__ import annotations

from ...mechanisms.network import Network
from ..isolation import ask
from ..sbml.read import to_network
from ..screening import screen_antimony


def read_antimony(text: str, *, name: str = "Antimony") -> Network:
    """Read a network from Antimony text; `import` is refused.

    Raises:
        ModelError: the text is not Antimony, or its model is not valid.
    """
    return to_network(ask(name, "antimony", text=screen_antimony(text, name)), name)
