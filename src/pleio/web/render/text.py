"""Setting the text of a page: Markdown to sections, sentences tied to their claims, citations numbered.

Raw HTML in the text stays text; what Markdown makes of it is cleaned again by a short list of what may pass.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from . import marks
from .sentences import sentence_start

_SPECIAL = re.compile(r"\s*\{claims?:\s*([^{}]*)\}|\s*\[((?:@[\w:./+-]+(?:\s*[;,]\s*)?)+)\]")
JOINER = Markup("\u2060")  # keeps marks on the line of the word before them
_ALLOWED = {
    "p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "code", "pre", "blockquote", "table", "thead", "tbody",
    "tr", "th", "td", "a", "span", "sup", "sub", "br", "hr",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href", "class", "id", "title", "data-claim", "aria-label"},
    "span": {"class", "data-claims"},
    "sup": {"class"},
    "h2": {"id"},
    "h3": {"id"},
    "ol": {"start"},
}


@dataclass(frozen=True)
class Link:
    """What the text needs to know of a claim: its sentence, belief, outcome, whether it is contested, its address."""

    sentence: str
    belief: float | None
    outcome: str
    contested: bool
    address: str


@dataclass(frozen=True)
class Section:
    """A part of the text under one heading, with the claims and the sources that it names, in order."""

    id: str
    title: str
    html: Markup
    claims: tuple[str, ...]


@dataclass
class Setting:
    """What is known while a text is set: its claims, its citation keys, and the numbers given to sources so far."""

    claims: Mapping[str, Link]
    keys: Mapping[str, str]
    numbers: dict[str, int] = field(default_factory=dict)


def set_text(text: str, setting: Setting) -> tuple[Section, ...]:
    """Set Markdown as sections; what comes before the first heading is a section without a title."""
    tokens = [_lowered(token) for token in _markdown().parse(text)]
    sections: list[Section] = []
    for title, part in _parts(tokens):
        claims: dict[str, None] = {}
        for token in part:
            if token.type == "inline" and token.children:
                token.children = _tied(token.children, setting, claims)
        html = _clean(_markdown().renderer.render(part, _markdown().options, {}))
        name = slug(title)
        taken = sum(section.id == name for section in sections)
        sections.append(Section(f"{name}-{taken + 1}" if taken else name, title, html, tuple(claims)))
    return tuple(section for section in sections if section.html.strip() or section.title)


def set_line(text: str, setting: Setting) -> Markup:
    """Set one line of Markdown, without a paragraph around it."""
    (token,) = _markdown().parseInline(text)
    token.children = _tied(token.children or [], setting, {})
    return _clean(_markdown().renderer.render([token], _markdown().options, {}))


def slug(title: str) -> str:
    """Make an anchor of a heading.

    Example:
        >>> slug("JAK/STAT and its brake")
        'jak-stat-and-its-brake'
    """
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "text"


def _markdown() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
    made.add_render_rule("made", lambda renderer, tokens, index, options, env: tokens[index].content)
    return made


def _lowered(token: Token) -> Token:
    """Headings begin at h2: the page's title is the one h1."""
    if token.type in ("heading_open", "heading_close") and token.tag in ("h1", "h5", "h6"):
        token.tag = "h2" if token.tag == "h1" else "h4"
    return token


def _parts(tokens: Sequence[Token]) -> list[tuple[str, list[Token]]]:
    """Part the text at its second-level headings, which are taken out."""
    parts: list[tuple[str, list[Token]]] = [("", [])]
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.type == "heading_open" and token.tag == "h2" and token.level == 0:
            inline = tokens[index + 1]
            parts.append(("".join(child.content for child in inline.children or []), []))
            index += 3
            continue
        parts[-1][1].append(token)
        index += 1
    return parts


def _tied(children: Sequence[Token], setting: Setting, named: dict[str, None]) -> list[Token]:
    """Replace markers and citations by their markup, and put a span around each sentence that claims stand behind."""
    out: list[Token] = []
    for child in children:
        if child.type != "text":
            out.append(child)
            continue
        end = 0
        for match in _SPECIAL.finditer(child.content):
            _add_text(out, child.content[end : match.start()], child.level)
            if match[2] is not None:
                out.append(_made(_citation(match[2], setting), child.level))
            else:
                _tie(out, match[1], setting, named, child.level)
            end = match.end()
        _add_text(out, child.content[end:], child.level)
    return out


def _tie(out: list[Token], listed: str, setting: Setting, named: dict[str, None], level: int) -> None:
    ids = [id for id in re.split(r"[\s,;]+", listed.strip()) if id in setting.claims]
    if not ids:
        return
    named.update(dict.fromkeys(ids))
    start = sentence_start(out, level)
    if start is not None:
        links = [setting.claims[id] for id in ids]
        weakest = min((link.belief for link in links if link.belief is not None), default=None)
        contested = " contested" if any(link.contested for link in links) else ""
        open_span = Markup('<span class="claim {}{}" data-claims="{}">').format(
            marks.hue(weakest), contested, " ".join(ids)
        )
        out.insert(_past_space(out, start), _made(open_span, level))
        out.append(_made(Markup("</span>"), level))
    for id in ids:
        out.append(_made(_mark(id, setting.claims[id]), level))


def _past_space(out: list[Token], start: int) -> int:
    """Part the white space off before a sentence, so that it is not underlined."""
    token = out[start]
    bare = token.content.lstrip()
    if token.type != "text" or bare == token.content:
        return start
    space = Token("text", "", 0, level=token.level)
    space.content = token.content[: len(token.content) - len(bare)]
    token.content = bare
    out.insert(start, space)
    return start + 1


def _mark(id: str, link: Link) -> Markup:
    contested = ", contested" if link.contested else ""
    return JOINER + Markup('<a class="claim-mark {}{}" href="{}" data-claim="{}" aria-label="{}">{}</a>').format(
        marks.hue(link.belief),
        " contested" if link.contested else "",
        link.address,
        id,
        f"claim: {link.sentence}; belief {marks.belief_word(link.belief)}{contested}",
        marks.mark(link.outcome, link.contested),
    )


def _citation(text: str, setting: Setting) -> Markup:
    links = []
    for key in re.findall(r"@([\w:./+-]+)", text):
        source = setting.keys.get(key.rstrip("."))
        if source is None:
            links.append(Markup('<span class="dead" title="no reference with this key">@{}</span>').format(key))
            continue
        number = setting.numbers.setdefault(source, len(setting.numbers) + 1)
        links.append(Markup('<a href="#ref-{0}" aria-label="reference {0}">{0}</a>').format(number))
    return JOINER + Markup('<sup class="cite">{}</sup>').format(Markup(",\u2009").join(links))


def _add_text(out: list[Token], text: str, level: int) -> None:
    if text:
        token = Token("text", "", 0, level=level)
        token.content = text
        out.append(token)


def _made(html: Markup, level: int) -> Token:
    token = Token("made", "", 0, level=level)
    token.content = str(html)
    return token


def _clean(html: str) -> Markup:
    return Markup(
        nh3.clean(
            html,
            tags=_ALLOWED,
            attributes=_ATTRIBUTES,
            url_schemes={"http", "https", "mailto"},
            link_rel=None,
            strip_comments=True,
        )
    )


def quoted(text: str, spans: Sequence[tuple[int, int, str, str]], limit: int = 400_000) -> Markup:
    """Set a document as text with some spans marked; spans that overlap an earlier one are left out.

    Args:
        spans: start, end, class and title of each.
    """
    out, end = [], 0
    text = text[:limit]
    for start, stop, name, title in sorted(spans):
        if start < end or stop > len(text) or start >= stop:
            continue
        out.append(escape(text[end:start]))
        out.append(Markup('<mark class="{}" title="{}">{}</mark>').format(name, title, text[start:stop]))
        end = stop
    out.append(escape(text[end:]))
    return Markup("").join(out)
