"""A network as Antimony text, through SBML and libantimony in the limited child process."""

from __future__ import annotations

from ...mechanisms.network import Network
from ..isolation import ask
from ..sbml.write import write_sbml


def write_antimony(network: Network) -> str:
    """Write a network as Antimony text, every number with all its digits.

    Raises:
        ModelError: it uses something that SBML cannot say.
    """
    text = ask(f"model '{network.name}'", "to_antimony", text=write_sbml(network))["text"]
    return str(text)
