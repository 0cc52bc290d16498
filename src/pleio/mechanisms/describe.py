"""A network as text for people: what it has, with values and units, and its reactions as chemistry."""

from __future__ import annotations

from collections.abc import Iterable

from ..base.html import heading
from ..base.html import table as html_table
from .expression import Expression
from .network import Event, Network, Participant, Reaction
from .printing import print_formula


def describe(network: Network) -> str:
    """Write a network as a page of text: compartments, species, parameters, reactions, rules, events, observables."""
    compartments, species = network.compartments.items(), network.species.items()
    sections = [
        ("compartments", [(k, _value(c.size, c.unit, k, network), c.label) for k, c in compartments]),
        ("species", [(k, _value(s.initial, s.unit, k, network), s.label or s.compartment) for k, s in species]),
        ("parameters", [(k, _value(p.value, p.unit, k, network), p.label) for k, p in network.parameters.items()]),
        ("reactions", [(k, equation(r), _formula(r.rate)) for k, r in network.reactions.items()]),
        ("assignments", [(k, "=", _formula(e)) for k, e in network.assignments.items()]),
        ("rates", [(f"d{k}/dt", "=", _formula(e)) for k, e in network.rates.items()]),
        ("constraints", [("0", "=", _formula(e)) for e in network.algebraic]),
        ("initial", [(k, "=", _formula(e)) for k, e in network.initial.items()]),
        ("events", [(k, _formula(e.trigger), _then(e)) for k, e in network.events.items()]),
        ("observables", [(k, _formula(o.expression), o.unit) for k, o in network.observables.items()]),
    ]
    units = ", ".join(u for u in (network.time_unit, network.substance_unit, network.volume_unit) if u)
    lines = [f"model {network.name or 'without a name'}" + (f" ({units})" if units else "")]
    for title, rows in sections:
        if rows:
            lines += ["", f"{title} ({len(rows)})", *_columns(rows)]
    return "\n".join(lines)


def describe_html(network: Network) -> str:
    """Write a network for a notebook: how much it has, then its reactions."""
    counts = {
        "species": network.species,
        "reactions": network.reactions,
        "parameters": network.parameters,
        "events": network.events,
    }
    parts = ", ".join(f"{len(table)} {name}" for name, table in counts.items() if table)
    rows = [(key, equation(one), _formula(one.rate)) for key, one in network.reactions.items()]
    rules = [(key, "rate", _formula(formula)) for key, formula in network.rates.items()]
    title = heading(f"model {network.name or 'without a name'}", parts)
    return title + html_table(["name", "reaction", "rate"], [*rows, *rules])


def equation(reaction: Reaction) -> str:
    """Write a reaction as chemistry: `2 A + B -> C`, `<->` where it is reversible."""
    arrow = "<->" if reaction.reversible else "->"
    return f"{_side(reaction.reactants)} {arrow} {_side(reaction.products)}".strip()


def _side(participants: Iterable[Participant]) -> str:
    return " + ".join(f"{_count(p)}{p.species}" for p in participants)


def _count(participant: Participant) -> str:
    if participant.id:
        return f"{participant.id} "
    return "" if participant.stoichiometry in (1.0, None) else f"{participant.stoichiometry:g} "


def _formula(expression: Expression | None) -> str:
    return print_formula(expression) if expression else ""


def _then(event: Event) -> str:
    """Write what an event does, and how long after its trigger."""
    done = ", ".join(f"{key} = {_formula(formula)}" for key, formula in event.assignments.items())
    return f"{done} after {_formula(event.delay)}" if event.delay else done


def _value(value: float | None, unit: str, key: str, network: Network) -> str:
    """Write a value and its unit; of what a formula gives, that it does."""
    if key in network.assignments:
        said = "assigned"
    elif key in network.initial:
        said = "set at the start"
    else:
        said = "unset" if value is None else f"{value:g}"
    return f"{said} {unit}".strip()


def _columns(rows: list[tuple[str, str, str]]) -> list[str]:
    widths = [min(max(len(row[i]) for row in rows), 48) for i in range(2)]
    return [f"  {a:<{widths[0]}}  {b:<{widths[1]}}  {c}".rstrip() for a, b, c in rows]
