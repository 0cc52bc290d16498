"""Tools that take their own arguments and no others, and say in words what is wrong with them."""

from __future__ import annotations

from typing import Any

from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.tools.base import Tool
from pydantic import ValidationError

from ...base.errors import InputError, Problem, nearest


class StrictTool(Tool):
    """A tool that refuses an argument it does not have: a misspelt filter is not taken for none."""

    @classmethod
    def from_function(cls, *given: Any, **named: Any) -> StrictTool:
        """Make a tool of a function, as `Tool.from_function` does."""
        tool: StrictTool = super().from_function(*given, **named)  # type: ignore[assignment]  # it returns cls(…)
        model = tool.fn_metadata.arg_model
        model.model_config["extra"] = "forbid"
        model.model_rebuild(force=True)
        tool.parameters = model.model_json_schema(by_alias=True)
        return tool

    async def run(self, *given: Any, **named: Any) -> Any:
        """Run the tool.

        Raises:
            ToolError: the arguments are wrong, or what they ask for is.
        """
        try:
            return await super().run(*given, **named)
        except ToolError as fault:
            if not isinstance(fault.__cause__, ValidationError):
                raise
            known = list(self.parameters["properties"])
            problems = [_problem(item, known) for item in fault.__cause__.errors()]
            raise ToolError(str(InputError(self.name, problems))) from None


def _problem(item: Any, known: list[str]) -> Problem:
    where = ".".join(map(str, item["loc"]))
    if item["type"] == "extra_forbidden":
        return Problem(where[:80], "is no argument", nearest(where[:80], known))
    if item["type"] == "missing":
        return Problem(where, "is missing")
    return Problem(where, item["msg"][:1].lower() + item["msg"][1:])
