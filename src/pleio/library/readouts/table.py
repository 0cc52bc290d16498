"""The form of the tables of readouts: how each is simulated, or why it is not; its words; who is looked at."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from ...base.errors import StudyError
from ...base.quantities import rejoin
from ...base.yaml import load, validate
from ...inference.courses import OF_LEVELS, Take
from ...inference.scoring import Scale
from ...studies.forms import AnyDistribution, Duration

Text = Annotated[str, BeforeValidator(str)]
Settings = Annotated[
    dict[str, Text], BeforeValidator(lambda value: rejoin(value) if isinstance(value, dict) else value)
]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Readout(_Form):
    """How one readout is simulated, or why it is not; the file's head says what each key means."""

    unit: Text
    mechanism: tuple[str, ...] = ()
    of: str = ""
    take: Take = "value"
    relative: Literal["change", "fold"] | None = None
    beyond: float = 0.0
    at: Duration | None = None
    until: Duration | None = None
    from_last_dose: bool = False
    from_first_dose: bool = False
    single_dose: bool = False
    level: Literal["subject", "group"] = "subject"
    apart: str = ""
    scale: Scale = "log"
    against: Literal["comparator", "untreated"] | None = None
    of_course: Literal["any", "all"] | None = None
    less_one: bool = False
    by_difference: bool = False
    of_shares: bool = False
    in_units: bool = False
    per_dose: bool = False
    after: str = ""
    times: Annotated[float, Field(gt=0)] = 1.0
    per: Text = ""
    of_comparator: bool = False
    species: tuple[str, ...] = ()
    by_rule: bool = False
    conditions: Settings = {}
    not_modelled: str = ""
    why: str = ""

    @model_validator(mode="after")
    def _one_or_the_other(self) -> Readout:
        if bool(self.not_modelled) == bool(self.mechanism and self.of):
            raise ValueError("needs 'mechanism' and 'of', or 'not_modelled' with the reason")
        if (self.take in OF_LEVELS) != bool(self.beyond):
            raise ValueError(f"'beyond' goes with {', '.join(OF_LEVELS)}, and only with them")
        return self


_NOT = re.compile(
    r"\bnon[- ]$|\b(?:no|not|never|neither|nor|without|absence of|free of|excluding|except|rather than)\s+"
    r"(?:(?!with\b|but\b|who\b|after\b|during\b|having\b)[\w-]+\s+){0,3}$|"
    r"\b(?:parents?|mothers?|fathers?|relatives|siblings|carers?) of\s+(?:[\w-]+\s+){0,4}$",
    re.IGNORECASE,
)
"""What before a word says that these people are not what it names."""


class People(_Form):
    """What is set where a word occurs in a population's condition, and not after what denies it."""

    when: tuple[str, ...]
    set: Settings
    why: str

    def named(self, condition: str) -> bool:
        """Whether a condition says that these people are among its words.

        Example:
            >>> child = People(when=("children",), set={"child": "1"}, why="")
            >>> child.named("Children with leukaemia"), child.named("mothers of children")
            (True, False)
        """
        found = (match for word in self.when for match in re.finditer(re.escape(word), condition, re.IGNORECASE))
        return any(not _NOT.search(re.split(r"[.,;(]", condition[: match.start()])[-1]) for match in found)


class Genotype(People):
    """The same where one of these patterns occurs, small letters and capitals alike."""

    def named(self, condition: str) -> bool:
        return any(re.search(pattern, condition, re.IGNORECASE) for pattern in self.when)


class Stimulus(_Form):
    """Something that is no agent of the library but sets what cells or tissues are under; and what holds without it."""

    set: Settings
    without: Settings
    why: str


class Chosen(_Form):
    """How a row's people were chosen by what a cycle did to them.

    Attributes:
        of: the quantity that fell.
        at: until when.
        not_where: words of people who are those of the module already, or were not chosen.
        earlier: words of people who fell so low in another cycle than the row's.
        under: pattern of words → the level that they fell below; none where the pattern's own number says it.
    """

    of: str
    at: Duration
    not_where: str = ""
    earlier: str = ""
    under: dict[str, float | None]

    def level(self, condition: str) -> float:
        """Give the level below which the people of a condition had fallen; 0 where they were not chosen."""
        if self.not_where and re.search(self.not_where, condition, re.IGNORECASE):
            return 0.0
        for words, level in self.under.items():
            if match := re.search(words, condition, re.IGNORECASE):
                return level if level is not None else float(next(part for part in match.groups() if part))
        return 0.0

    def was_earlier(self, condition: str) -> bool:
        """Whether a condition says that they fell so low in another cycle than the row's."""
        return bool(self.earlier) and re.search(self.earlier, condition, re.IGNORECASE) is not None


class Cycle(_Form):
    """What every group is given at time 0, in rows of some modules whose condition says so.

    Attributes:
        when: patterns of words that say so.
        ill: a pattern of people whose drugs of its regimens say so.
        not_when: a pattern of words that say that it was not, or at some other time.
        species: in which it is described.
        named: a pattern of words that say that it was given, beside the names of its regimens.
        other: pattern of words → why what was done to these people is not this, whatever else is named.
        none: a pattern of people who are given none of it, unless it is named.
        cycles: how many unrelated cycles a course counts as.
        low: when a drug starts that waits until counts have fallen, where no day is printed.
        finer: how many times as many subjects stand for a group as elsewhere.
        chosen: whom a row's people were chosen from, by how low they fell without the drug.
    """

    modules: tuple[str, ...]
    when: tuple[str, ...]
    ill: str = ""
    not_when: str = ""
    species: tuple[str, ...] = ()
    named: str = ""
    other: dict[str, str] = {}
    none: str = ""
    cycles: AnyDistribution | None = None
    low: Duration | None = None
    finer: Annotated[int, Field(ge=1)] = 1
    chosen: Chosen | None = None

    def says_so(self, condition: str, *, plainly: str) -> bool:
        """Whether a condition says that it was given.

        Args:
            plainly: the condition with every drug of its regimens written as what it is.
        """

        def told(pattern: str, text: str) -> bool:
            return bool(pattern) and re.search(pattern, text, re.IGNORECASE) is not None

        if told(self.not_when, plainly):
            return False
        if any(told(one, condition) for one in self.when):
            return True
        by_drugs = plainly != condition and any(told(one, plainly) for one in self.when)
        return (by_drugs and not told(self.none, condition)) or (plainly != condition and told(self.ill, condition))


class OwnLevel(_Form):
    """Words of people whose untreated level of a quantity is not that of the modules, or of all whose is.

    Attributes:
        set: what stands for their level; a level of theirs is refused where this is empty.
        of_all: what stands for anybody's level as it is printed, theirs and the usual.
    """

    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    set: Settings = {}
    of_all: Settings = {}
    why: str

    @model_validator(mode="after")
    def _says_who(self) -> OwnLevel:
        if bool(self.when) == bool(self.unless):
            raise ValueError("needs 'when' or 'unless', and not both")
        return self

    def word(self, condition: str) -> str:
        """Give the word of a condition that says so, or all of it; "" where these people have the usual level."""
        told = condition.lower()
        if self.unless:
            return "" if not told or any(word.lower() in told for word in self.unless) else condition
        return next((word for word in self.when if word.lower() in told), "")


class Usual(_Form):
    """What completes a regimen of which a part was not printed.

    Attributes:
        in_animals: the amount in other species than human, where it is another.
    """

    amount: str | None = None
    in_animals: str | None = None
    route: str | None = None
    every: str | None = None
    times: int | None = None


class NotGiven(_Form):
    """What a condition may say was done to bodies and no row can give, so that healthy ones would be forecast.

    Attributes:
        alone: only where nothing is compared: beside another group of the same people it is in both.
    """

    of: tuple[str, ...]
    when: tuple[str, ...]
    species: tuple[str, ...] = ()
    alone: bool = False
    why: str


class OfCells(_Form):
    """Of which cells alone something is known: others, which no word of these names, would be forecast as these.

    Attributes:
        named: words that name the cells of a module, so that a row without one is of it where another could be, too.
    """

    when: str = ""
    unless: str = ""
    named: str = ""
    why: str

    def said(self, condition: str) -> str:
        """Say why a condition is of other cells; "" where it is not."""
        other = re.search(self.when, condition, re.IGNORECASE) if self.when else None
        own = re.search(self.unless, condition, re.IGNORECASE) if self.unless else None
        if own or (self.when and other is None):
            return ""
        return f"{self.why} ({other[0].strip()})" if other else self.why


class AgentWords(_Form):
    """What agent a pattern of names stands for: in a dish, and in a body where that is another."""

    dish: str
    body: str


class Entries(_Form):
    """`readouts.yaml`."""

    readouts: dict[str, Readout]
    families: dict[str, Readout] = {}


class Words(_Form):
    """`readout_words.yaml`."""

    words: dict[str, str] = {}
    only_in: dict[str, str] = {}
    words_in: dict[str, dict[str, str]] = {}
    in_cells: dict[str, dict[str, str]] = {}
    spellings: dict[str, str] = {}
    loosened: dict[str, str] = {}
    prefixes: dict[str, str] = {}
    usual_ending: dict[str, str] = {}
    no_module: dict[str, str] = {}
    also: dict[str, tuple[str, ...]] = {}
    per: dict[str, Text] = {}
    agent_words: dict[str, AgentWords] = {}
    in_dish: dict[str, str] = {}
    agent_cells: dict[str, OfCells] = {}
    module_cells: dict[str, OfCells] = {}
    nothing_given: tuple[str, ...] = ()
    not_given: tuple[NotGiven, ...] = ()


class Groups(_Form):
    """`groups.yaml`."""

    joins: dict[str, tuple[str, ...]] = {}
    cells: dict[str, str] = {}
    from_first_dose: tuple[str, ...] = ()
    beside_untreated: tuple[str, ...] = ()
    silent_time: dict[str, Duration] = {}
    silent_in_dish: dict[str, Duration] = {}
    controls: tuple[str, ...] = ()
    routes: dict[str, str] = {}
    stimuli: dict[str, Stimulus] = {}
    after: dict[str, Cycle] = {}
    own_levels: dict[str, OwnLevel] = {}
    populations: tuple[People, ...] = ()
    genotypes: tuple[Genotype, ...] = ()
    genotypes_not_modelled: dict[str, str] = {}
    species: dict[str, Settings] = {}
    usual: dict[str, Usual] = {}
    agents: dict[str, str] = {}
    agents_not_modelled: dict[str, str] = {}


class Table(Entries, Words, Groups):
    """All that is known of readouts."""


FILES: dict[str, type[Entries] | type[Words] | type[Groups]] = {
    "readouts.yaml": Entries,
    "readout_words.yaml": Words,
    "groups.yaml": Groups,
}


def read_table(folder: Path) -> Table:
    """Read the three files of a library's folder.

    Raises:
        StudyError: every problem of the first that is malformed.
    """
    found: dict[str, Any] = {}
    for name, form in FILES.items():
        part = validate(load(folder / name, name=name, error=StudyError), form, error=StudyError)
        found |= {key: getattr(part, key) for key in form.model_fields}
    return Table.model_construct(**found)
