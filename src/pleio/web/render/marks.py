"""The small marks that mean one thing each: the hue of belief, the signs of direction, how numbers are written."""

from __future__ import annotations

import math
import re

from markupsafe import Markup

SIGNS = {"increases": "▲", "decreases": "▼", "no_effect": "■", "present": "●", "absent": "○"}
WORDS = {
    "increases": "increases",
    "decreases": "decreases",
    "no_effect": "no effect",
    "present": "holds",
    "absent": "does not hold",
}
STEPS = 10
LEAST_PERCENT = 0.01  # below it is what integration leaves
SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def hue(belief: float | None) -> str:
    """Give the class that colours a belief: `b0` (undecided) to `b10` (held), `bx` where there is nothing to go by.

    Example:
        >>> hue(0.5), hue(0.97), hue(None)
        ('b5', 'b10', 'bx')
    """
    return "bx" if belief is None else f"b{round(max(0.0, min(1.0, belief)) * STEPS)}"


def belief_word(belief: float | None) -> str:
    """Write a belief with two digits, never as certain as 0 or 1.

    Example:
        >>> belief_word(0.9999), belief_word(0.001), belief_word(None), belief_word(0.834)
        ('> 0.99', '< 0.01', 'no evidence', '0.83')
    """
    if belief is None:
        return "no evidence"
    if belief > 0.995:
        return "> 0.99"
    return "< 0.01" if belief < 0.005 else f"{belief:.2f}"


def number(value: float | None, digits: int = 3) -> str:
    """Write a number with a few digits, a true minus sign, and powers of ten where it is very large or small.

    Example:
        >>> number(-0.0312), number(1234.5), number(2.5e-7), number(None)
        ('−0.0312', '1,230', '2.5 × 10⁻⁷', 'not measured')
    """
    if value is None or math.isnan(value):
        return "not measured"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if value == 0:
        return "0"
    exponent = math.floor(math.log10(abs(value)))
    rounded = round(value, digits - 1 - exponent)
    if -4 <= exponent < 6:
        text = f"{rounded:,.{max(0, digits - 1 - exponent)}f}"
        if "." in text:
            text = text.rstrip("0").rstrip(".")
    else:
        power = str(exponent).translate(SUPERSCRIPT)
        text = f"{rounded / 10**exponent:.{digits - 1}f}".rstrip("0").rstrip(".") + f" × 10{power}"
    return text.replace("-", "−")


def amount(value: float | None, unit: str) -> str:
    """Write a number with its unit in mind: a percentage below a hundredth of one is nothing that was simulated.

    Example:
        >>> amount(-2.45e-06, "%"), amount(-2.45e-06, "nmol/L"), amount(0.129, "%")
        ('0', '−2.45 × 10⁻⁶', '0.129')
    """
    return "0" if value is not None and unit == "%" and abs(value) < LEAST_PERCENT else number(value)


def percent(value: float | None) -> str:
    """Write a share as per cent.

    Example:
        >>> percent(0.123), percent(0.004), percent(0.0)
        ('12 %', '0.4 %', '0 %')
    """
    if value is None or math.isnan(value):
        return "not measured"
    return f"{number(100 * value, 2 if abs(value) >= 0.1 else 1 if abs(value) < 0.01 else 2)} %"


def plain(word: str) -> str:
    """Write a word of the program for a reader: `no_effect` is "no effect"."""
    return word.replace("_", " ").replace("-", " ")


def opening(text: str) -> str:
    """Begin a heading with a capital, but for names that are written as they are.

    Example:
        >>> opening("platelet rise"), opening("pSTAT3 at 1 h"), opening("mRNA of SOCS3")
        ('Platelet rise', 'pSTAT3 at 1 h', 'mRNA of SOCS3')
    """
    first = text.partition(" ")[0]
    return text if any(c.isupper() or c.isdigit() for c in first) else text[:1].upper() + text[1:]


CAPITALS = {name.lower(): name for name in ("ALS", "JAK", "STAT", "MAPK", "ERK", "PI3K", "Akt", "PKC")}


def topic(system: str) -> str:
    """Name the system that claims are about, with names of diseases and kinases in their own letters.

    Example:
        >>> topic("als"), topic("jak-stat"), topic("blood-brain-barrier")
        ('ALS', 'JAK STAT', 'blood brain barrier')
    """
    return " ".join(CAPITALS.get(word, word) for word in plain(system).split())


SPELT_OUT = {
    "mk": "megakaryocyte", "tpo": "thrombopoietin", "kd": "dissociation constant", "power": "exponent",
    "ka": "absorption rate", "ke": "elimination rate", "epo": "erythropoietin", "fvc": "FVC", "ae": "adverse event",
}  # fmt: skip
BEGINNINGS = {"gain": "size of the effect on", "half": "occupancy at half the effect on"}


def trait(name: str) -> str:
    """Name what subjects differ in, with the short words of parameters' names spelt out.

    Example:
        >>> trait("gain_platelets, each subject's own"), trait("mk_maturation_time"), trait("weight")
        ("size of the effect on platelets, each subject's own", 'megakaryocyte maturation time', 'weight')
    """
    first, *others = plain(name).split(" ")
    words = [BEGINNINGS.get(first, first) if others else first, *others]
    return re.sub(r"\w+", lambda word: SPELT_OUT.get(word[0], word[0]), " ".join(words))


def unbroken(text: str) -> str:
    """Keep a number and its % sign on one line.

    Example:
        >>> unbroken("+42 % (90 % of worlds)")
        '+42\u00a0% (90\u00a0% of worlds)'
    """
    return re.sub(r"(?<=\d) %", "\u00a0%", text)


def short_id(id: str) -> str:
    """Cut a digest to what people compare by eye."""
    return id[:12]


def unit_word(unit: str) -> str:
    """Write a unit as people read it.

    Example:
        >>> unit_word("10^9/L"), unit_word("1/(nM*h)")
        ('10⁹/L', '1/(nM·h)')
    """
    raised = re.sub(r"\^(-?\d+)", lambda power: power[1].translate(SUPERSCRIPT), unit)
    return raised.replace("*", "·")


def outcome_word(name: str) -> str:
    return WORDS.get(name, plain(name))


def sign(outcome: str) -> Markup:
    """Draw the sign of an outcome, with its name for those who do not see it."""
    kind = outcome if outcome in SIGNS else "other"
    return Markup('<span class="sign sign-{}" aria-hidden="true">{}</span><span class="unseen">{}</span>').format(
        kind, SIGNS.get(outcome, "◆"), outcome_word(outcome)
    )


def mark(outcome: str, contested: bool) -> str:
    """Give the character after a sentence that a claim stands behind; a two-sided one where it is contested."""
    return "◐" if contested else SIGNS.get(outcome, "●")


def belief_bar(belief: float | None, prior: float | None = None, width: int = 72) -> Markup:
    """Draw a belief as a bar from 0 to 1, with a tick at the prior."""
    if belief is None:
        return Markup('<span class="no-evidence">no evidence</span>')
    length = round(width * belief, 1)
    tick = Markup("")
    if prior is not None:
        x = round(width * prior, 1)
        tick = Markup('<line class="prior" x1="{0}" x2="{0}" y1="0" y2="10"/>').format(x)
    return Markup(
        '<svg class="belief-bar {hue}" width="{w}" height="10" viewBox="0 0 {w} 10" role="img" '
        'aria-label="belief {word}">'
        '<rect class="track" x="0" y="3" width="{w}" height="4" rx="2"/>'
        '<rect class="fill" x="0" y="3" width="{length}" height="4" rx="2"/>{tick}</svg>'
    ).format(hue=hue(belief), w=width, word=belief_word(belief), length=length, tick=tick)
