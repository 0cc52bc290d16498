"""The server that `pleio mcp` starts: the tools with their types, over standard input and output."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from pydantic import Field

from ...base.errors import InputError, Problem
from ..numbers import NUMBER
from .answers import ClaimsFound, ContestExplained, Contests, ScenarioRun, ValueFound
from .tools import MOST_WORLDS, Tools

if TYPE_CHECKING:
    from mcp.server import MCPServer

T = TypeVar("T")
INSTRUCTIONS = (
    "Claims about interleukin-11 with evidence, the contests between them, and studies simulated in every world that "
    "the evidence allows. Each answer carries the ids of the claims that stand behind it: name them when you use it. "
    "A belief is the probability of an outcome in people, by a stated model. Research, not for clinical decisions."
)
Words = Annotated[str, Field(max_length=300)]
Band = Annotated[
    Literal["sceptic", "neutral", "believer"], Field(description="Whose priors: a sceptic's, a neutral reader's, …")
]


def create_server(library: str = "il11") -> MCPServer[Any]:
    """Make the server.

    Raises:
        InputError: the extra is not installed.
    """
    try:
        from mcp.server import MCPServer
        from mcp.types import ToolAnnotations

        from .strict import StrictTool
    except ImportError:
        problem = Problem("", "needs the package mcp, which is not installed", "pip install 'pleio[mcp]'")
        raise InputError("pleio mcp", problem) from None
    from ... import __version__

    tools = Tools(library)

    def search_claims(
        query: Annotated[Words, Field(description='Words; "words in a row"; a word cut short with *.')] = "",
        about: Annotated[Words, Field(description="Only claims about this entity: a name or CURIE.")] = "",
        relation: Annotated[Words, Field(description="increases, decreases, binds, treats, …")] = "",
        context: Annotated[Words, Field(description="Cell type, tissue, disease or species.")] = "",
        limit: Annotated[int, Field(ge=1, le=100), NUMBER] = 20,
    ) -> ClaimsFound:
        """Find claims by words and by what they are about."""
        return _said(lambda: tools.search_claims(query, about, relation, context, limit))

    def contests_about(
        about: Annotated[Words, Field(min_length=1, description="A name or CURIE, such as ERK or platelet.")],
        context: Annotated[Words, Field(description="Cell type, tissue or disease.")] = "",
        belief: Band = "neutral",
    ) -> Contests:
        """Explain where claims about something disagree or agree: both sides, beliefs, why."""
        return _said(lambda: tools.contests_about(about, context, belief))

    def explain_contest(
        contest: Annotated[Words, Field(description="Its id.")], belief: Band = "neutral"
    ) -> ContestExplained:
        """Explain one contest: who says what, how much it weighs, what is believed and why, what would change it."""
        return _said(lambda: tools.explain_contest(contest, belief))

    def run_scenario(
        study: Annotated[Words, Field(description="A study of the library, such as oprelvekin-platelets.")] = "",
        definition: Annotated[str, Field(max_length=100_000, description="Or a study as YAML.")] = "",
        worlds: Annotated[int, Field(ge=8, le=MOST_WORLDS), NUMBER] = 256,
        belief: Band = "neutral",
        seed: Annotated[int | None, Field(ge=0, le=2**31 - 1), NUMBER] = None,
    ) -> ScenarioRun:
        """Simulate an intervention in worlds that the evidence allows: each arm's endpoints with their intervals."""
        return _said(lambda: tools.run_scenario(study, definition, worlds, belief, seed))

    def value_of_information(
        study: Annotated[Words, Field(description="A study of the library with a decision.")] = "",
        definition: Annotated[str, Field(max_length=100_000, description="Or a study as YAML.")] = "",
        worlds: Annotated[int, Field(ge=64, le=MOST_WORLDS), NUMBER] = 1024,
        belief: Band = "neutral",
    ) -> ValueFound:
        """Say which claims and assumptions decide a study's choice, which are worth testing, and what to test next."""
        return _said(lambda: tools.value_of_information(study, definition, worlds, belief))

    reading = ToolAnnotations(readOnlyHint=True, openWorldHint=False, idempotentHint=True)
    offered = (search_claims, contests_about, explain_contest, run_scenario, value_of_information)
    return MCPServer(
        "pleio",
        instructions=INSTRUCTIONS,
        version=__version__,
        log_level="WARNING",
        tools=[StrictTool.from_function(each, annotations=reading) for each in offered],
    )


def _said(work: Callable[[], T]) -> T:
    """Let what the asker is to blame for reach the asker, in words."""
    from mcp.server.mcpserver.exceptions import ToolError

    try:
        return work()
    except InputError as fault:
        raise ToolError(str(fault)) from None
