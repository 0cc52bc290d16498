"""Links within the site that cannot work: broken syntax, impossible targets, labels that name another gene."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ..documents.markup import Link
from ..documents.structure import HEADING
from ..names.keys import key_of
from ..vocabulary import genes_named
from .finding import ERROR, INFO, WARNING, Edit, Finding
from .link_syntax import broken_links
from .page import Page
from .spans import Spans

_XREF = re.compile(
    r"""<xref\b(?![^<>]{0,300}ref-type=["']bibr)[^<>]{0,300}?\brid=["'](?P<rid>[^"'<>]{1,200})["']""", re.I
)
_NUMBER = re.compile(r"\s*[\[(]?\d{1,3}(?:[–-]\d{1,3})?[\])]?\s*")


def check_links(page: Page) -> Iterator[Finding]:
    """Report links within the site that are broken in syntax or by their target."""
    taken = Spans()
    for broken in broken_links(page.text):
        if taken.overlaps(broken.start, broken.end):
            continue
        taken.add(broken.start, broken.end)
        yield page.finding(
            "broken_internal_link",
            ERROR,
            broken.start,
            broken.end,
            f"the link is broken: {broken.what}",
            broken.right or broken.advice,
            "the syntax of links",
            edits=(Edit(broken.start, broken.end, broken.right),) if broken.right else (),
        )
    yield from _targets(page, taken)
    if page.document.media == "jats":
        yield from _pointers(page)


def _targets(page: Page, taken: Spans) -> Iterator[Finding]:
    anchors = {_slug(p.text) for p in page.outline.passages if p.kind == HEADING}
    anchors |= page.anchors
    folders = Counter(_steps(link.target)[0] for link in page.links if len(_steps(link.target)) > 1)
    for link in page.links:
        if taken.overlaps(link.start, link.end):
            continue
        target = link.target.strip()
        if target.startswith("#") and page.outline.references and _NUMBER.fullmatch(link.label):
            continue  # a citation, judged as such
        what, right, certain = _wrong_target(page, link, anchors, folders)
        if not what:
            continue
        severity = INFO if "script" in what else WARNING if "names" in what else ERROR
        start = link.target_start
        edits = (Edit(start, start + len(link.target), right),) if certain else ()
        shown = f"[{link.label}]({right})" if page.text[link.start] == "[" else f'<a href="{right}">{link.label}</a>'
        correction = shown if right else "give it a target"
        yield page.finding(
            "broken_internal_link",
            severity,
            link.start,
            link.end,
            f"the link to {target!r} is broken: {what}",
            correction,
            "the page's links",
            edits=edits,
        )


def _steps(target: str) -> list[str]:
    """The folders and the page of a target within the site; none for an address or a place on this page."""
    path = re.split(r"[#?\s]", target.strip(), maxsplit=1)[0]
    inside = re.match(r"\.{0,2}/", path) is not None
    return [step for step in path.split("/") if step not in ("", ".", "..")] if inside else []


def _pointers(page: Page) -> Iterator[Finding]:
    """Report the pointers of journals (to a table, a figure, a section) that lead to no id of the document."""
    for match in _XREF.finditer(page.text):
        if any(name not in page.anchors for name in match["rid"].split()) and page.anchors:
            yield page.finding(
                "broken_internal_link",
                ERROR,
                *match.span("rid"),
                f"the pointer to {match['rid']!r} is broken: nothing has this id",
                "give the id of what it points to",
                "the ids of the document",
            )


def _leads_home(page: Page, link: Link) -> bool:
    """Say whether a link to a whole site or folder is meant so: its label is the folder's name, and names no thing."""
    words, folder = key_of(link.label).rstrip("s"), key_of((_steps(link.target) or [""])[-1]).rstrip("s")
    return not words or words == folder or not page.gazetteer.find(link.label)


def _wrong_target(page: Page, link: Link, anchors: set[str], folders: Counter[str]) -> tuple[str, str, bool]:
    label, target = link.label, link.target.strip().split(' "')[0]
    if not target:
        return "it has no target", "", False
    if re.match(r"[a-z][a-z0-9+.-]*:", target, re.I):
        return _wrong_address(target)
    if target.startswith("#"):
        return (
            ("no heading has this name", "", False)
            if anchors and target[1:].lower() not in anchors
            else ("", "", False)
        )
    if re.search(r"\s", target):
        beside = re.sub(r"(?<=/)\s+|\s+(?=/)", "", target)  # one between two words may stand for a hyphen
        return "there is a space in the target", re.sub(r"\s+", "-", beside), not re.search(r"\s", beside)
    if re.search(r"(?<!:)//", target):
        return "there is an empty step in the target", re.sub(r"/{2,}", "/", target), True
    if "\\" in target:
        return "there is a backslash in the target", target.replace("\\", "/"), True
    if target in ("TODO", "todo", "URL", "url", "link") or re.match(r"/?(?:undefined|null|none|None)\b", target):
        return "it leads nowhere", "", False
    if target == "/":
        return ("", "", False) if _leads_home(page, link) else ("it leads nowhere", "", False)
    parts = target.strip("/").split("/")
    if not target.startswith(("/", ".", "?")) and parts[0] in folders:
        return "the leading slash is missing", "/" + target, True
    steps = _steps(target)
    if target.endswith("/") and len(steps) == 1 and folders[steps[0]] and not _leads_home(page, link):
        return "it names a folder, not a page", "", False
    if len(parts) > 1 and target.startswith("/") and folders[parts[0]] == 1:
        near = [f for f, n in folders.items() if n > 1 and f != parts[0] and _one_apart(f, parts[0])]
        if near:
            return f"no other link uses /{parts[0]}/", "/" + "/".join([near[0], *parts[1:]]), False
    return _other_gene(label, parts, target)


def _wrong_address(target: str) -> tuple[str, str, bool]:
    if re.match(r"file:|[a-z]:[\\/]", target, re.I):
        return "it leads to a file on somebody's computer", "", False
    if re.match(r"(?:javascript|vbscript|data):", target, re.I):
        return "it runs a script and leads to no page", "", False
    if re.match(r"https?:/[^/]|https?:///|http[a-z]*:(?!//)", target):
        right = re.sub(r"^https?:/*", lambda m: m[0].rstrip("/") + "//", target)
        return "the address is malformed", right, bool(re.match(r"https?://[\w-]+\.[\w.-]+", right))
    host = re.match(r"https?://([^/?#:]+)", target)
    if host and "." not in host[1] and host[1].lower() != "localhost":
        return "the address names no host", "", False
    return "", "", False


def _other_gene(label: str, parts: list[str], target: str) -> tuple[str, str, bool]:
    """A link to a gene's page under the name of another gene."""
    up = [part for part in parts if part in (".", "..")]
    parts = [*parts[len(up) : -1], re.sub(r"\.(?:md|html?)$", "", parts[-1])]
    if len(parts) < 2 or parts[0] not in ("genes", "gene", "proteins", "protein"):
        return "", "", False
    named, led = genes_named(key_of(label)), genes_named(key_of(parts[-1]))
    if (
        named
        and led
        and not {g.hgnc for g in named} & {g.hgnc for g in led}
        and key_of(led[0].symbol) == key_of(parts[-1])
    ):
        right = _renamed(target, parts[-1], named[0].symbol.lower())
        return f"the label names {named[0].symbol}, the target {led[0].symbol}", right, False
    symbol = named[0].symbol.lower() if named else ""
    if symbol and not led and parts[-1].isalnum() and _one_apart(symbol, parts[-1].lower()) and len(symbol) > 2:
        return f"no gene is called {parts[-1]}", _renamed(target, parts[-1], symbol), False
    return "", "", False


def _renamed(target: str, last: str, symbol: str) -> str:
    """Give a target with another last step, its ending kept."""
    return re.sub(rf"{re.escape(last)}(?=(?:\.\w+)?$)", symbol, target)


def _slug(title: str) -> str:
    return re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-")


def _one_apart(a: str, b: str) -> bool:
    """Say whether two words differ by one letter added, removed or changed."""
    if abs(len(a) - len(b)) > 1:
        return False
    if len(a) == len(b):
        return sum(x != y for x, y in zip(a, b, strict=True)) == 1
    short, long = sorted((a, b), key=len)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
