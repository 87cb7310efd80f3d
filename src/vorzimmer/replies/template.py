"""Reading of a template, and everything that can be wrong with it; pure.

The form: a head in TOML between two lines ``+++``, below it the text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from jinja2 import TemplateSyntaxError, nodes

from vorzimmer.errors import ConfigurationError
from vorzimmer.form_of_address import Manner
from vorzimmer.model import Action, Channel, Kind, Sentence, say
from vorzimmer.replies.limits import limit_of
from vorzimmer.replies.rendering import ALLOWED, ENVIRONMENT, names_in, render
from vorzimmer.replies.slots import SLOTS, Facts
from vorzimmer.toml_places import line_of, nearest, read_toml

MARK = "+++"
"""The line before and after the head."""

SUFFIX = ".txt"
LONGEST = 20_000
"""Characters of a template; the longest that ships has a tenth of it."""

_DEEPEST = 8
HEAD = {
    "title": "What it is, for the list.",
    "action": "What it belongs to: `ask`, `answer`, `decline` or `accept`.",
    "kinds": "A list: what a request looks like that it fits; without it, any.",
    "note": '`"blank"`: only for requests without a word.',
    "channel": "By which way it is sent; `message` when it is left out.",
    "needs": "A list of slots: it is proposed only where they are known.",
    "fallback": "A table: another wording for a slot that is not known.",
}
"""What may stand in the head, and what it means."""
_BRACKETS = "[]{}<>"
SAMPLE: Facts = {
    name: True if slot.is_flag else slot.example for name, slot in SLOTS.items()
}
"""Facts of an invented request, in which everything is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A letter with slots.

    Attributes:
        name: The same for all languages of a letter.
        title: What it is, for people, in its own language.
        action: What it belongs to.
        kinds: What a request looks like that it fits; ``()`` is any.
        is_for_blank: Whether it fits only requests without a word.
        channel: By which way it is meant to be sent.
        needs: Slots without which it is not proposed; it can be chosen all the same.
        instead: What to write for a slot that is not known.
        body: The text.
        slots: The slots that the text names, in their order.
        file: Where it stands.
        source: All of the file, as one could write it anew.
        is_own: Whether it is the member's own.
    """

    name: str
    manner: Manner
    title: str
    action: Action
    body: str
    kinds: tuple[Kind, ...] = ()
    is_for_blank: bool = False
    channel: Channel = Channel.MESSAGE
    needs: tuple[str, ...] = ()
    instead: Mapping[str, str]
    slots: tuple[str, ...] = ()
    file: str = ""
    source: str = ""
    is_own: bool = False


def read_template(name: str, text: str, *, file: str, is_own: bool = False) -> Template:
    """Return the template that a text describes.

    Args:
        name: Name of the file: the template's own, a dot, and the manner.
        text: The text; the form is in docs/reference/letters.md.
        file: For the error message.
        is_own: Whether it is the member's own.

    Raises:
        ConfigurationError: Any mistake, with file, line and nearest valid word.
    """
    return _Reader(name, text.replace("\r\n", "\n"), file).template(is_own=is_own)


class _Reader:
    """Reads one template; knows where each word stands in it."""

    def __init__(self, name: str, text: str, file: str) -> None:
        self.file = file
        self.source = text
        self.stem = name.removesuffix(SUFFIX)
        if len(text) > LONGEST:
            problem = say("The file is longer than {most} characters.", most=LONGEST)
            raise self.fail(1, problem)
        lines = text.removeprefix("\ufeff").split("\n")
        marks = [at for at, line in enumerate(lines) if line.strip() == MARK][:2]
        if len(marks) < 2 or marks[0] != 0:
            problem = say(
                "A template begins with a head between two lines {mark}.", mark=MARK
            )
            raise self.fail(1, problem)
        # The line of the first mark stays empty, so that numbers of lines agree.
        self.head = "\n".join(["", *lines[1 : marks[1]]])
        self.first_line = marks[1] + 1
        self.body = "\n".join(lines[marks[1] + 1 :])
        self.table = read_toml(self.head, file)

    def fail(
        self, line: int, problem: Sentence, near: str | None = None
    ) -> ConfigurationError:
        return ConfigurationError(self.file, line, problem, near)

    def at(
        self, path: tuple[str | int, ...], problem: Sentence, near: str | None = None
    ) -> ConfigurationError:
        return self.fail(line_of(self.head, path), problem, near)

    def template(self, *, is_own: bool) -> Template:
        name, _, manner = self.stem.rpartition(".")
        if not name or manner not in set(Manner):
            problem = say(
                "The name of this file has to end in {one}, {two} or {three}: that"
                " says how it speaks.",
                one=f".{Manner.SIE}{SUFFIX}",
                two=f".{Manner.DU}{SUFFIX}",
                three=f".{Manner.ENGLISH}{SUFFIX}",
            )
            raise self.fail(0, problem)
        for key in self.table:
            no_part = say('"{word}" is no part of a template\'s head.', word=key)
            self.check_word((key,), key, HEAD, no_part)
        made = Template(
            name=name,
            manner=Manner(manner),
            title=self.title(),
            action=Action(self.one_of("action", tuple(Action))),
            kinds=tuple(map(Kind, self.words("kinds", tuple(Kind)))),
            is_for_blank=bool(self.table.get("note"))
            and self.one_of("note", ("blank",)) == "blank",
            channel=Channel(self.one_of("channel", tuple(Channel), Channel.MESSAGE)),
            needs=self.words("needs", tuple(SLOTS)),
            instead=self.fallback(),
            body=self.body,
            slots=(),
            file=self.file,
            source=self.source,
            is_own=is_own,
        )
        return self.checked(made)

    def title(self) -> str:
        title = self.table.get("title")
        if not isinstance(title, str) or not title.strip():
            problem = say("This template needs a title: it is shown in the list.")
            raise self.at(("title",), problem)
        return title.strip()

    def one_of(
        self, key: str, valid: Collection[str], default: str | None = None
    ) -> str:
        value = self.table.get(key, default)
        if value is None:
            problem = say('"{key}" is missing in the head.', key=key)
            raise self.at((key,), problem)
        no_value = say('"{key}" cannot be "{word}".', key=key, word=str(value))
        self.check_word((key,), str(value), valid, no_value)
        return str(value)

    def words(self, key: str, valid: Collection[str]) -> tuple[str, ...]:
        values = self.table.get(key, [])
        if not isinstance(values, list):
            problem = say('"{key}" has to be a list of words.', key=key)
            raise self.at((key,), problem)
        for value in values:
            no_value = say('"{key}" cannot be "{word}".', key=key, word=str(value))
            self.check_word((key,), str(value), valid, no_value)
        return tuple(map(str, values))

    def fallback(self) -> dict[str, str]:
        table: Any = self.table.get("fallback", {})
        if not isinstance(table, dict):
            problem = say('"{key}" is a table: write [{key}].', key="fallback")
            raise self.at(("fallback",), problem)
        for name, words in table.items():
            no_slot = say('There is no slot "{word}".', word=name)
            self.check_word(("fallback", name), name, tuple(SLOTS), no_slot)
            if not isinstance(words, str) or not words.strip():
                problem = say('The other wording for "{key}" is empty.', key=name)
                raise self.at(("fallback", name), problem)
            self.check_brackets(words, line_of(self.head, ("fallback", name)))
        return dict(table)

    def check_word(
        self,
        place: tuple[str | int, ...],
        word: str,
        valid: Collection[str],
        problem: Sentence,
    ) -> None:
        if word not in valid:
            raise self.at(place, problem, nearest(word, valid))

    def check_brackets(self, text: str, line: int) -> None:
        for at, each in enumerate(text.split("\n")):
            if any(mark in each for mark in _BRACKETS):
                problem = say(
                    "A bracket in the text would be sent as it stands here. Use a"
                    " slot, or leave it out."
                )
                raise self.fail(line + at, problem)

    # ---- The text --------------------------------------------------------------------

    def checked(self, made: Template) -> Template:
        """Return the template with its slots, once its text was checked."""
        try:
            tree = ENVIRONMENT.parse(self.body)
            self.check(tree, made, known=frozenset(), depth=0)
            named = {each.name for each in tree.find_all(nodes.Name)}
        except TemplateSyntaxError as error:
            problem = say(
                "This cannot be read. Look for a missing bracket, or a missing"
                " {{% endif %}}, here or above."
            )
            raise self.fail(self.first_line + error.lineno, problem) from error
        except RecursionError as error:
            problem = say("The conditions in this file are nested too deeply.")
            raise self.fail(self.first_line, problem) from error
        slots = tuple(name for name in SLOTS if name in named)
        self.check_text(made, slots)
        return replace(made, slots=slots)

    def check(
        self,
        node: nodes.Node,
        made: Template,
        *,
        known: frozenset[str],
        depth: int,
    ) -> None:
        """Refuse what a template may not hold.

        Args:
            node: Of the template's tree.
            made: The template so far.
            known: Slots that a condition around this place asks for.
            depth: How many conditions stand around it.
        """
        line = self.first_line + node.lineno
        if not isinstance(node, ALLOWED):
            problem = say(
                "Only {{{{ slot }}}} and {{% if slot %}} … {{% endif %}} can stand in a"
                " template."
            )
            raise self.fail(line, problem)
        if isinstance(node, nodes.TemplateData):
            self.check_brackets(node.data, line)
        elif isinstance(node, nodes.Name):
            self.check_slot(node.name, made, line, known=known)
        elif isinstance(node, nodes.If):
            self.check_condition(node, made, known=known, depth=depth)
        else:
            for child in node.iter_child_nodes():
                self.check(child, made, known=known, depth=depth)

    def check_slot(
        self, name: str, made: Template, line: int, *, known: frozenset[str]
    ) -> None:
        self.check_name(name, line)
        slot = SLOTS[name]
        if slot.is_flag:
            problem = say(
                '"{name}" can only be asked for: {{% if {name} %}} … {{% endif %}}.',
                name=name,
            )
            raise self.fail(line, problem)
        if not slot.is_certain and name not in known and name not in made.instead:
            problem = say(
                '"{name}" may be unknown. Write another wording for it into the head,'
                " under [fallback], or ask for it around this sentence:"
                " {{% if {name} %}} … {{% endif %}}.",
                name=name,
            )
            raise self.fail(line, problem)

    def check_name(self, name: str, line: int) -> None:
        if name not in SLOTS:
            problem = say('There is no slot "{word}".', word=name[:60])
            raise self.fail(line, problem, nearest(name, SLOTS))

    def check_condition(
        self, node: nodes.If, made: Template, *, known: frozenset[str], depth: int
    ) -> None:
        line = self.first_line + node.lineno
        if depth >= _DEEPEST:
            problem = say("The conditions in this file are nested too deeply.")
            raise self.fail(line, problem)
        for each in _expression(node.test):
            if not isinstance(each, nodes.Name | nodes.Not | nodes.And | nodes.Or):
                problem = say("A condition can only ask for slots, with not, and, or.")
                raise self.fail(line, problem)
        for name in names_in(node.test):
            self.check_name(name.name, line)
        within = known | _surely_known(node.test)
        for child in node.body:
            self.check(child, made, known=within, depth=depth + 1)
        for child in (*node.elif_, *node.else_):
            self.check(child, made, known=known, depth=depth + 1)

    def check_text(self, made: Template, slots: tuple[str, ...]) -> None:
        """Refuse a template that says nothing, or too much for where it is sent."""
        full = render(made.body, SAMPLE, instead=made.instead, slots=slots).text
        bare = render(made.body, _CERTAIN, instead=made.instead, slots=slots).text
        if not bare:
            problem = say("This template has no text while little is known.")
            raise self.fail(self.first_line + 1, problem)
        limit = limit_of("linkedin", made.channel)
        left = limit.left(full)
        if left is not None and left < 0:
            problem = say(
                "With everything filled in it is {over} characters longer than fits"
                " there ({most}).",
                over=-left,
                most=limit.most or 0,
            )
            raise self.fail(self.first_line + 1, problem)


_CERTAIN: Facts = {
    name: SAMPLE[name] for name, slot in SLOTS.items() if slot.is_certain
}


def _expression(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    yield from node.find_all(nodes.Node)


def _surely_known(test: nodes.Node) -> frozenset[str]:
    """Return the slots that are known wherever a condition holds."""
    if isinstance(test, nodes.Name):
        return frozenset({test.name})
    if isinstance(test, nodes.And):
        return _surely_known(test.left) | _surely_known(test.right)
    if isinstance(test, nodes.Or):
        return _surely_known(test.left) & _surely_known(test.right)
    return frozenset()
