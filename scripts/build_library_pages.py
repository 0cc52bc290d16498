"""Write `docs/library/<module>.md`: of each module what it is, diagram, figures, reactions, contests, numbers, gaps.

The figures are drawn by `build_library_figures.py`, which simulates for a minute or two; the pages only show them.

python scripts/build_library_pages.py           write the pages and diagrams
python scripts/build_library_pages.py --check   say which differ from what would be written; exit status 1 if any
"""

from __future__ import annotations

import argparse
import html
from collections.abc import Iterator
from pathlib import Path

from pleio.assembly import Mechanism, Module, Prior
from pleio.claims.vocabulary import plural
from pleio.library import Library
from pleio.library import open as open_library
from pleio.library.diagrams.network import mechanism_pathway
from pleio.library.modules.carried import bare_reactions
from pleio.library.validation.regimens import read_regimens
from pleio.mechanisms.printing import print_formula
from pleio.web.render.pathway import draw_pathway
from pleio.web.render.standalone import standalone

FOLDER = Path(__file__).parents[1] / "docs" / "library"


def pages(library: Library) -> dict[str, str]:
    """Give every page and diagram by file name."""
    written = {f"{name}.md": "\n".join(page(library, module)) + "\n" for name, module in library.modules.items()}
    written |= {
        f"diagrams/{name}.svg": drawn(library.mechanism(name))
        for name, one in library.modules.items()
        if one.network.species
    }
    written["README.md"] = "\n".join(contents(library)) + "\n"
    return written


def drawn(mechanism: Mechanism) -> str:
    """Draw a module as an SVG, as `pleio model diagram` does."""
    return standalone(str(draw_pathway(mechanism_pathway(mechanism)))) + "\n"


def contents(library: Library) -> Iterator[str]:
    yield "# The modules of the IL-11 library"
    yield ""
    yield "Written by `scripts/build_library_pages.py`. Modules join by name: `pleio model check receptor+jak_stat`."
    yield "[Oprelvekin: simulated beside seen](oprelvekin.md) compares the oprelvekin modules with published figures;"
    yield "[predicted beside observed](validation.md) scores every observation of the library, and"
    yield "[observations of your own](observations.md) says how to write others that `pleio validate FILE` forecasts."
    yield ""
    yield "| module | what it describes | species | parameters | of them guesses |"
    yield "|---|---|---|---|---|"
    for name, module in library.modules.items():
        guessed = sum(prior.trust == "unv-L" for prior in module.priors.values())
        counts = f"{len(module.network.species)} | {len(module.priors)} | {guessed}"
        yield f"| [{name}]({name}.md) | {module.title} | {counts} |"


def page(library: Library, module: Module) -> Iterator[str]:
    yield f"# {module.title}"
    yield ""
    yield f"Module `{module.name}`. Written by `scripts/build_library_pages.py` from the module's two files."
    if module.per_cell:
        yield "It describes one cell; a mechanism has it once for each cell type that its other modules act in."
    if module.cell:
        yield f"Its effects act in one cell type: {module.cell}."
    yield ""
    for paragraph in module.about.split("\n\n"):
        yield " ".join(line.strip() for line in paragraph.splitlines())
        yield ""
    yield from diagram(module)
    yield from figures(module)
    yield from cells(library, module)
    yield from reactions(module)
    yield from contests(module)
    yield from numbers(module)
    yield from regimens(library, module)
    yield from gaps(module)


def diagram(module: Module) -> Iterator[str]:
    """Show which species acts on which."""
    if module.network.species:
        yield f"![Diagram of {module.name}](diagrams/{module.name}.svg)"
        yield ""


def figures(module: Module) -> Iterator[str]:
    """Show the module simulated beside what was published of it."""
    path = FOLDER / "figures" / f"{module.name}.svg"
    if not path.exists():
        return
    text = path.read_text(encoding="utf-8")
    title = html.unescape(text.partition("<title>")[2].partition("</title>")[0])
    yield "## Its figures against data"
    yield ""
    yield f"![{title}](figures/{module.name}.svg)"
    yield ""
    kinds = [("r=\"3.6\" fill=\"#1f2328\"", "filled dots: published and kept for checking"),
             ("r=\"3.6\" fill=\"#ffffff\"", "open dots: published and open to fits")]  # fmt: skip
    shown = [words for mark, words in kinds if mark in text]
    yield f"{title}. Median with 50 and 90 % of subjects and worlds; contested effects at the sign that is claimed."
    yield (
        f"{'; '.join(shown).capitalize()}."
        if shown
        else "No measurement of these quantities was located that could be put on it."
    )
    yield ""


def cells(library: Library, module: Module) -> Iterator[str]:
    """List the cell types of the table of cell types, and what is known of each."""
    table = library.cell_types
    if table is None or module.name != "cell_types":
        return
    yield "## The cell types"
    yield ""
    yield "| cell type | its receptor for IL-11 | measured or argued | nothing known |"
    yield "|---|---|---|---|"
    for name, cell in table.cells.items():
        gaps = sorted(key for key, of in table.gaps if of == name)
        known = sorted(key for key, rows in table.known.items() if name in rows and key not in gaps)
        source = f" ({cell.source})" if cell.source else ""
        line = f"| {cell.title} (`{name}`) | {cell.receptor}{source} "
        yield f"{line}| {', '.join(known) or 'none'} | {', '.join(gaps) or 'none'} |"
    yield ""


def reactions(module: Module) -> Iterator[str]:
    if not module.network.reactions:
        return
    acting = {
        key: ", ".join(switch.id for switch in module.switches if switch.reaction == key)
        for key in {switch.reaction for switch in module.switches}
    }
    yield "## Reactions"
    yield ""
    yield "| reaction | from → to | rate law | claims |"
    yield "|---|---|---|---|"
    for key, reaction in module.network.reactions.items():
        sides = [" + ".join(one.species for one in side) or "∅" for side in (reaction.reactants, reaction.products)]
        law = print_formula(reaction.rate) if reaction.rate is not None else ""
        word = "switches" if ", " in acting.get(key, "") else "switch"
        switch = f" × {word} {acting[key]}" if key in acting else ""
        claims = ", ".join(module.reaction_claims.get(key, ())) or "none"
        yield f"| {key} | {sides[0]} → {sides[1]} | `{law}`{switch} | {claims} |"
    yield ""


def contests(module: Module) -> Iterator[str]:
    if module.switches or module.gates:
        yield "## Contested effects"
        yield ""
    if module.switches:
        yield from switches(module)
    if module.gates:
        yield "A gate is a parameter that is 1 in worlds in which a claim holds, and 0 in others, without the drug too."
        yield ""
        yield "| gate | in | claim | question | |"
        yield "|---|---|---|---|---|"
        for one in module.gates:
            yield f"| {one.parameter} | {one.cell or 'all'} | {one.claim} | {one.question} | {one.meaning} |"
        yield ""


def switches(module: Module) -> Iterator[str]:
    yield "A switch multiplies its reaction by exp(sign · gain · (h(x) − h(x untreated))), h(x) = x / (half + x)."
    if any(one.of_loss for one in module.switches):
        yield "Of a loss, the difference is over h(x untreated), and the gain is what losing all of the driver does."
    if any(one.made_up_by for one in module.switches):
        yield "What makes up for a loss of the driver is added to it, up to the untreated driver and no further."
    yield ""
    yield "| switch | on | driven by | gain | half | claim | question |"
    yield "|---|---|---|---|---|---|---|"
    for one in module.switches:
        half = f"{one.half.distribution} {_unit(one.half.unit)}".strip()
        gain = f"{one.gain.distribution}{' of a loss' if one.of_loss else ''}"
        driver = f"{one.driver}{f', made up by {one.made_up_by}' if one.made_up_by else ''}"
        line = f"| {one.id} | {one.reaction} | {driver} | {gain} | {half} "
        yield f"{line}| {one.claim} | {one.question} |"
    yield ""


def numbers(module: Module) -> Iterator[str]:
    if module.inputs:
        yield "## Inputs"
        yield ""
        yield "Quantities that another module may define; where none does, they keep this value."
        yield ""
        yield "| input | value | meaning |"
        yield "|---|---|---|"
        for key, one in module.inputs.items():
            yield f"| {key} | {one.value:g} {_unit(one.unit)} | {one.meaning} |"
        yield ""
    if module.priors:
        yield "## Parameters"
        yield ""
        yield "| parameter | value | unit | meaning | source | trust |"
        yield "|---|---|---|---|---|---|"
        for key, prior in _all(module):
            meaning = prior.meaning + (f"; fitted to: {prior.fitted_to}" if prior.fitted_to else "")
            meaning += f"; between subjects {100 * prior.between_subjects:.0f} %" if prior.between_subjects else ""
            line = f"| {key} | {prior.distribution} | {_unit(prior.unit)} | {meaning} | {prior.source or 'none'} "
            yield f"{line}| {prior.trust} |"
        yield ""


def regimens(library: Library, module: Module) -> Iterator[str]:
    """Show how hard each regimen of chemotherapy by name is, in the module that has this as a parameter."""
    table = read_regimens(library.folder)
    if table.parameter not in module.priors:
        return
    yield "## Regimens by name"
    yield ""
    yield (
        f"`{table.parameter}` in one more trial of a regimen, by `scripts/fit_chemotherapy.py` from counts after it "
        "without a drug that raises platelets (`regimens.yaml`). A regimen without a share has that of one that no row "
        f"names, {table.unnamed.share}: {table.unnamed.why}. Before the fit all had {table.unnamed.before}."
    )
    yield ""
    yield "| regimen | drugs | share | sources | |"
    yield "|---" * 5 + "|"
    for name, one in table.regimens.items():
        listed = ", ".join(one.sources) or "none"
        yield f"| {name} | {', '.join(one.drugs)} | {one.share or '-'} | {listed} | {one.why} |"
    yield ""


def _all(module: Module) -> Iterator[tuple[str, Prior]]:
    for key, prior in module.priors.items():
        yield key, prior
        for cell, own in module.in_cell.get(key, {}).items():
            yield f"{key} ({cell})", own
        for species, own in module.in_species.get(key, {}).items():
            yield f"{key} in {plural(species)}", own
    for switch in module.switches:
        yield f"gain_{switch.id}", switch.gain
        yield f"half_{switch.id}", switch.half


def _unit(text: str) -> str:
    return "" if text == "1" else text


def gaps(module: Module) -> Iterator[str]:
    """Say what nobody has seen: the parameters whose values are guesses, the reactions that no claim supports."""
    guessed = [f"`{key}`" for key, prior in _all(module) if prior.trust == "unv-L"]
    wanting, returns = ([f"`{key}`" for key in part] for part in bare_reactions(module))
    yield "## What it does not know"
    yield ""
    yield "Guesses, with priors as wide as they should be: " + (", ".join(guessed) or "none") + "."
    yield ""
    yield "Reactions that no claim of the library supports: " + (", ".join(wanting) or "none") + "."
    if returns:
        yield ""
        yield (
            "Losses that bring a species back to rest, each at a pace that is a parameter above; they are the form of "
            "the model, and no claim speaks of them: " + ", ".join(returns) + "."
        )


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--check", action="store_true", help="write nothing; say which pages differ")
    chosen = arguments.parse_args()
    different = []
    for name, text in pages(open_library("il11")).items():
        path = FOLDER / name
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        different.append(name)
        if not chosen.check:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
    print(("differ: " if chosen.check else "written: ") + (", ".join(different) or "none"))
    return 1 if chosen.check and different else 0


if __name__ == "__main__":
    raise SystemExit(main())
