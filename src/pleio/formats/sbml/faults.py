"""What libsbml finds wrong with a document, and what of it is refused; within the child process only."""

from __future__ import annotations

from typing import Any

IGNORED_PACKAGES = ("comp", "layout", "render", "groups", "l3v2extendedmath", "fbc")
MOST_PROBLEMS = 50
_SYMBOLS = ("avogadro", "rateOf")


class Refusal(Exception):
    """The document needs something that is not run; the message names it."""


def errors(document: Any, libsbml: Any) -> list[list[str]]:
    """Collect (line, sentence) of everything that would change the meaning of the document."""
    found = []
    for i in range(document.getNumErrors()):
        error = document.getError(i)
        if error.getSeverity() >= libsbml.LIBSBML_SEV_ERROR and not _is_harmless(error):
            where = f"line {error.getLine()}" if error.getLine() else ""
            found.append([where, " ".join(error.getMessage().split())])
    return found[:MOST_PROBLEMS]


def _is_harmless(error: Any) -> bool:
    """Units, of which a wrong one changes no number and just stays unknown; symbols that libsbml takes for names."""
    code = error.getErrorId()
    if code == 20304:  # a function definition names what is not its argument
        return any(f"The variable '{symbol}'" in error.getMessage() for symbol in _SYMBOLS)
    return code in (10311, 10312, 10313) or 20401 <= code <= 20421


def refuse_packages(document: Any, libsbml: Any) -> None:
    """Refuse packages without which the document means something else."""
    for i in range(document.getNumPlugins()):
        package = document.getPlugin(i).getPackageName()
        if package not in IGNORED_PACKAGES and document.getPackageRequired(package):
            raise Refusal(f"package '{package}'")
    if document.getErrorLog().contains(libsbml.RequiredPackagePresent):  # what libsbml knows only the prefix of
        unknown = [document.getUnknownPackagePrefix(i) for i in range(document.getNumUnknownPackages())]
        raise Refusal(f"package '{', '.join(unknown)}'")
