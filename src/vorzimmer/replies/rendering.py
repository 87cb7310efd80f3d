"""Rendering of a template that was checked: bounded in what it can do, and in size."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from jinja2 import StrictUndefined, nodes
from jinja2 import Template as Compiled
from jinja2.sandbox import ImmutableSandboxedEnvironment

from vorzimmer.replies.slots import SLOTS, Facts
from vorzimmer.replies.tidying import tidied

LONGEST_FACT = 600
"""Characters that one slot may bring; a closing with a long name has a tenth of it."""


def make_environment() -> ImmutableSandboxedEnvironment:
    """Return the sandbox: no functions, no filters, no tests, nothing to include."""
    made = ImmutableSandboxedEnvironment(
        autoescape=False,
        undefined=StrictUndefined,
    )
    made.globals.clear()
    made.filters.clear()
    made.tests.clear()
    return made


ENVIRONMENT = make_environment()
# All that may stand in a template. What is not here is refused when it is read.
ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.If,
    nodes.Not,
    nodes.And,
    nodes.Or,
)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text, and what went into it.

    Attributes:
        used: Slots that stand in the text, with what stands there.
        missing: Slots that the template names, and that are not known.
    """

    text: str
    used: Facts
    missing: tuple[str, ...]


def render(
    body: str, facts: Facts, *, instead: Facts, slots: tuple[str, ...]
) -> Rendered:
    """Return the text of a template.

    Args:
        body: The template's text, as it was checked when it was read.
        facts: What is known, by slot.
        instead: What to write for a slot that is not known.
        slots: The slots that the template names.
    """
    known = {name: _short(facts[name]) for name in slots if facts.get(name)}
    values = {
        name: known.get(name, instead.get(name, "")) for name in SLOTS if name in slots
    }
    # A condition asks whether the fact is known; its stand-in wording is no fact.
    values |= {f"{name}_known": name in known for name in slots}
    text = tidied(_compiled(body).render(values))
    return Rendered(
        text=text,
        used={
            name: value
            for name, value in known.items()
            if isinstance(value, str) and tidied(value) in text
        },
        missing=tuple(
            name for name in slots if name not in known and not SLOTS[name].is_flag
        ),
    )


def _short(value: str | bool) -> str | bool:  # noqa: FBT001 - a fact that is a yes
    return value if isinstance(value, bool) else value[:LONGEST_FACT]


@lru_cache(maxsize=512)
def _compiled(body: str) -> Compiled:
    """Return the template, compiled, its conditions turned to ask what is known."""
    tree = ENVIRONMENT.parse(body)
    for choice in tree.find_all(nodes.If):
        for name in names_in(choice.test):
            name.name = f"{name.name}_known"
    return Compiled.from_code(ENVIRONMENT, ENVIRONMENT.compile(tree), {}, None)


def names_in(node: nodes.Node) -> tuple[nodes.Name, ...]:
    """Return the names in an expression, itself one of them if it is a name."""
    own = (node,) if isinstance(node, nodes.Name) else ()
    return (*own, *node.find_all(nodes.Name))
