"""Antimony text to a network: plain text in this process, any other by libantimony in the limited child process."""

from __future__ import annotations

from ...mechanisms.network import Network
from ..isolation import ask
from ..sbml.read import to_network
from ..screening import check_length, screen_antimony
from .forms import NotPlain
from .plain import read_plain


def read_antimony(text: str, *, name: str = "Antimony") -> Network:
    """Read a network from Antimony text; `import` is refused.

    Raises:
        ModelError: the text is not Antimony, or its model is not valid.
    """
    check_length(text, name)
    try:
        return read_plain(text)
    except NotPlain:
        return read_in_full(text, name=name)


def read_in_full(text: str, *, name: str = "Antimony") -> Network:
    """Read a network through the SBML that libantimony makes of its text.

    Raises:
        ModelError: as `read_antimony`.
    """
    return to_network(ask(name, "antimony", text=screen_antimony(text, name)), name)
