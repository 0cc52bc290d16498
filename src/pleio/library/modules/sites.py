"""Where IL-11 and its receptor meet in a mechanism: one site for each cell type that it has."""

from __future__ import annotations

from ...mechanisms.network import Network
from ...studies.regimens.coverage import Site

RECEPTORS = ("IL11RA", "IL11_IL11RA", "IL11_IL11RA_GP130", "DRUG_IL11RA", "DRUG_IL11RA_GP130")


def sites(network: Network, target: str) -> tuple[Site, ...]:
    """Find the sites at which an antibody against IL11 or IL11RA acts.

    Args:
        network: with the modules `il11_source` and `receptor`, once or for each cell type.
    """
    found = []
    for name in network.species:
        if not name.startswith("il11_antibody"):
            continue
        cell = name.removeprefix("il11_antibody")
        held = f"BLOCKED_IL11RA{cell}"
        if {held, f"il11{cell}"} <= set(network.species):
            found.append(
                Site(
                    cell.strip("_").replace("_", " ") or "the cell",
                    f"il11{cell}",
                    held,
                    " + ".join([*(f"{receptor}{cell}" for receptor in RECEPTORS), held]),
                    f"occupancy{cell}",
                    "receptor" if target == "IL11RA" else "ligand",
                )
            )
    return tuple(found)
