"""What a reader calls the quantities and the endpoints of a study.

A quantity's label is what its mechanism says that it is; an endpoint's is its own `label`, or else that of its quantity
with how the number is taken.  What has no label is called by its name in words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..mechanisms.network import Network
from .study import Endpoint, Study

TAKEN = {
    "maximum": "highest",
    "minimum": "lowest",
    "final": "at the end",
    "mean": "mean",
    "auc": "area under the curve",
    "time_of_maximum": "time of the highest",
    "time_of_minimum": "time of the lowest",
    "time_below": "time below",
    "time_above": "time above",
}

_NAME = re.compile(r"[^\W\d]\w*")


def in_words(name: str) -> str:
    """Give a name as words: that of a concentration without its brackets."""
    return name.strip("[]").replace("_", " ")


def stated_label(network: Network, name: str) -> str:
    """Give what a mechanism says that a quantity is; "" where it does not say."""
    bare = name.strip("[]")
    for table in (network.species, network.parameters, network.observables):
        if bare in table and table[bare].label:
            return str(table[bare].label)
    return ""


def label_of(network: Network, name: str) -> str:
    """Give what a quantity is, as its mechanism says, or its name in words."""
    return stated_label(network, name) or in_words(name)


def quantity_labels(network: Network, study: Study) -> dict[str, str]:
    """Give name → label of what a study keeps, takes an endpoint of or draws as a covariate, where there is one."""
    names = (*study.observed, *(endpoint.of for endpoint in study.endpoints.values()), *study.cohort.described)
    found = {name: stated_label(network, name) for name in names}
    return {name: label for name, label in found.items() if label}


def endpoint_labels(study: Study, quantities: Mapping[str, str]) -> dict[str, str]:
    """Give endpoint → what a reader calls it.

    Args:
        quantities: quantity → label, as `quantity_labels` gives them.
    """
    return {name: _endpoint_label(name, one, quantities) for name, one in study.endpoints.items()}


def _endpoint_label(name: str, endpoint: Endpoint, quantities: Mapping[str, str]) -> str:
    if endpoint.label or endpoint.of not in quantities:
        return endpoint.label or in_words(name)
    taken = TAKEN[endpoint.take] + (f" {endpoint.threshold}" if endpoint.threshold is not None else "")
    change = ", relative change" if endpoint.relative_to else ", change" if endpoint.change_from else ""
    return f"{quantities[endpoint.of]} ({taken}{change})"


def formula_told(text: str, labels: Mapping[str, str]) -> str:
    """Write a formula with labels in place of names; a label with a sign or a comma in it stands in quotation marks."""

    def told(found: re.Match[str]) -> str:
        label = labels.get(found[0])
        if label is None:
            return in_words(found[0])
        return f"“{label}”" if re.search(r"[,+*/<>=]| - ", label) else label

    return _NAME.sub(told, text)
