"""Drawings made by others (charts from Vega) brought into a page: only what draws may pass, colours become classes.

A style attribute would be refused by the page's own policy, and a fixed colour is wrong in the dark; so both become
classes, which `pleio.css` defines for light and dark.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree
from markupsafe import Markup

SVG = "http://www.w3.org/2000/svg"
LARGEST = 5_000_000
_ELEMENTS = frozenset(
    """svg g path line rect circle ellipse polygon polyline text tspan title desc defs clipPath linearGradient
    stop""".split()
)
_ATTRIBUTES = frozenset(
    """viewBox width height d x y x1 x2 y1 y2 dx dy cx cy r rx ry points transform fill fill-opacity fill-rule stroke
    stroke-width stroke-opacity stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit
    opacity text-anchor font-size font-weight font-style dominant-baseline clip-path aria-hidden offset stop-color
    stop-opacity gradientUnits""".split()
)
_NAMESPACES: dict[str | None, str] = {None: SVG}
_MEASURED = ("d", "transform", "x", "y", "x1", "x2", "y1", "y2", "width", "height", "points")
_LONG_NUMBER = re.compile(r"-?\d*\.\d{2,}(?![\de])")
_COLOURED = ("fill", "stroke", "stop-color")
_ELSEWHERE = re.compile(r"url\((?!['\"]?#)|javascript:|data:", re.IGNORECASE)
_HERE = re.compile(r"url\(['\"]?#([\w-]+)['\"]?\)")
_COLOUR = re.compile(r"#(?:[0-9a-f]{6}|[0-9a-f]{3})")
_RGB = re.compile(r"rgba?\((\d+),\s*(\d+),\s*(\d+)(?:,\s*[\d.]+)?\)")
_NAMED = {"black": "#000000", "white": "#ffffff", "gray": "#808080", "grey": "#808080"}


@lru_cache(maxsize=64)
def bring_in(svg: str, prefix: str, description: str) -> Markup:
    """Clean a drawing for a page.

    Args:
        svg: the drawing; anything that is not SVG gives an empty string.
        prefix: put before its ids, so that two drawings on a page do not mix theirs.
        description: what there is to see, for those who do not see it.
    """
    if len(svg) > LARGEST or "<!DOCTYPE" in svg or "<!ENTITY" in svg:
        return Markup("")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(svg.encode(), parser)
    except etree.XMLSyntaxError:
        return Markup("")
    if not _draws(root) or etree.QName(root).localname != "svg":
        return Markup("")
    clean = _copy(root, prefix)
    clean.set("role", "img")
    clean.set("aria-label", description)
    if "viewBox" not in clean.attrib:
        clean.set("viewBox", f"0 0 {clean.get('width', '100')} {clean.get('height', '100')}")
    return Markup(etree.tostring(clean, encoding="unicode"))


def _copy(element: etree._Element, prefix: str) -> etree._Element:
    """Copy an element with what may pass of it and of its children."""
    made = etree.Element(etree.QName(SVG, etree.QName(element).localname), nsmap=_NAMESPACES)  # type: ignore[arg-type]  # the stubs forbid what lxml documents
    made.text, made.tail = element.text, element.tail
    given = {str(name): str(value) for name, value in element.attrib.items()}
    for declaration in given.pop("style", "").split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        given.setdefault(name, value)
    classes: list[str] = []
    for name, value in given.items():
        if name not in _ATTRIBUTES or _ELSEWHERE.search(value):
            continue
        if name in _MEASURED:
            value = _LONG_NUMBER.sub(lambda found: f"{float(found[0]):.1f}".removesuffix(".0"), value)
        made.set(name, _HERE.sub(rf"url(#{prefix}-\1)", value))
        if name in _COLOURED:
            classes += _colour_class(name, value)
    if re.fullmatch(r"[\w-]+", given.get("id", "")):
        made.set("id", f"{prefix}-{given['id']}")
    if classes:
        made.set("class", " ".join(dict.fromkeys(classes)))
    for child in element:
        if _draws(child):
            made.append(_copy(child, prefix))
    return made


def _draws(element: etree._Element) -> bool:
    if not isinstance(element.tag, str):
        return False
    name = etree.QName(element)
    return name.namespace in (SVG, None) and name.localname in _ELEMENTS


def _colour_class(attribute: str, value: str) -> list[str]:
    """Name the class of a colour: `fill-4c78a8`; a colour without a class in the style sheet stays as it is."""
    value = value.strip().lower()
    value = _NAMED.get(value, value)
    rgb = _RGB.fullmatch(value)
    if rgb:
        value = "#" + "".join(f"{int(part):02x}" for part in rgb.groups())
    if not _COLOUR.fullmatch(value):
        return []
    digits = value[1:] if len(value) == 7 else "".join(2 * digit for digit in value[1:])
    return [f"{attribute}-{digits}"]


def standing_alone(drawing: Markup) -> str:
    """Make a drawing that was brought in into a file of its own: on paper, in the colours of its specification."""
    head, _, rest = str(drawing).partition(">")
    return f'{head}><rect width="100%" height="100%" fill="#ffffff"/>{rest}' if rest else str(drawing)
