"""What published artifacts contain: plain frozen values that go to JSON and come back as they were.

`publish.py` fills them from the library, its beliefs and its studies; the pages only lay them out.
"""

from __future__ import annotations

from .claims import Assumption, Claim, ClaimSet, Contest, Evidence, Outcome, Source, State
from .pages import Audit, Fact, Finding, Model, Page
from .pathway import Edge, Node, Pathway
from .studies import NOTHING_GIVEN, Answering, Arm, Figure, Reading, Study, Summary, Worth
from .written import from_json, to_json

__all__ = [
    "NOTHING_GIVEN",
    "Answering",
    "Arm",
    "Assumption",
    "Audit",
    "Claim",
    "ClaimSet",
    "Contest",
    "Edge",
    "Evidence",
    "Fact",
    "Figure",
    "Finding",
    "Model",
    "Node",
    "Outcome",
    "Page",
    "Pathway",
    "Reading",
    "Source",
    "State",
    "Study",
    "Summary",
    "Worth",
    "from_json",
    "to_json",
]
