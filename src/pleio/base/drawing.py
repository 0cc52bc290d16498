"""How every chart looks, and turning its specification into a picture: fixed colours, sizes, Vega-Lite settings.

Every colour is written as one of these hexadecimal values, so that a page can give each its light and its dark form.
"""

from __future__ import annotations

import re
from typing import Any

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"

INK = "#1f2328"
MUTED = "#59636e"
RULE = "#d1d9e0"
NOTHING = "#6e7781"
ARMS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c564b", "#5e4fa2")
"""For arms in which something is given, in order; after Okabe and Ito, told apart with any colour vision."""
PAPER = "#ffffff"


def settings() -> dict[str, Any]:
    """Give the settings that all figures share."""
    text = {
        "labelColor": MUTED,
        "titleColor": INK,
        "labelFontSize": 11,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
    }
    return {
        "background": "transparent",
        "font": "sans-serif",
        "padding": {"left": 4, "right": 8, "top": 4, "bottom": 4},
        "view": {"stroke": None},
        "axis": {**text, "domainColor": RULE, "tickColor": RULE, "gridColor": RULE, "gridOpacity": 0.7, "tickSize": 4},
        "header": {"labelColor": INK, "labelFontSize": 12, "labelFontWeight": "bold", "labelPadding": 4, "title": None},
        "legend": {**text, "title": None, "symbolType": "stroke", "symbolStrokeWidth": 3},
        "title": {"color": INK, "fontSize": 12, "fontWeight": "normal", "anchor": "start", "offset": 6},
    }


_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def written(unit: str) -> str:
    """Write a unit as print does: `10^9/L` as 10⁹/L."""
    return re.sub(r"\^(-?\d+)", lambda power: power[1].translate(_RAISED), unit).replace("*", "·")


def rounded(value: float) -> float:
    """Give a number to five digits, enough to draw it."""
    return float(f"{value:.5g}")


def draw(spec: dict[str, Any]) -> str:
    """Draw a specification as SVG, without a network."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]))


def draw_png(spec: dict[str, Any], scale: float = 2.0) -> bytes:
    """Draw a specification as PNG on white, without a network."""
    import vl_convert

    return bytes(vl_convert.vegalite_to_png({**spec, "background": PAPER}, scale=scale, allowed_base_urls=[]))
