"""A view of the atlas as its address states it: whatever is shown can be sent to someone else as a link."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from ...base.errors import Problem, nearest
from ..errors import WebError
from .choose import Filter
from .graph import Graph

REACHES = {"1": "neighbours", "2": "two steps", "all": "everything"}
TIE = "~"
MOST_PAGES = 100_000


@dataclass(frozen=True)
class View:
    """What is looked at, as in the address; a field that is empty is left out of it.

    Attributes:
        about: the CURIE in the middle.
        to: the CURIE that paths lead to; empty for none.
        reach: how much is drawn: a key of `REACHES`.
        tie: the ends of the tie whose evidence is shown, joined by `~`.
        least: the least belief, in per cent.
    """

    about: str = ""
    to: str = ""
    reach: str = ""
    relation: str = ""
    context: str = ""
    least: int = 0
    contested: bool = False
    tie: str = ""
    page: int = 0

    @property
    def filter(self) -> Filter:
        return Filter(self.relation, self.context, self.least / 100, self.contested)

    @property
    def drawn(self) -> View:
        """The view without what does not change which ties are drawn."""
        return replace(self, to="", tie="", page=0, reach=self.reach or "1")

    @property
    def ends(self) -> tuple[str, str]:
        source, _, target = self.tie.partition(TIE)
        return source, target

    def query(self, **changes: object) -> str:
        """Write the view, or one changed from it, as a query."""
        changed = replace(self, **changes)  # type: ignore[arg-type]
        stated = {key: "1" if value is True else value for key, value in asdict(changed).items() if value}
        return urlencode(stated, safe=":~")

    def address(self, **changes: object) -> str:
        """Give the address of the view, or of one changed from it."""
        query = self.query(**changes)
        return f"/atlas?{query}" if query else "/atlas"


def read_view(query: QueryParams, graph: Graph) -> View:
    """Read a view from an address.

    Raises:
        WebError: 400 or 404; every field that names what does not exist, at once.
    """
    problems: list[Problem] = []
    given = {each.name: query.get(each.name, "").strip()[:200] for each in fields(View)}
    about, to = (_place(given[name], name, graph, problems) for name in ("about", "to"))
    if given["relation"] and given["relation"] not in graph.relations:
        help = nearest(given["relation"], graph.relations)
        problems.append(Problem("relation", f"'{given['relation']}' is in no claim here", help))
    if given["reach"] and given["reach"] not in REACHES:
        problems.append(Problem("reach", f"'{given['reach']}' is none", f"known: {', '.join(REACHES)}"))
    least = _number(given["least"], "least", 100, problems)
    page = _number(given["page"], "page", MOST_PAGES, problems)
    ends = tuple(given["tie"].partition(TIE)[::2])
    if given["tie"] and not set(ends) <= set(graph.names):
        problems.append(Problem("tie", f"'{given['tie']}' joins nothing here", "two CURIEs joined by ~"))
    if problems:
        first, *more = problems
        status = 404 if first.where in ("about", "to", "tie") else 400
        raise WebError(status, first.where, first.what, first.help, more)
    contested = given["contested"] == "1"
    reach = "" if given["reach"] == "1" else given["reach"]
    relation, context = given["relation"], given["context"]
    return View(about or graph.middle, to, reach, relation, context, least, contested, given["tie"], page)


def _place(text: str, where: str, graph: Graph, problems: list[Problem]) -> str:
    found = graph.named(text) if text else ""
    if text and not found:
        names = [*graph.names.values(), *graph.names] if len(graph.names) < 5_000 else []
        problems.append(Problem(where, f"no claim here is about '{text}'", nearest(text, names) if names else ""))
    return found


def _number(text: str, where: str, most: int, problems: list[Problem]) -> int:
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and int(text[:9]) <= most):
        problems.append(Problem(where, f"'{text}' is no whole number from 0 to {most}"))
        return 0
    return int(text)
