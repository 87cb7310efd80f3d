"""Every form of the desk, sent once: what is shown then is looked at, too.

The forms are sent in this order on a full desk; each finds what it needs in what the
ones before it left.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from every_page import DRAFT
from full_desk import proposed
from vorzimmer.desk import Card, Desk
from vorzimmer.introducing import key_of
from vorzimmer.model import Action
from vorzimmer.web.whole_groups import seal_of

Fields = Mapping[str, str]
OWN = "/policies/my-own"
MISTAKEN = 'otherwise = "hold"\n[[clause]]\nname = 3\n'
LETTER = """\
+++
title = "About crates"
action = "ask"
+++
{{ salutation }},

which crates is it about?

{{ closing }}
"""
CHAT = """\
Conversation with {name}
{name}
TODAY
{name} sent the following message at 2:14 PM
View {name}'s profile
{name}
2:14 PM
We met at the fair in Ulm, at the stand with the blue crates.
"""


@dataclass(frozen=True, slots=True)
class Sent:
    """A form, and what it says.

    Attributes:
        route: The address that takes it, as the app has it.
        fields: What stands in it, from the desk as it is then.
        path: The address itself; ``""`` is the route.
        is_step: Whether the page's script sends it from the session.
        is_refused: Whether it is answered with a sentence and nothing else.
        is_direct: Whether the answer is a page, and not the way to one.
    """

    route: str
    fields: Callable[[Desk], Fields] = lambda _: {}
    path: str = ""
    is_step: bool = False
    is_refused: bool = False
    is_direct: bool = False

    @property
    def to(self) -> str:
        """Where it goes."""
        return self.path or self.route


def step(
    route: str, fields: Callable[[Desk], Fields], *, is_refused: bool = False
) -> Sent:
    return Sent(route, fields, is_step=True, is_refused=is_refused)


def page(
    route: str,
    fields: Callable[[Desk], Fields],
    path: str = "",
    *,
    is_refused: bool = False,
) -> Sent:
    return Sent(route, fields, path, is_refused=is_refused, is_direct=True)


def said(**fields: str) -> Callable[[Desk], Fields]:
    return lambda _: fields


def _open(desk: Desk, place: int = 0) -> Card:
    cards = [card for _, cards in desk.session().groups for card in cards]
    return [card for card in cards if card.request.note][place]


def _open_id(desk: Desk) -> Fields:
    return {"id": _open(desk).request.id}


def _asking(desk: Desk) -> Fields:
    return {"id": _open(desk).request.id, "action": "ask"}


def _acting(desk: Desk) -> Fields:
    acting = desk.reactions.acting.all()[0]
    return {"id": acting.request_id, "key": acting.key}


def _noted(desk: Desk) -> Fields:
    told = desk.reactions.last_told()
    assert told is not None
    return {"id": told[0], "event": str(told[1].id)}


def _group(desk: Desk) -> Fields:
    seal = seal_of(proposed(desk, Action.IGNORE))
    return {"group": "ignore", "action": "ignore", "seal": seal}


def _rest(desk: Desk) -> Fields:
    rest = desk.sitting.plan(desk.session()).rest
    return {"seal": seal_of(rest.cards) if rest else ""}


def _letter(desk: Desk) -> Fields:
    request_id = _open(desk).request.id
    draft = desk.letters.draft(request_id)
    assert draft is not None
    return {
        "id": request_id,
        "template": draft.letter.template,
        "manner": draft.manner.value,
        "text": draft.text,
    }


def _later(desk: Desk) -> Fields:
    request = _open(desk, 1).request
    return {
        "do": "keep",
        "name": request.sender.name or "",
        "profile_url": request.sender.profile_url or "",
        "network": request.network or "",
        "channel": "message",
        "note": "We met at the fair in Ulm, at the stand with the blue crates.",
    }


def _way(desk: Desk) -> Fields:
    ways = desk.introducing.ways("Deichland")
    return {"q": "Deichland", "to": key_of(ways.found[0].person), "text": "Moin"}


def _ask(desk: Desk) -> str:
    asks = desk.introducing.asks()
    return str([*asks.open, *asks.answered][0].id)


def _entry(desk: Desk) -> str:
    return str(desk.meeting.listed().people[0].entry.id)


def _step_of(desk: Desk) -> Fields:
    entry = desk.meeting.listed().people[0].entry
    return {"number": str(entry.id), "which": str(entry.steps[0].id)}


def _person(desk: Desk) -> Fields:
    found = desk.privacy.find("Wolters")
    return {"who": "Wolters", "person": found[0].id}


def _template(how: str, text: str) -> Callable[[Desk], Fields]:
    return said(name="mine", manner="en", text=text, how=how)


def _late(desk: Desk) -> Fields:
    return {"decision": str(desk.asking.report().silent[0].ask.decision_id)}


FORMS: tuple[Sent, ...] = (
    # The session, step by step.
    step("/act", _asking),
    step("/act/again", _acting, is_refused=True),
    step("/act/done", lambda desk: {**_acting(desk), "text": "Woher?"}),
    step("/act", _asking),
    step("/act/cancel", _acting),
    step("/decide", lambda desk: {**_open_id(desk), "action": "ignore"}),
    step(
        "/decide", lambda desk: {**_open_id(desk), "action": "remove"}, is_refused=True
    ),
    step("/undo", said()),
    step(
        "/fact",
        lambda desk: {**_open_id(desk), "fact": "contacts_count", "value": "900"},
    ),
    step("/fact/forget", lambda desk: {**_open_id(desk), "fact": "contacts_count"}),
    step("/correct", lambda desk: {**_open_id(desk), "kind": "personal"}),
    step("/withdrawn", _open_id),
    step("/event/undo", _noted),
    step("/policy", lambda desk: {**_open_id(desk), "name": "three-reasons"}),
    step("/minutes", lambda desk: {**_open_id(desk), "minutes": "5"}),
    step("/rest", _rest),
    step("/undo", said()),
    step("/all", _group),
    # The same without a script: each is refused once, as a page.
    page(
        "/decide", lambda desk: {**_open_id(desk), "action": "remove"}, is_refused=True
    ),
    page("/decide", said(id="nobody", action="ignore"), is_refused=True),
    page("/decide", said(action="dance"), is_refused=True),
    Sent("/session/end"),
    Sent("/appearance", said(theme="auto", back="/learned")),
    # Questions sent.
    Sent("/asked/due", lambda desk: {**_late(desk), "due_on": "2027-01-02"}),
    Sent("/asked/ignore", _late),
    Sent(
        "/asked/undo",
        lambda desk: {
            "batch": str(next(c.decision.batch for c in desk.decided() if c.decision))
        },
    ),
    Sent(
        "/asked/no-answer",
        lambda desk: {"event": str(desk.asking.report().answered[0].event_id)},
    ),
    # What comes in.
    page("/paste", said(do="read", text="42"), is_refused=True),
    page(
        "/paste",
        lambda desk: {
            "do": "read",
            "text": CHAT.format(name=_open(desk, 1).request.sender.name),
        },
    ),
    page("/paste", said(do="screen", name="Ocke Bruhns", note="15 Minuten Zeit?")),
    page(
        "/paste",
        said(do="screen", name="Ocke Bruhns", contacts_count="many"),
        is_refused=True,
    ),
    Sent("/paste", _later),
    Sent("/import/again"),
    Sent("/sources/again", said(kind="imap", name="none"), is_refused=True),
    page("/non-members", said(source=" "), is_refused=True),
    # Writing.
    page("/draft/check", said(text=DRAFT)),
    page("/draft/sent", said(text=DRAFT)),
    page("/draft/check", said(text="x" * 30_000), is_refused=True),
    page("/letter", _letter),
    page("/letters/one", _template("preview", LETTER)),
    page(
        "/letters/one",
        _template("save", "{{ nothing"),
        is_refused=True,
    ),
    Sent("/letters/one", _template("save", LETTER)),
    Sent(
        "/objection",
        lambda desk: {"id": desk.objection.all()[0].request_id, "how": "sent"},
    ),
    # Rules.
    page(f"{OWN}/text", said(text=MISTAKEN), is_refused=True),
    page(f"{OWN}/rename", said(to="three-reasons"), is_refused=True),
    Sent(f"{OWN}/new-clause", said(name="blank", then="hold", new="note")),
    page(f"{OWN}/clause/0", said(do="save", name="", then="hold"), is_refused=True),
    Sent(f"{OWN}/clause/0", said(do="down")),
    Sent(f"{OWN}/head", said(otherwise="hold", title_en="Mine")),
    Sent(f"{OWN}/copy", said(to="another")),
    Sent("/policies/another/rename", said(to="other-one")),
    Sent("/policies", said(name="other-one")),
    Sent("/policies/other-one/delete", is_refused=True),
    Sent("/policies", said(name="three-reasons")),
    Sent("/policies/other-one/delete"),
    Sent("/safety", said(no_danger="on", fold_abuse="on", hold_networks="xing")),
    page("/rehearsal", said(text='otherwise = "accept"\n', policy="three-reasons")),
    page("/rehearsal", said(text=MISTAKEN), is_refused=True),
    page(
        "/rehearsal/keep",
        said(to="three-reasons", policy="three-reasons"),
        is_refused=True,
    ),
    Sent(
        "/network-settings",
        lambda desk: {
            "name": desk.advising.advice()[0].setting.name,
            "done": "true",
        },
    ),
    # People.
    Sent("/introductions/asked", _way),
    Sent("/introductions/answer", lambda d: {"number": _ask(d), "outcome": "refused"}),
    Sent("/introductions/remove", lambda desk: {"number": _ask(desk)}),
    Sent("/people/add", said(name="Ocke Bruhns", why="zählt Kisten")),
    Sent(
        "/people/note",
        lambda d: {"number": _entry(d), "kind": "wrote", "words": "Gruß"},
    ),
    Sent("/people/remind", lambda desk: {"number": _entry(desk), "on": "2027-01-02"}),
    Sent("/people/take-back", _step_of),
    Sent("/people/remove", lambda desk: {"number": _entry(desk)}),
    page("/people/add", said(name="a", why=" "), is_refused=True),
    Sent(
        "/afterwards",
        lambda desk: {"id": desk.after.view().proposals[0].request.id, "how": "remove"},
    ),
    Sent(
        "/learned/one",
        lambda desk: {
            "id": desk.teaching.report().taught[0][1].id,
            "how": "nothing",
        },
    ),
    Sent("/learned/reset"),
    # One's own data, and its end.
    Sent("/privacy/keep", said(recommended="true")),
    page("/privacy/fade", said()),
    page("/privacy/person", said(who="Wolters"), is_refused=True),
    page("/privacy/person", _person),
    page("/privacy/older", said(months="6")),
    Sent("/sources/forget", lambda desk: {"number": str(desk.sources.read()[0].id)}),
    page("/privacy/everything", said(typed="nothing"), is_refused=True),
    Sent("/privacy/everything", said(typed="everything")),
)

# Answered with a file or with JSON; and looked at by themselves, as they need a file,
# or a mail that can be unsubscribed from.
NO_PAGES = frozenset({"/api/draft", "/privacy/export"})
BY_THEMSELVES = frozenset({"/import", "/non-members/stop"})
