"""Plain Antimony: our own reader finds what libantimony finds, leaves what it does not know, and is never slow."""

from __future__ import annotations

import re
import time
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pleio.base.errors import ModelError
from pleio.formats.antimony import read
from pleio.formats.antimony.forms import NotPlain
from pleio.formats.antimony.plain import read_plain
from pleio.formats.antimony.read import read_antimony, read_in_full
from pleio.formats.antimony.unit_text import unit_text
from pleio.library import open as open_library
from pleio.mechanisms.expression import Expression, walk, with_args
from pleio.mechanisms.network import Network

MODULES = sorted((open_library("il11").folder / "modules").glob("*.ant"))
SMALL = "compartment c = 1; species A in c, B in c; A = 1; B = 2; k = 3; J: A -> B; k*A\n"


def flat(formula: Expression) -> Expression:
    """Sums of sums as one sum, and products likewise: libsbml groups them in its own way."""
    done: dict[Expression, Expression] = {}
    for node in walk(formula):
        args = [done[arg] for arg in node.args]
        if node.op in ("plus", "times"):
            args = [part for arg in args for part in (arg.args if arg.op == node.op else (arg,))]
        done[node] = with_args(node, args)
    return done[formula]


def content(value: Any) -> Any:
    """A network as plain values in order, its formulas flat."""
    if isinstance(value, Expression):
        return flat(value)
    if hasattr(value, "items"):
        return [(key, content(item)) for key, item in value.items()]
    if isinstance(value, tuple):
        return [content(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        return [(item.name, content(getattr(value, item.name))) for item in fields(value)]
    return value


def assert_alike(ours: Network, full: Network) -> None:
    for item in fields(Network):
        assert content(getattr(ours, item.name)) == content(getattr(full, item.name)), item.name


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_the_modules_of_the_library_are_plain(path) -> None:  # type: ignore[no-untyped-def]
    text = path.read_text(encoding="utf-8")
    assert_alike(read_plain(text), read_in_full(text))


STATEMENTS = """x := log(A) + ln(B) + log10(k) + sqr(A) + pow(B, 2)
x := -A^2 + A^-2 * 2^-A * 3 - -B - (B - k) + 1e-3*A + 2.50 + .5 + 3. + 1E5
x := piecewise(A, B > 3 && k <= 2, k) + max(A, B, k) + pi * time
x = -.5; y = A + B; z = y; w = k * 2; v = w; const u = A
x = 3 nM; y has nM; y = 2; unit nM = 1e-9 mole / litre; z = 2; z has per_h; unit per_h = 1 / (3600 second)
species D in c = 3, $E in d = k; compartment d = 2 * k, e; substanceOnly species F; F = 2; const species G; 2 D => F; 3
x' = k - x; x = 4; $A => 2.5 B; a * A; species W in c; W := B + q; const p = 3; var q; q = 3; const species Z
at A > 3, priority = k: k = 2; E2: at 2 after (B > w), t0 = false, persistent = false: B = max(A, 3), s = 1; x = 4
E3: at time >= 5, fromTrigger = false: A = A + 1
x is "the x"; J is "step"
x is "the x"
J5: A -> ; zz*A; yy = zz; J6: B -> ; yy*ww; at A > w6: k = w7; zz2' = u3; zz2 = u4*3
x = 3 /* here */; y = 4 // there; z = 5
z = 5 # there
function f(x, y) x * y + 1 end; x := f(A, 3)
x = 3; y = A; x = 4; J5: -> A;""".splitlines()


@pytest.mark.parametrize("text", STATEMENTS)
def test_each_form_means_what_it_means_to_libantimony(text: str) -> None:
    text = f"{text.split(' end; ')[0]} end\n{SMALL}{text.split(' end; ')[1]}" if " end; " in text else SMALL + text
    assert_alike(read_plain(text), read_in_full(text))


@pytest.mark.parametrize("formula", ["-(-A)", "- -A", "2*-(-(A + B))", "exp(-(-(-A)))"])
def test_what_is_negated_twice_is_left_to_libantimony(formula: str) -> None:
    with pytest.raises(NotPlain):
        read_plain(f"{SMALL}x := {formula}")


def test_a_model_has_a_name() -> None:
    text = f"function f(a)\n 2 * a;\nend\n\nmodel *here()\n{SMALL} x := f(A);\nend\n"
    assert_alike(read_plain(text), read_in_full(text))
    assert read_plain(text).name == "here"


NAMES = [f"{head}{n}" for head in "ABkq" for n in range(3)]


@st.composite
def formulas(draw: st.DrawFn, depth: int = 2) -> str:
    if depth == 0 or draw(st.booleans()):
        number = st.integers(1, 99_999).map(lambda x: f"{x / 1000:.4g}")
        return draw(st.sampled_from(NAMES) | number | st.just("time"))
    left, right = draw(formulas(depth - 1)), draw(formulas(depth - 1))
    return draw(
        st.sampled_from(
            [
                f"{left} + {right}", f"{left} - {right}", f"({left}) * ({right})", f"({left})/({right})",
                f"-({left})", f"({left})^2", f"exp({left})", f"max({left}, {right})", f"sqrt({left}) - ({right})",
                f"piecewise({left}, ({right}) > 2, 1)", f"({left}) - ({right})", f"log({left})*{NAMES[7]}",
            ]
        )
    )  # fmt: skip


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Models that declare, use and set the same few names in any order."""
    species, others = NAMES[:6], NAMES[6:]
    lines = [f"species {draw(st.sampled_from(species))} in c"]
    for _ in range(draw(st.integers(1, 12))):
        key, other = draw(st.sampled_from(species)), draw(st.sampled_from(others))
        formula = draw(formulas())
        number = f"{draw(st.integers(-900, 900)) / 100:.4g}"
        lines.append(
            draw(
                st.sampled_from(
                    [
                        f"species {key} in c", f"species {key}", f"compartment c = {number.strip('-')}",
                        f"{key} = {number}", f"{other} = {number}", f"{other} = {formula}", f"{other} := {formula}",
                        f"{other}' = {formula}", f"-> {key}; {formula}", f"2 {key} => ; {formula}",
                        f"{key} -> {draw(st.sampled_from(species))} + ${key}; {formula}", f"var {other}",
                        f"substanceOnly species {key} in c = {number}", f"species ${key} in d = {number}/d",
                        f"const species {key} = {number}", f"var species ${key}", "compartment d, c", f"d = {formula}",
                        f"{other} = {number} second", f"{other} = -0*{formula}", f"{other} = sqrt({number}/2)",
                        f"const {other}", f"const {other} = {number}", f'{other} is "{key}"', f"{other} has mole",
                        f"at {formula} > {number}: {other} = {formula}",
                        f"at 2 after {key} < 1, priority = {formula}: {key} = {draw(formulas())}, {other} = 2",
                    ]
                )
            )
        )  # fmt: skip
    return draw(st.sampled_from(["\n", ";\n", "; "])).join(lines) + "\n"


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(texts())
def test_generated_models_are_what_libantimony_makes_of_them(text: str) -> None:
    try:
        ours = read_plain(text)
    except NotPlain:
        return
    try:
        full = read_in_full(text)
    except ModelError:  # libsbml refuses some starts and circles that `check` names afterwards
        return
    assert_alike(ours, full)


@pytest.mark.parametrize(
    "text",
    [
        "compartment C = 2; substanceOnly species D in C = 10; species D, E in C; J2: D -> E; k*D*D",
        "compartment C = 1; var species $D in C = 5, E in C = 0; J2: D -> E; k*D",
        "q = 2 second; q = 2",
        "x = sqrt(3/2)",
    ],
)
def test_a_text_means_the_same_beside_what_only_libantimony_reads(text: str) -> None:
    ours, full = read_antimony(SMALL + text), read_antimony(f"{SMALL}{text}; r = 5 % 3")
    assert ours.species == full.species
    assert all(full.parameters[key] == item for key, item in ours.parameters.items())
    assert (ours.initial.get("x"), ours.reactions) == (full.initial.get("x"), full.reactions)


@pytest.mark.parametrize(
    "text",
    [
        "x = --3", "x := rateOf(A)", "x := A^B^k", "x := A % 2", "x := 3 nM * A", "J2: n A -> B; k", "A in c",
        "x := e(3)",
        "x = 1e400", "J = k", "J: A -> B; 3", "const A; at A > 3: A = 2", "A' = 3", "x := 1; x := 2", "é = 3", "x =",
        "J -> ; 2", "unit litre = 3 mole", "x has nowhere", "m: sub()", "time = 3", "species = 3", "x := y.z",
        "species J", "x := f(2)", "end", "model a() end", "import 'x'", "x := INF", "/* no end",
        "unit u = 2 mole^2; x has u", 'x is "a;b"', "A -> B", "substanceOnly species A in c", "var species $E",
        "x = 2 second; x = 2", "x = f(A); x = 2", "E = 2/default_compartment; species E", "x := -0 * A",
        "x := (3/2) * A", "substanceOnly species E in d = 2*d",
        "species $E; at A > 1: E = 2; x = E", "d = A; compartment d", "const species A; species A in c",
    ],
)  # fmt: skip
def test_what_is_not_plain_is_left_to_the_full_reader(text: str) -> None:
    with pytest.raises(NotPlain):
        read_plain(SMALL + text)


def test_only_what_is_not_plain_reaches_the_child_process(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(read, "read_in_full", lambda text, *, name: asked.append(name))
    assert read_antimony(SMALL).species.keys() == {"A", "B"}
    assert not asked
    read_antimony("sub: other()", name="x")
    assert asked == ["x"]


@pytest.mark.parametrize(
    "text",
    [
        "x := " + "(" * 300_000 + "1" + ")" * 300_000,
        "x := " + "-" * 500_000 + "1",
        "function f(" * 100_000,
        "function f(x) " * 70_000,
        "/*" * 500_000,
        '"' * 1_000_000,
        " " * 1_000_000 + "->",
        "A : " * 250_000,
        "a," * 500_000,
        "species " * 125_000,
        "at " * 330_000 + ":" * 1000,
        "A -> " + "B + " * 250_000,
        "x = 1 + " + "\t" * 1_000_000 + "y",
        "1" * 1_000_000,
        "x = " + "1" * 1_000_000,
        "x := " + "f(" * 400_000,
    ],
    ids=lambda text: text[:12],
)
def test_a_hostile_text_costs_little_time(text: str) -> None:
    begin = time.process_time()
    with pytest.raises((NotPlain, ModelError)):
        read_plain(text)
    assert time.process_time() - begin < 5


def test_too_many_names_are_refused_while_reading() -> None:
    with pytest.raises(ModelError, match="more than 100,000"):
        read_plain("\n".join(f"k{i} = 1" for i in range(110_000)))


@pytest.mark.parametrize(
    ("text", "unit"),
    [("1e-9 mole / litre", "nmol/L"), ("1/(3600 second)", "1/h"), ("60 second", "min"), ("gram*metre^-2", "g/(m)^2")],
)
def test_units_are_spelt(text: str, unit: str) -> None:
    assert re.sub(r"\s", "", unit_text(text)) == unit
