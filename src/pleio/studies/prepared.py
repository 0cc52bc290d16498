"""The mechanism as a study runs it: with what differs between occasions, and with the rules that doses follow."""

from __future__ import annotations

from collections.abc import Mapping

from .mechanism import Agent, Mechanism
from .regimens.adaptive import under_rules
from .study import Study
from .subjects.occasions import with_occasions


def prepared(study: Study, mechanism: Mechanism, agents: Mapping[str, Agent]) -> Mechanism:
    """Give the mechanism with all that the study adds to it; itself where it adds nothing, or has done so already.

    Raises:
        StudyError: a dosing rule does not fit the mechanism.
    """
    return under_rules(study, with_occasions(study, mechanism), agents)
